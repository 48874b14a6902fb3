# Pages and feeds outside chat: what is coming, and what was.

calendar = What is coming
about-calendar = What is planned here, kept up to date.
empty-calendar = Nothing is planned just now. What is added in chat shows up here by itself.
now = On now
zone = Times are told by the clocks of { $zone }.
day = { $day }
at = { $at }
from-to = { $since } – { $until }
until = until { $until }
planned-by-you = You put this on the calendar.
zone-change = Your times move to { $zone }

subscribe = Add it to your own calendar
paste = Or paste this address where your calendar program asks for one:
secret = Whoever has the address of this page can read it. In chat you can have it replaced.

recaps = Weeks and months of thanks
about-recaps = Who was thanked for what.
empty-recaps = There is no recap yet. The first one shows up here by itself.
follow = To follow along in a feed reader:
recap-week = The week from { $since } to { $until }
recap-month = The month from { $since } to { $until }
recap-thanks =
    { $thanks ->
        [0] It was a quiet time, and that is fine. Whoever comes to mind now will be glad to hear it.
        [one] One shoutout was given.
       *[other] { $thanks } shoutouts were given.
    }
recap-people =
    { $givers ->
        [one] One person thanked
       *[other] { $givers } people thanked
    } { $receivers ->
        [one] somebody.
       *[other] { $receivers } others.
    }
highlights = Some of it
highlight = { $giver } thanked { $receivers }
highlight-of-somebody = Thanks to { $receivers }
first-timers =
    { $count ->
        [one] Thanked for the first time
       *[other] Thanked for the first time
    }
people = { $people }
values = What it was for
value = { $label }: { $count }
coming-then = { $when }: { $what }
word = A word of thanks
shapes = The same to pass on:
mail = For e-mail
letter = For e-mail, as a file to send on
text = Plain text
read-page = Read it on a page

pages = Pages
skip = Skip to the content

lost-title = There is nothing here
lost = This address leads nowhere. It may have been replaced by a new one, or a letter got lost on the way. Whoever gave it to you finds the right one in chat.
refused-title = This is for reading
refused = At this address things can be read and not changed.
busy-title = One moment, please
busy = This was asked for very often just now. Please try again in a minute.
