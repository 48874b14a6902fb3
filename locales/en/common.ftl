# Sentences that any feature may need. Values such as { $member } are drawn by each
# platform; **two stars** make words bold.

failed = Something went wrong here, and it is not your doing. Nothing was changed. If it happens again, tell your admins this number: { $id }.
slow = This takes longer than usual, but it goes on. Have a look in a minute; the number is { $id }.
unstored = Nothing can be stored at the moment, so this was not kept. Whoever runs Laurel has to make room; please try again later.
busy = So much is going on that this could not be kept safely. Nothing was changed; please try again in a minute.
unknown-button = This button is from another time and does nothing any more. The command it came from still works.
draft-gone = This draft is no longer here: it was finished, dropped, or a day has passed. Please start again.
only-people = This is for people, and an app can’t use it.
only-moderator = This is for moderators. If you think you should be one, ask an admin.
only-admin = This is for admins. If something should change, ask one of them.
yes = Yes
no = No
# Beside the reader’s own place in a list.
you = you

answer-missing = Please fill this in.
answer-blank = Please write something that can be read.
answer-short =
    { $least ->
        [one] Please write at least one character.
       *[other] Please write at least { $least } characters; so far it is { $count }.
    }
answer-long = Please keep it to { $most } characters; now it is { $count }.
answer-range = Please choose a number from { $least } to { $most }.
answer-unknown = This is not one of the choices. Please pick one from the list.
answer-duration = Please write a length of time, such as 2 h 30 min.
answer-file = This file is too large. It can have up to { $most } kB.
answer-people =
    { $most ->
        [one] Please choose one person.
       *[other] Please choose up to { $most } people.
    }
answer-kind = This could not be read. Please fill it in again.

sheet-change = Change …
sheet-save = Save
sheet-cancel = Cancel
sheet-unsaved =
    { $count ->
        [0] Nothing is changed yet.
        [one] One thing is changed and not saved yet.
       *[other] { $count } things are changed and not saved yet.
    }

zone-now = { $zone }, now { $time }
refused-zone = “{ $zone }” is not a time zone that Laurel knows. Please pick one from the list, or name a large city in it.
refused-zone-near = “{ $zone }” is not a time zone that Laurel knows. The nearest is { $nearest }.
refused-quiet-half = Quiet hours need a beginning and an end. Give both, or leave both empty for none.
refused-quiet-same = Quiet hours can’t end when they begin. Please choose another time for one of the two.
