# What is coming: moments, themed weeks and windows.

calendar =
    .help = See what is coming up here
add =
    .title = Plan a moment
    .help = Put a moment, a themed week or a window on the calendar
    .on = First day
    .at = Time
    .at-hint = On the community’s clock; you can choose another one next
    .name = Title
    .name-hint = What it is called, in one line
    .repeat = How often
    .repeat-once = Once
    .repeat-daily = Every day
    .repeat-weekly = Every week, on that day of the week
    .repeat-fortnightly = Every two weeks
    .repeat-monthly-weekday = Every month, such as on the first Friday
    .repeat-monthly-date = Every month on that date
    .repeat-yearly = Every year
    .kind = What it is
    .kind-moment = A moment: said when it begins
    .kind-week = A themed week: announced, and shown while it runs
    .kind-window = A window: lists at its end who was thanked in it
edit =
    .title = Change what is planned
    .help = Change something on the calendar
    .which = Which one
cancel =
    .title = Take something off
    .help = Take something off the calendar, once or for good
    .which = Which one
words =
    .title = Title and words
    .name = Title
    .name-hint = What it is called, in one line
    .about = About
    .about-hint = What people should know. Posted with it
time =
    .title = When
    .on = First day
    .at = Time
    .city = Whose clock
    .city-hint = A time zone, or a large city in it
repeat =
    .title = How often
    .how = How often
    .how-once = Once
    .how-daily = Every day
    .how-weekly = Every week
    .how-fortnightly = Every two weeks
    .how-monthly-weekday = Every month on a day of the week
    .how-monthly-date = Every month on the date of the first day
    .how-yearly = Every year on the date of the first day
    .how-own = By a rule of my own, written below
    .weekdays = On which days
    .weekdays-hint = For weeks and months. None: as on the first day
    .weekdays-mo = Monday
    .weekdays-tu = Tuesday
    .weekdays-we = Wednesday
    .weekdays-th = Thursday
    .weekdays-fr = Friday
    .weekdays-sa = Saturday
    .weekdays-su = Sunday
    .nth = Which one of the month
    .nth-hint = For every month on a day of the week. Empty: as on the first day
    .nth-first = The first
    .nth-second = The second
    .nth-third = The third
    .nth-fourth = The fourth
    .nth-last = The last
    .until = Last day
    .until-hint = Empty: with no end
    .rule = Rule of my own
    .rule-hint = As RRULE, for example FREQ=MONTHLY;BYDAY=2TU,4TU
without =
    .title = Leave out one time
    .on = Which day
    .on-hint = A day on which it is to come
place =
    .title = Where and how long
    .channel = Channel
    .channel-hint = Where it is said. Empty: it only stands on the calendar
    .lasts = How long it lasts
    .lasts-hint = For example 45 min, 2 h or 7 days. Empty: as usual

## What whoever asks sees

title = What is coming
name = { $name }
on =
    { $kind ->
        [week] { $begins } until { $ends }
        [window] opens { $begins }, closes { $ends }
       *[moment] { $begins }
    }
on-in = { $when } · { $channel }
running = On now, until { $until }
instant = { $at }
zones = Times are on your own clock.
empty = Nothing is planned yet. When something is, you will find it here.
empty-desk = Put the first thing here with /moment add, or with the button below. It shows you the next times before anybody else sees it.
back = Back
more = See more

## What moderators see besides

desk = For moderators
plan = Plan something
pin-here = Pin the calendar here
pin-here-again = Pin it here anew
unpin-here = Take it off here
pin-done = The calendar is on its way into this channel. It keeps itself up to date.
unpin-done = The calendar comes down here.
pin-lost = The calendar stood in this channel, and somebody deleted it. That stays so, unless you pin it here anew.
gap =
    { $count ->
        [one] Nothing is on { $since }. How about { $on } at { $at }?
       *[other] Nothing is on for { $count } days, from { $since } to { $until }. How about { $on } at { $at }?
    }
crowd = { $count } things begin on { $on }. Fewer at a time are easier to come to.
crowd-free = { $count } things begin on { $on }. On { $free } nothing is on; one of them might move there.
full = { $most } things are planned, which is the most. To make room, take some off with /moment cancel.
aside-some =
    { $count ->
        [one] One thing could not be done and is set aside.
       *[other] { $count } things could not be done and are set aside.
    }
aside-see = Set aside
aside-title = What was set aside
aside =
    { $count ->
        [0] Nothing is set aside. All that was due was done.
        [one] This could not be done, however often Laurel tried. Everything else goes on.
       *[other] These could not be done, however often Laurel tried. Everything else goes on.
    }
aside-entry = { $number }. { $name }, due { $due }
aside-option = { $number }. Due { $due }
aside-reason = What stopped it: { $reason }
aside-again = Try again …
aside-tried = It is tried again now. If it can’t be done this time either, it comes back here.
aside-gone = This one can’t be tried any more: it was done, is over a year old, or was taken off.
something = Something on the calendar

## While something is planned

sheet-new =
    { $kind ->
        [week] A new themed week
        [window] A new window
       *[moment] A new moment
    }
sheet-new-footer = Not on the calendar yet. Nobody else sees it until you save.
sheet-known =
    { $kind ->
        [week] A themed week
        [window] A window
       *[moment] A moment
    }
sheet-known-footer = Nothing is different for anybody until you save.
keep = Save
let-go = Drop
part-words = Title and words
part-time = When
part-repeat = How often
part-place = Where and how long
become =
    { $kind ->
        [week] Make it a themed week
        [window] Make it a window
       *[moment] Make it a moment
    }
put-back = Have it on { $on } after all
fact-title = Title
fact-about = About
fact-channel = Where
fact-lasts = Lasts
fact-starts = First on
fact-repeats = How often
fact-left-out = Left out
times =
    { $count ->
        [0] Next times
        [one] Next time
       *[other] Next { $count } times
    }
about-quoted = { $about }
nowhere = Only on the calendar
place-in = { $channel }
starts = { $on } at { $at }, { $zone }
left-out =
    { $count ->
        [one] One date: { $days }
       *[other] { $count } dates, the last of them { $days }
    }
no-times = It does not come any more.
days =
    { $count ->
        [one] One day
       *[other] { $count } days
    }
hours =
    { $count ->
        [one] One hour
       *[other] { $count } hours
    }
minutes =
    { $count ->
        [one] One minute
       *[other] { $count } minutes
    }
weekday =
    { $day ->
        [mo] Monday
        [tu] Tuesday
        [we] Wednesday
        [th] Thursday
        [fr] Friday
        [sa] Saturday
       *[su] Sunday
    }
nth =
    { $nth ->
        [first] the first { $day }
        [second] the second { $day }
        [third] the third { $day }
        [fourth] the fourth { $day }
       *[last] the last { $day }
    }
date = day { $day }
last-day = the last day
every-once = Once
every-day =
    { $count ->
        [one] Every day
       *[other] Every { $count } days
    }
every-week =
    { $count ->
        [one] Every week on { $days }
        [2] Every two weeks on { $days }
       *[other] Every { $count } weeks on { $days }
    }
every-month =
    { $count ->
        [one] Every month on { $which }
        [2] Every two months on { $which }
       *[other] Every { $count } months on { $which }
    }
every-year = Every year
every-own = By a rule of its own: { $rule }
every-until = { $every }, until { $last }
comes = { $every }. Next: { $at }
saved = On the calendar: { $title }
saved-footer = /moment edit changes it, and /moment cancel takes it off.
dropped = Dropped. The calendar is as it was.
line = { $title } · { $at }
line-over = { $title }
off-title = Take off { $title }
off-what = Is it only one time, or all of it?
off-one = Only { $on }
off-other = Only a later time …
off-time = { $on }
off-later = Another day
off-all = All of it
off-none = Leave it
skipped = { $title } is left out on { $on }. Everything after that stays.
taken-off = { $title } is off the calendar. What was posted about it stays.
left = Left as it is.

## What everybody sees in a channel

begins =
    { $kind ->
        [week] The theme from today: { $title }
        [window] Open from now on: { $title }
       *[moment] { $title }
    }
late = This comes late: it was planned for { $planned }.
ends-moment = Until
ends-week = Runs until
ends-window = Closes
window-rule = When it closes, those whom most people thanked meanwhile are listed here. /shoutout counts.
closed = Closed: { $title }
closed-plain = A window has closed
closed-span = This is what was given from { $since } to { $until }.
closed-rule = Listed by how many different people thanked them; where that is equal, who was thanked first comes first. Who keeps off boards is not listed. Of each, one shoutout is shown: the first with one of our values, or else the first.
closed-empty = Nobody was thanked in that time whom everybody may see. The next one opens soon enough.
listed-who = { $member }
listed-by =
    { $count ->
        [one] Thanked by one person
       *[other] Thanked by { $count } people
    }
listed = { $by }: “{ $reason }”
listed-giver = { $by }. { $giver } said: “{ $reason }”
listed-for = { $said } · { $value }
pinned = What is coming
pinned-empty = Nothing is planned at the moment. What comes will stand here.
pinned-footer = This stays up to date by itself. /calendar shows more.

## What falls due next

next-due = { $name }
next-close = A window closes

## What can’t be, and what to do

refused-zone = There is no time zone of this name. Please name one such as Europe/Madrid, or a large city in it.
refused-start = That is more than ten years from now. Please pick a date nearer to today.
refused-exceptions = More than { $most } dates are left out of this one. Please plan it anew; a rule that skips them by itself may do.
refused-past = That time is past already. Please pick a day and a time that are still to come.
refused-left-out = That day is left out of this one, so it would never come. Please pick another day.
refused-never = This never comes: its last day is past, or no day fits it within ten years, as with 31 February. Please pick another day or rule.
refused-rule-long = This rule is longer than { $most } characters. A shorter one will do.
refused-rule-unreadable = “{ $part }” in this rule can’t be read. A rule looks like FREQ=WEEKLY;BYDAY=MO,TH.
refused-rule-unsupported = “{ $part }” in this rule is something that Laurel does not keep. FREQ, INTERVAL, BYDAY, BYMONTH, BYMONTHDAY, BYHOUR, BYMINUTE, BYSETPOS, COUNT and UNTIL are.
refused-rule-often = This comes more often than { $most } times a day, and nobody would read it. Please choose a rule that comes less often.
refused-no-rule = Please write the rule, for example FREQ=MONTHLY;BYDAY=2TU,4TU, or choose how often from the list.
refused-one-weekday = Every month on one day of the week: please choose only one. For more, write a rule such as FREQ=MONTHLY;BYDAY=2TU,4TU.
refused-length = It can last up to { $days } days. Please choose a shorter time.
refused-overlap = It would come again before it is over. Please have it last shorter, or come less often.
refused-full = { $most } things are planned here, which is the most. To make room, take one off with /moment cancel.
refused-gone = This is not on the calendar any more. /calendar shows what is.
refused-overtaken = Somebody else changed this after you opened it, so yours was not saved over it. Drop this one and open it again with /moment edit.
refused-not-then = It is not to come on that day. /moment cancel shows when it comes next.
refused-channel = This channel is not in this community. Please pick one from the list.
refused-pinned = The calendar stands in this channel already.
refused-pin-here = Nobody else reads here. Please open /calendar in the channel in which it is to stand.
refused-pins = The calendar stands in { $most } channels, which is the most. Take it off in one of them first.

## Outside chat

own-see = In your own calendar
address = In your own calendar
address-mine = Add this address to your calendar program, and what is planned here stands there too, kept up to date.
address-ours = Everybody in this community may have this address: for their calendar programs, or for a website of yours.
address-mine-footer = It is yours alone: whoever has it can read what is planned here. If it got into other hands, renew it.
address-ours-footer = Whoever has it can read what is planned here. If it got into the wrong hands, renew it and hand out the new one.
address-file = { $address }
address-page = Open as a page
address-renew = New address
address-renewed = This is the new one. The address before it leads nowhere any more.
address-see-ours = The one for everybody
address-see-mine = My own
refused-no-pages = There is no page to read here. Whoever runs Laurel can give it a public address in its settings.
