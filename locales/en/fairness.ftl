# How fairly thanks are spread, for moderators.

fairness =
    .title = How fairly thanks are spread
    .help = See how evenly people are thanked here; it comes to you alone

counting = The thanks of the last months are being counted. What comes of it reaches you as a direct message, mostly within a minute.
    .already = It is being counted already, and reaches you as a direct message.
month =
    .comes = On the first Monday of each month, { $channel } gets the figures, without any names.
    .off = No report comes by itself. It could come to { $channel } on the first Monday of each month, without any names.
    .nowhere = Every month, moderators can get the figures by themselves: choose a channel for them in /laurel setup.
    .start = Send it every month
    .stop = Not every month
show = Send me all of it
refused-no-channel = There is no channel for moderators to send it to. Choose one in /laurel setup, then try again.
uncounted = The thanks could not be counted
    .next = It took too long, or something was in the way. Nothing is lost: try /fairness again later. If it stays so, tell whoever runs Laurel: the log says why.

title = How thanks are spread
counted =
    { $count ->
        [0] From { $since } to { $until }, nobody was thanked in public.
        [one] From { $since } to { $until }: one thank-you in public.
       *[other] From { $since } to { $until }: { $count } thanks in public, by { $givers } to { $receivers }.
    }
people =
    { $count ->
        [one] one person
       *[other] { $count } people
    }
meaning = These are figures and no verdict. What they mean, you know better than any count.
definition = Thanks to several people count once for each. Private thanks, and those taken back, are not counted.
too-few =
    { $count ->
        [one] Too little to say anything yet: one thank-you, and { $people }. From { $thanks } thanks and { $least } people on, there is a figure.
       *[other] Too little to say anything yet: { $count } thanks, and { $people }. From { $thanks } thanks and { $least } people on, there is a figure.
    }
too-few-people =
    { $count ->
        [one] Too little to say anything yet: one person. From { $least } people on, there is a figure.
       *[other] Too little to say anything yet: { $count } people. From { $least } people on, there is a figure.
    }

received = How evenly people are thanked
    .spread =
        { $top ->
            [one] Gini { $gini } of 100, where 0 is the same for all and 100 all for one. Whoever is thanked most got { $percent }% of it. Of { $thanks } thanks and { $people } people who took part.
           *[other] Gini { $gini } of 100, where 0 is the same for all and 100 all for one. The { $top } thanked most got { $percent }% of it. Of { $thanks } thanks and { $people } people who took part.
        }
given = How evenly people thank
    .spread =
        { $top ->
            [one] Gini { $gini } of 100. Whoever thanks most gave { $percent }% of it. Of { $thanks } thanks and { $people } people who took part.
           *[other] Gini { $gini } of 100. The { $top } who thank most gave { $percent }% of it. Of { $thanks } thanks and { $people } people who took part.
        }
first-time = Thanked for the first time
    .share = { $percent }% of the people who were thanked: { $part } of { $whole }.
newcomers = New people
    .share = { $got }% of the thanks went to whoever joined in the last { $days } days; they are { $people }% of the people. Of { $thanks } thanks and { $all } people, { $some } of them new.
moderators = Moderators
    .share = They gave { $gave }% of the thanks and got { $got }%; they are { $people }% of the people. Of { $thanks } thanks and { $all } people, { $some } of them moderators.
found = People who thank each other very often
    .none = None stand out, in { $count } thanks.
    .some =
        { $count ->
            [one] One pair or group thanks each other more than their totals suggest. That can be a team that works closely together. { $where }
           *[other] { $count } pairs or groups thank each other more than their totals suggest. Those can be teams that work closely together. { $where }
        }
    .follows = Who that is follows.
    .elsewhere = Who that is, /fairness tells each moderator alone.
queue = Nominations that wait to be decided
    .empty = None are waiting.
    .waiting =
        { $count ->
            [one] One, since { $oldest }.
           *[other] { $count }: the first since { $oldest }, and half of them since { $middle } or longer.
        }

groups = People who thank each other very often
    .about = These people thank each other more than their totals suggest. That can be a team that works closely together, or friends, or thanks that were agreed on: no count can tell. Ask before you conclude anything.
    .how = What counts: each thanked the next at least { $times } times in { $days } days, at least twice as often as their totals suggest, and hardly by chance.
    .more =
        { $count ->
            [one] There is one more, with less to show for it.
           *[other] There are { $count } more, with less to show for them.
        }
group = { $number }. { $who }
    .rings =
        { $exact ->
            [least] At least { $count } rings among { $people } people: { $times } thanks, where their totals suggest fewer than { $below }.
           *[exact]
                { $count ->
                    [one] One ring among { $people } people: { $times } thanks, where their totals suggest fewer than { $below }.
                   *[other] { $count } rings among { $people } people: { $times } thanks, where their totals suggest fewer than { $below }.
                }
        }
    .long = A circle of more than { $longest }, among { $people } people: { $times } thanks, where their totals suggest fewer than { $below }.
ring =
    { $kind ->
        [pair] { $times }, one way and the other, where their totals suggest fewer than { $below } each way.
       *[ring] { $times }: each thanks the next, and the last the first. Their totals suggest fewer than { $below } each.
    }
times =
    { $count ->
        [one] once
       *[other] { $count } times
    }
somebody = somebody who is not named
others =
    { $count ->
        [one] one more person
       *[other] { $count } more people
    }
