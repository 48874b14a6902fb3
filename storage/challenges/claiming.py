"""How the tables of challenges answer for a member, all together."""

from __future__ import annotations

from storage.challenges import (
    book,
    checkins,
    disputes,
    entrants,
    judging,
    live,
    proofs,
    queues,
    reminders,
    results,
    scores,
    teams,
)
from storage.claims import AnyClaim

CLAIMS: tuple[AnyClaim, ...] = (
    *book.CLAIMS,
    *scores.CLAIMS,
    *checkins.CLAIMS,
    *teams.CLAIMS,
    *entrants.CLAIMS,
    *results.CLAIMS,
    *disputes.CLAIMS,
    *live.CLAIMS,
    *judging.CLAIMS,
    *proofs.CLAIMS,
    *queues.CLAIMS,
    *reminders.CLAIMS,
)
