"""The inline parts of Slack's messages as a client draws them, for previews.

Only what is written here becomes an element; all else is escaped text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from bot.adapters.slack.instants import Instants
from bot.chat.raw import Json
from bot.chat.speech import Speech
from bot.chat.text import phrase

Named = Callable[[str, str], str | None]
"""The name of whom ``@``, ``#`` or ``@&`` and an id mean; None where nobody knows."""

_UNPAIRED = re.compile(r"[\ud800-\udfff]")
_MARK = re.compile(
    r"""<(?:!date\^(?P<second>-?\d{1,13})\^(?P<format>[^|^<>]*)(?:\^[^|<>]*)?
            (?:\|(?P<instead>[^<>]*))?
    | !subteam\^(?P<group>[^|<>]+)(?:\|[^<>]*)?
    | !(?P<broadcast>here|channel|everyone)(?:\|[^<>]*)?
    | (?P<sign>[@\#])(?P<id>[^|<>]+)(?:\|[^<>]*)?
    | (?P<url>(?:https?|mailto):[^|<>]+)(?:\|(?P<words>[^<>]*))?)>
    | (?<!\w)(?P<mark>[*_~`])(?P<styled>(?=\S)[^\n]+?(?<=\S))(?P=mark)(?!\w)""",
    re.VERBOSE,
)
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_ELEMENTS = {
    "bold": Markup("<strong>{}</strong>"),
    "italic": Markup("<em>{}</em>"),
    "strike": Markup("<s>{}</s>"),
    "code": Markup("<code>{}</code>"),
}
_STYLES = {"*": "bold", "_": "italic", "~": "strike", "`": "code"}
_PILL = Markup('<bdi class="{}">{}{}</bdi>')
_LINK = Markup('<a class="sl-link" href="{}" target="_blank" rel="{}">{}</a>')
_TIME = Markup('<time datetime="{}">{}</time>')


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Who looks, and what their client knows.

    Attributes:
        speech: Their own language, zone and moment, in which instants are drawn.

        reader: Their id, for the light on what mentions them.
    """

    speech: Speech
    named: Named
    reader: str = ""


class Inline:
    """Draws words as one onlooker's client does."""

    def __init__(self, onlooker: Onlooker) -> None:
        self._onlooker = onlooker
        self._instants = Instants(onlooker.speech)

    def leaf(self, it: Json) -> Markup:
        """Return one element of rich text."""
        drawn = self._leaf(it)
        for style, on in (it.get("style") or {}).items():
            if on and style in _ELEMENTS:
                drawn = _ELEMENTS[style].format(drawn)
        return drawn

    def text(self, it: Json) -> Markup:
        """Return a text object, with its markup where it has any."""
        words = sound(str(it.get("text") or ""))
        return self._mrkdwn(words) if it.get("type") == "mrkdwn" else escape(words)

    def _leaf(self, it: Json) -> Markup:
        match it.get("type"):
            case "text":
                return escape(sound(str(it.get("text") or "")))
            case "user":
                return self._mention("@", str(it.get("user_id")))
            case "channel":
                return self._mention("#", str(it.get("channel_id")))
            case "usergroup":
                return self._mention("@&", str(it.get("usergroup_id")))
            case "broadcast":
                return self._loud(str(it.get("range")))
            case "emoji":
                return escape(sound(f":{it.get('name')}:"))
            case "date":
                return self._date(
                    it.get("timestamp"), str(it.get("format")), it.get("fallback")
                )
            case "link":
                url = sound(str(it.get("url")))
                return self._link(url, str(it.get("text") or url))
            case kind:
                return escape(sound(f"({kind})"))

    def _mrkdwn(self, words: str) -> Markup:
        drawn: list[Markup] = []
        at = 0
        for found in _MARK.finditer(words):
            drawn += [escape(_plain(words[at : found.start()])), self._mark(found)]
            at = found.end()
        return Markup("").join([*drawn, escape(_plain(words[at:]))])

    def _mark(self, found: re.Match[str]) -> Markup:
        if found["mark"]:
            return _ELEMENTS[_STYLES[found["mark"]]].format(_plain(found["styled"]))
        if found["second"]:
            instead = _plain(found["instead"] or "")
            return self._date(int(found["second"]), found["format"], instead)
        if found["group"]:
            return self._mention("@&", found["group"])
        if found["broadcast"]:
            return self._loud(found["broadcast"])
        if found["sign"]:
            return self._mention(found["sign"], found["id"])
        return self._link(found["url"], _plain(found["words"] or found["url"]))

    def _mention(self, sign: str, known_by: str) -> Markup:
        name = self._onlooker.named(sign, known_by)
        if name is None:
            name = self._onlooker.speech.plain(phrase("preview.nobody"))
        look = "sl-mention"
        if sign == "@" and known_by == self._onlooker.reader:
            look += " sl-me"
        return _PILL.format(look, sign[0], sound(name))

    @staticmethod
    def _loud(who: str) -> Markup:
        return _PILL.format("sl-mention sl-me", "@", sound(who))

    def _date(self, second: object, pattern: str, instead: object) -> Markup:
        found = self._instants.at(second, pattern) if isinstance(second, int) else None
        if found is None:
            return escape(sound(str(instead or "")))
        machine, words = found
        return _TIME.format(machine, sound(words))

    @staticmethod
    def _link(url: str, words: str) -> Markup:
        if not leads_to_the_web(url):
            return escape(sound(words))
        return _LINK.format(url, "noopener noreferrer", sound(words))


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


def _plain(words: str) -> str:
    for entity, char in _ENTITIES:
        words = words.replace(entity, char)
    return words
