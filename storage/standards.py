"""What awards ask for, version by version. The database refuses any change of one.

They are the community's rules and not its moderators' own words: whoever was judged by
one can read it, also once its writer is erased.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from bot.domain.awards import Criterion, Decider, Evidence, Standard
from bot.domain.community import Community
from bot.domain.refs import CommunityRef, PlatformName, RoleRef
from storage.claims import Claim, Keep, Shown
from storage.database import Transaction, Value
from storage.instants import from_ms, to_ms

_ADD = """
INSERT INTO award_standards (
  award, number, community, name, about, criteria, roles, min_days, not_won_in, winners,
  decider, blind, quorum, per_member, announced_in, editor, made_at
) VALUES (
  :award, :number, :community, :name, :about, :criteria, :roles, :min_days, :not_won_in,
  :winners, :decider, :blind, :quorum, :per_member, :announced_in, :editor, :made_at
)
"""

_READ = """
SELECT s.*, c.platform, c.platform_id FROM award_standards AS s
JOIN communities AS c ON c.id = s.community
WHERE s.award = :award AND {which}
"""

_GET = _READ.format(which="s.number = :number")

_LATEST = _READ.format(which="true ORDER BY s.number DESC LIMIT :most")

CLAIMS = (
    Claim(
        "award_standards",
        "community = :community AND editor = :member",
        Keep(
            "the community's rules, by which people were judged",
            texts=("name", "about", "criteria", "roles", "decider"),
        ),
        {"editor": Shown.MEMBER},
    ),
)

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Version:
    """A standard as it was kept.

    Attributes:
        name: What the award was called under it.

        editor: Key of the member who wrote it, who may be erased by now.
    """

    name: str
    standard: Standard
    editor: int
    at: datetime


def add(tx: Transaction, community: Community, award: int, version: Version) -> None:
    """Keep ``version`` for good.

    Raises:
        sqlite3.IntegrityError: If there is one of that number already.
    """
    tx.run(
        _ADD,
        award=award,
        community=community.id,
        editor=version.editor,
        made_at=to_ms(version.at),
        **_columns(version.name, version.standard),
    )


def get(tx: Transaction, award: int, number: int) -> Version | None:
    """Return a version of what an award asks for; None where there is none."""
    row = tx.one(_GET, award=award, number=number)
    return _version(row) if row else None


def history(tx: Transaction, award: int, most: int) -> Sequence[Version]:
    """Return up to ``most`` versions, the one that holds first."""
    return [_version(row) for row in tx.all(_LATEST, award=award, most=most)]


def digest(name: str, standard: Standard) -> bytes:
    """Return what no other version has, so that the audit tells of which it speaks.

    Without a salt: everybody may read the rules, and compute it anew.
    """
    told = _columns(name, standard)
    return hashlib.sha256(_JSON.encode(told).encode()).digest()


def is_same(one: Standard, other: Standard) -> bool:
    """Return whether both ask for the same, whatever their numbers."""
    return replace(one, number=0) == replace(other, number=0)


def _columns(name: str, standard: Standard) -> dict[str, Value]:
    criteria = [[each.text, str(each.evidence)] for each in standard.criteria]
    return {
        "number": standard.number,
        "name": name,
        "about": standard.about,
        "criteria": _JSON.encode(criteria),
        "roles": _JSON.encode([role.id for role in standard.roles]),
        "min_days": standard.min_days,
        "not_won_in": standard.not_won_in,
        "winners": standard.winners,
        "decider": str(standard.decider),
        "blind": int(standard.blind),
        "quorum": standard.quorum,
        "per_member": standard.per_member,
        "announced_in": standard.announced_in,
    }


# A version is never changed, and every nomination is checked against one.
@lru_cache(maxsize=1_000)
def _version(row: sqlite3.Row) -> Version:
    here = CommunityRef(PlatformName(row["platform"]), row["platform_id"])
    standard = Standard(
        number=row["number"],
        about=row["about"],
        criteria=tuple(
            Criterion(text, Evidence(evidence))
            for text, evidence in json.loads(row["criteria"])
        ),
        roles=tuple(RoleRef(here, role) for role in json.loads(row["roles"])),
        min_days=row["min_days"],
        not_won_in=row["not_won_in"],
        winners=row["winners"],
        decider=Decider(row["decider"]),
        blind=bool(row["blind"]),
        quorum=row["quorum"],
        per_member=row["per_member"],
        announced_in=row["announced_in"],
    )
    return Version(row["name"], standard, row["editor"], from_ms(row["made_at"]))
