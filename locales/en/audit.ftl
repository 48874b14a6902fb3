# What was decided, and how anybody can hold Laurel to it.

audit =
    .title = Audit
    .help = See what was decided of late, and hand the whole audit to whoever asks
export =
    .title = Export the audit

card = Audit
    .footer = Rows hold numbers in place of people, and nobody’s words. Laurel posts a digest whenever an award closes, and on the Monday after anything was decided about awards.
    .export = Export the audit
empty = Nothing was decided here yet.
sealed =
    { $count ->
        [one] The audit has one row so far. This is its digest:
       *[other] The audit has { $count } rows so far, each chained to the one before. This is the digest of them all:
    }
digits = { $digest }
published = A digest was last posted { $at }.
unpublished = No digest was posted here of late.

# What was decided, by the name of the row; and by whom and when.
act =
    { $act ->
        [audit-export] The audit was handed out
        [audit-publish] A digest was posted
        [awards-close] An award was closed
        [awards-create] An award was made
        [awards-edit] An award was changed
        [awards-open] An award was opened
        [awards-passed] An award could not be opened in its time
        [awards-plan] An award was given other dates
        [awards-remove] An award was removed
        [calendar-cancel] A plan was taken off the calendar
        [calendar-save] A plan was put on the calendar, or changed
        [calendar-skip] A plan was skipped once
        [committees-count] A ballot was counted
        [committees-draw] A committee was drawn
        [committees-drop] The draw of a committee was given up
        [committees-drop-ballot] A ballot was called off
        [committees-end] The term of a committee ended
        [committees-extend] A ballot was given more time
        [committees-hand-over] A ballot was handed to the moderators
        [committees-open] A ballot was opened
        [committees-pool] It was put on record who can be drawn for a committee
        [committees-seat] A backup moved up in the committee
        [fairness-month-off] The monthly figures were stopped
        [fairness-month-on] The monthly figures were asked for
        [mail-replay] A message was sent again by hand
        [recaps-post] A recap was posted by hand
        [recaps-skip] A recap was skipped
        [review-asked] More was asked about a nomination
        [review-declined] A nomination was declined
        [review-recuse] Somebody kept out of a decision
        [review-reopened] A decision was opened again after an appeal
        [review-stands] A decision was left to stand after an appeal
        [review-won] A nomination was approved
        [setup-save] The settings were changed
        [templates-edit] The words of a post were changed
        [templates-reset] The words of a post became Laurel’s own again
       *[other] { $act }
    }
when = { $who }, { $at } (row { $row })
by = { $who }
    .laurel = Laurel by itself
    .nobody = Somebody who is no longer known here

# The file, and how it is verified.
exported =
    { $count ->
        [one] Here is row { $row } of the audit. This is its digest:
       *[other] Here are { $count } rows of the audit, up to row { $row }. This is the digest of that row:
    }
    .title = The audit, as a file
    .verify = Anybody can verify it, without Laurel: python audit_verify.py, then the file’s name. That program is a few pages long, to be read by whoever doubts it, and comes with Laurel’s code.
    .more =
        { $count ->
            [one] One row follows, in a file of its own. Both are verified together, in order.
           *[other] { $count } rows follow, in files of their own. All of them are verified together, in order.
        }
    .onward = Go on with the next file

# The post that lasts.
digest = The digest of what was decided here
    .footer = If anybody changed a row from now on, this digest would no longer fit. Admins hand the audit to whoever asks, with /audit, and anybody can verify it.

# What the calendar has Laurel do.
next-digest = The digest of the audit is posted
