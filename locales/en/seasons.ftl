# Seasons: the dates that a community counts by.

start =
    .title = Start a season
    .help = Start a season, now or on a day to come; the last board of the one before is posted
    .name = What it is called
    .name-hint = Everybody reads it, as in Spring 2026
    .starts_on = First day
    .starts_on-hint = Today, unless you choose another day, past or to come
end =
    .title = End the season
    .help = Say which day is the last of the season; its last board is posted after it
    .ends_on = Last day
    .ends_on-hint = Today, unless you choose another one
listed =
    .title = Seasons
    .help = See every season, and the board of each
board =
    .title = Board of a season
    .help = See who was thanked most in a season, and who thanked others most
    .which = Which season
    .which-hint = The one that is on, unless you choose another
call-off =
    .title = Call a season off

started = { $name } has started
    .body = It counts from { $first } on. All that was given before is kept, and so is every board.
planned = { $name } is planned
    .body = It starts on { $first }. The last board of the season before it is posted then.
ended-before = { $name } ended with the day before.
untold = No wall is chosen yet, so nothing is posted about it.
ends = { $name } ends
    .body = Its last day is { $last }. Its last board is posted when that day is over.
over = { $name } is over
    .body = Its last day was { $last }, and its last board is on its way.
called-off = { $name } does not start after all
call-off-it = Call { $name } off

overview = Seasons
none-member = There is no season here yet. The boards of days, weeks and months are in /leaderboard.
none-desk = There is no season here yet. /season start begins one; nothing is deleted by it.
name = { $name }
since = Since { $first }
dates = From { $first } to { $last }
begins = Starts on { $first }
more =
    { $count ->
        [one] One more is not listed here.
       *[other] { $count } more are not listed here.
    }
choose = See the board of a season
option = { $name }, { $first } to { $last }
open-option = { $name }, since { $first }

# What everybody reads on the wall.
begun = { $name } starts
    .body = From { $first } on, thanks count for a new board. All that was given before is kept.
last = The last board of { $name }
    .empty = Nobody was thanked in public in this season. There is always a next one.
kept = Nothing of it is deleted. Who asked not to be shown on boards is not on it.
received = Thanked most
given = Thanked others most
line = { $member }
see = See the whole board
empty = Nobody has been thanked in public in this season yet.

# What the calendar has Laurel do.
ahead = { $title } starts
next-close = The last board of a season is posted

refused-open = A season is on that has no end yet. It ends by itself when another one starts, or with /season end.
refused-overlap = Another season is on then, or comes later. Please choose a day after the last one of it.
refused-name = A season is called that already. Another name keeps them apart.
refused-ended = This season has ended already.
refused-early = The season that is on began no earlier. Please choose a later day.
refused-planned = Another season is planned to start by then. /season list shows it, and can call it off.
refused-far = That is more than two years ahead. A nearer day, please.
refused-none-open = No season is on that could end.
refused-none = There is no season yet. The boards of days, weeks and months are in /leaderboard.
refused-unknown = There is no such season here.
refused-gone = It has started already, or was called off.
