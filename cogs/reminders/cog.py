"""Reminders of challenges: one a day at most, at the hour that moderators chose."""

from __future__ import annotations

from datetime import datetime

from bot.chat.routes import draws, follows, occurrence
from bot.domain.community import Community
from bot.domain.missed import Missed
from cogs.reminders import cards, ringing
from storage.activity import Activity
from storage.database import Transaction
from storage.drawings import Drawn
from storage.occurrences import Occurrence


class ReminderCog:
    """Whoever has not checked in hears of it once, while there is still time."""

    @follows(
        "challenges.opened", "challenges.edited", "challenges.started",
        "challenges.ended", "challenges.called-off", "members.moved", "setup.saved",
    )  # fmt: skip
    def follow(self, tx: Transaction, entry: Activity) -> None:
        """Have the calendar ring when somebody's hour comes next."""
        ringing.follow(tx, entry)

    @follows("challenges.joined")
    def join(self, tx: Transaction, entry: Activity) -> None:
        """Have it ring for whoever joined as well."""
        ringing.joined(tx, entry)

    @occurrence(ringing.RING, missed=Missed.FOLD)
    def ring(self, tx: Transaction, due: Occurrence) -> None:
        """Remind those whose hour it is."""
        ringing.ring(tx, due)

    @draws(ringing.REMINDER)
    def draw(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw what reminds a member."""
        return cards.draw(tx, community, key, now)
