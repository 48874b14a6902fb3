"""A recap as plain text: the part of a letter that every program can show."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from bot.pages.feeds.article import Article, Item
from bot.pages.feeds.words import flat

WIDTH = 72
"""Columns that a line of a letter has."""


def plain(article: Article, more: str = "") -> str:
    """Return ``article`` as text; ``more`` is the address of its page, if any."""
    blocks = [*_blocks(article), *((more,) if more else ())]
    return "\n\n".join(blocks) + "\n"


def _blocks(article: Article) -> Iterator[str]:
    title = _wrapped(flat(article.title))
    yield f"{title}\n{'=' * min(len(title), WIDTH)}"
    for paragraph in article.lead:
        yield _wrapped(flat(paragraph))
    for section in article.sections:
        yield _wrapped(flat(section.heading).upper())
        if section.quotes:
            yield from map(_quoted, section.items)
        else:
            yield "\n".join(_wrapped(flat(i.says), "- ", "  ") for i in section.items)


def _quoted(item: Item) -> str:
    head = " · ".join(filter(None, (flat(item.says), item.note)))
    lines = [_wrapped(head)] if head else []
    lines += (_wrapped(each, "  ", "  ") for each in item.quote.splitlines())
    return "\n".join(lines)


def _wrapped(text: str, first: str = "", then: str = "") -> str:
    # An address that is broken leads nowhere, and a word is not ours to break.
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )
