# What every form says, whatever it asks.

title = A few questions
send = Send
yes = Yes
no = No
date-hint = Year first, for example 2026-03-09
time-hint = For example 9:30 or 21:15
duration-hint = For example 45 min, 2 h 30 min or 3 days
file-hint = At most { $kilobytes } kB

## Beside a field

error-nobody = Pick somebody from the list.
error-no-channel = Pick a channel from the list.
error-no-option = Pick one from the list.
error-no-number = Give a whole number.
error-no-date = Give a date with the year first, such as 2026-03-09.
error-no-time = Give a time of day, such as 9:30 or 21:15.
error-no-duration = Give a length of time, such as 45 min or 2 h 30 min.
