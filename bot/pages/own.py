"""A community's own words in place of Laurel's, and what becomes of those that fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from jinja2 import TemplateError

from bot.chat import wire
from bot.chat.message import Card, Tone, say
from bot.chat.refusals import sentence
from bot.chat.text import phrase
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.pages.findings import Finding
from bot.pages.guarded import Prepared, examine
from bot.pages.passages import Passage
from bot.pages.spec import TemplateSpec
from bot.pages.variables import Context
from storage import deliveries, outbox, templates
from storage.database import Transaction
from storage.templates import TemplateRef

_REMEMBERED = 500
"""Words that are examined once, so that a busy hour costs no more than a quiet one."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Words in force that could not be used.

    Attributes:
        version: Which of them.

        reason: Why, as it is told.
    """

    spec: TemplateSpec
    locale: str
    version: int
    reason: RuleError


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a community says itself of one thing.

    Attributes:
        passage: None where Laurel's own words are to be used: the community has none,
            or they come to nothing here, or cannot be used.

        named: The variables that the words are made of.

        broken: Set where they cannot be used; `tell` the moderators.
    """

    passage: Passage | None = None
    named: frozenset[str] = frozenset()
    broken: Broken | None = None


LAURELS = OwnWords()
"""Where a community has no words of its own."""


def own_words(
    tx: Transaction,
    community: Community,
    spec: TemplateSpec,
    context: Callable[[], Context],
) -> OwnWords:
    """Return what ``community`` says itself, in the language of its posts.

    ``context`` is asked for only where there are words: mostly there are none.
    """
    locale = community.settings.locale
    version = templates.latest(tx, TemplateRef(community, spec.name, locale))
    if version is None or version.source is None:
        return LAURELS
    words, found = _examined(version.source, spec)
    if words is None:
        return OwnWords(broken=Broken(spec, locale, version.number, found[0].error()))
    try:
        passage = words.fill(context(), spec.max_chars)
    except TemplateError:
        reason = RuleError("templates.unusable")
        return OwnWords(broken=Broken(spec, locale, version.number, reason))
    return OwnWords(passage, words.named) if passage.pieces else LAURELS


@lru_cache(maxsize=_REMEMBERED)
def _examined(
    source: str, spec: TemplateSpec
) -> tuple[Prepared | None, tuple[Finding, ...]]:
    """Return what `bot.pages.guarded.examine` does, which rests on nothing else."""
    return examine(source, spec.variables)


def tell(tx: Transaction, community: Community, own: OwnWords, at: datetime) -> None:
    """Tell the moderators, where there are any, of words that fail; once for each."""
    broken, moderators = own.broken, community.settings.moderators
    if broken is None or moderators is None:
        return
    key = f"templates:broken:{broken.spec.name}:{broken.locale}:{broken.version}"
    if deliveries.is_known(tx, community, key):
        return
    card = Card(
        title=phrase("templates.broken", which=phrase(broken.spec.title)),
        body=(sentence(broken.reason), phrase("templates.broken.next")),
        tone=Tone.WARNING,
    )
    note = outbox.Parcel(moderators, key, wire.encode(say(card)), (), key)
    outbox.put(tx, community, note, at)
