"""What challenges ask for, version by version. The database refuses any change of one.

They are the community's rules and not its moderators' own words: whoever took part by
one can read it, also once its writer is erased.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache

from bot.domain.challenges import Proof, Review, Scoring, Terms
from bot.domain.community import Community
from bot.domain.refs import ChannelRef, CommunityRef, PlatformName
from storage.claims import Claim, Keep, Shown
from storage.database import Transaction, Value
from storage.instants import from_ms, to_ms

_ADD = """
INSERT INTO challenge_terms (
  challenge, number, community, title, about, starts_on, days, prompt_at, prompts,
  place, thread, per_day, streak_every, streak_bonus, cap, judged, grace_days, catch_up,
  proof, review, sample_percent, teams, team_min, team_max, remind_at, reward, editor,
  made_at
) VALUES (
  :challenge, :number, :community, :title, :about, :starts_on, :days, :prompt_at,
  :prompts, :place, :thread, :per_day, :streak_every, :streak_bonus, :cap, :judged,
  :grace_days, :catch_up, :proof, :review, :sample_percent, :teams, :team_min,
  :team_max, :remind_at, :reward, :editor, :made_at
)
"""

_READ = """
SELECT t.*, c.platform, c.platform_id FROM challenge_terms AS t
JOIN communities AS c ON c.id = t.community
WHERE t.challenge = :challenge AND {which}
"""

_GET = _READ.format(which="t.number = :number")

_LATEST = _READ.format(which="true ORDER BY t.number DESC LIMIT :most")

CLAIMS = (
    Claim(
        "challenge_terms",
        "community = :community AND editor = :member",
        Keep(
            "the community's rules, by which people took part",
            texts=(
                "title",
                "about",
                "starts_on",
                "prompt_at",
                "prompts",
                "place",
                "proof",
                "review",
                "remind_at",
                "reward",
            ),
        ),
        {"editor": Shown.MEMBER},
    ),
)

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Version:
    """Terms as they were kept.

    Attributes:
        editor: Key of the member who wrote them, who may be erased by now.
    """

    terms: Terms
    editor: int
    at: datetime


def add(
    tx: Transaction, community: Community, challenge: int, version: Version
) -> None:
    """Keep ``version`` for good.

    Raises:
        sqlite3.IntegrityError: If there is one of that number already.
    """
    tx.run(
        _ADD,
        challenge=challenge,
        community=community.id,
        editor=version.editor,
        made_at=to_ms(version.at),
        **_columns(version.terms),
    )


def get(tx: Transaction, challenge: int, number: int) -> Version | None:
    """Return a version of what a challenge asks for; None where there is none."""
    row = tx.one(_GET, challenge=challenge, number=number)
    return _version(row) if row else None


def history(tx: Transaction, challenge: int, most: int) -> Sequence[Version]:
    """Return up to ``most`` versions, the one that holds first."""
    found = tx.all(_LATEST, challenge=challenge, most=most)
    return [_version(row) for row in found]


def digest(terms: Terms) -> bytes:
    """Return what no other version has, so that the audit tells of which it speaks.

    Without a salt: everybody may read the terms, and compute it anew.
    """
    return hashlib.sha256(_JSON.encode(_columns(terms)).encode()).digest()


def is_same(one: Terms, other: Terms) -> bool:
    """Return whether both ask for the same, whatever their numbers."""
    return replace(one, number=0) == replace(other, number=0)


def _columns(terms: Terms) -> dict[str, Value]:
    scoring = terms.scoring
    return {
        "number": terms.number,
        "title": terms.title,
        "about": terms.about,
        "starts_on": terms.starts_on.isoformat(),
        "days": terms.days,
        "prompt_at": _time(terms.prompt_at),
        "prompts": _JSON.encode(terms.prompts),
        "place": terms.channel.id,
        "thread": int(terms.thread),
        "per_day": scoring.per_day,
        "streak_every": scoring.streak_every,
        "streak_bonus": scoring.streak_bonus,
        "cap": scoring.cap,
        "judged": scoring.judged,
        "grace_days": terms.grace_days,
        "catch_up": int(terms.catch_up),
        "proof": str(terms.proof),
        "review": str(terms.review),
        "sample_percent": terms.sample_percent,
        "teams": int(terms.teams),
        "team_min": terms.team_min,
        "team_max": terms.team_max,
        "remind_at": _time(terms.remind_at) if terms.remind_at else None,
        "reward": terms.reward,
    }


def _time(at: time) -> str:
    return at.isoformat("minutes")


# A version is never changed, and every check-in is judged by one.
@lru_cache(maxsize=1_000)
def _version(row: sqlite3.Row) -> Version:
    here = CommunityRef(PlatformName(row["platform"]), row["platform_id"])
    remind_at = row["remind_at"]
    terms = Terms(
        number=row["number"],
        title=row["title"],
        about=row["about"],
        starts_on=date.fromisoformat(row["starts_on"]),
        days=row["days"],
        prompt_at=time.fromisoformat(row["prompt_at"]),
        prompts=tuple(json.loads(row["prompts"])),
        channel=ChannelRef(here, row["place"]),
        thread=bool(row["thread"]),
        scoring=_scoring(row),
        grace_days=row["grace_days"],
        catch_up=bool(row["catch_up"]),
        proof=Proof(row["proof"]),
        review=Review(row["review"]),
        sample_percent=row["sample_percent"],
        teams=bool(row["teams"]),
        team_min=row["team_min"],
        team_max=row["team_max"],
        remind_at=time.fromisoformat(remind_at) if remind_at else None,
        reward=row["reward"],
    )
    return Version(terms, row["editor"], from_ms(row["made_at"]))


def _scoring(row: sqlite3.Row) -> Scoring:
    return Scoring(
        per_day=row["per_day"],
        streak_every=row["streak_every"],
        streak_bonus=row["streak_bonus"],
        cap=row["cap"],
        judged=row["judged"],
    )
