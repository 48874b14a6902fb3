# Awards: what people can be nominated for, and how moderators make them.

create =
    .title = A new award
    .help = Make an award that people can be nominated for
    .name = Name
    .name-hint = What it is called, in a few words
    .about = What it is for
    .about-hint = Everybody reads it. You can write it later, too
edit =
    .title = Change an award
    .help = Change what an award asks for, when it opens, and who decides
    .which = Which one
open =
    .title = Open an award
    .help = Let people be nominated for an award from now on
    .which = Which one
    .closes_on = Closes on
    .closes_on-hint = Empty: as planned, or when you close it
    .closes_at = At
    .closes_at-hint = In the community’s time zone. Empty: 18:00
close =
    .title = Close an award
    .help = Close an award, or take it away
    .which = Which one
listed =
    .help = See every award and how it stands
words =
    .title = Name and purpose
    .name = Name
    .name-hint = What it is called, in a few words
    .about = What it is for
    .about-hint = Everybody reads it
items =
    .title = What is checked
    .items = Items, one on each line
    .items-hint = Up to ten, each up to 100 characters. Empty: none
    .required = Evidence is required for item
    .required-hint = A link that shows it
    .required-1 = 1
    .required-2 = 2
    .required-3 = 3
    .required-4 = 4
    .required-5 = 5
    .required-6 = 6
    .required-7 = 7
    .required-8 = 8
    .required-9 = 9
    .required-10 = 10
    .welcome = Evidence is welcome for item
    .welcome-hint = Where a link helps, and nobody has to give one
    .welcome-1 = 1
    .welcome-2 = 2
    .welcome-3 = 3
    .welcome-4 = 4
    .welcome-5 = 5
    .welcome-6 = 6
    .welcome-7 = 7
    .welcome-8 = 8
    .welcome-9 = 9
    .welcome-10 = 10
eligible =
    .title = Who can be nominated
    .days = Days they have been here, at least
    .days-hint = 0: from the first day
    .rounds = Rounds that a winner waits
    .rounds-hint = 0: who won can be nominated again at once
roles =
    .title = Only with a role
    .first = One of these roles
    .first-hint = Leave all empty for anybody
    .second = Or this one
    .third = Or this one
    .fourth = Or this one
    .fifth = Or this one
deciding =
    .title = Who decides
    .winners = Most that can win in a round
    .winners-hint = 1 to 20
    .decider = Who decides
    .decider-moderators = Moderators
    .decider-committee = A committee, drawn by lot
    .quorum = Votes that a committee needs
    .quorum-hint = 1 to 25. Moderators decide without a vote
    .blind = Hide who nominated from those who decide
    .nominations = Nominations of one member in a round
    .nominations-hint = 1 to 20
window =
    .title = When it is open
    .opens_on = Opens on
    .opens_on-hint = Empty: when somebody opens it
    .opens_at = At
    .opens_at-hint = In the community’s time zone. Empty: 9:00
    .closes_on = Closes on
    .closes_on-hint = Empty: when somebody closes it
    .closes_at = At
    .closes_at-hint = In the community’s time zone. Empty: 18:00
announcing =
    .title = Announcing winners
    .moment = When winners are announced
    .moment-hint = At once, or when a moment of the calendar begins

## The sheet

sheet-new = A new award
    .intro = Only you can see it so far. Change what you like and save it at the end; it stays closed until somebody opens it.
sheet-known = Change an award
    .intro = Change what you like and save it at the end. Until then, nothing is different for anybody.
sheet-open = It is open now. What it asks for holds from the next round on, so that nobody is judged by what they could not know. The name and the closing time hold at once.
part-words = Name and purpose
part-items = What is checked
part-eligible = Who can be nominated
part-roles = Only with a role
part-deciding = Who decides, and how many win
part-window = When it is open
part-announcing = When winners are announced

quoted = { $words }
instant = { $at }
fact-name = Name
fact-about = What it is for
fact-items = What is checked
no-items = Nothing in particular
item =
    { $evidence ->
        [required] Item { $number } · with a link that shows it
        [welcome] Item { $number } · a link is welcome
       *[none] Item { $number }
    }
fact-roles = Who can be nominated
anybody = Anybody
holders =
    { $count ->
        [one] Who holds { $roles }
       *[other] Who holds one of { $roles }
    }
fact-days = Here for
days =
    { $count ->
        [one] At least one day
       *[other] At least { $count } days
    }
fact-not-won = Winners
not-won =
    { $count ->
        [one] Wait one round before they can be nominated again
       *[other] Wait { $count } rounds before they can be nominated again
    }
fact-winners = How many win
winners-of =
    { $count ->
        [one] One in a round
       *[other] Up to { $count } in a round
    }
fact-decider = Who decides
by-moderators =
    { $sees ->
        [blind] Moderators, without seeing who nominated
       *[open] Moderators
    }
by-committee =
    { $sees ->
        [blind]
            { $count ->
                [one] A committee drawn by lot, without seeing who nominated; one vote is enough
               *[other] A committee drawn by lot, without seeing who nominated; at least { $count } vote
            }
       *[open]
            { $count ->
                [one] A committee drawn by lot; one vote is enough
               *[other] A committee drawn by lot; at least { $count } vote
            }
    }
fact-per-member = You can nominate
per-member-of =
    { $count ->
        [one] One person in a round
       *[other] Up to { $count } people in a round
    }
fact-announced = Winners are announced
at-once = As soon as it is decided
in-moment = In { $moment }
moment-gone = As soon as it is decided: the moment that was chosen is no longer on the calendar
fact-opens = Opens
fact-closes = Closes
open-now = It is open
opened-by-hand = When a moderator opens it
closed-by-hand = When a moderator closes it
open-ended = When moderators close it

## What was saved

made = { $name } is made
saved =
    { $count ->
        [0] Nothing was different, so { $name } is as it was
        [one] Saved: one thing is new in { $name }
       *[other] Saved: { $count } things are new in { $name }
    }
version = Its rules are version { $number }. /rules shows them to everybody, with every earlier version.
open-by-older = The round that is open goes on by version { $number }. The next one goes by the new rules.
will-open = It opens by itself: { $at }.
is-closed = It is closed, so nobody can be nominated yet.
open-it = Open it now
dropped = Dropped. Nothing was changed.
overtaken = This award was changed after you opened the sheet, so yours was not saved over it. Start anew to see what holds now.
overtaken-by = { $member } changed this award { $when }, after you opened the sheet, so yours was not saved over it. Start anew to see what holds now.
restart = Start anew

## What opens, closes and goes

list = Awards
none = There are no awards yet. /award create makes the first one; nobody sees it before you open it.
change-one = Change …
line =
    { $state ->
        [open] { $name } · open
       *[closed] { $name }
    }
state-open = Open
state-open-until = Open until { $at }
state-opens = Closed, opens { $at }
state-closed = Closed
state-waiting =
    { $count ->
        [one] { $state } · one nomination waits for a decision
       *[other] { $state } · { $count } nominations wait for a decision
    }
opened = { $name } is open
opened-told = From now on, /nominate puts people forward for it. Everybody reads that on the wall.
opened-untold = From now on, /nominate puts people forward for it. No wall is chosen in /laurel setup, so please tell people yourself.
will-close = It closes by itself: { $at }.
close-by-hand = It stays open until you close it with /award close.
closed = { $name } is closed
waiting =
    { $count ->
        [0] Nobody who is nominated waits for a decision.
        [one] One nomination waits for a decision, and keeps its place.
       *[other] { $count } nominations wait for a decision, and keep their places.
    }
closing = What shall become of { $name }?
close-now = Close it now
take-away = Take it away …
leave-it = Leave it as it is
left = Everything is as it was.
removing = Take { $name } away?
    .body = Nobody can be nominated for it any more. Its winners, and the rules by which they were chosen, stay on record. It can’t be brought back; a new award can have its name.
remove-it = Take it away
removed = { $name } is taken away. Its winners and its rules stay on record.

# On the calendar. The title is the award’s name.
opens = Nominations open: { $title }
closes = Nominations close: { $title }

## What everybody reads

post-open = Who deserves it? Nominations are open: { $name }
begin = Nominate somebody
read-rules = Read the rules
post-closed = Nominations are closed: { $name }
    .body = Thank you for everyone you put forward. Who wins is announced here.

## When it cannot be

refused-gone = This award is no longer there: somebody took it away. /award list shows which there are.
refused-full = There are { $most } awards, which is the most. To make room, take one away with /award close.
refused-name = There is an award called { $name } already. Please choose another name for one of the two.
refused-overtaken = Somebody changed this award in the meantime, so yours was not saved over it. Please look at it again.
refused-open = This award is open already. Only its closing time can still be moved.
refused-closed = This award is closed already. Nothing was changed.
refused-undecided =
    { $count ->
        [one] One nomination still waits for a decision, and whoever made it would never hear what became of it. Please decide it first; then the award can be taken away.
       *[other] { $count } nominations still wait for a decision, and those who made them would never hear what became of them. Please decide them first; then the award can be taken away.
    }
refused-opens-past = This time is past. Please choose a later one, or leave it empty and open the award yourself.
refused-closes-past = This end is past. Please choose a later one, or leave it empty and close the award yourself.
refused-window = It can’t close before it opens. Please choose a later end.
refused-far = That is more than { $days } days away. Please choose something nearer.
refused-no-date = There is a time without a day. Please choose the day as well, or leave both empty.
refused-items = These are { $count } items, and { $most } is the most. Fewer are easier to keep in mind, too.
refused-item-long = “{ $item }” has { $count } characters, and { $most } is the most.
refused-no-item = There is no item { $number }. Please tick numbers of the lines above.
refused-role = This role is from another community. Please pick one of yours.
refused-moment = This moment is not on the calendar any more. Please pick another one, or let winners be announced at once.

## Why somebody cannot be nominated

ineligible-role = This award is for certain roles, and as far as Laurel knows { $member } holds none of them. /rules says which.
ineligible-days =
    { $days ->
        [one] This award is for people who have been here for a day, and { $member } has not yet.
       *[other] This award is for people who have been here for { $days } days, and { $member } has not yet.
    }
ineligible-won =
    { $rounds ->
        [one] { $member } won this award in the last round. Winners wait one round, so that others come to shine as well.
       *[other] { $member } won this award in one of the last { $rounds } rounds. Winners wait that long, so that others come to shine as well.
    }
