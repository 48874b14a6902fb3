# By which rules things go here, for everybody.

rules =
    .help = By which rules things go here: shoutouts, and every award
title = How it goes here
intro = Thanking somebody with /shoutout goes by these.
allowance = You can thank
allowance-of =
    { $count ->
        [one] One person a day
       *[other] { $count } people a day
    }
roles = With some roles
role-allowance = { $role } { $count }
role-counts = { $counts } a day
cooldown = The same two people
cooldown-of =
    { $hours ->
        [0] As often as they like
        [one] An hour apart, in either direction
       *[other] { $hours } hours apart, in either direction
    }
undo = Undoing
undo-of =
    { $minutes ->
        [0] Not without a reason: /retract asks for one
        [one] For one minute; later with a reason, by /retract
       *[other] For { $minutes } minutes; later with a reason, by /retract
    }
reason = A reason has
reason-of = { $least } to { $most } characters
boards = On the leaderboard
boards-of = From each giver, { $day } a day count, and one a day to the same person. Between the same two people, each further time within { $repeats } days counts half as much, whoever of them thanks; and half again where thanks go around among three within { $around } days. What is taken back gives back what it counted for.
shoutouts = Shoutouts
awards = Awards
no-awards = There are no awards yet.
more-awards =
    { $count ->
        [one] One more award is in the list below.
       *[other] { $count } more awards are in the list below.
    }
waiting = While it waits
waiting-of =
    { $remind ->
        [one] When a nomination or an appeal has waited a day for a decision, moderators are reminded. After { $escalate } days, admins who have no part in it are asked to step in.
       *[other] When a nomination or an appeal has waited { $remind } days for a decision, moderators are reminded. After { $escalate } days, admins who have no part in it are asked to step in.
    }
open = Nominations are open
open-until = Nominations are open until { $at }
opens = Nominations open { $at }
closed = Nominations are closed at the moment
removed = This award is not given any more
committee = Who is in the committee
read-on = Read more …
of-award = { $name }
of-shoutouts = Shoutouts, with earlier versions

award = { $name }
since = Version { $number }, since { $on }
numbered = Version { $number }, { $on }
this-round = The round that is open goes by these rules, to its end. The next one goes by version { $number }.
next-round = These rules hold from the next round on. The one that is open goes by version { $number }.
earlier = This is an earlier version. Version { $number } holds now.
other-version = Another version …
to-version = Version { $number }
back = All rules

what-changed = What version { $number } changed
what-is-different = What is different since version { $number }
nothing-different = Nothing that makes a difference for now.
was-now = { $now }. Before: { $was }
only-now = { $now }. Before, nothing was asked here
no-more = Not asked any more. Before: { $was }
about-anew = Written anew
listed = { $parts }
items-new = new: { $items }
items-gone = gone: { $items }
items-evidence = other evidence for: { $items }
items-order = in another order

refused-gone = These rules are not on record here. /rules shows those that are.
