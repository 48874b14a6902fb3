# Who was thanked, and who thanked others.

leaderboard =
    .title = Leaderboard
    .help = See who was thanked most, or who thanked others most
    .side = What is counted
    .side-hint = Thanks received, unless you choose otherwise
    .side-received = Thanks received
    .side-given = Thanks given

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
