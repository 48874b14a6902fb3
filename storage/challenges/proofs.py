"""Files that members hand in as evidence: kept as bytes, and gone when they must be.

Nothing about a file is believed but what its bytes tell (`bot.domain.files`). They are
kept in the database itself, so that they are there if and only if their check-in is,
are in every backup, and go with their member, with a check-in that is taken back, and
30 days after the challenge.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat import fields
from bot.domain import files, images, traces
from bot.domain.challenges import Proof
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.evidence import check_link
from storage.claims import Claim, Delete, Shown
from storage.database import Transaction
from storage.instants import from_ms, to_ms

MAX_BYTES = 5_000_000
"""Largest file; most photographs of phones are smaller."""

MAX_HELD_BYTES = 2_000_000_000
"""Most that one community has kept at a time."""

MAX_ID = 2**62
"""More than any file's id."""

KEPT_FOR = timedelta(days=30)
"""For how long after a challenge its files are kept."""

_KEEP = """
INSERT INTO proofs (community, member, name, media_type, size, at, content)
VALUES (:community, :member, :name, :media_type, :size, :at, :content)
"""

_HELD = "SELECT ifnull(sum(size), 0) AS held FROM proofs WHERE community = :community"

_GET = "SELECT * FROM proofs WHERE community = :community AND id = :id"

_ABOUT = """
SELECT id, member, name, media_type, size, at FROM proofs
WHERE community = :community AND id = :id
"""

_OF_MEMBER = """
SELECT p.id, p.member, p.name, p.media_type, p.size, p.at, c.id AS checkin
FROM proofs AS p JOIN checkins AS c ON c.file = p.id AND c.community = p.community
WHERE p.community = :community AND p.member = :member AND p.id < :before
ORDER BY p.id DESC LIMIT :most
"""

_DROP = "DELETE FROM proofs WHERE community = :community AND id = :id"

# What was in a file is overwritten, which takes a while: a part of them at a time.
_SOME_OF = """
SELECT id FROM (
  SELECT id, size, sum(size) OVER (ORDER BY id) AS total FROM proofs WHERE {which})
WHERE total - size < 20000000 ORDER BY id LIMIT 500
"""

_OF_CHALLENGE = _SOME_OF.format(
    which="community = :community AND id IN ("
    "SELECT file FROM checkins WHERE challenge = :challenge)"
)

_DROP_OF = f"""
DELETE FROM proofs WHERE community = :community AND id IN ({_OF_CHALLENGE})
"""  # noqa: S608  this module's own words

FORGET_SOME = f"""
DELETE FROM proofs WHERE id IN ({_SOME_OF.format(which="community = :community")})
"""  # noqa: S608  as above
"""Deletes a part of what a community has, and again until there is none."""

# What is in a file can be larger than all else together, and is handed over by itself.
CLAIMS = (
    Claim(
        "proofs",
        "member = :member",
        Delete(),
        {"member": Shown.MEMBER, "content": Shown.HIDDEN},
    ),
)


@dataclass(frozen=True, slots=True)
class About:
    """A file that is kept, without what is in it.

    Attributes:
        member: Key of whoever handed it in.

        name: Ends as its media type does.

        size_bytes: At most `MAX_BYTES`.
    """

    id: int
    member: int
    name: str
    media_type: str
    size_bytes: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A file that is kept."""

    about: About
    content: bytes


def keep(
    tx: Transaction,
    community: Community,
    member: int,
    upload: fields.Upload,
    at: datetime,
    kind: Proof | None = None,
) -> int:
    """Keep what a member handed in, and return its id.

    Of a picture not kept is what it tells besides: where it was taken, and with what.

    Args:
        tx: The unit in which the check-in is made.
        community: Whose it is.
        member: Their key.
        upload: The file, as they sent it.
        at: When.
        kind: What the challenge asks for; `Proof.IMAGE` takes pictures alone.

    Raises:
        RuleError: If it is empty, too large, of a type that is not taken, no picture
            where one is asked for, or no room is left; at ``file``.
    """
    media_type = _check(upload, kind)
    content = upload.content
    if media_type in set(images.Format):
        content = traces.without(content, images.Format(media_type))
    size = len(content)
    row = tx.one(_HELD, community=community.id)
    if row is not None and row["held"] + size > MAX_HELD_BYTES:
        raise RuleError("judging.refused-file-room", "file")
    return tx.add(
        _KEEP,
        community=community.id,
        member=member,
        name=files.name_for(upload.name, media_type),
        media_type=media_type,
        size=size,
        at=to_ms(at),
        content=content,
    )


def require(
    kind: Proof, words: str | None, link: str | None, upload: fields.Upload | None
) -> str | None:
    """Check that what a challenge asks for is there; return the link as it is opened.

    Raises:
        RuleError: If it is missing, or the link is not to be followed; at ``words``,
            ``link`` or ``file``, the fields of a check-in.
    """
    asked = {Proof.TEXT: words, Proof.LINK: link}
    if kind in asked and not (asked[kind] or "").strip():
        at = {Proof.TEXT: "words", Proof.LINK: "link"}[kind]
        raise RuleError(f"judging.refused-no-{at}", at)
    if kind in {Proof.IMAGE, Proof.FILE} and upload is None:
        raise RuleError(f"judging.refused-no-{kind.value}", "file")
    if not (link or "").strip():
        return None
    try:
        return check_link((link or "").strip())
    except RuleError as refused:
        raise RuleError(refused.code, "link", **refused.values) from None


def get(tx: Transaction, community: Community, file: int) -> Held | None:
    """Return a file with what is in it; None once it is gone."""
    row = tx.one(_GET, community=community.id, id=file)
    about_it = about(tx, community, file)
    if row is None or about_it is None:
        return None
    return Held(about_it, bytes(row["content"]))


def about(tx: Transaction, community: Community, file: int) -> About | None:
    """Return what is known of a file, without reading it; None once it is gone."""
    row = tx.one(_ABOUT, community=community.id, id=file)
    return _about(row) if row else None


def of_member(
    tx: Transaction, community: Community, member: int, most: int, before: int = MAX_ID
) -> Sequence[tuple[int, About]]:
    """Return up to ``most`` files of a member's, each with its check-in's id.

    The newest first, of those before the file ``before``.
    """
    asked = {"community": community.id, "member": member, "before": before}
    rows = tx.all(_OF_MEMBER, **asked, most=most)
    return [(row["checkin"], _about(row)) for row in rows]


def drop(tx: Transaction, community: Community, file: int) -> None:
    """Have a file be gone for good. Doing so again changes nothing."""
    tx.run(_DROP, community=community.id, id=file)


def drop_of(tx: Transaction, community: Community, challenge: int) -> int:
    """Have a part of a challenge's files be gone for good; return how many.

    To be done again until that is none.
    """
    return tx.run(_DROP_OF, community=community.id, challenge=challenge)


def _about(row: sqlite3.Row) -> About:
    return About(
        id=row["id"],
        member=row["member"],
        name=row["name"],
        media_type=row["media_type"],
        size_bytes=row["size"],
        at=from_ms(row["at"]),
    )


def _check(upload: fields.Upload, kind: Proof | None) -> str:
    """Return the media type of what is handed in.

    Raises:
        RuleError: If it is not taken, at ``file``.
    """
    if not upload.content:
        raise RuleError("judging.refused-file-empty", "file")
    if len(upload.content) > MAX_BYTES:
        most = MAX_BYTES // 1_000_000
        raise RuleError("judging.refused-file-large", "file", most=most)
    try:
        media_type = files.media_type_of(upload.content)
    except images.TooManyPixelsError:
        most = images.MAX_PIXELS // 1_000_000
        raise RuleError("judging.refused-file-pixels", "file", most=most) from None
    if kind is Proof.IMAGE and media_type not in set(images.Format):
        raise RuleError("judging.refused-file-image", "file")
    if media_type is None:
        raise RuleError("judging.refused-file-type", "file")
    return media_type
