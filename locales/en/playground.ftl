# The words of the playground itself: a chat in the browser.

product = Laurel playground
said = { $words }

## Around the room

skip = Skip to the message box
rooms = Rooms
open-rooms = Show rooms
channels = Channels
directs = Direct messages
direct-topic = Just you and Laurel.
unread =
    { $count ->
        [one] 1 unread message
       *[other] { $count } unread messages
    }
log = Messages in { $room }
today = Today
yesterday = Yesterday
earlier = Earlier messages
back-to-now = Back to the newest
empty = Nothing here yet.
empty-help = Say something, or type / to see what Laurel can do.
lost = The connection is gone. Trying again…
failed = That did not get through. Please try again.
lost-title = Nothing is here
lost-help = This address leads nowhere, or not for whom you act as. Your messages are where they were.
lost-home = Back to the playground
no-script = The playground needs JavaScript to run.

## The clock

clock-label = Move the clock
plus-hour = +1 hour
plus-day = +1 day
plus-week = +1 week
next = Next: { $what }, { $when }

## The platform

platform-is = Platform: { $state }
platform-title = Make the platform
platform-help = Choose how it fails, then thank somebody. Laurel answers at once, keeps what it was told, and says it later: each thing once, and in order.
platform-hint = Moving the clock on passes the time that is waited for. A restart makes the platform well.
fault-well = well
fault-well-help = It answers as it should.
fault-slow = slow
fault-slow-help = It takes what it is sent, and answers five seconds later.
fault-busy = too busy (429)
fault-busy-help = It takes nothing, and asks to be tried again in a while.
fault-failing = failing (500)
fault-failing-help = It takes nothing, and says that something went wrong.
fault-hanging = hanging
fault-hanging-help = It says nothing for half a minute. Once Laurel has given up, it takes the message all the same.
fault-cut = unplugged
fault-cut-help = The line breaks before anything arrives.
fault-lost = swallowing answers
fault-lost-help = It takes what it is sent, and the line breaks before it can say so.
waits =
    { $count ->
        [one] 1 waits
       *[other] { $count } wait
    }
waits-none = Nothing waits to be said.
waits-more =
    { $count ->
        [one] Laurel has 1 message to say, and keeps it.
       *[other] Laurel has { $count } messages to say, and keeps them in order.
    }
waits-for-answer = It sent the first one, and waits for an answer: 30 seconds at most.
waits-to-look = No answer came to the first one, which may still arrive. A minute after it was sent Laurel looks whether it stands, and only if not sends it again.
waits-to-see = No answer came to the first one, and Laurel cannot look whether it stands. Until it can, it sends nothing a second time.
waits-to-try = The first one was not taken. Laurel tries again at { $at }.

## Acting as somebody

acting = { $role } · switch
switch-title = Act as somebody else
switch-help = Every member sees their own playground: their role, their language, their time zone. Two tabs can act as two people.
switch-find = Find a person
role-member = Member
role-moderator = Moderator
role-admin = Admin
newcomer = New here
bot = App
you = You

## Messages

edited = edited
thread = A thread, apart from the room
thread-back = Back to { $room }
thread-of = Thread under what { $name } said:
thread-log = Messages in a thread of { $room }
thread-compose = Message in a thread of { $room }
thread-closed = closed
thread-replies =
    { $count ->
        [one] 1 reply
       *[other] { $count } replies
    }
pinned = Pinned
only-you = Only you can see this
more-about = More about the message from { $name }
message-menu = Message
inspect = Look behind it
choose = Choose
opens-elsewhere = (opens in a new tab)
link-broken = (this address cannot be opened)
file-size = { $kilobytes } kB
over-limits = No platform would take this message. It is over the limit of: { $limits }

## Writing

compose-label = Message in { $room }
compose-placeholder = Write, or / for commands
compose-hint = Enter sends, Shift and Enter starts a new line. Type @ to name a person, # to name a channel.
commands = What fits what you typed
send = Send
cancel = Cancel
close = Close
optional = optional
choose-one = Choose one
take-out = Take out
nothing-found = Nothing fits
unknown-command = There is no such command here. Type / to see those you can use.
too-long-to-say = Messages can have at most { $most } characters.

## Beside a field


## Behind a message

inspector = Inspector
inspected = Message { $number }, as Laurel wrote it and as each platform receives it.
shown-on = How { $platform } shows it
sent-to = What { $platform } is sent
limits = Limits
used-of = { $used } of { $limit }
over-limit = Over the limit
