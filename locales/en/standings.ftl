# Boards of challenges: where everybody stands, how it ends, and what is said against it.

board =
    .title = Challenge board
    .help = See where everybody stands in a challenge
    .which = Which challenge
    .which-hint = The newest that runs, unless you choose another
    .look = Picture for
    .look-hint = Light, unless you choose otherwise
    .look-light = Light screens
    .look-dark = Dark screens
dispute =
    .title = Dispute my place
    .help = Say what is not right about your place in a result
    .which = Which challenge
    .which-hint = For 48 hours after its end, and only about yourself
    .words = What is not right?
    .words-hint = A moderator reads this and answers: one who takes no part, if there is one
object =
    .title = Dispute my place
    .words = What is not right?
    .words-hint = A moderator reads this and answers: one who takes no part, if there is one
disputes =
    .title = Disputes
    .help = See what people say against their places, the oldest first
stands =
    .title = It stands
    .reason = Why
    .reason-hint = Whoever disputed it reads this, without your name
correct =
    .title = Correct a place
    .points = Points
    .points-hint = All of theirs, as they should be
    .days = Days that count
    .days-hint = How many, of all days of the challenge
    .streak = Most days in a row
    .streak-hint = Their best streak
    .reason = Why
    .reason-hint = Whoever disputed it reads this, without your name

# Above a board.
title = Board: { $challenge }
teams = Teams
members = Everybody
# How far it has come, also on the picture.
span-running = Day { $day } of { $days }
span-looking = The days are over
span-open = The result
span-answering = The result
span-final = The final result
span-called-off = Called off
stage =
    { $count ->
        [one] **{ $span }** · { $count } person takes part
       *[other] **{ $span }** · { $count } people take part
    }
looking =
    { $count ->
        [0] The result follows in a moment.
        [one] Moderators still look at one check-in; the result follows.
       *[other] Moderators still look at { $count } check-ins; the result follows.
    }
parted =
    { $count ->
        [one] One decision here was made by somebody who has a part in it, because no moderator has less.
       *[other] { $count } decisions here were made by somebody who has a part in them, because no moderator has less.
    }
open = If something about your own place is not right, say so until { $until }. Then it is final.
answering = Nothing more can be disputed. It is final as soon as the last answer is given.
in-points = In points:
empty = No day counts so far. The first check-in puts a name here.
points =
    { $count ->
        [one] { $count } point
       *[other] { $count } points
    }
detail =
    { $streak ->
        [0] { $days ->
            [one] { $days } day
           *[other] { $days } days
        }
        [one] { $days ->
            [one] { $days } day
           *[other] { $days } days
        }
       *[other] { $days ->
            [one] { $days } day
           *[other] { $days } days
        }, streak { $streak }
    }
team-detail =
    { $size ->
        [one] { $size } member
       *[other] { $size } members
    }, { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
line = { $who }, { $detail }
somebody = somebody
team-nameless = a team
ties = Where points are equal, whoever got there first comes first.
ties-drawn = “=” stands beside equal points: whoever got there first comes first.
# What the picture of a board shows, for those who do not see it.
alt = { $challenge }. { $span }. { $places }.
alt-teams = { $challenge }. { $span }. Teams: { $teams }. Everybody: { $places }.
alt-place = { $rank }. { $who }, { $points }

mine-button = My place
object-button = Dispute my place
check = Check in
join = Join
option = { $title }

# What somebody sees of their own place.
own = You in { $challenge }
counted =
    { $days ->
        [one] { $points } for { $days } day
       *[other] { $points } for { $days } days
    }
own-placed = You have { $counted }. Here you are, with whoever is next to you. Nobody else sees this.
own-hidden = You have { $counted }. You asked not to be shown, so nobody finds you on the board. You can change that in /laurel privacy.
own-waiting = What you said about your place waits for a moderator’s answer.
own-stands = A moderator looked at what you said and let your place stand: { $words }
own-corrected = A moderator looked at what you said and corrected your place: { $words }
nothing-yes = No day of yours counts yet. One check-in is all it takes.
nothing-no = No day of yours counted this time. The next challenge starts anew for everybody.
outside-yes = You do not take part yet. You can still join.
outside-no = You did not take part in this one.

# Disputes.
disputed = It is with the moderators. Somebody who takes no part in { $challenge } looks at it, or else whoever has the least to do with it, and you hear what comes of it.
dispute-card = Disputed: { $challenge }
overdue-title = Not final yet: { $challenge }
overdue =
    { $count ->
        [one] Somebody disputed their place and waits for an answer. Until then the result cannot be final.
       *[other] { $count } people disputed their places and wait for an answer. Until then the result cannot be final.
    }
    .next = /challenge disputes shows what waits.
dispute-by = { $who } says that their own place is not right.
quoted = { $words }
fact-place = Their place now
fact-answer = Answered
fact-reason = Why
fact-answers = Who answers
answers-admins = { $people }: all other moderators have a part in it themselves.
answers-parted = Whoever has no part in it. Every moderator whom Laurel knows has one, so from { $at } on it is for whoever has the least as well: { $people }. The board and the audit say so then.
fact-part = A part in it
part-of-theirs = Whoever answered has one. No moderator had less.
parted-you = You have a part in it yourself, and no moderator has less. The board and the audit say so.
place-now =
    { $days ->
        [one] { $points }, { $days } day, { $best } in a row at best
       *[other] { $points }, { $days } days, { $best } in a row at best
    }
answered-stands = { $who } let it stand, { $at }
answered-corrected = { $who } corrected it, { $at }
stands-button = It stands
fix-button = Correct it …
stood = It stands. Whoever disputed it is told, with your reason.
corrected = It is corrected, and everybody is ranked anew. Whoever disputed it is told, with your reason.
no-disputes = No dispute waits.
disputes-more =
    { $count ->
        [one] One more waits behind it.
       *[other] { $count } more wait behind it.
    }
told-stands-title = Your place stands
told-stands = A moderator who takes no part in { $challenge } looked at your place. It stands:
told-stands-parted = Every moderator has a part in { $challenge }, so whoever has the least looked at your place. It stands:
told-corrected-parted = Every moderator has a part in { $challenge }, so whoever has the least looked at your place and corrected it:
told-corrected-title = Your place is corrected
told-corrected = A moderator who takes no part in { $challenge } looked at your place and corrected it:
told-place = You now have { $counted }.

# The end.
thanks = That was { $challenge }
together =
    { $people ->
        [one] { $people } person checked in, on { $days ->
            [one] { $days } day
           *[other] { $days } days
        }. Thank you.
       *[other] { $people } people checked in { $days ->
            [one] { $days } time
           *[other] { $days } times
        } in all. Thank you for every single one.
    }
nobody = Nobody checked in this time. Thank you to everybody who joined and looked in.
podium =
    { $count ->
        [one] And this is who came furthest:
       *[other] And these came furthest:
    }
honour-finished =
    { $count ->
        [one] Went all the way
       *[other] Went all the way: { $count }
    }
honour-streak =
    { $count ->
        [one] The longest streak, { $best } days in a row
       *[other] The longest streaks, { $best } days in a row
    }
honour-newcomer =
    { $count ->
        [one] For the first time in a challenge
       *[other] For the first time in a challenge: { $count }
    }
people = { $people }
people-more =
    { $count ->
        [one] { $people }, and one more
       *[other] { $people }, and { $count } more
    }
reward = As promised for going all the way
badges = The podium and everybody who went all the way have earned a badge for it.
over = { $challenge } is over
thanked-in = Everybody is thanked in { $wall }. This thread closes now; the board above stays.

refused-gone = This board is no longer here. /challenge board shows those that there are.
refused-none = There is no board yet. One goes up as soon as a challenge starts.
refused-not-ended = There is no result yet, so nothing can be disputed. If a check-in is missing, ask a moderator.
refused-over = Places can be disputed for 48 hours after the end, and those are over. If it still matters, talk to a moderator.
refused-not-yours = Only whoever took part can dispute a place, and only their own.
refused-waiting = What you said before still waits for an answer. You hear as soon as there is one.
refused-enough =
    { $most ->
        [one] You have had your answer, and there is only one. If it still matters, talk to a moderator.
       *[other] You have had { $most } answers, which is all there are. If it still matters, talk to a moderator.
    }
refused-no-dispute = This dispute is no longer here.
refused-answered = Somebody answered this already. /challenge disputes shows what still waits.
refused-own = This is about your own place, so somebody else answers it.
refused-entrant = You take part in this challenge yourself, so somebody else answers this.
refused-own-yet = This is about your own place, so somebody else answers it. If nobody can, it is for you from { $until } on: every moderator whom Laurel knows has a part in it.
refused-entrant-yet = You take part in this challenge yourself, so somebody else answers this. If nobody can, it is for you from { $until } on: every moderator whom Laurel knows has a part in it.
refused-judged-yet = You decided on check-ins of theirs, so somebody else answers this. If nobody can, it is for you from { $until } on: every moderator whom Laurel knows has a part in it.
refused-judged = You decided on check-ins of theirs, so somebody else answers this.
refused-days =
    { $most ->
        [one] The challenge has one day. Please choose 0 or 1.
       *[other] The challenge has { $most } days. Please choose a number up to that.
    }
refused-streak = Nobody has more days in a row than days that count. Please choose a number up to { $most }.
refused-cap = Nobody can have more than { $most } points in this challenge. Please choose a number up to that.
refused-same = This is how it stands already. If it is right, let it stand.
