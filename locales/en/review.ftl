# Nominations: how they are looked at, decided, announced and explained.

review = What waits for you
    .title = What waits for you
    .help = See the nominations and appeals that wait, the oldest first
why = Why was it decided so?
    .title = Why was it decided so?
    .help = See how a decision about you, or about somebody you nominated, was made
appeal = Appeal
    .title = Appeal
    .help = Ask that somebody else looks at a decision about you or your nominee
    .which = Which decision
    .which-hint = Only what was decided in the last 30 days, and once each
    .words = What should be seen differently?
    .words-hint = Moderators read this. Whoever decided does not answer it

# The card that moderators see.
card = Nominated: { $award }
card-who =
    { $blind ->
        [yes]
            { $count ->
                [0] { $nominee } was nominated; nobody stands behind it any more.
                [one] { $nominee } was nominated by one person. Who it was is hidden here.
               *[other] { $nominee } was nominated by { $count } people. Who they are is hidden here.
            }
       *[no]
            { $count ->
                [0] { $nominee } was nominated; nobody stands behind it any more.
                [one] { $nominee } was nominated by one person.
               *[other] { $nominee } was nominated by { $count } people.
            }
    }
card-open =
    { $again ->
        [yes] Opened again after an appeal, { $since }. Whoever decided before leaves it to others now.
       *[no] It came { $since } and waits for one of you.
    }
card-asked = { $who } asked for more { $since }. It can be decided all the same.
card-asked-settled = The nominators were asked for more { $since }. It can be decided all the same.
card-won = **Approved** by { $who }, { $since }.
card-won-settled = **Chosen** by the committee, { $since }.
card-declined = **Declined** by { $who }, { $since }.
card-declined-settled = **Declined**, { $since }.
card-lost = **Not chosen this time**, { $since }.
card-lost-settled = **Not chosen this time**, { $since }.
card-withdrawn = **Withdrawn**, { $since }.
card-withdrawn-settled = **Withdrawn**, { $since }.
card-reason = Their words: “{ $reason }”
card-committee = A committee votes about this one. You can still ask for more, or decline what does not belong here.
card-on-it = On it
card-nobody = Nobody yet
card-recused = Keeping out of it
card-seats = Seats in this round
card-seats-left =
    { $left ->
        [0] none of { $most } left
       *[other] { $left } of { $most } left
    }
card-standard = Judged by
card-version = version { $number } of what the award asks for
card-said = What they say
card-said-more =
    { $more ->
        [one] One more person says something: press “Read it all”.
       *[other] { $more } more people say something: press “Read it all”.
    }
card-criteria = What they ticked
card-ticked = { $count } of { $of }
card-evidence = Evidence
card-link = Link { $number }
card-links-more =
    { $more ->
        [one] One more link: press “Read it all”.
       *[other] { $more } more links: press “Read it all”.
    }
people = { $people }
people-more =
    { $more ->
        [one] { $people } and one more
       *[other] { $people } and { $more } more
    }
quoted = “{ $words }”
listed = { $steps }
who-for-what = { $nominee } · { $award }
nominator = { $who }
nominator-hidden = Somebody
words-erased = These words were erased by whoever wrote them.

approve = Approve
ask = Ask for more
    .title = Ask for more
    .words = What would help you decide?
    .words-hint = Every nominator gets this by direct message, without your name
decline = Decline
    .title = Decline
    .reason = Why
    .reason-hint = The nominators read this, without your name. Kind and clear is best
recuse = Recuse
take = I am on it
leave = Not any more
words = Read it all
words-title = What is said about { $nominee }
words-place = { $place } of { $of }
words-none = There is nothing here any more.
before = The one before
next = The next one

approved = { $nominee } wins. Everybody who should know is told.
declined = Declined. Whoever nominated { $nominee } is told, with your reason and how to appeal.
asked-done =
    { $count ->
        [one] The nominator is asked. The card shows it when they answer.
       *[other] All { $count } nominators are asked. The card shows it when they answer.
    }
recused = You keep out of this one now. The others see it on the card.
taken = You are on it. The others see it on the card.
left = You are not on it any more.

take-back = Take back
    .title = Take back
    .reason = Why
    .reason-hint = Winner and nominators read this, without your name
taken-back = Taken back. { $nominee } and whoever nominated them are told, with your reason and how to appeal, and the seat is free.
    .title = { $award }: taken back
    .nominator = The moderators took back that { $nominee } wins { $award }. Your nomination was as welcome as it was before.
    .nominee = The moderators took back that you win { $award }.
    .next = You can use /appeal within 30 days: then somebody else looks at it. Where it was announced, it is not any more.
card-taken-back = **Taken back** by { $who }, { $since }. The seat is free.
refused-not-won = This has not won, or not any more, so there is nothing to take back.
refused-stands =
    { $days ->
        [one] This was decided more than one day ago, so it stands.
       *[other] This was decided more than { $days } days ago, so it stands.
    }
reopened-full = It is decided again, by somebody who did not decide before. All seats of the round are taken: it can be approved once one is given back, with “Take back” on the card of a winner, and else declined.

# Whoever is second hears what was decided.
late-won = { $who } approved this one, { $when }. Thank you for looking at it too.
late-won-settled = This one has won already. Thank you for looking at it too.
late-declined = { $who } declined this one, { $when }. Thank you for looking at it too.
late-declined-settled = This one was declined already. Thank you for looking at it too.
late-lost = Others were chosen in this round, { $when }, as { $who } decided. Thank you for looking at it too.
late-lost-settled = Others were chosen in this round, so this one is decided. Thank you for looking at it too.
late-asked = { $who } asked the nominators for more, { $when }. You will see here when they answer.
late-asked-settled = The nominators are asked for more already. You will see here when they answer.
late-withdrawn = This one was withdrawn, { $when }, by { $who }. There is nothing left to decide.
late-withdrawn-settled = This one was withdrawn, so there is nothing left to decide. Thank you for looking at it.
late-stands = { $who } answered this appeal, { $when }: the decision stands. Thank you for looking at it too.
late-stands-settled = This appeal was answered already: the decision stands. Thank you for looking at it too.
late-reopened = { $who } answered this appeal, { $when }: it is decided again. Thank you for looking at it too.
late-reopened-settled = This appeal was answered already: it is decided again. Thank you for looking at it too.

refused-unknown = This nomination is not here, or is no longer yours to see. /why shows what is about you.
refused-nominee = This one is about you, so others decide it. That keeps it fair, also for you.
refused-nominator = You nominated them, so others decide this one. That keeps it fair for everybody.
refused-recused = You keep out of this one, as you asked. The other moderators see to it.
refused-committee = A committee votes about this award, so its winners are not approved here. You can ask for more, or decline.
refused-full =
    { $most ->
        [one] The one seat of this round is taken, so nobody else can win it. You can decline with a kind reason. If that seat went to somebody by mistake, “Take back” on their card frees it.
       *[other] All { $most } seats of this round are taken, so nobody else can win it. You can decline with a kind reason. If one went to somebody by mistake, “Take back” on their card frees it.
    }
refused-gone = This cannot be decided any more: whoever was nominated is not here now.
refused-decided-before = You decided this one before the appeal. Now it is for another moderator to look at it.
refused-decided-it = You had a part in this decision, so somebody else answers the appeal. Another moderator can, or an admin.
refused-not-yours = This decision is not about you or somebody you nominated. /why shows those that are.
refused-no-appeal = There is nothing to appeal here: only what was declined or not chosen can be looked at again, by those who did not decide it.
refused-moved-on = This was decided anew meanwhile. /why shows how it stands now.
refused-appeal-late = Appeals are open for { $days } days after a decision, and that time is over. You can nominate again in the next round.
refused-appealed = You have appealed against this decision already. You hear as soon as it is answered.

# What waits for too long.
next-look = a look at the nominations that wait
reminder-title = Somebody hopes to hear from you
reminder =
    { $count ->
        [one] A nomination that came { $since } still waits for one of you.
       *[other] { $count } nominations still wait for one of you; the oldest came { $since }.
    }
reminder-appeals =
    { $count ->
        [one] An appeal that came { $since } still waits for an answer, from one of you who did not decide before.
       *[other] { $count } appeals still wait for an answer, each from one of you who did not decide before; the oldest came { $since }.
    }
reminder-on-it = On it so far: { $people }
escalation-title = Could you step in?
escalation =
    { $count ->
        [one] One nomination has been waiting for a decision for days: it came { $since }. The moderators were reminded. Could you have a look with /review, or find somebody who can?
       *[other] { $count } nominations have been waiting for a decision for days; the oldest came { $since }. The moderators were reminded. Could you have a look with /review, or find somebody who can?
    }
escalation-appeals =
    { $count ->
        [one] One appeal has been waiting for an answer for days: it came { $since }. The moderators were reminded, and whoever decided before cannot answer it. Could you have a look with /review?
       *[other] { $count } appeals have been waiting for an answer for days; the oldest came { $since }. The moderators were reminded, and whoever decided before cannot answer them. Could you have a look with /review?
    }
to-queue = See what waits

queue = What waits for you
queue-empty = Nothing waits. Thank you for looking after this.
queue-since =
    { $count ->
        [one] came { $since }, one nominator
       *[other] came { $since }, { $count } nominators
    }
queue-on-it = { $said }; on it: { $people }
queue-footer = Page { $page }. What is about you is left out.
queue-open = Open …
queue-option = { $nominee }, { $award }
queue-appeal = Appeal: { $nominee }, { $award }
queue-before = Before
queue-more = More

# What nominators and nominees are told.
amend = Say more
see-why = Why?
object = Appeal
    .title = Appeal
    .words = What should be seen differently?
    .words-hint = Moderators read this. Whoever decided does not answer it
privacy = Who may see me
reason = The reason: “{ $reason }”
asked-title = A little more, please
asked = The moderators are looking at your nomination of { $nominee } for { $award }, and would like to know more.
asked-next = Add what you can with the button, or with /nominations. It goes on as soon as you do.

won-nominator-title = { $award }: the one you saw wins
won-nominator = { $nominee } wins { $award }. You were one of those who saw it and said so. Thank you.
won-nominee-title = You win: { $award }
won-nominee = People here nominated you for { $award }, and you were chosen. Well deserved.
won-now = It is announced in { $wall }. /why shows how it was decided.
won-moment = It is announced in “{ $moment }”, { $at }. Please keep it to yourself until then. /why shows how it was decided.
won-unsaid = It is not announced anywhere, so tell whom you like. /why shows how it was decided.
declined-nominator-title = { $award }: not this time
declined-nominator = The moderators did not take up your nomination of { $nominee } for { $award }. Thank you for seeing what they do.
declined-nominator-next = You can nominate again in the next round, or use /appeal within 30 days: then somebody else looks at it.
declined-nominee-title = { $award }: not this time
declined-nominee = After all, you were not chosen for { $award }. That people nominated you stays true.
declined-nominee-next = You can use /appeal within 30 days: then somebody else looks at it.
lost-nominator-title = { $award }: others this time
lost-nominator = Others were chosen for { $award } this time. That you saw what { $nominee } does stays true. Thank you.
lost-nominator-next = You can nominate again in the next round. If something was overlooked, use /appeal within 30 days.
lost-nominee-title = { $award }: others this time
lost-nominee = Others were chosen for { $award } this time. That people nominated you stays true.
lost-nominee-next = If something was overlooked, use /appeal within 30 days: then somebody else looks at it.

won-title = { $award }
won = **{ $nominee }** wins { $award }.
won-about = What it is for: { $about }
won-count =
    { $count ->
        [one] One person saw it and said so.
       *[other] { $count } people saw it and said so.
    }
won-picture = Well deserved
won-alt = { $nominee } wins { $award }.

# Appeals.
appealed = Your appeal is in. Somebody who did not decide reads it, and you hear what comes of it.
appeal-title = Appeal: { $award }
appeal-who = { $who } asks that a decision be looked at again.
appeal-gone = Somebody who is not here any more asked that a decision be looked at again.
appeal-rule = It came { $since }. Whoever decided, nominated or was nominated leaves the answer to others.
appeal-about = About
appeal-decision = The decision
appeal-reason = Its reason
appeal-stands-card = **The decision stands**, { $when }: “{ $reason }”
appeal-reopened-card = **It is decided again**, { $when }: “{ $reason }”
reopen = Open it again
    .title = Open it again
    .reason = Why
    .reason-hint = Whoever appealed reads this, without your name
uphold = Let it stand
    .title = Let it stand
    .reason = Why
    .reason-hint = Whoever appealed reads this, without your name
upheld = The decision stands. Whoever appealed is told, with your reason.
reopened-done = It is open again, for somebody who did not decide it. Everybody who knows of it is told.
appeal-stands-title = Your appeal: the decision stands
appeal-stands = Somebody who did not decide looked again at { $nominee } and { $award }. The decision stands.
appeal-stands-next = That was the last word for this round. The next one is open to everybody.
appeal-reopened-title = It is decided again
appeal-reopened = Somebody who did not decide looked again at { $nominee } and { $award }. It is open again.
appeal-reopened-next = Others decide this time, and you hear as soon as they have.
reopened = After an appeal, { $nominee } is looked at again for { $award }. Others decide this time, and you hear as soon as they have.

# Why something was decided as it was.
why-title = Decisions about you
why-intro = What was decided about you, and what became of your nominations.
why-none = Nothing was decided about you so far, and you have nominated nobody. /nominate is a good place to begin.
why-pick = Explain …
why-option = { $nominee }, { $award }
why-option-own = You, { $award }
why-award = { $award }
why-own = You were nominated.
why-theirs = You nominated { $nominee }.
why-open =
    { $by ->
        [committee] It waits for the committee’s vote. It came { $since }.
       *[moderators] It waits for the moderators. It came { $since }.
    }
why-asked = The moderators asked for more, { $when }. It goes on as soon as somebody answers.
why-won =
    { $by ->
        [committee] **Won**, { $when }, by the vote of the committee.
       *[moderators] **Won**, { $when }, as the moderators decided.
    }
why-lost =
    { $by ->
        [committee] **Not chosen this time**, { $when }: the committee’s votes went to others.
        [seats] **Not chosen this time**, { $when }: the seats of this round went to others.
       *[moderators] **Not chosen this time**, { $when }, as the moderators decided.
    }
why-declined = **Declined**, { $when }, by the moderators.
why-withdrawn = **Withdrawn**, { $when }. Nothing was decided.
why-version =
    { $criteria ->
        [0] version { $number } of what the award asks for
        [one] version { $number } of what the award asks for, with one item to check
       *[other] version { $number } of what the award asks for, with { $criteria } items to check
    }
why-steps = Before that
why-appeal-waits = You have appealed, and somebody who did not decide will answer.
why-appeal-stands = You appealed, and the decision stands.
why-appeal-reopened = You appealed, and it was opened again.
was-open = opened again { $when }
was-asked = asked for more { $when }
was-won = won { $when }
was-lost = not chosen { $when }
was-declined = declined { $when }
was-withdrawn = withdrawn { $when }
to-rules = The rules here
