"""How each table answers for a member: what they are handed, and what erasure does.

Every table of the schema is claimed by the module that keeps it. Export and erasure
are driven by the claims alone, and a test by reflection finds a table without one.
Conditions and changes are SQL, in which these are bound: ``:member``, the member's
key; ``:community``, Laurel's own id; ``:platform_id``; ``:named``, that id as it
stands in a message on the wire; and ``:at``, the instant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Shown(StrEnum):
    """How a column stands in an export, where it is not shown as it is.

    ``MEMBER`` holds a key and is shown as a display name. ``WIRE`` holds a message or
    a draft, in which people are shown by display name. ``HIDDEN`` is left out.
    """

    MEMBER = "member"
    WIRE = "wire"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Delete:
    """The rows go.

    Attributes:
        where: Which; None for those of the claim.
    """

    where: str | None = None


@dataclass(frozen=True, slots=True)
class Rewrite:
    """The rows stay without what is personal in them.

    Attributes:
        changes: Assignments, as behind ``SET``.

        where: Which; None for those of the claim.

        texts: Columns of text or bytes that stay, since they never hold identities
            or words.
    """

    changes: str
    where: str | None = None
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Keep:
    """The rows stay: they hold the random key alone, which then is nobody's.

    Attributes:
        reason: Why they must stay.

        texts: As for `Rewrite`.
    """

    reason: str
    texts: tuple[str, ...] = ()


Erasure = Delete | Rewrite | Keep


@dataclass(frozen=True, slots=True)
class Claim:
    """A table that holds something about members.

    Attributes:
        mine: Which rows a member is handed.

        shown: By column; the others are shown as they are.

        columns: What a member is handed of a row, as behind ``SELECT``.
    """

    table: str
    mine: str
    erasure: Erasure
    shown: Mapping[str, Shown] = field(default_factory=dict)
    columns: str = "*"


@dataclass(frozen=True, slots=True)
class Impersonal:
    """A table that holds nothing about any member.

    Attributes:
        reason: Why not.

        texts: Columns of text or bytes, all of which were thought of.
    """

    table: str
    reason: str
    texts: tuple[str, ...] = ()


AnyClaim = Claim | Impersonal
