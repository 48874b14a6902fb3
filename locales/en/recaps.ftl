# Recaps: who was thanked for what in a week or a month.

last = The last recap
    .title = The last recap
    .help = Read who was thanked for what in the last recap
preview = Preview a recap
    .title = Preview a recap
    .help = See the next recap as it would be posted now
    .period = Which one
    .period-hint = The weekly one, unless you say otherwise
    .period-week = The week
    .period-month = The month
now = Post a recap now
    .title = Post a recap now
    .help = Post a recap at once, without waiting for its time
    .period = Which one
    .period-hint = The weekly one, unless you say otherwise
    .period-week = The week
    .period-month = The month
opening = Opening words
    .title = Opening words
    .text = How it begins
    .text-hint = Up to 300 characters. Empty: in Laurel’s words
word = A word of thanks
    .title = A word of thanks
    .text = Your word of thanks
    .text-hint = Up to 300 characters, at the end. Empty: none
people = Leave people out
    .title = Leave people out
    .who = Who
    .who-hint = They are named nowhere in this recap. Nobody is told

# What stands on everybody’s calendar.
ahead-week = The week in thanks
ahead-month = The month in thanks

# What is due next, to whoever moves the playground's clock.
due-week = the draft of the week in thanks
due-month = the draft of the month in thanks

title-week =
    { $count ->
        [one] Our week in thanks
       *[other] { $count } weeks in thanks
    }
title-month =
    { $count ->
        [one] Our month in thanks
       *[other] { $count } months in thanks
    }
span = { $since } – { $until }
span-day = { $day }
opening-week = Here is some of the good that was seen: { $span }.
opening-month = A month of good things that somebody noticed: { $span }.
summary =
    { $count ->
        [one] One thank-you was given, and it counts.
       *[other] { $count } thanks went from { $givers } to { $receivers }.
    }
people-counted =
    { $count ->
        [one] one person
       *[other] { $count } people
    }
quiet-week = It was a quiet week, and that is fine. If somebody made it a little easier for you, they would be glad to hear it.
quiet-month = It was a quiet month, and that is fine. If somebody made it a little easier for you, they would be glad to hear it.
quiet-week-again = Another quiet week, and that is fine, too. The next recap comes when there is something to tell.
quiet-month-again = Another quiet month, and that is fine, too. The next recap comes when there is something to tell.
in-own-words = { $words }
word-of-thanks = { $words }

highlight = For { $receivers }
highlight-numbered = { $place } · For { $receivers }
quoted = “{ $reason }”
said = { $giver }: { $words }
said-for = { $words } ({ $value })
first-time = Thanked for the first time
named = { $people }
others =
    { $count ->
        [one] one more person
       *[other] { $count } others
    }
values = What it was for
value = { $value }: { $count }
coming = Coming up
upcoming = { $what }, { $at }
listed = { $items }
footer = Recap { $number }. /recap last shows it again.
thank = Thank somebody
older = The one before
page = Read it on a page

# On the picture, each below its number.
figure-thanks =
    { $count ->
        [one] thank-you
       *[other] thanks
    }
figure-givers =
    { $count ->
        [one] person gave
       *[other] people gave
    }
figure-receivers =
    { $count ->
        [one] person was thanked
       *[other] people were thanked
    }
highlights = Some of it
picture = { $title }, { $span }, as a picture. { $summary } Among those who were thanked: { $people }.

# What moderators see of a draft.
draft = Draft: { $title }
    .body = It goes up in { $wall } { $at }, as it stands here. Thanks given until then are counted, too, and fill what is free.
    .rests = Nobody was thanked, as in the two before. So nothing goes up in { $wall } { $at }, unless somebody is thanked until then, or you write something here. While it stays quiet, you see no more drafts.
    .posted = Posted in { $wall }. It is recap { $number }.
    .skipped = This recap is skipped. The next one tells of what comes after it.
    .rested = Nothing was posted, since there was nothing to tell. The next recap comes when there is.
    .withdrawn = This recap does not come: recaps were turned off, or there is no wall.
post-now = Post now
skip-this = Skip this one
change-it = Change …
change-opening = Change the opening words
change-word = Add or change a word of thanks
change-people = Leave somebody out
leave-out = Leave out { $place }
move-up = Move { $place } up
begin-anew = Choose anew, with nobody left out

# A series out of the recaps, with the consent of who is in it.
series-week = Maker of the week #{ $number }
series-month = Maker of the month #{ $number }
series-ask-week = Would you be maker of the week?
series-ask-month = Would you be maker of the month?
series-consent = Somebody said this of you, and moderators would like to show it to everybody in the next recap. It is up to you: without a yes, nothing is shown, and nobody is told what you said.
series-yes = Thank you. You will stand in the recap.
series-no = That is fine, and nobody is told. Nothing is shown.
agree = Yes, gladly
decline = Rather not
ask-week = Ask { $place } to be maker of the week
ask-month = Ask { $place } to be maker of the month
asked = Asked. With a yes it stands in the recap, and without one nothing is shown.
# Open and no look the same: whoever would rather not need not explain it.
asked-open = Maker: asked. With a yes it stands in the recap.
asked-no = Maker: asked. With a yes it stands in the recap.
asked-yes = Maker: the answer is yes, so it stands in the recap.

posted = Posted. It is recap { $number }.
skipped = Skipped. The next one tells of what comes after this.
changed = Done. The draft shows it.
previewed = This is how it would be posted now. Only you can see it.
none-yet = There is no recap yet. The first one comes by itself, once admins have chosen a wall in /laurel setup.

refused-changed = This draft was changed a moment ago. Please look at it as it is now, and press again.
refused-words = Somebody else wrote other words here meanwhile. Please open the form again to see them.
refused-posted = This recap is posted already, so its draft does nothing any more.
refused-skipped = This recap was skipped, so its draft does nothing any more. /recap now posts one at once.
refused-withdrawn = This draft is no longer there: recaps were turned off, or there was no wall. /laurel setup shows what is set.
refused-no-wall = There is no wall to post it on. An admin can choose one in /laurel setup.
refused-asked = For this recap, somebody was asked already.
refused-ask = { $member } prefers not to be written to, so they can’t be asked.
refused-nothing = There is nothing to tell since the last recap. As soon as somebody thanks somebody, there will be.

# Words that a community may replace.
words-weekly = Weekly recap
words-monthly = Monthly recap
words-sample = A recap that is made up
    .reason = stayed behind to stack the chairs, and whistled while at it
    .value = Kindness
    .since = Monday
    .until = Friday
