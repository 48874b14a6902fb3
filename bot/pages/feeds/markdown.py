"""A recap as Markdown, for wherever somebody pastes it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.pages.feeds.article import Article, Item
from bot.pages.feeds.words import Words

_SPECIAL = re.compile(r"[\\`*_\[\]<>&~|#@$^{}!]")
_LINKS = re.compile(r"(?i):(?=//)|(?<=www)\.|(?<=mailto):|(?<=xmpp):")
_OPENING = re.compile(r"^(\s*)([-+=]|\d{1,9}(?=[.)]))", re.MULTILINE)


def markdown(article: Article) -> str:
    """Return ``article`` in CommonMark, in which nobody's words are markup."""
    return "\n\n".join(_blocks(article)) + "\n"


def escaped(text: str) -> str:
    """Return ``text`` so that it reads as it was typed, on lines of its own."""
    even = "\n".join(" ".join(each.split()) for each in text.splitlines())
    marked = _LINKS.sub(r"\\\g<0>", _SPECIAL.sub(r"\\\g<0>", even))
    return _OPENING.sub(_opened, marked)


def _opened(found: re.Match[str]) -> str:
    """Keep a line from opening a list or underlining the one before it."""
    mark = found[2]
    if mark.isdigit():
        return f"{found[1]}{mark}\\"
    return f"{found[1]}\\{mark}"


def _blocks(article: Article) -> Iterator[str]:
    yield f"# {_one_line(article.title)}"
    for paragraph in article.lead:
        yield _inline(paragraph)
    for section in article.sections:
        yield f"## {_one_line(section.heading)}"
        if section.quotes:
            for item in section.items:
                yield from _quoted(item)
        else:
            yield "\n".join(f"- {_one_line(item.says)}" for item in section.items)


def _quoted(item: Item) -> Iterator[str]:
    if item.says:
        note = f" · {escaped(item.note)}" if item.note else ""
        yield f"**{_one_line(item.says)}**{note}"
    yield "\n".join(f"> {each}".rstrip() for each in escaped(item.quote).splitlines())


def _one_line(said: Words) -> str:
    return " ".join(_inline(said).split())


def _inline(said: Words) -> str:
    return escaped("".join(span.text for span in said))
