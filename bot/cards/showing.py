"""What a drawing shows, as the JSON that templates read.

Words become ``{text, rtl}``, people ``{name, hue, initials}``, several people
``{all, joined}`` and numbers ``{n, text}``.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, assert_never

import regex
from babel import Locale
from babel.numbers import format_decimal

from bot.chat.clip import clip
from bot.chat.faces import HUES, face_of
from bot.chat.message import Datum, Picture
from bot.chat.speech import Speech
from bot.chat.text import Day, Phrase, Quote, When, phrase
from bot.domain.refs import ChannelRef, MemberRef, RoleRef
from bot.domain.words import clean

MAX_NAME_CHARS = 40
MAX_WORDS_CHARS = 420
"""Of one piece of text; what is longer would not be read on a picture."""

MAX_PEOPLE = 6
"""Named one by one; the rest are a number."""

_ISOLATE, _END = "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_HUE_STEP = 360 // HUES
_REGIONS = {"Hant": "TW", "Hans": "CN"}

# A line can be broken after so much, whatever it is; scripts without spaces know where
# by themselves.
_ENDLESS = regex.compile(
    r"[^\s\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]{24,}"
)
_MAY_BREAK = "\u200b"
_PIECE = regex.compile(r"\X{1,18}")

Json = dict[str, Any]


def shown(picture: Picture, speech: Speech, locale: Locale) -> str:
    """Return what the template of ``picture`` is given.

    Args:
        picture: What is to be drawn.
        speech: In whose language, and who is called what.
        locale: That language.
    """
    screen = _Screen(speech, locale)
    region = locale.territory or _REGIONS.get(locale.script or "")
    given = {
        "kind": picture.kind,
        "lang": locale.language,
        "region": region,
        "rtl": locale.text_direction == "rtl",
        "data": screen.mapping(picture.data),
    }
    return json.dumps(given, ensure_ascii=False)


def people_in(datum: Datum) -> Iterator[MemberRef]:
    """Yield whom a drawing names."""
    match datum:
        case MemberRef():
            yield datum
        case Phrase(values=values):
            for value in values.values():
                yield from people_in(value)
        case tuple():
            for each in datum:
                yield from people_in(each)
        case Mapping():
            for each in datum.values():
                yield from people_in(each)
        case _:
            pass


class _Screen:
    def __init__(self, speech: Speech, locale: Locale) -> None:
        self._speech = speech
        self._locale = locale

    def mapping(self, data: Mapping[str, Datum]) -> Json:
        return {name: self._shown(datum) for name, datum in data.items()}

    def _shown(self, datum: Datum) -> Json | list[Any] | None:
        match datum:
            case None:
                return None
            case int():
                written = format_decimal(datum, locale=self._locale)
                return {"n": datum, "text": str(written)}
            case MemberRef():
                return self._person(datum)
            case tuple():
                refs = [each for each in datum if isinstance(each, MemberRef)]
                if refs and len(refs) == len(datum):
                    return self._people(refs)
                return [self._shown(each) for each in datum]
            case Mapping():
                return self.mapping(datum)
            case _:
                return self._text(self._said(datum))

    def _said(
        self, said: Phrase | Quote | When | Day | ChannelRef | RoleRef | str
    ) -> str:
        match said:
            case Phrase():
                pieces = (self._piece(p.content) for p in self._speech.parts(said))
                return "".join(pieces)
            case Quote(text=text):
                return clean(text)
            case str():
                return clean(said)
            case When() | Day() | ChannelRef() | RoleRef():
                return self._speech.word(said)
            case _ as never:
                assert_never(never)

    def _piece(self, content: object) -> str:
        """Return what stands inside other words: its direction ends with it."""
        match content:
            case str():
                return content
            case MemberRef():
                return f"{_ISOLATE}{self._name(content)}{_END}"
            case Quote(text=text):
                words = clip(clean(text), MAX_WORDS_CHARS // 2)
                return f"{_ISOLATE}{words}{_END}"
            case When() | Day() | ChannelRef() | RoleRef():
                return f"{_ISOLATE}{self._speech.word(content)}{_END}"
            case _:
                raise TypeError(f"{type(content).__name__} is not said")

    def _person(self, ref: MemberRef) -> Json:
        name = self._name(ref)
        face = face_of(ref.id, name)
        initials = face.initials or "·"
        hue = face.hue * _HUE_STEP
        return {"name": self._text(name), "hue": hue, "initials": initials}

    def _people(self, refs: list[MemberRef]) -> Json:
        named, rest = tuple(refs[:MAX_PEOPLE]), len(refs) - MAX_PEOPLE
        joined = self._said(phrase("cards.people", members=named))
        if rest > 0:
            joined += f" +{format_decimal(rest, locale=self._locale)}"
        everyone = [self._person(ref) for ref in named]
        return {"all": everyone, "joined": self._text(joined, MAX_WORDS_CHARS)}

    def _name(self, ref: MemberRef) -> str:
        return clip(clean(self._speech.word(ref).removeprefix("@")), MAX_NAME_CHARS)

    def _text(self, words: str, most: int = MAX_WORDS_CHARS) -> Json:
        clipped = clip(words, most)
        clipped += _END * (clipped.count(_ISOLATE) - clipped.count(_END))
        broken = _ENDLESS.sub(lambda run: _breakable(run[0]), clipped)
        return {"text": broken, "rtl": self._is_rtl(words)}

    def _is_rtl(self, words: str) -> bool:
        """Return which way words run: as their first letter that is nobody's name."""
        depth = 0
        for char in words:
            depth += (char == _ISOLATE) - (char == _END)
            written = unicodedata.bidirectional(char)
            if depth == 0 and written in _RIGHT_TO_LEFT:
                return True
            if depth == 0 and written == "L":
                return False
        return self._locale.text_direction == "rtl"


def _breakable(run: str) -> str:
    return _MAY_BREAK.join(_PIECE.findall(run))
