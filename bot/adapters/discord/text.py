"""Phrases as Discord's markdown, in which nothing that members wrote comes alive.

Every character that Discord could take for markup, a mention, an instant, an emoji or
an address stands behind a backslash, which Discord does not show: what is read equals
what was written. Directions of writing stay where they began.
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import assert_never

from bot.chat import directions
from bot.chat.clip import clip
from bot.chat.directions import isolate, runs_right_to_left, seen, turns
from bot.chat.limits import MAX_QUOTE_CHARS
from bot.chat.speech import Speech
from bot.chat.text import Atom, Day, Phrase, Quote, Style, When
from bot.domain.refs import ChannelRef, MemberRef, RoleRef

_STYLES = {Style.MOMENT: "f", Style.DATE: "D", Style.TIME: "t", Style.RELATIVE: "R"}
"""How Discord's clients write an instant, each in its reader's zone and language."""

_ALIVE = re.compile(
    r"""[\\*_~|`<\[@]       # styles, spoilers, code, mentions, instants, masked links
    | :(?!\s)               # addresses and emoji
    | \.(?=[\w-]{1,63}/)    # discord.gg/…, which Discord knows without https
    # What a line begins with to be a heading, small, quoted, or part of a list.
    | (?<![^\n\r\v\f\x85\u2028\u2029]) [^\S\n]* (?: \d+\. | [-+\#>] )""",
    re.VERBOSE,
)
"""Ends in the character that has to be escaped."""

_NUMBERED = re.compile(r"^[^\S\n]*\d+\.(?=\s|$)", re.MULTILINE)
_DRAWN = re.compile(r"\\([^0-9A-Za-z\s])|[\u2068\u2069]")
_ID = re.compile(r"[^\s<>@#&!:/\\]{1,64}")
_strong = attrgetter("strong")


class Markdown:
    """Writes for one reader.

    Members' words are clipped to ``max_quote_chars`` before they are escaped.
    """

    def __init__(self, speech: Speech, max_quote_chars: int = MAX_QUOTE_CHARS) -> None:
        self.speech = speech
        self._max_quote_chars = max_quote_chars
        self._turned = runs_right_to_left(speech.reader.locale)

    def inline(self, spoken: Phrase) -> str:
        """Return ``spoken`` as markdown, its line breaks kept."""
        drawn = ""
        for strong, run in groupby(self.speech.parts(spoken), _strong):
            words = "".join([self._content(part.content) for part in run])
            drawn += _bold(words) if strong else words
        # A number and a dot that came in two parts would count a list.
        return _NUMBERED.sub(_behind_backslash, drawn) if "." in drawn else drawn

    def line(self, spoken: Phrase) -> str:
        """Return ``spoken`` as markdown on one line, for a heading or a small line."""
        return _on_one_line(self.inline(spoken))

    def strong(self, spoken: Phrase) -> str:
        """Return ``spoken`` on one line and in bold."""
        parts = self.speech.parts(spoken)
        drawn = "".join([self._content(part.content) for part in parts])
        return _bold(_on_one_line(drawn))

    def plain(self, spoken: Phrase) -> str:
        """Return ``spoken`` as one line of text, for where Discord draws no markup."""
        parts = self.speech.parts(spoken)
        words = "".join([self._word(part.content) for part in parts])
        return _on_one_line(words)

    def number(self, value: int, per: int = 1) -> str:
        """Return ``value`` as the reader writes numbers, ``per`` of it being one."""
        return directions.number(value, self.speech.reader.locale, per)

    def quoted(self, text: str) -> str:
        """Return members' words as markdown, escaped, in a direction of their own."""
        return self._isolated(escape(clip(seen(text), self._max_quote_chars)))

    def _content(self, content: str | Atom) -> str:
        match content:
            case str():
                return escape(content)
            case Quote(text=text):
                return self.quoted(text)
            case When(at=at, style=style):
                return f"<t:{int(at.timestamp())}:{_STYLES[style]}>"
            case Day():
                return escape(self.speech.word(content))
            case MemberRef():
                return self._mention("@", content)
            case ChannelRef():
                return self._mention("#", content)
            case RoleRef():
                return self._mention("@&", content)
            case _ as never:
                assert_never(never)

    def _mention(self, sign: str, ref: MemberRef | ChannelRef | RoleRef) -> str:
        """Return what Discord draws as a name, whose direction only the name tells."""
        name = seen(self.speech.word(ref))
        drawn = f"<{sign}{ref.id}>" if _ID.fullmatch(ref.id) else escape(name)
        return isolate(drawn) if self._turned or turns(name) else drawn

    def _word(self, content: str | Atom) -> str:
        word = self.speech.word(content)
        if isinstance(content, str | When | Day):
            return word
        return self._isolated(seen(word))

    def _isolated(self, text: str) -> str:
        return isolate(text) if self._turned or turns(text) else text


def escape(text: str) -> str:
    """Return markdown that Discord draws as ``text``, whatever stands around it."""
    return _ALIVE.sub(_behind_backslash, text)


def literal(markdown: str) -> str:
    """Return what `Markdown` escaped, as it was; mentions and instants stay."""
    return _DRAWN.sub(r"\1", markdown)


def _behind_backslash(found: re.Match[str]) -> str:
    alive = found[0]
    return f"{alive[:-1]}\\{alive[-1]}"


def _bold(drawn: str) -> str:
    return f"**{drawn}**" if drawn else ""


def _on_one_line(drawn: str) -> str:
    return " ".join(drawn.split("\n")).strip() if "\n" in drawn else drawn.strip()
