"""What is dropped for its age, where whoever runs Laurel wants that.

The facts stay, as they do after an erasure, and every figure with them: words alone go.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import departures
from storage.claims import Impersonal
from storage.database import Transaction
from storage.instants import to_ms

AT_ONCE = 500
"""Most rows that one unit drops, so that nobody waits for it."""

A_MARK_EVERY = timedelta(days=1)

_MARK = """
INSERT INTO word_marks (noted_at, last)
SELECT :now, ifnull((SELECT max(id) FROM words), 0)
WHERE NOT EXISTS (SELECT 1 FROM word_marks WHERE noted_at > :before)
"""

_OLDEST_TO_KEEP = """
SELECT noted_at, last FROM word_marks WHERE noted_at <= :before
ORDER BY noted_at DESC LIMIT 1
"""

_PASSED = "DELETE FROM word_marks WHERE noted_at < :noted_at"

# Words are numbered in the order in which they were written. Whoever is to decide about
# a nomination has to be able to read it, however long that takes.
_WORDS = """
DELETE FROM words WHERE id IN (
  SELECT id FROM words WHERE id <= :last AND id NOT IN (
    SELECT n.words FROM nominations AS n JOIN candidacies AS c ON c.id = n.candidacy
    WHERE c.decided_at IS NULL
    UNION ALL
    SELECT n.links FROM nominations AS n JOIN candidacies AS c ON c.id = n.candidacy
    WHERE c.decided_at IS NULL AND n.links IS NOT NULL)
  ORDER BY id LIMIT :most)
"""

_TOLD = """
UPDATE outbox SET body = NULL WHERE id IN (
  SELECT id FROM outbox
  WHERE queued_at <= :before AND kind = 'member' AND state = 'sent'
    AND body IS NOT NULL
  LIMIT :most)
"""

CLAIMS = (Impersonal("word_marks", "how many words there were on a day"),)


@dataclass(frozen=True, slots=True)
class Retention:
    """For how long each class of data is kept.

    Attributes:
        messages: What Laurel said to members directly; None for always.

        words: What members wrote; None for always.

        departed: All of a community that sent Laurel away.
    """

    messages: timedelta | None = None
    words: timedelta | None = None
    departed: timedelta = departures.KEPT_FOR


KEEP = Retention()
"""Where whoever runs Laurel says nothing."""


def sweep(tx: Transaction, kept: Retention, now: datetime) -> bool:
    """Drop a part of what is too old; return whether there may be more."""
    tx.run(_MARK, now=to_ms(now), before=to_ms(now - A_MARK_EVERY))
    dropped = 0
    if kept.messages is not None:
        before = to_ms(now - kept.messages)
        dropped += tx.run(_TOLD, before=before, most=AT_ONCE)
    if kept.words is not None:
        dropped += _drop_words(tx, now - kept.words)
    return bool(dropped) or departures.forget(tx, now, kept.departed)


def _drop_words(tx: Transaction, until: datetime) -> int:
    mark = tx.one(_OLDEST_TO_KEEP, before=to_ms(until))
    if mark is None:
        return 0
    tx.run(_PASSED, noted_at=mark["noted_at"])
    return tx.run(_WORDS, last=mark["last"], most=AT_ONCE)
