# Committees: drawn by lot, voting in secret.

draw =
    .title = Draw a committee
    .help = Have a committee drawn by lot, so that anybody can check the draw
    .seats = Seats
    .seats-hint = How many decide, from 3 to 25
    .days = Days
    .days-hint = For how long they serve, from 7 to 366
    .backups = Backups
    .backups-hint = Who move up when somebody leaves; 2 unless you say otherwise
show =
    .help = See who is in the committee, what it votes about, and by which rules
vote =
    .help = Vote, if you are in the committee; only you see what
step-down =
    .help = Leave the committee; a backup takes your seat
close =
    .title = Close a ballot
    .help = Close a ballot before its time, once enough have voted
    .which = Which one

# What falls due next, for whoever moves the playground’s clock.
due-draw = the draw of a committee
due-end = the end of a committee’s term
due-count = the end of a ballot

## The draw

begun-title = The draw has begun
begun = The list of who can be drawn is on record, and its digest goes to { $place }. Once it stands there, the committee is drawn: { $at } at the earliest.
short =
    { $missing ->
        [one] One person is missing: so far { $available } can be drawn.
       *[other] { $missing } people are missing: so far { $available } can be drawn.
    }
short-why = Somebody can be drawn who has met Laurel here, was seen in the last 90 days, can be named and written to, and had no seat in the last committee.
fewer-seats =
    { $seats ->
        [one] Draw 1 seat
       *[other] Draw { $seats } seats, { $backups ->
            [0] no backups
            [one] 1 backup
           *[other] { $backups } backups
        }
    }
pooled = A committee will be drawn
pooled-who =
    { $people ->
        [one] One person can be drawn
       *[other] { $people } people can be drawn
    }, for { $seats } seats and { $backups ->
        [0] no backups
        [one] 1 backup
       *[other] { $backups } backups
    }.
pooled-next = The list is on record and cannot be changed any more; this is its digest. Only now that it stands here does Laurel throw the dice, so nobody can fit the one to the other.
digest = Digest of the list (SHA-256)
digest-coming = Digest of the list for the coming draw
seed = Seed
pool = Drawn from
asked-for =
    { $people ->
        [one] 1 person
       *[other] { $people } people
    }: { $seats } seats, { $backups ->
        [0] no backups
        [one] 1 backup
       *[other] { $backups } backups
    }
plain = { $text }
drawn = The committee is drawn
drawn-footer = The list and the seed are in the audit, so anybody can repeat the draw. /committee show tells how it works.
who = Until { $until }: { $people }.
who-more = { $people }.
nobody = Until { $until }, but nobody sits in it at the moment.
unnamed =
    { $count ->
        [one] one more
       *[other] { $count } more
    }
backups =
    { $count ->
        [one] One backup would move up.
       *[other] { $count } backups would move up.
    }
dropped = The committee was not drawn: the digest could not be posted for a day. Once the channel takes posts again, /committee draw starts anew.

## Those who are in it

seated-title = You are in the committee
seated = You were drawn by lot and have a seat until { $until }. I will write to you when there is something to vote about.
seated-next = Your votes stay secret. If it does not suit you, step down: a backup takes your seat, and nobody asks why.
backup-title = You are a backup
backup =
    { $turn ->
        [one] You were drawn by lot as the first to move up, should somebody leave the committee before { $until }. There is nothing to do until then.
       *[other] You were drawn by lot as number { $turn } to move up, should somebody leave the committee before { $until }. There is nothing to do until then.
    }
step-down-now = Step down
leave-sure = Step down from the committee? A backup takes your seat. What you have voted on open ballots is dropped, since your seat has one vote.
leave-yes = Yes, step down
left = You have left the committee. Thank you for the time that you gave.
term-over = The committee’s term is over. /committee draw draws the next one; nobody serves twice in a row.

## The ballot

waiting = Nominations for { $award } are closed and the committee decides, but none serves. /committee draw draws one, and it votes as soon as it is drawn. With /committee close you can decide instead.
handed = The committee could not decide about { $award }: too few voted, or too few could. What is still open is yours to decide.
undecided = The committee voted about { $award }, but about somebody nobody could vote: all are recused. What is still open is yours to decide.
invited-title = { $award }: the vote
invited =
    { $count ->
        [one] One person is nominated, and the committee decides. You can vote until { $until }, and change your vote until the ballot closes. Nobody sees what you vote.
       *[other] { $count } people are nominated whom you can vote about, and the committee decides. You can vote until { $until }, and change your votes until the ballot closes. Nobody sees what you vote.
    }
reminded = Too few have voted so far, so there is more time: until { $until }. If it is not enough then, the moderators decide. Your vote is welcome.
vote-now = Vote
ballot-counted = The vote about { $award } is over and counted. Thank you.
ballot-handed = The vote about { $award } is over. Too few voted, or too few could, so the moderators decide.
ballot-empty = The vote about { $award } is off: nobody is left to vote about.
ballot-left = You are not in the committee any more, so there is nothing to vote about here.
paper =
    { $count ->
        [0] You have voted about everybody you can. You can change it until { $until }, or until all have voted.
        [one] One person is left for you to vote about, until { $until } or until all have voted.
       *[other] { $count } people are left for you to vote about, until { $until } or until all have voted.
    }
paper-rule =
    { $winners ->
        [one] Say yes to as many as you like: the one with the most yes wins, if more say yes than no.
       *[other] Say yes to as many as you like: the { $winners } with the most yes win, where more say yes than no.
    }
paper-blind = This is a blind review: who nominated them is not shown.
page = Page { $number } of { $pages }
pick = Look at somebody and vote
nominee = { $name }
somebody = somebody who is gone
row =
    { $count ->
        [0] No nominations left
        [one] Nominated once
       *[other] Nominated { $count } times
    } · { $vote }
voted-yes = you said yes
voted-no = you said no
voted-abstain = you abstained
voted-not-yet = you have not voted
recused-nominee = this is you, so others decide
recused-nominator = you nominated them, so others decide
recused-pair = you two thank each other often, so others decide
recused-team = you share a team, so others decide
recused-wish = you left this to others
look = { $name } for { $award }
said-by = { $name } says
said-by-somebody = Somebody says
said = “{ $words }”
said-linked = “{ $words }” { $links }
said-gone = The words are no longer kept.
criteria = What the award asks for
criterion = { $text }
ticked =
    { $of ->
        [one] { $count ->
            [0] Not ticked
           *[other] Ticked
        }
       *[other] Ticked by { $count } of { $of }
    }
choose-yes = Yes
choose-no = No
choose-abstain = Abstain
choose-recuse = Leave it to others
back-to-ballot = The whole ballot
back = Back
more = More
other = Also: { $award }
noted-yes = Noted: yes for { $name }.
noted-no = Noted: no for { $name }.
noted-abstain = Noted: you abstain about { $name }.
noted-recused = You leave { $name } to the others.
voted-last = Nobody else is left to vote, so the ballot is closed. Thank you.
closed-counted = The ballot is closed and counted.
closed-dropped = The ballot is closed. Nobody is left to vote about.
closed-handed = The ballot is closed. What is still open is for the moderators to decide.

## Results

result = { $award }: the committee’s vote
result-won =
    { $count ->
        [one] { $winners } wins { $award }.
       *[other] { $winners } win { $award }.
    }
result-voters =
    { $count ->
        [one] One member of the committee voted.
       *[other] { $count } members of the committee voted.
    }
result-later = It is decided. Who won is said when the moment comes.
result-nobody = Nobody was chosen this time.
result-taken-back =
    { $count ->
        [one] One win was taken back by the moderators since. /why tells those whom it concerns.
       *[other] { $count } wins were taken back by the moderators since. /why tells those whom they concern.
    }
result-picture = Well deserved
result-others =
    { $count ->
        [one] One other person was nominated. Thank you for being put forward.
       *[other] { $count } others were nominated. Thank you for being put forward.
    }
result-handed = Too few of the committee voted, or could. As the rules say, the moderators decide.
result-footer = Who voted what stays secret. /committee show tells how it works.
winner = Chosen: { $member }
winner-unnamed = Chosen
votes = { $yes } yes, { $no } no, { $abstain } abstained

## What everybody can look up

title = The committee
none = There is no committee yet.
served = The last committee’s term is over.
none-desk = /committee draw draws the next one.
coming = A committee is about to be drawn. The list of who can be is on record already.
underway = What it votes about
underway-award = { $award }
underway-waiting = Waits for a committee
underway-voters =
    { $count ->
        [one] One has voted
       *[other] { $count } have voted
    }; it takes { $quorum }. Until { $until }, or until all have voted.
rules = How it works
    .see = How it works
rule-draw = The committee is drawn by lot from members who were seen in the last 90 days, can be named and written to, and had no seat in the last one. The digest of that list is posted before the seed exists, so nobody can choose who is drawn.
rule-turns = Everybody serves before anybody serves twice: whoever has had no seat in the round comes first, and once everybody has had one, the next round begins. Whoever joins meanwhile is mixed in with the chance that all would have without turns, and takes turns from the next round on. Nobody has anything to catch up on.
rule-vote =
    { $days ->
        [one] The committee votes for one day. Each votes yes, no or abstains about everybody nominated; votes are secret and can be changed until the ballot closes.
       *[other] The committee votes for { $days } days, or until its term ends. Each votes yes, no or abstains about everybody nominated; votes are secret and can be changed until the ballot closes.
    }
rule-count = The most yes win, where more say yes than no. Ties go to who has won least before, then to who was nominated first.
rule-quorum =
    { $days ->
        [one] If fewer vote than the award asks for, there is one more day, once. If it is still too few, the moderators decide.
       *[other] If fewer vote than the award asks for, there are { $days } more days, once. If it is still too few, the moderators decide.
    }
rule-recused = Nobody votes about themselves, about whom they nominated, about somebody with whom they exchanged { $times } thanks or more in the last { $days } days, or who shares a team that the award names. Anybody can leave a decision to others.

## Refusals

refused-nowhere = There is no channel to post the digest in. An admin can choose a wall in /laurel setup.
refused-few =
    { $missing ->
        [one] A committee needs at least { $least } people, and one is missing. Somebody can be drawn who was seen in the last 90 days, can be named and written to, and had no seat in the last one.
       *[other] A committee needs at least { $least } people, and { $missing } are missing. Somebody can be drawn who was seen in the last 90 days, can be named and written to, and had no seat in the last one.
    }
refused-many = { $people } people could be drawn here, and the list that goes on record before a draw holds { $most } at most. So a committee cannot be drawn. Moderators can decide instead: /award edit lets you say so for each award.
refused-drawing = A committee is being drawn already. /committee show tells how far it is.
refused-serving = A committee serves until { $until } and has all its seats filled. The next one can be drawn after that.
refused-not-seated = This is for those who have a seat in the committee. /committee show tells who they are.
refused-not-in = You are not in the committee, so there is nothing to step down from.
refused-term-over = The committee’s term is over, so it votes no more. Thank you for having been in it.
refused-closed = This ballot is closed, so votes cannot be cast or changed any more.
refused-decided = This is decided already, so there is nothing to vote about.
refused-nothing = There is nothing to vote about at the moment. I will write to you when there is.
refused-quorum =
    { $missing ->
        [one] One vote is missing for the quorum. The ballot closes by itself { $until }.
       *[other] { $missing } votes are missing for the quorum. The ballot closes by itself { $until }.
    }
refused-nominee = This is about you, so others decide.
refused-nominator = You nominated them, so others decide about this.
refused-pair = You two thank each other often, so others decide about this.
refused-team = You share a team, so others decide about this.
refused-wish = You left this to others, and that stays so.
