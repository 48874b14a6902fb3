# Words that moderators write themselves, with places in braces that Laurel fills.
# What is wrong with them, for somebody who writes words and not code: where, what,
# why, and what would do. Braces and examples come as values.

# Pieces in a row, with nothing between them.
passage = { $a }{ $b }{ $c }{ $d }{ $e }{ $f }{ $g }{ $h }
strong = **{ $words }**

# /template, for moderators: changing, seeing and taking back words of their own.

edit =
    .help = Say in your own words what Laurel posts, and see it first
preview =
    .title = See the words
    .help = See what Laurel says now, in the last 20 real ones
    .which = Which words
reset =
    .title = Laurel’s own words
    .help = Go back to Laurel’s own words, or to earlier ones of yours
    .which = Which words
write =
    .title = In your own words
    .source = What is to be said
    .source-hint = Up to 3,000 characters. Laurel fills in the names that stand in double braces

overview = In your own words
    .intro = Choose what you want to say differently. You see what it comes to before anybody else does, and nothing changes until you save.
    .language = These are the words for public posts in { $language }. Another language has words of its own.
language-name =
    { $tag ->
        [en] English
        [es] Spanish
       *[other] { $tag }
    }
choose = Choose what to change …
state-laurels = In Laurel’s own words. What can be named: { $names }
state-own = In your own words. What can be named: { $names }
state-by = In the words of { $member }, { $when }. What can be named: { $names }

draft = { $which }: how it would look
shown =
    { $count ->
        [one] This is what it says of the one that there is. Only you can see this.
       *[other] This is what it says of the last { $count }. Only you can see this.
    }
made-up = There is nothing real to show it with yet, so this one is made up. Only you can see it.
cut = What is too long is cut here, and ends in an ellipsis. A post can have up to { $most } characters.
page-of = Page { $page } of { $pages }
newer = Newer
older = Older
save = Save
change = Change
again = Edit again
drop = Drop
dropped = Dropped. Everything is said as before.
saved = Saved. From now on, this is what Laurel says.
    .back = /template reset brings back what was there before.
restored = From now on, Laurel says this in its own words.

findings =
    { $count ->
        [one] { $which }: one thing is in the way
       *[other] { $which }: { $count } things are in the way
    }
    .lines = { $lines }
    .kept = Nothing is lost: what you wrote is kept for a day, and the form opens with it.
lacking = Without { $names }, what was meant to be told would get lost. Please put it where it belongs.

asked = Laurel would say it like below again. What you say now is kept, and can be brought back.
laurels = Laurel says this in its own words already, as below.
restore = Use Laurel’s own words
bring-back = Bring back earlier words …
version = No. { $number }, from { $day }
no-version = These words are not here any more. They are too old by now, or whoever wrote them had them erased. Please choose others.
other-language = The language of public posts was changed after you began, so these words would be in the wrong one. Please begin anew with /template edit.

overtaken = Somebody else saved other words after you began, so yours were not saved over them.
    .kept = Yours are not lost. /template preview shows what is said now; you can still put yours in place of it.
overtaken-by = { $member } saved other words { $when }, after you began, so yours were not saved over them.
see-theirs = See what is said now
mine = Go on with mine

unusable = These words could not be put together.
unused = The community’s own words can’t be used at the moment, so Laurel says it in its own. Here is why:
broken = { $which }: your own words can’t be used
    .next = Until they are mended, Laurel says it in its own words, so nothing is missed. /template edit opens them; what is in the way is told line by line.

refused-empty = There are no words in this template, so there would be nothing to post. Please write what is to be said.
refused-long = This template has { $count } characters, and { $most } is the most, since it has to fit into one message. Please shorten it.
refused-many = This template has { $count } places in braces, and { $most } is the most. A loop can say the same of everybody in one place.
refused-crowded = There is more between the braces than Laurel can read in time. Please use fewer names and conditions; { $most } is the most.
refused-unseen = Line { $line }: there is a character that nobody can see, { $found }. Such characters can hide things or turn words around. Please type this place anew.
refused-marks = Line { $line }: there are more accents on one letter than any language writes. Please type this place anew.
refused-unclosed = Line { $line }: “{ $found }” opens braces that are not closed, so Laurel can’t tell where the words go on. Please put { $wanted } behind it.
refused-stray = Line { $line }: { $found } closes braces that were never opened. Please delete it, or put { $wanted } where they begin.
refused-single = Line { $line }: with single braces, “{ $found }” would be posted as it stands. To have it filled in, write { $wanted }.
refused-comment = Line { $line }: { $found } is for notes, and a template has only what is to be said. Please delete it; a note is safer elsewhere.
refused-trim = Line { $line }: there is a sign inside of “{ $found }” that takes spaces away. Laurel tidies up spaces and empty lines by itself, so please delete the sign.
refused-tag = Line { $line }: “{ $found }” is nothing that a template can do. What it can do is { $known }.
refused-tag-near = Line { $line }: “{ $found }” is nothing that a template can do. Did you mean { $nearest }?
refused-open = Line { $line }: “{ $found }” begins here and ends nowhere, so Laurel can’t tell how far it goes. Please put { $wanted } where it is to end.
refused-unopened = Line { $line }: “{ $found }” belongs to “{ $wanted }”, which is not open here. Please delete it, or put “{ $wanted }” above it.
refused-block = Line { $line }: there are { $count } characters between two braces, and { $most } is the most. Words stand outside of the braces; inside is only a name.
refused-deep = Line { $line }: “{ $found }” is inside of too many others to be read safely. Please say it in fewer steps.
refused-nested = Line { $line }: this loop is inside of another one, which could grow without end. Please name the whole list instead, and Laurel writes it out.
refused-sums = Line { $line }: “{ $found }” looks like a sum, and templates do not calculate. Please use a number that is given, and put signs outside of the braces.
refused-index = Line { $line }: brackets in “{ $found }” mean nothing here. For a part of something, write a dot and its name.
refused-index-here = Line { $line }: lists can’t be made or taken apart here. For the first of a list, write “|first” behind its name.
refused-character = Line { $line }: between braces, { $found } means nothing. Please use plain letters and straight quotation marks.
refused-syntax = Line { $line }: Laurel can’t read “{ $found }”. Between two braces stands one name, with nothing around it.
refused-call = Line { $line }: templates can’t start anything, so nothing follows a name in parentheses. Please leave only the name.
refused-choice = Line { $line }: a choice does not fit between these braces. Please write it as an “if” with its “endif”.
refused-test = Line { $line }: “is” means nothing here. The name alone is enough to ask whether there is something.
refused-compare-here = Line { $line }: a comparison has nothing to show. Please put it into an “if”.
refused-literal = Line { $line }: words and numbers need no braces. Please write them as they are to be read.
refused-unknown = Line { $line }: nothing here is called “{ $found }”, so it can’t be filled in. What there is: { $known }.
refused-unknown-near = Line { $line }: nothing here is called “{ $found }”. Did you mean { $nearest }?
refused-part = Line { $line }: there is no “{ $found }” in it. What there is: { $known }.
refused-part-near = Line { $line }: there is no “{ $found }” in it. Did you mean { $nearest }?
refused-no-parts = Line { $line }: “{ $found }” has no parts, so “{ $wanted }” can’t stand behind it. Please leave only the name.
refused-filter = Line { $line }: “{ $found }” can’t stand behind a bar. What can: { $known }.
refused-filter-near = Line { $line }: “{ $found }” can’t stand behind a bar. Did you mean { $nearest }?
refused-argument = Line { $line }: only “join” takes something in parentheses. It is what stands between the entries, in quotation marks, with up to { $most } characters.
refused-no-list = Line { $line }: “{ $filter }” works on a list, and “{ $found }” is none. Please leave only the name.
refused-word = Line { $line }: “{ $found }” is a word for choosing and is the same in every language. Please compare it in an “if”, and write your own words there.
refused-record = Line { $line }: “{ $found }” has several parts. Please say which one is meant, with a dot before it: { $known }.
refused-many-records = Line { $line }: “{ $found }” is a list in which each entry has parts. Please go through it in a loop and name them there: { $known }.
refused-list = Line { $line }: a loop goes through a list, and “{ $found }” is none. Please name it without a loop.
refused-loop = Line { $line }: this loop can’t be read. It needs one new name, the word “in”, and the name of a list.
refused-loop-name = Line { $line }: “{ $found }” can’t be the new name in a loop. Please choose one that is not in use, in small plain letters.
refused-compare = Line { $line }: “{ $found }” can’t be compared like this. Numbers go with numbers, and words for choosing are equal or not.
refused-bold = Line { $line }: there is { $found } without a second one, so it is not clear how far bold letters go. Please put another one where they end.
refused-other = Line { $line }: this is nothing that a template can do. It can name values, choose with “if”, and go through a list with “for”.
