"""What one member leaves in the results of challenges, for what is told of it."""

from __future__ import annotations

from datetime import time

from bot.domain.challenges import State, Terms
from bot.domain.people import Role
from storage import members
from storage.acts import Act
from storage.answers import Reply
from storage.challenges import book, disputes, entrants, freezing
from storage.challenges.disputes import Answer
from storage.challenges.signing import Because
from storage.database import Transaction
from storage.personal import Subject
from tests.harness import Community

HERS = "My dive of the second day is missing from the list."
ANSWER = "The dive of Zuzana was on the day before."

NEEDLES = (HERS, ANSWER)


def put_up(tx: Transaction, home: Community, subject: Subject) -> None:
    """Have her end a challenge, dispute her place, and be answered."""
    here, at, her = subject.community, subject.at, subject.member
    by = Act(her, "hers too", at)
    asked = Terms(1, "Dive", "", her.date_at(at), 1, time(9), (), home.channel("lake"))
    made = book.create(tx, here, asked, by)
    for step in (State.OPEN, State.RUNNING):
        made = book.move(tx, here, made, step, by)
    assert entrants.join(tx, here, made.id, her.key, "joined too", at)
    over = book.move(tx, here, made, State.REVIEW, by)
    assert freezing.freeze(tx, here, over, Because(None, at))
    kept = disputes.add(tx, here, made.id, her.key, (HERS, at))
    assert kept
    judge = members.meet(tx, here, home.person("Judge", Role.MODERATOR), at)
    assert disputes.answer(
        tx, here, kept.id, Reply(Answer.STANDS, judge.key, ANSWER), at
    )
