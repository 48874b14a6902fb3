"""A Discord message as Discord shows it, drawn from the JSON that Discord is sent.

Nothing here knows Laurel's own messages: what is drawn is what the payload says, so
that a preview is as right or as wrong as the payload.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Any

from markupsafe import Markup

from bot.adapters.discord.markdown import Markdown, Onlooker, leads_to_the_web, sound
from bot.chat.text import Phrase, Style, When, phrase
from bot.pages import Pages

Json = Mapping[str, Any]


class Kind(IntEnum):
    """Discord's numbers of the components that stand in messages."""

    ROW = 1
    BUTTON = 2
    STRINGS = 3
    USERS = 5
    ROLES = 6
    MENTIONABLES = 7
    CHANNELS = 8
    SECTION = 9
    WORDS = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17


PRIVATE = 1 << 6
"""Flag of a message that only one member sees."""

_BUTTON_STYLES = {1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link"}
_WIDE_SPACING = 2
_DEEPEST = 6
"""Components within one another; Discord nests three deep."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a message stands, which its payload does not say.

    Attributes:
        reader: The id of who looks, for the light on messages that tell them.

        pictures: Addresses of the pictures, by the names of the attachments.
    """

    onlooker: Onlooker
    posted_at: datetime
    reader: str = ""
    edited: bool = False
    pictures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A component, ready to be drawn; each kind uses what it needs.

    Attributes:
        kind: What the template draws.

        look: The style of a button, or the size of a separator.

        words: What stands on it.

        color: ``#rrggbb``, or empty where there is none.

        url: Where a link leads; empty where it leads nowhere.

        aside: What stands beside a section.
    """

    kind: str
    words: Markup | str = ""
    look: str = ""
    color: str = ""
    url: str = ""
    veiled: bool = False
    parts: tuple[Part, ...] = ()
    aside: Part | None = None


class Rendering:
    """Draws messages as HTML."""

    def __init__(self) -> None:
        self._pages = Pages(Path(__file__).parent / "templates")

    def __call__(self, payload: Json, scene: Scene) -> Markup:
        """Return the message that ``payload`` makes, with the author over it."""
        speech = scene.onlooker.speech
        told = payload.get("allowed_mentions", {}).get("users", ())
        private = bool(payload.get("flags", 0) & PRIVATE)

        def say(key: str) -> str:
            return speech.plain(phrase(f"preview.{key}"))

        html = self._pages.render(
            "message.html",
            {
                "parts": Draftsman(scene.onlooker, scene.pictures).message(payload),
                "time": speech.instant(When(scene.posted_at, Style.MOMENT)),
                "time_iso": scene.posted_at.isoformat(timespec="minutes"),
                "private": private,
                "edited": scene.edited,
                "tells_reader": scene.reader in told and not private,
                "say": say,
            },
        )
        return Markup(html)  # noqa: S704  the template escaped what it was given


class Draftsman:
    """Turns components into parts."""

    def __init__(self, onlooker: Onlooker, pictures: Mapping[str, str]) -> None:
        self._speech = onlooker.speech
        self._pictures_at = pictures
        self._markdown = Markdown(onlooker)

    def message(self, payload: Json) -> tuple[Part, ...]:
        """Return the parts of a message, from top to bottom."""
        content = payload.get("content") or ""
        said = (self._words({"content": content}),) if content else ()
        return (*said, *self._all(payload.get("components", ()), 0))

    def _all(self, components: Sequence[Json], depth: int) -> tuple[Part, ...]:
        return tuple(self._part(each, depth) for each in components)

    def _part(self, it: Json, depth: int) -> Part:
        kind = it.get("type")
        inner = it.get("components", ()) if depth < _DEEPEST else ()
        veiled = bool(it.get("spoiler"))
        match kind:
            case Kind.CONTAINER:
                parts = self._all(inner, depth + 1)
                color = _color(it.get("accent_color"))
                return Part("container", color=color, veiled=veiled, parts=parts)
            case Kind.SECTION:
                aside = self._part(it.get("accessory", {}), depth + 1)
                return Part("section", parts=self._all(inner, depth + 1), aside=aside)
            case Kind.ROW:
                return Part("row", parts=self._all(inner, depth + 1))
            case Kind.WORDS:
                return self._words(it)
            case Kind.SEPARATOR:
                return _separator(it)
            case Kind.GALLERY:
                return Part("gallery", parts=tuple(self._pictures(it)))
            case Kind.THUMBNAIL:
                return self._picture(it, "thumbnail")
            case _:
                return self._pressed_or_kept(it, veiled=veiled)

    def _pressed_or_kept(self, it: Json, *, veiled: bool) -> Part:
        match it.get("type"):
            case Kind.BUTTON:
                return self._button(it)
            case (
                Kind.STRINGS
                | Kind.USERS
                | Kind.ROLES
                | Kind.MENTIONABLES
                | Kind.CHANNELS
            ):
                return self._select(it)
            case Kind.FILE:
                name = str(it.get("file", {}).get("url", ""))
                name = sound(name.removeprefix("attachment://"))
                return Part("file", words=name, veiled=veiled)
            case kind:
                said = Phrase("preview.unknown-part", {"kind": str(kind)})
                return Part("unknown", words=self._speech.plain(said))

    def _words(self, it: Json) -> Part:
        return Part("words", words=self._markdown.blocks(str(it.get("content", ""))))

    def _button(self, it: Json) -> Part:
        look = _BUTTON_STYLES.get(it.get("style", 0), "secondary")
        url = str(it.get("url", "")) if look == "link" else ""
        return Part(
            "button",
            words=_labelled(it, "label"),
            look=look,
            url=url if leads_to_the_web(url) else "",
            veiled=bool(it.get("disabled")),
        )

    def _select(self, it: Json) -> Part:
        named = _labelled(it, "placeholder")
        options = tuple(
            Part(
                "option",
                words=_labelled(each, "label"),
                look=sound(str(each.get("description") or "")),
            )
            for each in it.get("options", ())
        )
        placeholder = named or self._speech.plain(phrase("preview.choose"))
        return Part("select", words=placeholder, parts=options)

    def _pictures(self, it: Json) -> Iterator[Part]:
        for each in it.get("items", ()):
            yield self._picture(each, "picture")

    def _picture(self, it: Json, kind: str) -> Part:
        described = sound(str(it.get("description") or ""))
        words = described or self._speech.plain(phrase("preview.picture"))
        named = str(it.get("media", {}).get("url", "")).removeprefix("attachment://")
        url = self._pictures_at.get(named, "")
        return Part(kind, words=words, url=url, veiled=bool(it.get("spoiler")))


def _separator(it: Json) -> Part:
    look = "wide" if it.get("spacing") == _WIDE_SPACING else "narrow"
    return Part("line" if it.get("divider", True) else "space", look=look)


def _labelled(it: Json, key: str) -> str:
    """Return a label with the emoji before it, neither of which has any markup."""
    emoji = it.get("emoji") or {}
    label = it.get(key) or ""
    return sound(" ".join(filter(None, (str(emoji.get("name") or ""), str(label)))))


def _color(number: object) -> str:
    return f"#{number & 0xFFFFFF:06x}" if isinstance(number, int) else ""
