# Messages that could not be delivered.

undelivered =
    .title = Undelivered messages
    .help = See which messages could not be delivered, and try them again

title = Undelivered messages
intro =
    { $count ->
        [one] One message is set aside. Everything else goes on.
       *[other] { $count } messages are set aside. Everything else goes on.
    }
empty = Every message was delivered. There is nothing to do.
unseen =
    { $count ->
        [one] One post of the last { $days } days may stand twice: no answer came to it, and Laurel isn’t allowed to look what stands there.
       *[other] { $count } posts of the last { $days } days may stand twice: no answer came to them, and Laurel isn’t allowed to look what stands there.
    } Whoever runs Laurel can let it look: laurel check names the permission.
queued = It is on its way again. If it can’t be delivered this time either, it comes back here.
not-there = This one is no longer set aside: it is on its way, or was taken back.
again = Try again …
entry = { $number }. { $place }, since { $since }
    .stands = { $number }. { $place }, to be taken down since { $since }
channel = { $channel }
direct = A direct message
more =
    { $count ->
        [one] There is one more, shown once there is room.
       *[other] There are { $count } more, shown once there is room.
    }
# Why it could not be delivered, and what can be done.
reason =
    { $reason ->
        [channel-gone] The channel is gone. Choose another one in /laurel setup: shoutouts that wait follow it there.
        [no-permission] Laurel may not post there. Let it see the channel and write in it, then try again.
        [member-gone] They have left the community. There is nothing to do.
        [member-unreachable] They take no direct messages from Laurel. There is nothing to do, unless they ask for it: then try again.
        [restored] A backup was put back. This may have been said already: look in the channel first, then try again or let it be.
        [undrawable] It could not be put into a form that can be sent. Tell whoever runs Laurel, and try again after the next update.
       *[other] The platform did not take it, however often Laurel tried. Try again when all is well there.
    }
reason-wanting = Laurel lacks a permission there: { $permissions }. Grant it to Laurel’s role in the settings of the channel, then try again.
note = A message could not be delivered: { $place }
    .stands = A post that was taken back still stands: { $place }
    .next = /laurel undelivered shows what is set aside and tries it again. Nobody needs to hurry: nothing is lost.
# What the calendar could not do.
stuck = Something on the calendar could not be done
    .due = It was due on { $due }. Laurel tried again and again, and has set it aside. Everything else goes on.
    .unread = Laurel can no longer tell when it is to happen, and has set it aside. Everything else goes on.
    .next = Tell whoever runs Laurel: the log says what was in the way.
# What stands where it should, but could not be pinned there.
unpinned = A message could not be pinned: { $place }
    .reason =
        { $reason ->
            [pin-limit] As many messages are pinned there as there can be. Unpin one that nobody needs any more.
            [no-permission] Laurel may not pin messages there. Let it pin them.
            [no-scope] Laurel was installed without being allowed to pin. Add it to the workspace once more, and leave “pins:write” ticked.
           *[other] The platform did not take it, however often Laurel tried.
        }
    .wanting = Laurel lacks a permission there: { $permissions }. Grant it to Laurel’s role in the settings of the channel.
    .next = The message itself stands, and goes on being kept up to date. Laurel tries to pin it again each time it changes; you can also pin it by hand.
# What belongs in a thread and had to go to the channel itself.
unthreaded = No thread could be begun: { $place }
    .reason = Laurel may not begin threads there. Let it, in the settings of the channel.
    .wanting = Laurel lacks a permission there: { $permissions }. Grant it to Laurel’s role in the settings of the channel.
    .next = Nothing is lost: what belongs in the thread, such as a challenge’s prompts, is said in the channel itself. Once Laurel may, what comes next goes into a thread.
# Where the platform has a calendar of its own, and Laurel cannot write there.
unshown = The calendar can’t be shown among the events
    .reason =
        { $reason ->
            [no-permission] Laurel may not create events here. Let it, and the next moments appear there.
            [events-full] There are as many events here as there can be. Once some are over, the next moments appear there.
           *[other] The platform did not take them. Laurel tries again by itself.
        }
    .wanting = Laurel lacks a permission here: { $permissions }. Grant it to Laurel’s role in the settings of the server, and the next moments appear there.
    .next = Everything else goes on, and /calendar shows it all. Laurel tries again whenever the calendar changes, and a few times a day.
