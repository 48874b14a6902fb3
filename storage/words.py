"""Members' own words, kept apart from the facts so that they can be erased."""

from __future__ import annotations

import hashlib
import secrets

from bot.domain.community import Community
from storage.claims import Claim, Delete, Shown
from storage.database import Transaction

_ADD = """
INSERT INTO words (community, author, body, salt)
VALUES (:community, :author, :body, :salt)
"""

_READ = "SELECT body FROM words WHERE id = :id"

_MINE = """
author = :member OR id IN (
  SELECT s.words FROM shoutouts AS s JOIN shoutout_receivers AS r ON r.shoutout = s.id
  WHERE r.community = :community AND r.receiver = :member)
OR id IN (
  SELECT d.reason FROM decisions AS d JOIN candidacies AS c ON c.id = d.candidacy
  WHERE c.community = :community AND c.nominee = :member)
OR id IN (
  SELECT r.reason FROM appeal_answers AS r JOIN appeals AS a ON a.id = r.appeal
  WHERE a.community = :community AND a.member = :member)
OR id IN (
  SELECT r.reason FROM challenge_dispute_answers AS r
  JOIN challenge_disputes AS d ON d.id = r.dispute
  WHERE d.community = :community AND d.member = :member)
OR id IN (
  SELECT v.words FROM verdicts AS v JOIN checkins AS c ON c.id = v.checkin
  WHERE c.community = :community AND c.member = :member)
"""

# Why somebody else took a shoutout back is for moderators alone, so it is not handed
# over; but it may speak of the member, so it goes with them. So does what others said
# when they nominated them or appealed for them, and what those were answered.
_ABOUT_MINE = """
id IN (
  SELECT n.words FROM nominations AS n JOIN candidacies AS c ON c.id = n.candidacy
  WHERE c.community = :community AND c.nominee = :member
  UNION ALL
  SELECT n.links FROM nominations AS n JOIN candidacies AS c ON c.id = n.candidacy
  WHERE c.community = :community AND c.nominee = :member)
OR id IN (SELECT words FROM retractions WHERE shoutout IN (
  SELECT shoutout FROM shoutout_receivers
  WHERE community = :community AND receiver = :member
  UNION ALL
  SELECT id FROM shoutouts WHERE community = :community AND giver = :member))
OR id IN (SELECT words FROM points WHERE member = :member AND words IS NOT NULL)
OR id IN (
  SELECT a.words FROM appeals AS a JOIN decisions AS d ON d.id = a.decision
  JOIN candidacies AS c ON c.id = d.candidacy
  WHERE c.community = :community AND c.nominee = :member
  UNION ALL
  SELECT r.reason FROM appeal_answers AS r JOIN appeals AS a ON a.id = r.appeal
  JOIN decisions AS d ON d.id = a.decision
  JOIN candidacies AS c ON c.id = d.candidacy
  WHERE c.community = :community AND c.nominee = :member)
"""

CLAIMS = (
    Claim(
        "words",
        _MINE,
        Delete(f"{_MINE} OR {_ABOUT_MINE}"),
        {"author": Shown.MEMBER, "salt": Shown.HIDDEN},
    ),
)


def add(
    tx: Transaction, community: Community, author: int, body: str
) -> tuple[int, bytes]:
    """Keep ``body`` and return its id and its salted digest."""
    salt = secrets.token_bytes(16)
    words = tx.add(_ADD, community=community.id, author=author, body=body, salt=salt)
    return words, hashlib.sha256(salt + body.encode()).digest()


def read(tx: Transaction, words: int) -> str | None:
    """Return what was written; None once it is erased."""
    row = tx.one(_READ, id=words)
    return row["body"] if row else None
