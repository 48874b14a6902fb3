"""Discord's markdown as Discord draws it, for previews.

Only what is written here becomes an element; all else is escaped text. What a member
typed comes out as text because `bot.adapters.discord.text` wrote it so, and where it
did not, this shows what Discord would have made of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from bot.adapters.discord.instants import Instants
from bot.chat.speech import Speech
from bot.chat.text import phrase

Named = Callable[[str, str], str | None]
"""The name of whom ``@``, ``#`` or ``@&`` and an id mean; None where nobody knows."""

_DEEPEST = 8
"""Styles within one another; what lies deeper is drawn as text."""

_UNPAIRED = re.compile(r"[\ud800-\udfff]")
_FENCE = re.compile(r"```(?:[\w+.#-]*\n)?\n*([^\n][\s\S]*?)\n*```")
_HEADING = re.compile(r"(#{1,3})\s+(?!#)(.+)")
_SUBTEXT = re.compile(r"-#\s+(?!#)(.+)")
_QUOTE = re.compile(r"> (.*)|>()$")
_ITEM = re.compile(r"( *)([-*]|\d{1,9}\.)\s+(\S.*)")

_TOKEN = re.compile(
    r"""\\(?P<escaped>[^0-9A-Za-z\s])
    | (?P<ticks>`++)(?P<code>[\s\S]*?[^`])(?P=ticks)(?!`)
    | (?P<mark>\*\*|\*|__|_|~~|\|\|)
    | <(?P<sign>@&|@!?|\#)(?P<id>[^\s<>@#&!:/\\]{1,64})>
    | <t:(?P<second>-?\d{1,13})(?::(?P<style>[tTdDfFsSR]))?>
    | </(?P<command>[^\s<>:][^<>:]{0,98}):\d{1,20}>
    | <a?:(?P<emoji>\w{2,32}):\d{1,20}>
    | \[(?P<words>(?:\\.|[^\[\]\\])+)\]\(<?(?P<masked>https?://[^\s()<>]+)>?\)
    | <(?P<quiet>https?://[^\s<>]+)>
    | (?P<bare>https?://[^\s<]*[^\s<.,:;"'\])])""",
    re.VERBOSE,
)
_STYLES = {
    "**": ("strong", re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")),
    "*": ("em", re.compile(r"\*(?=\S)((?:\\[\s\S]|\*\*|[^\\*])+?)(?<!\s)\*(?!\*)")),
    "__": ("u", re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)")),
    "_": ("em", re.compile(r"_((?:\\[\s\S]|__|[^\\_])+?)_(?!\w)")),
    "~~": ("s", re.compile(r"~~((?:\\[\s\S]|[^\\])+?)~~")),
    "||": ("spoiler", re.compile(r"\|\|([\s\S]+?)\|\|")),
}
_ELEMENTS = {
    "strong": Markup("<strong>{}</strong>"),
    "em": Markup("<em>{}</em>"),
    "u": Markup("<u>{}</u>"),
    "s": Markup("<s>{}</s>"),
    "spoiler": Markup('<span class="dc-spoiler">{}</span>'),
}
_PILL = Markup('<bdi class="dc-mention">{}{}</bdi>')
_LINK = Markup('<a class="dc-link" href="{}" target="_blank" rel="{}">{}</a>')


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Who looks, and what their client knows.

    Attributes:
        speech: Their own language, zone and moment, in which instants are drawn.
    """

    speech: Speech
    named: Named


class Markdown:
    """Draws text as one onlooker's client does."""

    def __init__(self, onlooker: Onlooker) -> None:
        self._speech = onlooker.speech
        self._named = onlooker.named
        self._instants = Instants(onlooker.speech.reader)

    def blocks(self, text: str) -> Markup:
        """Return ``text`` as paragraphs, headings, lists and quotes."""
        pieces = _FENCE.split(sound(text))
        drawn = [
            Markup('<pre class="dc-code">{}</pre>').format(piece)
            if index % 2
            else Markup("").join(self._lines(_trimmed(piece, index, len(pieces))))
            for index, piece in enumerate(pieces)
        ]
        return Markup("").join(drawn)

    def inline(self, text: str, depth: int = 0) -> Markup:
        """Return ``text`` as inline HTML; ``depth`` is how many styles it lies in."""
        drawn: list[Markup] = []
        at = 0
        while found := _TOKEN.search(text, at):
            drawn.append(escape(text[at : found.start()]))
            token, at = self._token(text, found, depth)
            drawn.append(token)
        drawn.append(escape(text[at:]))
        return Markup("").join(drawn)

    def _lines(self, lines: list[str], *, quoted: bool = False) -> Iterator[Markup]:
        words: list[str] = []
        at = 0
        while at < len(lines):
            taken, block = self._block(lines[at:], quoted=quoted)
            if block is None:
                words.append(lines[at])
            else:
                yield from self._words(words)
                words = []
                yield block
            at += taken
        yield from self._words(words)

    def _words(self, lines: list[str]) -> Iterator[Markup]:
        if lines and lines != [""]:
            paragraph = self.inline("\n".join(lines))
            yield Markup('<p class="dc-words" dir="auto">{}</p>').format(paragraph)

    def _block(self, lines: list[str], *, quoted: bool) -> tuple[int, Markup | None]:
        """Return the block that starts here, if one does, and how many lines it has."""
        first = lines[0]
        if found := _HEADING.fullmatch(first):
            size, words = len(found[1]), self.inline(found[2].rstrip(" #"))
            heading = Markup('<h4 class="dc-h{}" dir="auto">{}</h4>')
            return 1, heading.format(size, words)
        if found := _SUBTEXT.fullmatch(first):
            small = Markup('<p class="dc-small" dir="auto">{}</p>')
            return 1, small.format(self.inline(found[1]))
        if not quoted and first.startswith(">>> "):
            return len(lines), self._quote([first[4:], *lines[1:]])
        if not quoted and _QUOTE.match(first):
            inner = list(_leading(_QUOTE, lines))
            return len(inner), self._quote([each[1] or "" for each in inner])
        if _ITEM.fullmatch(first):
            items = list(_leading(_ITEM, lines))
            return len(items), self._list(items)
        return 1, None

    def _quote(self, lines: list[str]) -> Markup:
        inner = Markup("").join(self._lines(lines, quoted=True))
        return Markup('<blockquote class="dc-quote" dir="auto">{}</blockquote>').format(
            inner
        )

    def _list(self, items: list[re.Match[str]]) -> Markup:
        entry = Markup('<li class="dc-depth-{}" dir="auto">{}</li>')
        inner = Markup("").join(
            entry.format(min(2, len(each[1]) // 2), self.inline(each[3]))
            for each in items
        )
        first = items[0][2]
        if first in "-*":
            return Markup('<ul class="dc-list">{}</ul>').format(inner)
        # Discord counts on from the first number, whatever the others say.
        start = int(first.removesuffix("."))
        return Markup('<ol class="dc-list" start="{}">{}</ol>').format(start, inner)

    def _token(self, text: str, found: re.Match[str], depth: int) -> tuple[Markup, int]:
        """Return one token, and where the text goes on after it."""
        if mark := found["mark"]:
            element, whole = _STYLES[mark]
            styled = whole.match(text, found.start()) if depth < _DEEPEST else None
            if styled is None:
                return escape(mark), found.end()
            inner = self.inline(styled[1], depth + 1)
            return _ELEMENTS[element].format(inner), styled.end()
        return self._atom(found, depth), found.end()

    def _atom(self, found: re.Match[str], depth: int) -> Markup:
        if found["escaped"]:
            return escape(found["escaped"])
        if found["code"]:
            return Markup('<code class="dc-code">{}</code>').format(found["code"])
        if found["sign"]:
            return self._mention(found)
        if found["second"]:
            return self._instant(found)
        if found["command"]:
            return _PILL.format("/", found["command"])
        if found["emoji"]:
            return escape(f":{found['emoji']}:")
        return self._link(found, depth)

    def _mention(self, found: re.Match[str]) -> Markup:
        sign, known_by = found["sign"].removesuffix("!"), found["id"]
        name = self._named(sign, known_by)
        if name is None and not known_by.isdecimal():
            return escape(found[0])
        if name is None:
            name = self._speech.plain(phrase("preview.nobody"))
        return _PILL.format(sign[0], sound(name))

    def _instant(self, found: re.Match[str]) -> Markup:
        drawn = self._instants.at(int(found["second"]), found["style"] or "f")
        if drawn is None:
            return escape(found[0])
        element = Markup('<time class="dc-time" datetime="{}" title="{}">{}</time>')
        return element.format(drawn.iso, drawn.whole, drawn.words)

    def _link(self, found: re.Match[str], depth: int) -> Markup:
        url = found["masked"] or found["quiet"] or found["bare"]
        words = escape(url)
        if named := found["words"]:
            # A link within a link is text, as deep styles are.
            plain = depth >= _DEEPEST or "http" in named
            words = escape(named) if plain else self.inline(named, depth + 1)
        if not leads_to_the_web(url):
            return words
        return _LINK.format(url, "noopener noreferrer", words)


def sound(text: str) -> str:
    """Return ``text`` without halves of characters, which no page can carry."""
    return _UNPAIRED.sub("\ufffd", text)


def leads_to_the_web(url: str) -> bool:
    """Return whether a browser may be sent to ``url``: to the web, nowhere else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _leading(pattern: re.Pattern[str], lines: list[str]) -> Iterator[re.Match[str]]:
    for line in lines:
        found = pattern.fullmatch(line)
        if found is None:
            return
        yield found


def _trimmed(piece: str, index: int, count: int) -> list[str]:
    """Return the lines of a piece, without the line ends that a code block takes."""
    if index > 0:
        piece = piece.removeprefix("\n")
    if index < count - 1:
        piece = piece.removesuffix("\n")
    return piece.split("\n") if piece else []
