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
        [boards-export] A board was handed out as a file
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
        [imports-made] Points of another tool were imported
        [imports-undone] An import was taken back
        [mail-replay] A message was sent again by hand
        [points-adjust] Somebody’s points were set right
        [points-take-back] Points that were set right count no more
        [recaps-post] A recap was posted by hand
        [recaps-skip] A recap was skipped
        [review-asked] More was asked about a nomination
        [review-declined] A nomination was declined
        [review-recuse] Somebody kept out of a decision
        [review-reopened] A decision was opened again after an appeal
        [review-stands] A decision was left to stand after an appeal
        [review-taken-back] A win was taken back
        [review-won] A nomination was approved
        [seasons-end] The last day of a season was set
        [seasons-passed] A season could not start on its day
        [seasons-plan] A season was planned
        [seasons-start] A season was started
        [seasons-unplan] A season was called off
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
    .lately = And this is how it went since the digest before. Anybody can count the same from the rows.
    .footer = If anybody changed a row from now on, this digest would no longer fit. Admins hand the audit to whoever asks, with /audit, and anybody can verify it.

pool = Drawn from
pool-of =
    { $count ->
        [one] One person
       *[other] { $count } people
    }
tenure = How long they have been here
tenure-of = On the list: { $pool_new } for less than 90 days, { $pool_between } for less than a year, { $pool_long } for longer. In the committee: { $seated_new }, { $seated_between } and { $seated_long }.
groups = Their groups
groups-of =
    { $pool_groups ->
        [0] Nobody on the list is in one
        [one] One on the list; in the committee { $seated_groups }
       *[other] { $pool_groups } on the list; in the committee { $seated_groups }
    }
votes = Votes that were counted
recused = Somebody kept out of it
overrides = Moderators decided in a committee’s place
times =
    { $count ->
        [0] Never
       *[other] { $count }
    }

# What the calendar has Laurel do.
next-digest = The digest of the audit is posted
