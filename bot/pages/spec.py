"""What a slice says of words of its own that a community may replace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from bot.domain.refs import MemberRef
from bot.pages.guarded import MAX_OUTPUT_CHARS
from bot.pages.variables import Context, Variables
from storage.database import Transaction

Recent = Callable[[Transaction, Community, datetime, int], Sequence[Context]]
"""Finds what the words would be about: the last so many real ones, the newest first,
as everybody may see them now. Whoever is hidden by now is in none of them."""

Sample = Callable[[MemberRef], Context]
"""Makes one up with nobody in it but one member, for where there is nothing yet."""


@dataclass(frozen=True, slots=True, eq=False)
class TemplateSpec:
    """Words that a community may replace. Each is a constant of its slice.

    Attributes:
        name: Such as ``recaps.weekly``, at most 16 characters: buttons carry it. What
            it is called stands in the slice's catalogue as ``<slice>.words-<what>``,
            and what Laurel says itself in ``locales/<tag>/<name>.jinja``.

        variables: What a template may name.

        needed: Those that it must name, for what is posted would be nothing otherwise.

        max_chars: Longest that the words may come out; what is over it is cut.
    """

    name: str
    variables: Variables
    needed: frozenset[str] = frozenset()
    max_chars: int = MAX_OUTPUT_CHARS

    @property
    def title(self) -> str:
        """Key of what moderators know it as."""
        slice_name, _, what = self.name.partition(".")
        return f"{slice_name}.words-{what}"


@dataclass(frozen=True, slots=True)
class Template:
    """Words that moderators can edit, and what to show them in.

    Attributes:
        recent: Finds real ones for a preview.

        sample: Makes one up where there are none.
    """

    spec: TemplateSpec
    recent: Recent
    sample: Sample
