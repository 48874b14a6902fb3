# Challenges: what a community sets itself to do, from the first idea to the end.

create =
    .title = A new challenge
    .help = Make a challenge, from a template or from nothing
    .template = Start from
    .template-hint = You can change everything afterwards
    .template-creator = Seven-day creator challenge
    .template-reading = Reading month
    .template-steps = Step count
    .template-bugs = Bug hunt
    .template-work = Show your work
    .template-blank = An empty sheet
    .starts_on = First day
    .starts_on-hint = Empty: next Monday
    .channel = Channel
    .channel-hint = Where it is announced. Empty: the wall
edit =
    .title = Change a challenge
    .help = Change what a challenge asks for, as far as it still can be
    .which = Which one
open =
    .title = Open a challenge
    .help = Announce a challenge and let people join, now or at a time of your choice
    .which = Which one
    .opens_on = Opens on
    .opens_on-hint = Empty: now
    .opens_at = At
    .opens_at-hint = In the community’s time zone. Empty: 9:00
plan-it =
    .title = Open it later
    .opens_on = Opens on
    .opens_on-hint = At the latest on its first day
    .opens_at = At
    .opens_at-hint = In the community’s time zone. Empty: 9:00
listed =
    .help = See which challenges there are
call-off =
    .title = Call a challenge off
    .help = End a challenge before its time, or throw a draft away
    .which = Which one
    .why = Why
    .why-hint = Everybody who takes part reads it
words =
    .title = Name and purpose
    .name = Name
    .name-hint = What it is called, in a few words
    .about = What it is for
    .about-hint = Everybody reads it
    .reward = At the end
    .reward-hint = What whoever finishes can look forward to. Everybody reads it
dates =
    .title = When it runs
    .starts_on = First day
    .starts_on-hint = It begins on this date for everybody, each in their own time zone
    .days = Days
    .days-hint = 1 to 92
    .prompt_at = Prompt at
    .prompt_at-hint = In the community’s time zone
    .remind_at = Reminder at
    .remind_at-hint = On each person’s own clock, for who has not checked in. Empty: none
prompts =
    .title = Prompts
    .prompts = One for each day, one on each line
    .prompts-hint = A single one is every day’s. Each has up to 200 characters
points =
    .title = Points
    .per_day = Points for each day
    .per_day-hint = 0 to 1,000
    .streak_every = Days in a row that bring a bonus
    .streak_every-hint = 0: no bonus
    .streak_bonus = Points of the bonus
    .streak_bonus-hint = 0: no bonus
    .judged = Points that a reviewer can add
    .judged-hint = For one check-in. 0: none
    .cap = Most points in all
    .cap-hint = Empty: no limit
grace =
    .title = Missed days
    .grace_days = Days of grace
    .grace_days-hint = 0 to 7. So many in a row keep a streak, and so many in all still finish
    .catch_up = Catch up on earlier days
proof =
    .title = Check-ins
    .proof = What comes with a check-in
    .proof-none = Nothing
    .proof-welcome = Words, a link or a picture, for who likes
    .proof-text = Words
    .proof-link = A link
    .proof-image = A picture
    .proof-file = A file
    .review = Who looks first
    .review-none = Nobody: it counts at once
    .review-sample = Moderators look at a sample
    .review-all = Moderators look at each
    .sample_percent = Size of a sample, in percent
    .sample_percent-hint = 1 to 100
teams =
    .title = Teams
    .teams = Let people make teams
    .team_min = People a team needs, at least
    .team_min-hint = 1 to 50. Smaller ones are not on the board of teams
    .team_max = People in a team, at most
    .team_max-hint = 1 to 50
place =
    .title = Where it happens
    .channel = Channel
    .channel-hint = Where it is announced
    .thread = Keep the prompts in a thread

## The templates. Prompts: one for each day, one on each line.

template-creator =
    .title = Seven-day creator challenge
    .about = Make one small thing every day for a week, and show it. It does not have to be finished, and it does not have to be good.
    .prompts =
        Say hello: what do you make, and what will you try this week?
        Make something in fifteen minutes. Set a timer, and stop when it rings.
        Show your tools: where and with what do you work?
        Make it again, smaller. What is left when half of it is gone?
        Share something that went wrong, and what it taught you.
        Make something for somebody else here.
        Show what you made this week. Which piece would you keep?
    .reward = Everybody who goes all the way has a say in what the next challenge is about.
template-reading =
    .title = Reading month
    .about = A few pages a day for thirty days. Any book, any language, any length.
    .prompts = What did you read today? One line is plenty.
template-steps =
    .title = Step count
    .about = Two weeks of walking, alone or as a team. Every step counts, and so does every rest.
    .prompts = How many steps was it today? A number is enough, a picture from the way is welcome.
template-bugs =
    .title = Bug hunt
    .about = Five days of looking closely. Every report helps, and the clear ones help most.
    .prompts =
        Find something that surprised you, and report it.
        Try what you never use. What happens?
        Take an old report and try it again: is it still so?
        Break it on purpose: odd names, empty fields, slow lines.
        Help with a report of somebody else: add what is missing.
template-work =
    .title = Show your work
    .about = Five days, one picture a day of what you are working on. Rough is welcome.
    .prompts =
        What is on your desk today?
        Show a detail that nobody would notice.
        Show something half done.
        Show what you changed since yesterday.
        Show what you are proud of this week.
template-blank =
    .title = A new challenge

## The sheet

sheet-new = A new challenge
    .intro = Only you can see it so far. Change what you like, try it out, and save it at the end; nobody can join until somebody opens it.
sheet-known = Change a challenge
    .intro = Change what you like and save it at the end. Until then, nothing is different for anybody.
sheet-open = It is open. The channel and the teams stay as they are, since people have joined there. All else can change until it begins, and whoever joined is told.
sheet-running = It is running. The words, the prompts still to come, their hour, the reminder and the review can change. Dates, points, grace, what comes with a check-in, what is promised for the end, teams and the channel stay: people joined for those, and points were given by them.
part-words = Name and purpose
part-dates = When it runs
part-prompts = Prompts
part-points = Points
part-grace = Missed days
part-proof = Check-ins and review
part-teams = Teams
part-place = Where it happens
preview-it = Preview
rehearse-it = Test run

quoted = { $words }
fact-title = Name
fact-about = What it is for
fact-reward = At the end
no-reward = Nothing is promised
fact-when = When
when =
    { $count ->
        [one] { $first }, one day
       *[other] { $first } to { $last }, { $count } days
    }
fact-prompt-at = Prompt
prompted-at = Every day at { $time }, in the community’s time zone
fact-remind-at = Reminder
reminded-at = At { $time } on your own clock, if you have not checked in
no-reminder = None
fact-place = Where
in-thread = { $channel }, in a thread of its own
in-channel = { $channel }
fact-prompts = Prompts
prompted =
    { $count ->
        [one] The same every day: “{ $first }”
       *[other] { $count }, the first is “{ $first }”
    }
no-prompts = None: just the number of the day
fact-points = Points
per-day =
    { $count ->
        [0] None for a day by itself
        [one] One for each day
       *[other] { $count } for each day
    }
fact-streak = Bonus
streak =
    { $count ->
        [one] One more for every { $days } days in a row
       *[other] { $count } more for every { $days } days in a row
    }
fact-cap = At most
cap =
    { $count ->
        [one] One point in all
       *[other] { $count } points in all
    }
fact-judged = For what stands out
judged =
    { $count ->
        [one] A reviewer can add one for a check-in
       *[other] A reviewer can add up to { $count } for a check-in
    }
fact-grace = Missed days
grace-of =
    { $count ->
        [0] A missed day ends a streak
        [one] One in a row keeps your streak; whoever misses one in all still finishes
       *[other] Up to { $count } in a row keep your streak; whoever misses { $count } in all still finishes
    }
fact-catch-up = Catching up
catch-up = You can check in for earlier days while it runs
no-catch-up = Each day counts on that day alone
fact-proof = Check in with
proof-of =
    { $kind ->
        [none] A press of the button
        [text] A line or two of words
        [link] A link
        [image] A picture
        [file] A file
       *[welcome] A press of the button; words, a link or a picture are welcome
    }
fact-review = Review
review =
    { $kind ->
        [all] Moderators look at each check-in before it counts
       *[sample] Moderators look at some check-ins before they count, about { $percent } in a hundred
    }
fact-teams = Teams
in-teams = Alone, or in teams of { $least } to { $most }
fact-so-far = So far
so-far =
    { $count ->
        [one] One point · { $streak } in a row
       *[other] { $count } points · { $streak } in a row
    }

## The preview and the test run

preview-note = Only you see this. People will also find the buttons to join and to check in.
back = Back to the sheet
rehearsing = A test run: play the whole course yourself. Only you see it, and nothing counts.
rehearsing-on = Still the test run. Only you see it.
rehearse-miss = Miss this day
rehearse-leap = Every day to the end
rehearse-again = Once more
rehearsed = The end of the test run: { $title }
rehearsed-finished = You would be among those who finish.
rehearsed-unfinished = You would have missed too many days to finish.
rehearsed-you = You: { $points }
rehearsed-steady = Somebody every day: { $points }
rehearsed-others = Somebody who missed two: { $points }
rehearsed-note = The other two are made up. Points are reckoned just as they will be; what reviewers may add is left out.

## What was saved

made = { $title } is made
saved =
    { $count ->
        [0] Nothing was different, so { $title } is as it was
        [one] Saved: one thing is new in { $title }
       *[other] Saved: { $count } things are new in { $title }
    }
saved-told = The announcement shows it, and whatever people joined for is said once more.
is-draft = It is a draft: only moderators know of it.
open-now = Open it now
open-later = Open it later …
open-then = Another time …
open-by-hand = Do not open it by itself
dropped = Dropped. Nothing was changed.
overtaken = This challenge was changed after you opened the sheet, so yours was not saved over it. Start anew to see what holds now.
overtaken-by = { $member } changed this challenge after you opened the sheet, so yours was not saved over it. Start anew to see what holds now.
restart = Start anew

## What there is, what opens and what is called off

list = Challenges
none-yet = There is no challenge just now. When one opens, it is announced.
none-desk = There are no challenges yet. /challenge create makes the first one; only moderators see it before it is opened.
look-at = Look at …
line =
    { $state ->
        [draft] { $title } · draft
        [open] { $title } · you can join
        [running] { $title } · running
        [review] { $title } · being checked
        [called-off] { $title } · called off
       *[final] { $title } · over
    }
state =
    { $state ->
        [draft] Draft · { $first } to { $last }
        [open] You can join · { $first } to { $last }
        [running] Running · { $first } to { $last }
        [review] Being checked · { $first } to { $last }
        [called-off] Called off · { $first } to { $last }
       *[final] Over · { $first } to { $last }
    }
edit-it = Change it
state-planned = Draft, opens { $at } · { $first } to { $last }
planned = When { $title } opens
will-open = It opens by itself: { $at }.
will-open-told = The calendar shows that from now on, with its name. It waits for quiet hours to end.
by-hand = It opens when a moderator opens it, and not by itself.
unopened = { $title } did not open by itself
unopened-next = Nobody can join yet. Change what is needed, and open it then.
opened = { $title } is open
opened-told = Everybody reads it in { $channel }, with a button to join.
will-start = It begins by itself on { $on }.
begun = It has begun: today is the first day.
will-end = It ends by itself: { $at }.
ending = Call off { $title }?
ending-draft = It is a draft that nobody else knows of, so it is thrown away without a word.
ending-kept =
    { $count ->
        [0] Nobody takes part so far. It is said where it was announced, and can’t be brought back.
        [one] One person takes part. It is said where it was announced, and can’t be brought back.
       *[other] { $count } people take part. It is said where it was announced, and can’t be brought back.
    }
ending-points =
    { $count ->
        [one] The point that was given stays in its owner’s history. There is no result and no podium.
       *[other] The { $count } points that were given stay in people’s history. There is no result and no podium.
    }
call-it-off = Call it off
leave-it = Leave it as it is
left = Everything is as it was.
thrown-away = { $title } is thrown away.
ended-points = { $title } is called off. The points that were given stay in people’s history.
ended-no-points = { $title } is called off. No points were given yet.

# On the calendar. The title is the challenge’s name.
opens = { $title } opens
starts = { $title } begins
ends = { $title } ends
begins = The first day of a challenge
asks = The prompt of a challenge

## What everybody reads

post = { $title }
post-draft = Nobody can join yet.
post-planned = Nobody can join yet. It opens by itself: { $at }.
post-open = Everybody is welcome. Join before it begins, or any day after.
post-running = It is under way, until { $at }. You can still join.
post-review = Its days are over. The result can be looked at, and disputed, before it is final.
post-final = It is over, and the result is final. Thank you all.
post-called-off = It was called off. Points that were given stay in your history.
join-in = Join
check-in = Check in
where-i-am = Where do I stand?
day = Day { $number } of { $days } · { $title }
day-unprompted = A new day. What did you do?
day-last = This is the last day.
day-carries = To check in: { $what }
changed = Changed: { $title }
    .body = Moderators changed what you joined for. This holds from now on; what you have stays yours.
off = { $title } is called off
off-why = Why: { $why }
off-points = The points that were given stay in your history. There is no result, and nobody’s effort is taken back.
off-no-points = No points had been given yet. Thank you to everybody who wanted to take part.

## When it cannot be

refused-gone = This challenge is not there. /challenge list shows which there are.
refused-full = There are { $most } challenges under way, which is the most. To make room, let one end or call one off.
refused-title = There is a challenge called { $title } already that is not over. Please choose another name for one of the two.
refused-overtaken = Somebody changed this challenge in the meantime, so nothing was done. Please look at it again.
refused-over = The days of this challenge are over, so nothing of it changes any more. Its result can be disputed instead.
refused-open = This challenge is open already. Nothing was changed.
refused-channel = This channel is in another community. Please pick one of yours.
refused-no-date = There is a time without a day. Please choose the day as well, or leave both empty to open it now.
refused-opens-past = This time is past. Please choose a later one, or open the challenge now.
refused-opens-late = It would open by itself after its first day, when nobody could check in for that day any more. Please choose an earlier opening, or a later first day.
refused-past = The first day is past. Please choose today or a later day.
refused-far = That is more than { $days } days away. Please choose something nearer.
refused-prompts =
    { $days ->
        [one] There are { $count } prompts for one day. Please take some away, or give it more days.
       *[other] There are { $count } prompts for { $days } days. Please take some away, or give it more days.
    }
refused-prompt = The prompt of day { $day } has { $count } characters, and { $most } is the most. Please make it shorter.
refused-streak = A bonus needs both: how many days in a row, and how many points. Please fill in both, or 0 in both.
refused-streak-long =
    { $days ->
        [one] It has only one day, so nobody could have so many in a row. Please choose fewer, or 0 for no bonus.
       *[other] It has only { $days } days, so nobody could have so many in a row. Please choose fewer, or 0 for no bonus.
    }
refused-no-points = Nobody could ever get a point like this. Please give some for each day, as a bonus, or by reviewers.
refused-judged = Nobody looks at check-ins, so nobody could add points. Please choose a review under “Check-ins and review”, or 0 points here.
refused-review = Without anything to look at, there is nothing to review. Please let check-ins carry something, or choose no review.
refused-team = A team can’t need more people than it can have. Please choose a larger most, or a smaller least.

## Why something stays as it is

fixed-over = The days of this challenge are over, so what it asked for stays as it was: the result rests on it.
fixed-place = It is announced in that channel, and people have joined there, so it stays there.
fixed-teams = People have joined by these rules, alone or in teams, so they stay as they are.
fixed-dates = It is running, and people count on these days, so they stay as they are.
fixed-points = It is running, and points were given by these rules. Changing them now would take from some what they earned, so they stay.
fixed-proof = It is running, and people have checked in by this rule, so it stays as it is.
fixed-reward = It is running, and people have joined for what was promised, so it stays as it is.
fixed-prompt = The prompt of day { $day } is out already, and people have answered it. The prompts still to come can change.
