"""Words that a community wrote in place of Laurel's own, with every earlier version.

An edit and a reset are rows of their own, and the highest version holds. What stands
here was checked when it was kept, and is checked again when it is used.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from storage.claims import Claim, Rewrite, Shown
from storage.database import Transaction
from storage.instants import from_ms, to_ms

_ADD = """
INSERT INTO templates (
  community, name, locale, version, reset, source, editor, edited_at
)
SELECT
  :community, :name, :locale, :after + 1, :reset, :source, :editor, :at
WHERE :after = (
  SELECT coalesce(max(version), 0) FROM templates
  WHERE community = :community AND name = :name AND locale = :locale)
"""

# It was kept because the community went on saying it, and now nobody does.
_FORGET = """
UPDATE templates SET source = NULL
WHERE community = :community AND name = :name AND locale = :locale
  AND version < :version AND source IS NOT NULL
  AND editor NOT IN (SELECT key FROM members WHERE community = :community)
"""

_LATEST = """
SELECT * FROM templates
WHERE community = :community AND name = :name AND locale = :locale
ORDER BY version DESC LIMIT :most
"""

_SUPERSEDED = """
editor = :member AND source IS NOT NULL AND EXISTS (
  SELECT 1 FROM templates AS later
  WHERE later.community = templates.community AND later.name = templates.name
    AND later.locale = templates.locale AND later.version > templates.version)
"""

# What is in force belongs to the community, which goes on saying it; what is not goes
# with whoever wrote it.
CLAIMS = (
    Claim(
        "templates",
        "editor = :member",
        Rewrite("source = NULL", _SUPERSEDED, texts=("name", "locale")),
        {"editor": Shown.MEMBER},
    ),
)


@dataclass(frozen=True, slots=True)
class TemplateRef:
    """Which words: what they are for, in which language, of whom.

    Attributes:
        name: Such as ``recaps.weekly``.
    """

    community: Community
    name: str
    locale: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to hold from now on.

    Attributes:
        source: None for Laurel's own words again.

        editor: The key of a member.

        after: The version that the editor saw; 0 where there was none.
    """

    source: str | None
    editor: int
    after: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """One edit or reset.

    Attributes:
        number: Counted from 1.

        reset: Whether Laurel's own words were put back.

        source: None for a reset, and once erased.

        editor: The key of a member, who may be erased by now.
    """

    number: int
    reset: bool
    source: str | None
    editor: int
    at: datetime


def keep(tx: Transaction, ref: TemplateRef, edit: Edit) -> int | None:
    """Let ``edit`` hold from now on and return its version.

    Returns None where another edit came between; then nothing is changed.
    """
    added = tx.run(
        _ADD,
        **_where(ref),
        after=edit.after,
        reset=edit.source is None,
        source=edit.source,
        editor=edit.editor,
        at=to_ms(edit.at),
    )
    if not added:
        return None
    version = edit.after + 1
    tx.run(_FORGET, **_where(ref), version=version)
    return version


def latest(tx: Transaction, ref: TemplateRef) -> Version | None:
    """Return what holds; None where nobody ever edited it."""
    versions = history(tx, ref, most=1)
    return versions[0] if versions else None


def history(tx: Transaction, ref: TemplateRef, most: int) -> tuple[Version, ...]:
    """Return up to ``most`` versions, the one that holds first."""
    rows = tx.all(_LATEST, **_where(ref), most=most)
    return tuple(map(_version, rows))


def _where(ref: TemplateRef) -> dict[str, str | int]:
    return {"community": ref.community.id, "name": ref.name, "locale": ref.locale}


def _version(row: sqlite3.Row) -> Version:
    return Version(
        number=row["version"],
        reset=bool(row["reset"]),
        source=row["source"],
        editor=row["editor"],
        at=from_ms(row["edited_at"]),
    )
