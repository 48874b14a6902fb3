"""What members hear of their check-ins: units that follow what becomes of those.

They hear why one did not count and how to answer, what a reviewer added to one, and
what became of one that they spoke up for. That a check-in counts as any other does is
no news.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat import wire
from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Message,
    Option,
    Select,
    Tone,
    say,
)
from bot.chat.text import Quote, phrase
from bot.domain.challenges import State
from cogs.judging import cards
from cogs.judging.cases import Case, case_of
from storage import communities, deliveries, outbox
from storage.activity import Activity
from storage.challenges.checkins import CheckInState
from storage.database import Transaction
from storage.outbox import Parcel


def judged(tx: Transaction, entry: Activity) -> None:
    """Write to whoever checked in, where they let Laurel."""
    community = communities.by_id(tx, entry.community)
    checkin = int(entry.fact.ref.rpartition(":")[2])
    case = case_of(tx, community, checkin, entry.at)
    if case is None or case.last is None or case.last.state is not case.state:
        return  # it is something else by now, of which another entry tells
    message = news(case)
    member = case.member
    may = member.privacy.takes_dms and member.here and not member.bot
    key = f"judging:told:{case.last.id}"
    if message is None or not may or deliveries.is_known(tx, community, key):
        return
    # The reason is its writer's, and goes with them.
    names = (member.key, case.last.by)
    body = wire.encode(message)
    parcel = Parcel(member.ref, key, body, names, entry.fact.source)
    outbox.put(tx, community, parcel, entry.at)


def news(case: Case) -> Message | None:
    """Return what a member hears of their check-in; None where it is no news."""
    if case.state is CheckInState.REFUSED:
        return refused(case)
    if case.state is CheckInState.COUNTED and (case.answer or case.checkin.judged):
        return _counted(case)
    return None


def refused(case: Case) -> Message:
    """Return why a check-in did not count, and what its member can do about it."""
    body = [
        phrase("judging.told-refused", day=cards.day_of(case), challenge=_title(case))
    ]
    reason = case.last.reason if case.last else None
    if reason is not None:
        body.append(phrase("judging.told-why", reason=Quote(reason)))
    else:
        body.append(phrase("judging.told-why-gone"))
    if case.last and case.last.part:
        body.append(phrase("judging.card-parted"))
    body.append(phrase(f"judging.told-refused-{_ways(case)}"))
    card = Card(title=phrase("judging.told-refused-title"), body=tuple(body))
    row = tuple(_buttons(case))
    return say(card, Buttons(row)) if row else say(card)


def mine(cases: Sequence[Case]) -> Message:
    """Return what a member can read, and answer, of what did not count."""
    if not cases:
        return cards.note("judging.mine-none")
    if len(cases) == 1:
        return refused(cases[0])
    options = (
        Option(
            phrase("judging.mine-option", day=e.checkin.day, challenge=_title(e)),
            Action("judging.why", (e.id,)),
        )
        for e in cases
    )
    card = Card(title=phrase("judging.mine"), body=(phrase("judging.mine-intro"),))
    return say(card, Select(phrase("judging.mine-pick"), tuple(options)))


def _counted(case: Case) -> Message:
    points, day = case.checkin.judged, cards.day_of(case)
    again = "yes" if case.answer else "no"
    said = phrase(
        "judging.told-counted",
        day=day,
        challenge=_title(case),
        points=points,
        again=again,
    )
    card = Card(title=phrase("judging.told-counted-title"), body=(said,), tone=Tone.JOY)
    return say(card)


def _ways(case: Case) -> str:
    """Return what is left to a member: to answer, to check in anew, or nothing."""
    if case.may_answer:
        return "answer"
    return "over" if case.challenge.state.over else "last"


def _buttons(case: Case) -> list[Button]:
    row = []
    if case.may_answer:
        answer = Action("judging.answer", (case.id,))
        row.append(Button(phrase("judging.answer"), answer, Tone.MAIN))
    if case.challenge.state is State.RUNNING:
        anew = Action("checkins.check-day", (case.challenge.id, case.checkin.day))
        row.append(Button(phrase("judging.anew"), anew))
    return row


def _title(case: Case) -> Quote:
    return Quote(case.challenge.terms.title)
