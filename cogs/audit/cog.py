"""``/audit``: what was decided of late, the whole of it as a file, and its digest."""

from __future__ import annotations

from bot.chat.responses import Call, Response, Say
from bot.chat.routes import action, command, follows, occurrence
from bot.domain.missed import Missed
from bot.domain.people import Role
from cogs.audit import cards, publishing, service
from storage.activity import Activity
from storage.database import Database, Transaction
from storage.occurrences import Occurrence


class AuditCog:
    """What admins hand to whoever doubts, and what everybody can hold it against."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("audit", role=Role.ADMIN)
    async def audit(self, call: Call) -> Response:
        """Show the last decisions, and the digest of all rows."""
        return Say(cards.overview(await self._database.read(service.look, call)))

    @action(role=Role.ADMIN)
    async def export(self, call: Call, after: int) -> Response:
        """Hand over the rows behind one, as many as fit into a file."""
        await self._database.write(service.note_export, call, after)
        return Say(cards.part(await self._database.read(service.export, call, after)))

    @follows(*publishing.ENDS)
    def publish(self, tx: Transaction, entry: Activity) -> None:
        """Post the digest when nominations are over, and when votes are counted."""
        publishing.follow_end(tx, entry)

    @follows(*publishing.DECISIONS)
    def plan(self, tx: Transaction, entry: Activity) -> None:
        """Have the digest be posted after a week in which something was decided."""
        publishing.follow_decision(tx, entry)

    @occurrence(publishing.DUE, missed=Missed.FOLD, posts=True)
    def due(self, tx: Transaction, due: Occurrence) -> None:
        """Post the digest of a week."""
        publishing.publish(tx, due.community, due.now)

    @follows("setup.saved")
    def move(self, tx: Transaction, entry: Activity) -> None:
        """Have what waits for a wall that is gone follow to the next one."""
        publishing.move(tx, entry)
