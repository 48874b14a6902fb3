# What Laurel can do, for whoever asks.

help =
    .title = What Laurel can do
    .help = What you can do here, and how it works

title = What you can do here
command = /{ $name }
entry =
    { $role ->
        [moderator] { $does } · for moderators
        [admin] { $does } · for admins
       *[member] { $does }
    }
menu = In a message’s menu
    .entries = { $titles }
thanks =
    { $count ->
        [one] When somebody did something worth seeing, thank them with /shoutout. You can thank one person a day; a new day begins at your own midnight.
       *[other] When somebody did something worth seeing, thank them with /shoutout. You can thank { $count } people a day; a new day begins at your own midnight.
    }
cooldown =
    { $hours ->
        [0] The same two people can thank each other as often as they like.
        [one] Between two shoutouts of the same two people lies an hour, in either direction.
       *[other] Between two shoutouts of the same two people lie { $hours } hours, in either direction.
    }
undo =
    { $minutes ->
        [0] A shoutout stands once it is given. /retract takes it back, with a reason.
        [one] You can undo a shoutout for one minute. Later, /retract takes it back, with a reason.
       *[other] You can undo a shoutout for { $minutes } minutes. Later, /retract takes it back, with a reason.
    }
page = Page { $number } of { $pages }
next = Next
back = Back
