"""What words come to in what really happened: found and filled, not drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.chat.responses import Call
from bot.pages.findings import Finding
from bot.pages.guarded import prepare
from bot.pages.lint import lint
from bot.pages.passages import Passage
from bot.pages.spec import Template
from cogs.templates import service
from cogs.templates.service import Standing, Start
from storage import communities
from storage.database import Transaction

MOST = 20
"""How many real ones a preview is made of."""

PAGE_CHARS = 3_200
"""Of a message, what is left for them beside the words and buttons around them."""

PAGE_CARDS = 6


@dataclass(frozen=True, slots=True)
class Page:
    """As many as fit into a message.

    Attributes:
        cut: Whether one of them was too long for it.
    """

    passages: tuple[Passage, ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What words come to.

    Attributes:
        pages: At least one.

        count: How many real ones there are; 0 where one was made up.
    """

    pages: tuple[Page, ...]
    count: int

    def page(self, number: int) -> Page:
        """Return a page, counted from 0; the last one where there are not so many."""
        return self.pages[min(number, len(self.pages) - 1)]


@dataclass(frozen=True, slots=True)
class Look:
    """What is said now.

    Attributes:
        findings: Why the community's own words cannot be used, which were kept before
            the rules became tighter; Laurel's are shown then.
    """

    standing: Standing
    shown: Shown
    findings: Sequence[Finding] = ()


def look(tx: Transaction, call: Call, template: Template, start: Start) -> Look:
    """Return what is said now, with what really happened."""
    now = service.standing(tx, call, template.spec)
    found = lint(now.source, template.spec) if now.source is not None else ()
    if now.source is None or found:
        return Look(now, laurels(tx, call, template, start), found)
    return Look(now, _shown(tx, call, template, now.source, start))


def laurels(tx: Transaction, call: Call, template: Template, start: Start) -> Shown:
    """Return what Laurel would say itself."""
    locale = communities.get(tx, call.community).settings.locale
    return _shown(tx, call, template, start(template.spec.name, locale), start)


def tried(
    tx: Transaction, call: Call, template: Template, source: str, start: Start
) -> Shown | tuple[Finding, ...]:
    """Return what ``source`` would come to, or else what is wrong with it."""
    found = lint(source, template.spec)
    return found or _shown(tx, call, template, source, start)


def _shown(
    tx: Transaction, call: Call, template: Template, source: str, start: Start
) -> Shown:
    community = communities.get(tx, call.community)
    real = template.recent(tx, community, call.at, MOST)
    spec, most = template.spec, min(template.spec.max_chars, PAGE_CHARS)
    own = prepare(source, spec.variables)
    laurel = prepare(start(spec.name, community.settings.locale), spec.variables)
    filled = []
    for context in real or [template.sample(call.actor.ref)]:
        passage = own.fill(context, most)
        # Where words come to nothing, Laurel's own are posted.
        filled.append(passage if passage.pieces else laurel.fill(context, most))
    return Shown(tuple(_pages(filled)), len(real))


def _pages(filled: Iterable[Passage]) -> Iterator[Page]:
    now: list[Passage] = []
    room = PAGE_CHARS
    for passage in filled:
        if now and (passage.chars > room or len(now) == PAGE_CARDS):
            yield _page(now)
            now, room = [], PAGE_CHARS
        now.append(passage)
        room -= passage.chars
    if now:
        yield _page(now)


def _page(passages: Sequence[Passage]) -> Page:
    return Page(tuple(passages), cut=any(each.cut for each in passages))
