"""What one member leaves where points are kept, for what is told about them."""

from __future__ import annotations

from storage import members, words
from storage.boards import ledger
from storage.boards.ledger import Points, Source
from storage.database import Transaction
from storage.personal import Subject
from tests.harness import Community

OF_HER = "Quillfeather held the ladder all day, and nobody wrote it down."

NEEDLES = (OF_HER,)


def put_up(tx: Transaction, home: Community, subject: Subject) -> None:
    """Have her be given points by a moderator, and lose some that were imported."""
    here, at, her = subject.community, subject.at, subject.member
    mo = members.meet(tx, here, home.person("Mo"), at)
    why, _ = words.add(tx, here, mo.key, OF_HER)
    today = at.astimezone(here.settings.zone).date()
    adjusted = Points(her.key, None, 3, today, Source.ADJUSTED, "a call", words=why)
    imported = Points(her.key, mo.key, 5, today, Source.IMPORTED, "a row", batch=1)
    assert ledger.add(tx, here, adjusted, mo.key, at) is not None
    added = ledger.add(tx, here, imported, mo.key, at)
    assert added is not None
    assert ledger.reverse(tx, here, added, mo.key, at)
