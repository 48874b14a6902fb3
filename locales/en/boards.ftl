# Who was thanked, and who thanked others.

leaderboard =
    .title = Leaderboard
    .help = See who was thanked most, or who thanked others most
    .period = Of which time
    .period-hint = All time, unless you choose otherwise; a date such as 2026-03-06 finds past ones
    .side = What is counted
    .side-hint = Thanks received, unless you choose otherwise
    .side-received = Thanks received
    .side-given = Thanks given
    .value = For one value alone
    .value-hint = Only what was given for it
    .channel = In one channel alone
    .channel-hint = Only what was given there
    .team = Of one team alone
    .team-hint = Only its members are ranked

received = Thanked most
    .show = Who was thanked
    .empty = Nobody has been thanked in public yet. The first shoutout could be yours.
    .not-yet = You are not on it yet. It fills as people thank each other, and there is no hurry.
given = Thanked others most
    .show = Who thanks others
    .empty = Nobody has thanked anyone in public yet. The first shoutout could be yours.
    .not-yet = You are not on it yet. One shoutout is all it takes.
line = { $member }
hidden = You asked not to be shown on boards, so nobody finds you here. You can change that in /laurel privacy.
repeats = Between the same two people, each further thanks within { $repeats } days counts half as much, and half again where thanks go around among three within { $around } days. One a day to the same person counts, and { $day } in all.
nothing = Nothing counts here yet. Another time may have more to show.

# Which time it is of.
all = Since the beginning
day = On { $on }
week = The week from { $first } to { $last }
month =
    { $month ->
        [january] January { $year }
        [february] February { $year }
        [march] March { $year }
        [april] April { $year }
        [may] May { $year }
        [june] June { $year }
        [july] July { $year }
        [august] August { $year }
        [september] September { $year }
        [october] October { $year }
        [november] November { $year }
       *[december] December { $year }
    }
season = { $name }, from { $first } to { $last }
open-season = { $name }, since { $first }
a-season = A season
only-value = For { $value } alone
only-channel = In { $channel } alone
only-team = { $team } alone

# The ways to others.
earlier = Before
later = After
more = Show another board
this-day = Today
this-week = This week
this-month = This month
this-season = This season
this-all = All time
whole = Everything, of everybody
see-value = By value
see-channel = By channel
see-team = By team
as-csv = As a file for spreadsheets (CSV)
as-json = As a file for programs (JSON)

# What a board comes to by value, channel or team.
by-value =
    { $side ->
        [received] Thanks received, by value
       *[given] Thanks given, by value
    }
by-channel =
    { $side ->
        [received] Thanks received, by channel
       *[given] Thanks given, by channel
    }
by-team =
    { $side ->
        [received] Thanks received, by team
       *[given] Thanks given, by team
    }
part =
    { $count ->
        [one] { $part } (one member)
       *[other] { $part } ({ $count } members)
    }
no-values = Nothing was given for a value then.
no-channels = Nothing was given in a channel then.
no-teams = Nobody here is in a team that Laurel knows of. Not every platform tells.

# The file, for moderators.
handed =
    { $count ->
        [0] Nobody is on this board, so the file has its header alone.
        [one] One place of the board. Who is not to be shown on boards is not in it.
       *[other] { $count } places of the board. Who is not to be shown on boards is not in it.
    }
    .title = The board, as a file
handed-first = There are more; these are the first.

refused-period = There is no such time. Please pick one of the list, or give a date such as 2026-03-06.
refused-future = That is still to come, so there is nothing to show yet.
refused-no-season = No season is on right now. Days, weeks, months and all time have boards as well.
refused-season = There is no such season here.
refused-value = There is no such value here.
refused-two = A board can be cut down to a value, a channel or a team, and only to one of them. Please leave the others open.
