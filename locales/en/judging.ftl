# Check-ins of challenges: how they are looked at, judged and answered.

review = Check-ins that wait
    .title = Check-ins that wait
    .help = Look at the check-ins that wait for a moderator, one after the other
refused = What did not count
    .title = What did not count
    .help = See which of your check-ins did not count, why, and answer

# The card that moderators see.
card = Check-in: { $challenge }
day = day { $day } of { $of }
card-who =
    { $late ->
        [yes] { $who } checks in for { $day }, after that day was over.
       *[no] { $who } checks in for { $day }.
    }
card-prompt = Asked was: “{ $prompt }”
card-said = They say: “{ $words }”
card-answer = To the refusal they answer: “{ $words }”
card-waiting = It came { $since } and waits for one of you.
card-over = The challenge is over, so nobody decides about it any more.
card-parted = Whoever decided has a part in it themselves, because no moderator has less.
card-for-admins = All other moderators have a part in it, so it is for { $people }.
card-for-parted = It is for whoever has no part in it. Every moderator whom Laurel knows has one, so from { $at } on it is for whoever has the least as well: { $people }. The board and the audit say so then.
card-passed = Its member answered, and it waits again.
card-counted = It **counts**.
card-counted-by =
    { $points ->
        [0] **Counted** by { $who }, { $when }.
        [one] **Counted** by { $who } with one point on top, { $when }.
       *[other] **Counted** by { $who } with { $points } points on top, { $when }.
    }
card-refused = It **does not count**.
card-refused-by = **Not counted** by { $who }, { $when }.
card-taken-back = It was **taken back**.
card-taken-back-by = It was **taken back**.
somebody = somebody who is here no more
quoted = “{ $words }”
link = Link
file-label = File
file-is = { $name }, { $size } kB
file-gone = It is not kept any more.
why = Why it did not count

count = Count it
score = Count with points
    .title = Count with points
    .points = Points on top
    .points-hint = They are added to what the day counts for anyway
refuse = Do not count it
    .title = Do not count it
    .reason = Why
    .reason-hint = Its member reads this, without your name. Kind and clear is best
file = Show the file
skip = Skip
look = Look at it again
next = Look at the next

done-counted =
    { $points ->
        [0] Day { $day } of { $who } counts.
        [one] Day { $day } of { $who } counts, with one point on top.
       *[other] Day { $day } of { $who } counts, with { $points } points on top.
    }
done-parted = You have a part in it yourself, and no moderator has less. The board and the audit say so.
done-refused = Day { $day } of { $who } does not count. They read why, without your name.
files = Your files
files-intro = What came with your check-ins, as far as it is still kept. Pick one to be handed it.
files-pick = Pick a file
files-option = { $name }, { $on }
files-older = Older ones
files-none = No file of yours is kept.
file-here = Here is { $name }, { $size } kB.
file-care = It was sent for this challenge alone. Please keep it to yourself, and open it with the care that any file from somebody else deserves.

# Many that wait.
overview = Check-ins that wait
intro = Pick a challenge, and go through them one after the other. What lies before another moderator is not given to you.
pick = Pick a challenge
option =
    { $count ->
        [one] { $challenge }: one waits
       *[other] { $challenge }: { $count } wait
    }
none = No check-in waits for a moderator.
next-none = Nothing waits here any more. Thank you.
next-others = What still waits here is not for you: it is yours or a team-mate’s, or lies before another moderator at the moment.
queue =
    { $count ->
        [one] One check-in waits to be looked at.
       *[other] { $count } check-ins wait to be looked at.
    }
queue-about = About { $count } check-ins wait to be looked at. Go through them here, one after the other, as many of you as like.
queue-done = All that waited here have been looked at. Thank you.
ended =
    { $count ->
        [one] The last day is over, and one check-in still waits to be looked at. The result waits for it, for three days at most.
       *[other] The last day is over, and { $count } check-ins still wait to be looked at. The result waits for them, for three days at most.
    }

# What members read.
told-refused-title = A check-in that did not count
told-refused = Moderators looked at your check-in for { $day } in { $challenge }, and it did not count.
told-why = They say: “{ $reason }”
told-why-gone = Why is not kept any more.
told-refused-answer = If they missed something, answer once, and it is looked at again.
told-refused-last = It was looked at again after your answer, so this stays as it is.
told-refused-over = The challenge is over, so this stays as it is.
told-counted-title = Your check-in counts
told-counted =
    { $points ->
        [0]
            { $again ->
                [yes] Moderators looked again at your check-in for { $day } in { $challenge }: it counts. Thank you for speaking up.
               *[no] Your check-in for { $day } in { $challenge } counts.
            }
        [one]
            { $again ->
                [yes] Moderators looked again at your check-in for { $day } in { $challenge }: it counts, with one point on top. Thank you for speaking up.
               *[no] Moderators gave your check-in for { $day } in { $challenge } one point on top.
            }
       *[other]
            { $again ->
                [yes] Moderators looked again at your check-in for { $day } in { $challenge }: it counts, with { $points } points on top. Thank you for speaking up.
               *[no] Moderators gave your check-in for { $day } in { $challenge } { $points } points on top.
            }
    }
answer = Answer
    .title = Answer
    .words = What should be seen differently?
    .words-hint = Moderators read this beside your check-in. You can answer once
anew = Check in anew
answered = Thank you. Moderators look at it again, with what you say beside it, and you are told.
mine = What did not count
mine-intro = Pick a check-in to read why it did not count, and to answer.
mine-pick = Pick a check-in
mine-option = Day { $day }: { $challenge }
mine-none = None of your check-ins in challenges that run was refused.

# What is refused, at its field.
refused-no-words = This challenge asks for a few words on what you did. What did you do?
refused-no-link = This challenge asks for a link to what you did. Where can it be seen?
refused-no-image = This challenge asks for a picture. A PNG, JPEG, GIF or WebP is right.
refused-no-file = This challenge asks for a file. A picture, sound, film, PDF or plain text is right.
refused-file-empty = There is nothing in this file. Perhaps it was still being saved? Please add it once more.
refused-file-large =
    { $most ->
        [one] This file is larger than { $most } MB. A smaller copy does, or a link to it.
       *[other] This file is larger than { $most } MB. A smaller copy does, or a link to it.
    }
refused-file-pixels = This picture claims to be larger than { $most } million pixels, which could bring down the devices of those who look at it. A smaller copy does.
refused-file-image = This does not look like a whole PNG, JPEG, GIF or WebP picture, whatever its name says. A screenshot always is one; phones can also save pictures as JPEG.
refused-file-type = Files of this kind are not taken, since nobody could look at them safely. A picture, sound, film, PDF or plain text is right, or a link.
refused-file-room = There is no room left for files in this community at the moment. A link does as well.
refused-file-gone = This file is not kept any more. Files go when their check-in is taken back, and 30 days after the challenge.

# What moderators and members are told instead.
refused-unknown = This check-in is not here any more, or is not for you to see.
refused-gone = This challenge is not here any more.
refused-own = This check-in is yours, so somebody else looks at it.
refused-own-yet = This check-in is yours, so somebody else looks at it. If nobody can, it is for you from { $until } on: every moderator whom Laurel knows has a part in it.
refused-team-yet = This check-in is by somebody of your own team, so somebody else looks at it. If nobody can, it is for you from { $until } on: every moderator whom Laurel knows has a part in it.
refused-team = This check-in is by somebody of your own team, so somebody else looks at it.
refused-over = This challenge is over, so nothing is decided about its check-ins any more.
refused-points-most =
    { $most ->
        [one] One point on top is the most in this challenge.
       *[other] { $most } points on top is the most in this challenge.
    }
refused-points-none = In this challenge nobody adds points by hand. It can simply be counted.
late-counted = It counts by now, so there is nothing left to decide.
late-counted-by = { $who } was a little faster: it counts, since { $when }.
late-counted-you = You counted it already.
late-refused = It was refused meanwhile, so there is nothing left to decide.
late-refused-by = { $who } was a little faster: it does not count, since { $when }.
late-refused-you = You decided already that it does not count. Its member can answer once.
late-taken-back = Its member took it back, so there is nothing left to decide.
refused-answered = You answered this already, and once is the most.
refused-counted = This check-in counts by now, so there is nothing to answer.
refused-waiting = This check-in waits for a moderator, so there is nothing to answer yet.
refused-taken-back = You took this check-in back, so there is nothing to answer.
refused-answer-over = This challenge is over, so its check-ins stay as they are. About the result itself, a dispute can be raised while that is open.
refused-anew = You have checked in anew for day { $day }, and that one is looked at instead.
