"""What a moderator has written down of a challenge so far: no chat, clock or disk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from typing import Any

from bot.domain.challenge_rules import too_long
from bot.domain.challenges import Proof, Review, Scoring, State, Terms
from bot.domain.errors import RuleError
from bot.domain.words import clean, is_blank

_BULLET = re.compile(r"^(?:[-*•\u2013]|\d{1,2}[.):])\s+")
"""What people write before the items of a list."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Terms on their way.

    Attributes:
        before: What was in force when it was begun; of what is new, what it started
            from.

        challenge: What it changes; None where it is new.

        state: How far that had come by then.
    """

    id: str
    terms: Terms
    before: Terms
    challenge: int | None = None
    state: State = State.DRAFT

    @property
    def changes(self) -> int:
        """How many things are other than at first; one more of what is new itself."""
        is_new = self.challenge is None
        return int(is_new) + len(differing(self.before, self.terms))


def differing(before: Terms, now: Terms) -> tuple[str, ...]:
    """Return the names of what is other than ``before``, in their own order."""
    return tuple(name for name in _TERMS if getattr(before, name) != getattr(now, name))


def with_prompts(terms: Terms, text: str) -> Terms:
    """Return ``terms`` with a prompt for each line, as moderators write lists.

    Raises:
        RuleError: If there are more than days, or one is too long.
    """
    lines = (clean(_BULLET.sub("", line.strip())) for line in text.splitlines())
    prompts = tuple(line for line in lines if not is_blank(line))
    for rule in too_long(prompts):
        raise rule
    if (count := len(prompts)) > terms.days:
        days = terms.days
        raise RuleError("challenges.refused-prompts", "prompts", count=count, days=days)
    return replace(terms, prompts=prompts)


@contextmanager
def unasked() -> Iterator[None]:
    """Have what is refused be said beside no question, for there is none."""
    try:
        yield
    except RuleError as rule:
        raise RuleError(rule.code, None, **rule.values) from None


def pack(draft: Draft) -> Mapping[str, object]:
    """Return ``draft`` as it is kept."""
    return {
        "terms": _pack(draft.terms),
        "before": _pack(draft.before),
        "challenge": draft.challenge,
        "state": str(draft.state),
    }


def unpack(draft: str, packed: Mapping[str, Any]) -> Draft:
    """Return what `pack` was given."""
    return Draft(
        draft,
        _unpack(packed["terms"]),
        _unpack(packed["before"]),
        packed["challenge"],
        State(packed["state"]),
    )


def _pack(terms: Terms) -> Mapping[str, object]:
    told = {each.name: getattr(terms, each.name) for each in fields(Terms)}
    told["scoring"] = tuple(getattr(terms.scoring, name) for name in _SCORING)
    return {**told, "proof": str(terms.proof), "review": str(terms.review)}


def _unpack(packed: Mapping[str, Any]) -> Terms:
    known = dict(packed)
    known["scoring"] = Scoring(*known["scoring"])
    known["proof"], known["review"] = Proof(known["proof"]), Review(known["review"])
    return Terms(**known)


_TERMS = tuple(each.name for each in fields(Terms) if each.name != "number")
_SCORING = tuple(each.name for each in fields(Scoring))
