# Thanks between members.

shoutout = Shout out
    .title = Give a shoutout
    .help = Thank up to three people for something they did
    .to = Who
    .to-hint = Up to three people
    .why = What for
    .why-hint = What did they do, and what did it change?
    .value = Value
    .value-hint = Which of the community’s values does it show?
    .private = Just between us
    .private-hint = Yes: by direct message, not counted
shout-out =
    .title = Shout out this message
retract = Take a shoutout back
    .title = Take a shoutout back
    .help = Take back a shoutout that you gave or received
    .which = Which one
    .why = Why
    .why-hint = Only moderators can see this, in the audit
retract-this =
    .title = Take shoutout back

card = A shoutout for { $receivers }
    .body = { $giver } thanks { $receivers }: “{ $reason }”
    .thank-too = Thank too
value = For
    .label = { $value }
first-time = First time
    .who = { $members }, thanked here for the first time
about = What { $member } does
    .line = { $line }
    .linked = { $line } ({ $link })
# In place of many posts, once a channel can be reached again. “who” stands above “by”.
digest = Thanks that waited
    .more = Thanks that waited, continued
    .intro = Laurel could not post here for a while, but the thanks went on. Here they are, together.
    .who = { $member }
    .by =
        { $count ->
            [one] From { $givers }
           *[other] { $count } times, from { $givers }
        }
    .others =
        { $count ->
            [one] one more person
           *[other] { $count } others
        }
    .people =
        { $count ->
            [one] one person
           *[other] { $count } people
        }
    .words = Whoever was thanked finds the latest words in /laurel me.
private-note = { $giver } thanks you
    .footer = Just between the two of you
quoted = “{ $reason }”
one-line = { $receivers }: { $reason }

# What moderators know these words as in /template, and an example where there is none.
words-card = Shoutouts
    .reason = You stayed late so that everybody could go home.
    .value = Kindness

given = Kept. Your thanks to { $receivers } go up in { $wall }.
given-again = This one is in already, so it was not given twice.
given-private = { $receivers } will hear of it by direct message, and nobody else.
given-quietly = { $receivers } will find it in /laurel me: they take no direct messages.
given-left =
    { $count ->
        [0] That was your last one for today. You can give again from { $renews }.
        [one] You can thank one more person today. A new day begins { $renews }.
       *[other] You can thank { $count } more people today. A new day begins { $renews }.
    }
given-undo = Undo until { $until }
given-picture = As a picture
picture-title = Thank you
picture-day = { $on }
picture-names = Yours to keep or to pass on. It names those alone whom everybody may see.
picture-alt = { $receivers }: “{ $reason }”
undone = Taken back. The post is gone and it counts for nobody; you have it to give again.
retracted = Taken back. The post comes down and it counts for nobody.

next-day = a new day, and new shoutouts to give
next-undo = undo ends

preview = This is how it will look
    .public = Everyone here will see it.
    .private = Only the people you thank will see it.
    .post = Post it
    .edit = Edit
    .drop = Drop it
    .dropped = Dropped. Nobody saw it, and nothing was counted.

refused-nobody = Please choose somebody to thank.
refused-too-many = A shoutout can name up to { $most } people. For more, give a second one.
refused-self = You can’t thank yourself here. If something you did should be seen, tell a moderator.
refused-bot = { $member } is a bot and can’t feel thanked. Perhaps there is a person behind it?
refused-left = { $member } has left, so a shoutout would not reach them.
refused-opted-out = { $member } prefers not to be recognized here. A word in person may still be welcome.
refused-no-reason = Please say what it is for.
refused-short =
    { $count ->
        [one] One character says little. Please write at least { $least }: what did they do?
       *[other] { $count } characters say little. Please write at least { $least }: what did they do?
    }
refused-long = That is { $count } characters, and { $most } is the most. A little shorter, please.
refused-value = This value is no longer in use. Please pick another, or none.
refused-cooldown = You thanked { $member } not long ago. You can again from { $frees }.
refused-returned = { $member } thanked you not long ago. To keep thanks from going in circles, you can thank them from { $frees }.
refused-allowance =
    { $left ->
        [0] You have thanked { $most } people today, which is all for one day. You can again from { $renews }.
        [one] You can thank one more person today. For all of them, wait until { $renews }.
       *[other] You can thank { $left } more people today. For all of them, wait until { $renews }.
    }
refused-nowhere =
    { $admin ->
        [1] There is no channel for shoutouts yet, and nobody else reads here. Choose one with /laurel setup, or use /shoutout in a channel.
       *[0] There is no channel for shoutouts yet, and nobody else reads here. Use /shoutout in a channel, or ask an admin to choose one with /laurel setup.
    }
refused-not-yours = Only who gave it, who received it or a moderator can take it back.
refused-undo-late =
    { $minutes ->
        [one] Undo works for one minute. /retract still takes it back, with a reason.
       *[other] Undo works for { $minutes } minutes. /retract still takes it back, with a reason.
    }
refused-unknown = There is no such shoutout. It may be from another community.
refused-gone = It was taken back already.
refused-unseen = Nothing of this shoutout is to be seen by everybody any more, so there is no picture of it.
refused-no-shoutout = This message is not a shoutout, so there is nothing to take back.
