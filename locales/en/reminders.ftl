# Reminders of challenges, by direct message.

title = There is still time today
day = It is day { $day } of { $of } in { $challenge }, and you have not checked in yet.
day-asks = It is day { $day } of { $of } in { $challenge }, and you have not checked in yet. Asked is: “{ $prompt }”
check-in = Check in
check-in-to = Check in: { $challenge }
no-more = Write to me less
