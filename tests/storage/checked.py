"""What one member leaves where challenges are taken part in, for what is told."""

from __future__ import annotations

from datetime import time

from bot.domain.challenges import State, Terms
from bot.domain.lookalikes import skeleton
from storage.acts import Act
from storage.challenges import book, checkins, entrants, teams
from storage.challenges.checkins import New
from storage.challenges.teams import Named
from storage.database import Transaction
from storage.personal import Subject
from tests.harness import Community

HERS = "I rowed across the lake and back before the fog had lifted."
HER_LINK = "https://example.org/quillfeather/rowing"
HER_TEAM = "Early oars of Zuzana"

NEEDLES = (HERS, HER_LINK, HER_TEAM, skeleton(HER_TEAM))


def put_up(tx: Transaction, home: Community, subject: Subject) -> None:
    """Have her set up a challenge, make a team in it, and check in."""
    here, at, her = subject.community, subject.at, subject.member
    by = Act(her, "hers", at)
    asked = Terms(
        1, "Row", "", her.date_at(at), 7, time(9), (), home.channel("lake"), teams=True
    )
    made = book.create(tx, here, asked, by)
    for step in (State.OPEN, State.RUNNING):
        made = book.move(tx, here, made, step, by)
    assert entrants.join(tx, here, made.id, her.key, "joined", at)
    named = Named(HER_TEAM, skeleton(HER_TEAM), 10)
    assert teams.make(tx, here, made.id, her.key, named, at)
    new = New(made.id, her.key, 1, "checked in", HERS, HER_LINK)
    assert checkins.add(tx, here, made.terms, new, at)
