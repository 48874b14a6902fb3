"""What one member leaves where check-ins are judged, for what is told about them."""

from __future__ import annotations

from datetime import time

from bot.chat import fields
from bot.domain.challenges import Review, State, Terms
from storage import members
from storage.acts import Act
from storage.challenges import (
    book,
    checkins,
    entrants,
    judging,
    proofs,
    queues,
    reminders,
)
from storage.challenges.checkins import CheckInState, New, Verdict
from storage.challenges.judging import Ruling
from storage.database import Transaction
from storage.personal import Subject
from storage.settling import By
from tests.harness import Community

IN_FILE = "Zuzana kept a log of every stroke, in ink that does not run."
NAMED = "quillfeather-at-the-oars"
TO_HER = "The log ends on the eighth, and this is for the ninth."
BACK = "The ninth stands overleaf, where the ink had dried by then."
HER_REASON = "His boat is in the shed, and has been there since autumn."

NEEDLES = (IN_FILE, NAMED, TO_HER, BACK, HER_REASON)

TOLD = (NAMED, TO_HER, BACK, HER_REASON)
"""What her export tells; files are handed over by themselves."""


def put_up(tx: Transaction, home: Community, subject: Subject) -> None:
    """Have her hand in a file, be refused, answer, and refuse somebody herself."""
    here, at, her = subject.community, subject.at, subject.member
    mo, ben = (members.meet(tx, here, home.person(name), at) for name in ("Mo", "Ben"))
    by = Act(mo, "judged", at)
    asked = Terms(
        1, "Log", "", her.date_at(at), 7, time(9), (), home.channel("lake"),
        review=Review.ALL,
    )  # fmt: skip
    made = book.create(tx, here, asked, by)
    for step in (State.OPEN, State.RUNNING):
        made = book.move(tx, here, made, step, by)
    upload = fields.Upload(f"{NAMED}.txt", "text/plain", IN_FILE.encode())
    file = proofs.keep(tx, here, her.key, upload, at)
    sent = {her.key: ("hers", file), ben.key: ("his", None)}
    for key, (whose, with_it) in sent.items():
        entrants.join(tx, here, made.id, key, f"joined, {whose}", at)
        new = New(made.id, key, 1, f"logged, {whose}", file=with_it)
        checked = checkins.add(tx, here, made.terms, new, at)
        assert checked is not None
        decider, why = (mo.key, TO_HER) if key == her.key else (her.key, HER_REASON)
        verdict = Verdict(CheckInState.REFUSED, By(decider, f"refused, {whose}"))
        assert checkins.settle(tx, here, checked.id, verdict, at)
        ruling = Ruling(checked.id, CheckInState.REFUSED, decider, reason=why)
        judging.add(tx, here, ruling, at)
        assert judging.reopen(tx, here, checked.id)
        if key == her.key:
            answer = Ruling(checked.id, CheckInState.WAITING, key, reason=BACK)
            judging.add(tx, here, answer, at)
    assert queues.take_next(tx, here, made.id, her.key, at) is not None
    assert reminders.remind(tx, here, her.key, her.date_at(at), at)
