"""What is different between two versions, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.chat import standards
from bot.chat.clip import clip
from bot.chat.message import Fact
from bot.chat.text import Phrase, Quote, phrase
from bot.domain.awards import Criterion
from cogs.rules import words
from cogs.rules.service import Told
from storage.rulebook import Limits

MAX_ITEM_CHARS = 40
"""Of an item that is new or gone: it stands in full where its version is shown."""


def between(before: Told, now: Told) -> Iterator[Fact]:
    """Yield what ``now`` asks for that ``before`` did not, and the other way round."""
    was, holds = before.version.standard, now.version.standard
    if before.version.name != now.version.name:
        old, new = (
            phrase("awards.quoted", words=Quote(each.version.name))
            for each in (before, now)
        )
        yield Fact(phrase("awards.fact-name"), _was_now(old, new))
    if was.about != holds.about:
        yield Fact(phrase("awards.fact-about"), phrase("rules.about-anew"))
    if was.criteria != holds.criteria:
        items = phrase(
            "rules.listed", parts=tuple(_items(was.criteria, holds.criteria))
        )
        yield Fact(phrase("awards.fact-items"), items)
    yield from _changed(_told(before), _told(now))


def of_limits(before: Limits, now: Limits) -> Iterator[Fact]:
    """Yield which limits are other ones."""
    yield from _changed(words.by_label(before), words.by_label(now))


def _told(told: Told) -> Mapping[str, Fact]:
    standard = told.version.standard
    facts = (
        *standards.eligible(standard),
        *standards.deciding(standard),
        *standards.announced(standard, told.moment),
    )
    return {fact.label.key: fact for fact in facts}


def _changed(before: Mapping[str, Fact], now: Mapping[str, Fact]) -> Iterator[Fact]:
    for key in dict.fromkeys((*before, *now)):
        old, new = before.get(key), now.get(key)
        if old is not None and new is not None:
            if old.value != new.value:
                yield Fact(new.label, _was_now(old.value, new.value))
        elif new is not None:
            yield Fact(new.label, phrase("rules.only-now", now=new.value))
        elif old is not None:
            yield Fact(old.label, phrase("rules.no-more", was=old.value))


def _was_now(was: Phrase, now: Phrase) -> Phrase:
    return phrase("rules.was-now", was=was, now=now)


def _items(was: Sequence[Criterion], now: Sequence[Criterion]) -> Iterator[Phrase]:
    """Yield what is new, what is gone, and where other evidence is asked for."""
    before = {each.text: each.evidence for each in was}
    today = {each.text: each.evidence for each in now}
    new = [text for text in today if text not in before]
    gone = [text for text in before if text not in today]
    other = [t for t, asked in today.items() if before.get(t, asked) != asked]
    for key, texts in (("new", new), ("gone", gone), ("evidence", other)):
        if texts:
            quoted = tuple(Quote(clip(text, MAX_ITEM_CHARS)) for text in texts)
            yield phrase(f"rules.items-{key}", items=quoted)
    if not new and not gone and not other:
        yield phrase("rules.items-order")
