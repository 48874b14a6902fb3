"""Phrases as Slack's rich text, in which nothing that members wrote comes alive.

What members wrote is only ever the text of a ``text`` element or of ``plain_text``,
where Slack looks for no markup; it is never ``mrkdwn``, which has no way to escape
all of it. Directions of writing stay where they began.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import assert_never

from bot.chat import directions
from bot.chat.clip import clip
from bot.chat.directions import (
    END,
    ISOLATE,
    isolate,
    runs_right_to_left,
    seen,
    turns,
)
from bot.chat.limits import MAX_QUOTE_CHARS
from bot.chat.raw import Json
from bot.chat.speech import Speech
from bot.chat.text import Atom, Day, Part, Phrase, Quote, Style, When
from bot.domain.refs import ChannelRef, MemberRef, RoleRef

MAX_PLAIN_CHARS = 3_000
"""Source: the text object of Block Kit."""

_FORMATS = {
    Style.MOMENT: "{date_short_pretty}, {time}",
    Style.DATE: "{date_short}",
    Style.TIME: "{time}",
    Style.RELATIVE: "{ago}",
}
"""How Slack's clients write an instant, each in its reader's zone and language."""

_MEMBER = re.compile(r"[UW][A-Z0-9]{1,31}|[a-z0-9._-]{1,64}")
_CHANNEL = re.compile(r"[CG][A-Z0-9]{1,31}|[a-z0-9._-]{1,64}")
"""What Slack draws as a name, and the playground's ids, for its preview.

Slack refuses a message that mentions anything else, such as direct messages.
"""

_EMOJI = re.compile(r":(?=[^\s:]+:)")
_MARKUP = re.compile(r"[*_~`]|:\S|://")


class Words:
    """Writes for one reader.

    A mention is what Slack notifies by, so whoever is not to be told is drawn by name.

    Args:
        speech: To whom.
        told: Who is mentioned; None for everybody, where nobody is notified.
        max_quote_chars: What members' words are clipped to.

    Attributes:
        names: What the ids of drawn elements stand for, for those who read only text.

        mentioned: Ids of those who are.
    """

    def __init__(
        self,
        speech: Speech,
        told: Collection[MemberRef] | None = (),
        max_quote_chars: int = MAX_QUOTE_CHARS,
    ) -> None:
        self.speech = speech
        self.names: dict[str, str] = {}
        self.mentioned: set[str] = set()
        self._told = told
        self._max_quote_chars = max_quote_chars
        self._turned = runs_right_to_left(speech.reader.locale)

    def inline(self, spoken: Phrase, *, strong: bool = False) -> list[Json]:
        """Return ``spoken`` as elements of rich text, its line breaks kept."""
        drawn: list[Json] = []
        for part in self.speech.parts(spoken):
            content, bold = part.content, strong or part.strong
            if isinstance(content, str):
                add_text(drawn, content, strong=bold)
            else:
                self._add(drawn, content, strong=bold)
        return drawn

    def plain(self, spoken: Phrase) -> str:
        """Return ``spoken`` as one line of text, for where Slack draws no markup."""
        words = "".join([self._word(part) for part in self.speech.parts(spoken)])
        return " ".join(words.split("\n")).strip() if "\n" in words else words.strip()

    def small(self, spoken: Phrase) -> Json | None:
        """Return ``spoken`` as an element of context; None where it says nothing.

        Context knows no rich text. So an instant is the reader's own only where all
        beside it are Laurel's own words.
        """
        parts = self.speech.parts(spoken)
        if any(isinstance(part.content, When | ChannelRef) for part in parts):
            words = [self._own(part) for part in parts]
            if None not in words:
                text = "".join(filter(None, words))
                return {"type": "mrkdwn", "text": text, "verbatim": True}
        words_alone = self.plain(spoken)
        return plain_text(words_alone) if words_alone else None

    def number(self, value: int, per: int = 1) -> str:
        """Return ``value`` as the reader writes numbers, ``per`` of it being one."""
        return directions.number(value, self.speech.reader.locale, per)

    def mention(self, ref: MemberRef) -> Json:
        """Return what tells ``ref`` of the message."""
        self.names[ref.id] = seen(self.speech.word(ref))
        self.mentioned.add(ref.id)
        return {"type": "user", "user_id": ref.id}

    def not_yet(self, told: Iterable[MemberRef]) -> list[MemberRef]:
        """Return those of ``told`` whom nothing mentions so far, each once."""
        return [
            ref
            for ref in dict.fromkeys(told)
            if ref.id not in self.mentioned and _MEMBER.fullmatch(ref.id)
        ]

    def _add(self, drawn: list[Json], content: Atom, *, strong: bool) -> None:
        match content:
            case Quote() | Day() | RoleRef():
                add_text(drawn, self._atom(content), strong=strong)
            case When():
                _add_styled(drawn, self._instant(content), strong=strong)
            case MemberRef():
                if self._is_told(content):
                    self._enclose(drawn, self.mention(content), content, strong=strong)
                else:
                    add_text(drawn, self._atom(content), strong=strong)
            case ChannelRef(id=id_) if _CHANNEL.fullmatch(id_):
                self.names[id_] = seen(self.speech.word(content))
                shown = {"type": "channel", "channel_id": id_}
                self._enclose(drawn, shown, content, strong=strong)
            case ChannelRef():
                add_text(drawn, self._atom(content), strong=strong)
            case _ as never:
                assert_never(never)

    def _is_told(self, ref: MemberRef) -> bool:
        told = self._told is None or ref in self._told
        return told and _MEMBER.fullmatch(ref.id) is not None

    def _enclose(
        self, drawn: list[Json], element: Json, ref: MemberRef | ChannelRef, *,
        strong: bool,
    ) -> None:  # fmt: skip
        """Add what Slack draws as a name, whose direction only the name tells."""
        isolated = self._turned or turns(self.names[ref.id])
        if isolated:
            add_text(drawn, ISOLATE, strong=strong)
        _add_styled(drawn, element, strong=strong)
        if isolated:
            add_text(drawn, END, strong=strong)

    def _instant(self, when: When) -> Json:
        second = int(when.at.timestamp())
        words = self.speech.instant(when)
        if second < 0:  # before Slack's calendar begins
            return {"type": "text", "text": words}
        return {
            "type": "date",
            "timestamp": second,
            "format": _FORMATS[when.style],
            "fallback": words,
        }

    def _own(self, part: Part) -> str | None:
        """Return a part as mrkdwn; None for what is not Laurel's own to write."""
        match part.content:
            case str() as words:
                return None if _MARKUP.search(words) else escape(words)
            case When(at=at, style=style) if at.timestamp() >= 0:
                words = escape(self.speech.instant(part.content))
                return f"<!date^{int(at.timestamp())}^{_FORMATS[style]}|{words}>"
            case ChannelRef(id=id_) if _CHANNEL.fullmatch(id_):
                self.names[id_] = seen(self.speech.word(part.content))
                return f"<#{id_}>"
            case Day():
                return escape(self.speech.word(part.content))
            case _:
                return None

    def _word(self, part: Part) -> str:
        content = part.content
        return content if isinstance(content, str) else self._atom(content)

    def _atom(self, content: Atom) -> str:
        """Return one value as text alone; members by name, since nothing is alive."""
        match content:
            case Quote(text=text):
                return self._isolated(clip(seen(text), self._max_quote_chars))
            case When() | Day():
                return self.speech.word(content)
            case MemberRef():
                word = self.speech.word(content).removeprefix("@")
                return self._isolated(seen(word))
            case ChannelRef() | RoleRef():
                return self._isolated(seen(self.speech.word(content)))
            case _ as never:
                assert_never(never)

    def _isolated(self, text: str) -> str:
        return isolate(text) if self._turned or turns(text) else text


def plain_text(words: str, max_chars: int = MAX_PLAIN_CHARS) -> Json:
    """Return ``words`` as Slack takes them where it draws no markup but emoji.

    Emoji are written as they are; ``:names:`` that members typed stay names.
    """
    return {
        "type": "plain_text",
        "text": clip(nameless(words), max_chars),
        "emoji": True,
    }


def nameless(words: str) -> str:
    """Return ``words`` in which Slack finds no emoji by its name."""
    return _EMOJI.sub(":\u2060", words) if ":" in words else words


def add_text(drawn: list[Json], words: str, *, strong: bool = False) -> None:
    """Add ``words`` to ``drawn``, to its last element where the style is the same."""
    if not words:
        return
    last = drawn[-1] if drawn else None
    if last is not None and last["type"] == "text" and ("style" in last) == strong:
        last["text"] += words
    else:
        _add_styled(drawn, {"type": "text", "text": words}, strong=strong)


def escape(words: str) -> str:
    """Return ``words`` for where Slack would take ``<`` for the start of something."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _add_styled(drawn: list[Json], element: Json, *, strong: bool) -> None:
    drawn.append({**element, "style": {"bold": True}} if strong else element)
