# Taking part in a challenge: joining, checking in each day, and teams.

enter =
    .title = Join a challenge
    .help = Take part in a challenge
    .which = Which
    .which-hint = May stay empty where there is only one
go =
    .title = Leave a challenge
    .help = Take part in a challenge no more
    .which = Which
    .which-hint = May stay empty where you are in only one
checkin =
    .title = Check in
    .help = Check in for today, or for a day that you missed
    .which = Challenge
    .which-hint = May stay empty where you are in only one
    .words = What you did
    .words-hint = A line or two, for whoever looks at it
    .link = Where it can be seen
    .link-hint = A public address
    .file = Picture or file
    .file-hint = Up to 5 MB
    .day = Another day
    .day-hint = The number of a day that you missed. Leave it empty for today
with-words =
    .title = Check in
    .words = What you did
    .words-hint = A line or two, for whoever looks at it
with-link =
    .title = Check in
    .link = Where it can be seen
    .link-hint = A public address
    .words = What you did
    .words-hint = May stay empty
with-file =
    .title = Check in
    .file = Picture or file
    .file-hint = Up to 5 MB
    .words = What you did
    .words-hint = May stay empty
with-anything =
    .title = Check in
    .words = What you did
    .words-hint = May stay empty: sending this is enough
    .link = Where it can be seen
    .link-hint = A public address. May stay empty
    .file = Picture or file
    .file-hint = Up to 5 MB. May stay empty
check-in-with-this =
    .title = Check in with this
with-message =
    .title = Check in with this
    .which = Challenge
    .which-hint = One that you take part in
    .words = What you did
    .words-hint = May stay empty
    .link = Where it can be seen
    .link-hint = A public address. May stay empty
    .file = Picture or file
    .file-hint = Up to 5 MB. May stay empty
team =
    .title = Teams
    .help = Join a team in a challenge, or see yours
    .team = Team
    .team-hint = May stay empty: then you see what there is
make-team =
    .title = Make a team
    .name = Name
    .name-hint = Everybody here can read it

joined = You are in: **{ $title }**.
in-already = You take part in **{ $title }**.
begins =
    { $days ->
        [one] It begins { $begins } for you, by your own clock, and takes one day.
       *[other] Day 1 of { $days } begins { $begins } for you, by your own clock.
    }
day =
    { $open ->
        [1] For you it is day { $day } of { $days }. Check in when it is done.
       *[0] For you it is day { $day } of { $days }, and it is done.
    }
days-over = Its last day is over for you.
how =
    { $proof ->
        [none] Each day, one press of **Check in** is enough, or /checkin.
        [text] Each day, check in with a few words: by the button, or with /checkin.
        [link] Each day, check in with a link that shows it: by the button, or with /checkin.
        [image] Each day, check in with a picture: by the button, or with /checkin.
        [file] Each day, check in with a file: by the button, or with /checkin.
       *[welcome] Each day, check in by the button or with /checkin. A word, a link or a picture is welcome.
    }
alone = You play alone so far. You can make a team, or join one.
team-here = Your team: **{ $team }**.
left = You take part in **{ $title }** no more. What you did is kept, and counts again if you come back.
was-not-in = You take no part in **{ $title }**, so there was nothing to leave.

counted = Day { $day } of { $days } counts
waits = Day { $day } of { $days } is with the moderators
of = { $title }
waits-what = Somebody looks at it first, and it counts from when you sent it. You hear from Laurel if there is a question.
score =
    { $points ->
        [0] { $days ->
            [one] That is your first day.
           *[other] That is { $days } days.
        }
        [one] { $days ->
            [one] That is your first day, and one point.
           *[other] That is { $days } days, and one point.
        }
       *[other] { $days ->
            [one] That is your first day, and { $points } points.
           *[other] That is { $days } days, and { $points } points.
        }
    }
streak =
    { $left ->
        [0] { $streak } days in a row.
        [one] { $streak } days in a row. One more brings { $bonus } points on top.
       *[other] { $streak } days in a row. { $left } more bring { $bonus } points on top.
    }
next = Your next day begins { $begins }.
last = That was the last day.
finished = You did it: enough days to have finished.
missed =
    { $count ->
        [one] Catch up on a day …
       *[other] Catch up on one of { $count } days …
    }
missed-day = Day { $day }

confirm = Take back day { $day }?
confirm-what = Day { $day } is over, so you could not check in for it again.
taken-back =
    { $again ->
        [1] Taken back: day { $day } of **{ $title }** does not count. You can check in for it again.
       *[0] Taken back: day { $day } of **{ $title }** does not count.
    }

teams-of = Teams: { $title }
in-team =
    { $size ->
        [one] You are in **{ $team }**, so far by yourself. Up to { $most } can be in it.
       *[other] You are in **{ $team }**: { $size } people, of up to { $most }.
    }
team-small =
    { $count ->
        [one] It stands on the board once one more is in it. Your own points count either way.
       *[other] It stands on the board once { $count } more are in it. Your own points count either way.
    }
team-stays = While the challenge runs, teams stay as they are.
teams-open = You play alone so far. Join a team, or make one of { $least } to { $most }.
teams-none = No team has room yet. Make one of { $least } to { $most }, and tell the others its name.
team-pick = Join a team …
team-option = { $team } · { $size } of { $most }
team-unnamed = Team { $number }

button-check = Check in
button-teams = Teams
button-join = Join
button-leave = Leave
button-place = My place
button-take-back = Take back
button-take-back-now = Yes, take it back
button-keep = Leave it
button-leave-team = Leave the team
button-make-team = Make a team

refused-unknown = There is no such challenge here. /challenge join shows what is open.
refused-none = You take part in no challenge at the moment. /challenge join shows what is open.
refused-none-open = No challenge is open at the moment. The next one is announced when it opens.
refused-which = You take part in { $count } challenges. Which one is it for?
refused-which-open = { $count } challenges are open. Which one would you like to join?
refused-over = **{ $title }** is over, so nothing in it changes any more.
refused-called-off = **{ $title }** was called off, so nothing in it changes any more.
refused-not-joined = You do not take part in **{ $title }** yet. Press Join under its announcement, or use /challenge join; then check in.
refused-early = **{ $title }** begins { $begins } for you. Check in from then on.
refused-days-over = The last day of **{ $title }** is over for you, by your own clock.
refused-no-day =
    { $days ->
        [one] There is only one day in this challenge.
       *[other] The days of this challenge go from 1 to { $days }.
    }
refused-future = Day { $day } begins { $begins } for you. Check in for it from then on.
refused-past = Day { $day } is over for you, by your own clock, and this challenge has no catching up. What you checked in for stays.
refused-again = You have checked in for day { $day } already, and once is enough. Day { $next } begins { $begins }.
refused-again-last = You have checked in for day { $day } already, and once is enough.
refused-not-your-words = This message is somebody else’s. Choose one of your own, or use /checkin.
refused-not-yours = There is no such check-in of yours.
refused-taken-back = Your check-in for day { $day } is taken back already.
refused-refused = Your check-in for day { $day } did not count, so there is nothing to take back. You can check in for that day again.
refused-settled = The challenge is over, so its check-ins stay as they are.
refused-no-teams = **{ $title }** is not for teams: everybody plays alone.
refused-in-team = You are in a team already. /challenge team shows it.
refused-team-gone = There is no such team any more. /challenge team shows what there is.
refused-team-full =
    { $most ->
        [one] That team is full: it takes one person. Join another, or make one.
       *[other] That team is full: it takes { $most } people. Join another, or make one.
    }
refused-team-settled = While the challenge runs, teams stay as they are. Your own points are yours either way.
refused-team-name = There is a team with that name, or one that looks just like it: { $name }. Join it, or choose another name.
refused-team-poses = { $name } could be taken for somebody who is trusted here. Another name, please.
