# Nominations: who should get an award, and why.

nominate =
    .title = Nominate somebody
    .help = Put somebody forward for an award, and say why
    .who = Who
    .who-hint = One person. You can nominate others next
    .award = For what
    .award-hint = One of the awards that are open
    .why = Why
    .why-hint = What did they do, and what did it change? Whoever decides reads it
propose =
    .title = Nominate somebody
    .who = Who
    .who-hint = One person. You can nominate others next
    .award = For what
    .award-hint = One of the awards that are open
    .why = Why
    .why-hint = What did they do, and what did it change? Whoever decides reads it
    .links = Where it can be seen
    .links-hint = Up to five public addresses, one on each line. May stay empty
fill-in =
    .title = Nominate somebody
    .who = Who
    .who-hint = One person. You can nominate others next
    .why = Why
    .why-hint = What did they do, and what did it change? Whoever decides reads it
    .links = Where it can be seen
    .links-hint = Up to five public addresses, one on each line. May stay empty
    .met = True of them
    .met-hint = Tick what is true. The award is judged by that
nominate-this =
    .title = Nominate for this
words =
    .title = Your words
    .why = Why
    .why-hint = What did they do, and what did it change? Whoever decides reads it
    .links = Where it can be seen
    .links-hint = Up to five public addresses, one on each line. May stay empty
    .met = True of them
    .met-hint = Tick what is true. The award is judged by that
mine =
    .help = See whom you nominated, and what became of it

sheet = { $member } for { $award }
sheet-again = You nominated them already, { $at }, and that stands. What you write here takes its place once you send it.
sheet-footer = Only you can see this. It is kept for a day, and counts once you send it.
stands = What stands so far
quoted = “{ $words }”
words-gone = These words are no longer kept.
evidence =
    { $count ->
        [one] To be seen at { $links }
       *[other] To be seen at { $links }
    }
criteria = What the award asks for
criterion-label =
    { $ticked ->
        [1] { $number } · ✓ ticked
       *[0] { $number } · not ticked
    }
criterion =
    { $evidence ->
        [required] { $text } · with a link that shows it
        [welcome] { $text } · a link is welcome
       *[none] { $text }
    }
box =
    { $evidence ->
        [required] { $text } · takes a link
        [welcome] { $text } · a link helps
       *[none] { $text }
    }
button-send = Nominate
button-send-anew = Replace what stands
button-reword = Change it
button-drop = Drop it
button-change = Change
button-withdraw = Take back
button-withdraw-now = Yes, take it back
button-keep = Leave it
button-begin = Nominate somebody
dropped = Dropped. Nobody saw it; what you nominated before stands as it was.

made = { $member } is nominated for { $award }. Your words are with whoever decides, and you will hear what becomes of it.
amended = Changed. Your new words for { $member } and { $award } are with whoever decides.
made-until = You can change it or take it back until { $until }.
made-left =
    { $count ->
        [0] That was your last one in this round.
        [one] You can nominate one more person in this round.
       *[other] You can nominate { $count } more people in this round.
    }
confirm = Take back { $member } for { $award }?
confirm-what = Whoever decides will not see your words any more. What others said of them stands.
withdrawn = Taken back. You do not stand behind { $member } for { $award } any more, and can nominate somebody else.

list = Your nominations
none = You have nominated nobody yet. If somebody comes to mind, /nominate takes a minute.
open-now =
    { $count ->
        [one] Open now: { $awards }
       *[other] Open now: { $awards }
    }
none-open = No award is open at the moment. /rules shows what there is.
award-name = { $award }
look = Look at one …
line = { $number } · { $award }
line-of = { $member }, { $at }: { $state }
one = { $member } for { $award }
state = What became of it
state-open = waits for a decision
state-asked = more is asked of you: change it, and it goes on
state-won = chosen
state-lost = others were chosen this time
state-declined = not taken; /why says why
state-withdrawn = taken back
somebody = somebody who is gone

over = { $member } cannot be chosen for { $award } at the moment, so your nomination has ended. It has nothing to do with what you wrote, and you can nominate somebody else.
over-gone = Whom you nominated for { $award } is no longer here, so your nomination has ended. You can nominate somebody else.

refused-self = You can’t nominate yourself. If something you did should be seen, tell somebody who could.
refused-bot = { $member } is a bot, and awards are for people. Perhaps there is a person behind it?
refused-left = { $member } has left, so an award would not reach them.
refused-not-now = { $member } can’t be nominated at the moment. A word of thanks in person may still be welcome.
refused-unknown-award = There is no such award here. /rules shows those that there are.
refused-removed = { $award } is not given any more. /rules shows what is.
refused-closed = { $award } takes no nominations at the moment. /rules shows when it opens.
refused-none-open = No award is open at the moment, so nobody can be nominated yet. /rules shows what there is.
refused-decided = It is decided already whether { $member } gets this award in this round. You can nominate them in the next one.
refused-again = You nominated them already. /nominations shows it, and you can change it there.
refused-limit =
    { $most ->
        [one] You can nominate one person in this round, and you did. /nominations lets you change whom.
       *[other] You can nominate { $most } people in this round, and you did. To name somebody else, take one back in /nominations.
    }
refused-gone = You have no such nomination any more. /nominations shows those that stand.
refused-settled = This cannot be changed any more: nominations are closed, or it is decided. /nominations shows what became of it.
refused-unticked = Please tick at least one thing that is true of them. The award is judged by that.
refused-evidence = “{ $criterion }” takes a link that shows it. Please add one under “Where it can be seen”.
refused-links =
    { $most ->
        [one] One address is the most. Please keep the best.
       *[other] { $most } addresses are the most. Please keep the best of them.
    }
refused-link-long = “{ $link }” is longer than { $most } characters. Perhaps there is a shorter address for the same page?
refused-link-scheme = “{ $link }” is not the address of a web page. Please use one that anybody can open in a browser.
refused-link-private = “{ $link }” only works inside somebody’s own network, so others could not open it. Please use an address that is public.
refused-link-password = “{ $link }” has a name or a password in it. Please leave out what stands before the @.
refused-link-unread = “{ $link }” could not be read as an address. One looks like this: example.org/page
