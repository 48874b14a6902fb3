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

## Round a form, and what is said instead of it

somebody = somebody
refused-at = **{ $question }**: { $reason }
edit-again = Edit again
form-ready = There is a little more to fill in.
open-form = Fill it in
unknown-form = This form is from another time, so nothing was changed. Please open it again.
not-placed = Laurel could not place “{ $words }”. Please put it where it belongs, or leave it out.
