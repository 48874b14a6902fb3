# What a member allows, and what is kept about them.

privacy =
    .title = Your privacy
    .help = Who sees your recognition; get or erase what is kept about you

card = Your privacy
    .footer = Changes take effect at once, also on what is still to be sent. Erasing drops your name, your words and the thanks written to you for good, and takes down posts that name you. What others gave and received still counts for them.
    .export = Export my data
    .erase = Erase my data
seen = Your recognition
    .public = Public: seen in chat, and where the community shows its thanks outside
    .channel = Chat only: seen in chat, and nowhere else
    .private = Private: told to you alone, counted nowhere
    .none = None: nobody can recognize you here
pick = Who may see your recognition
    .public = Public: in chat, and on pages and in feeds outside it
    .channel = Chat only: everybody in chat, nobody outside it
    .private = Private: by direct message to you, counted nowhere
    .none = None: nobody can give you a shoutout
own-boards = Leaderboards
    .on = You may appear on them
    .off = You never appear on them
own-dms = Direct messages
    .on = Laurel may write to you
    .off = Laurel only answers you
turn-boards =
    .on = Show me on boards
    .off = Keep me off boards
turn-dms =
    .on = Write to me
    .off = Do not write to me

level =
    .title = Who may see it
boards =
    .title = Leaderboards
dms =
    .title = Direct messages
export =
    .title = Export my data
erase =
    .title = Erase my data
    .word = Type { erase-word } to erase it for good
    .word-hint = Your name, your words and the thanks written to you; nobody can bring them back
# What is typed to be sure. Keep it short and in capitals.
erase-word = ERASE

exported = Here is everything that is kept about you: one file to read in a browser, and one for programs. Others appear in it by name alone.
files = Files I handed in
erased = Your name, your words and the thanks written to you are gone, and posts that name you come down. What I wrote to you directly stays in your own messages. Your privacy choices are gone too.
    .title = Erased
    .again = Should you use Laurel again, or somebody here thank you, I will meet you as somebody new.

refused-word = To be sure that you mean it, please type { erase-word }. Nothing was erased.
refused-again = You were handed everything just now. You can ask again from { $again } on.

# It takes long, and comes later.
making = You have a great deal here, so putting it together takes a while.
    .title = It is being made
    .next = I will write to you when it is ready, to nobody else. You can go on meanwhile.
made = Everything that is kept about you is in one archive. It waits here for a day; press the button to have it.
    .title = Your data is ready
    .fetch = Get my data
refused-making = It is being made already. I will write to you when it is ready.

# Everything that is kept, as a page to read.
kept = What Laurel keeps about { $name }
kept-made = As of { $at }. The file beside this one, for programs, has every detail.
kept-names = Others appear by name alone, or not at all once they are erased. Each entry names the part of the other file that it stands in. Single words in small letters are Laurel's own.
kept-more = { $count ->
    [one] One older entry is in the other file.
   *[other] { $count } older entries are in the other file.
}
kept-you = You
kept-thanks = Thanks
kept-points = Points and allowance
kept-nominations = Awards and nominations
kept-committees = Committees
kept-challenges = Challenges
kept-recaps = Recaps and templates
kept-messages = Messages and drafts
kept-calendar = Calendar and requests
kept-words = What else was written
kept-log = What happened, and decisions
kept-label =
    .about = About
    .answer = Answer
    .by = By
    .bytes = Bytes
    .choice = Choice
    .day = Day
    .days = Days
    .ended = Ended
    .for = For
    .from = From
    .how = How
    .id = Id here
    .joined = Joined
    .language = Language
    .left = Left
    .level = Who may see it
    .link = Link
    .member = Member
    .met = First met
    .name = Name
    .of = Out of
    .points = Amount
    .rank = Rank
    .reason = Reason
    .said = Words
    .settled = Settled
    .spent = Used
    .state = State
    .streak = Days in a row
    .times = Times
    .to = To
    .until = Kept until
    .what = What
    .when = When
    .zone = Time zone
