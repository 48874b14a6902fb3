"""A Slack message as Slack shows it, drawn from the JSON that Slack is sent.

Nothing here knows Laurel's own messages: what is drawn is what the payload says, so
that a preview is as right or as wrong as the payload.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from markupsafe import Markup

from bot.adapters.slack.mrkdwn import Inline, Onlooker, leads_to_the_web, sound
from bot.chat.raw import Json
from bot.chat.text import Phrase, Quote, Style, When, phrase
from bot.pages import Pages

PRIVATE = "ephemeral"
"""The ``response_type`` of a message that only one member sees."""

_LOOKS = {"primary": "sl-primary", "danger": "sl-danger"}


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a message stands, which its payload does not say.

    Attributes:
        pictures: Addresses of the pictures, by Slack's id of the file.
    """

    onlooker: Onlooker
    posted_at: datetime
    edited: bool = False
    pictures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A block or an element, ready to be drawn; each kind uses what it needs.

    Attributes:
        kind: What the template draws.

        words: What stands on it.

        look: The style of a button.

        url: Where a link leads; empty where it leads nowhere.

        start: The first number of a list.

        aside: What stands beside a section.
    """

    kind: str
    words: Markup | str = ""
    look: str = ""
    url: str = ""
    start: int = 1
    parts: tuple[Part, ...] = ()
    aside: Part | None = None


class Rendering:
    """Draws messages as HTML."""

    def __init__(self) -> None:
        self._pages = Pages(Path(__file__).parent / "templates")

    def __call__(self, payload: Json, scene: Scene) -> Markup:
        """Return the message that ``payload`` makes, with the author over it."""
        speech = scene.onlooker.speech

        def say(key: str) -> str:
            return speech.plain(phrase(f"preview.{key}"))

        html = self._pages.render(
            "message.html",
            {
                "parts": Draftsman(scene.onlooker, scene.pictures).message(payload),
                "time": speech.instant(When(scene.posted_at, Style.TIME)),
                "time_iso": scene.posted_at.isoformat(timespec="minutes"),
                "private": payload.get("response_type") == PRIVATE,
                "edited": scene.edited,
                "say": say,
            },
        )
        return Markup(html)  # noqa: S704  the template escaped what it was given


class Draftsman:
    """Turns blocks into parts."""

    def __init__(self, onlooker: Onlooker, pictures: Mapping[str, str]) -> None:
        self._speech = onlooker.speech
        self._pictures_at = pictures
        self._inline = Inline(onlooker)

    def message(self, payload: Json) -> tuple[Part, ...]:
        """Return the parts of a message; its text where it has no blocks."""
        blocks = payload.get("blocks") or ()
        if not blocks:
            text = {"type": "mrkdwn", "text": payload.get("text")}
            return (Part("words", self._inline.text(text)),)
        return tuple(self._block(block) for block in blocks)

    def _block(self, it: Json) -> Part:
        match it.get("type"):
            case "header":
                return Part("header", self._inline.text(it.get("text", {})))
            case "rich_text":
                elements = it.get("elements", ())
                return Part("rich", parts=tuple(map(self._element, elements)))
            case "section":
                return self._section(it)
            case "context":
                return Part("context", parts=tuple(map(self._small, it["elements"])))
            case "actions":
                return Part("row", parts=tuple(map(self._control, it["elements"])))
            case "divider":
                return Part("line")
            case "image":
                return self._picture(it)
            case kind:
                return self._unknown(kind)

    def _element(self, it: Json) -> Part:
        inner: Sequence[Json] = it.get("elements", ())
        match it.get("type"):
            case "rich_text_section":
                return Part("words", self._leaves(inner))
            case "rich_text_quote":
                return Part("quote", self._leaves(inner))
            case "rich_text_preformatted":
                return Part("code", self._leaves(inner))
            case "rich_text_list":
                entries = (self._leaves(each.get("elements", ())) for each in inner)
                kind = "numbers" if it.get("style") == "ordered" else "bullets"
                return Part(
                    kind,
                    start=int(it.get("offset", 0)) + 1,
                    parts=tuple(Part("entry", words) for words in entries),
                )
            case kind:
                return self._unknown(kind)

    def _leaves(self, leaves: Iterable[Json]) -> Markup:
        return Markup("").join(map(self._inline.leaf, leaves))

    def _section(self, it: Json) -> Part:
        text = it.get("text")
        fields = tuple(
            Part("field", self._inline.text(f)) for f in it.get("fields", ())
        )
        accessory = it.get("accessory")
        return Part(
            "section",
            self._inline.text(text) if text else "",
            parts=fields,
            aside=self._control(accessory) if accessory else None,
        )

    def _small(self, it: Json) -> Part:
        if it.get("type") == "image":
            return self._picture(it)
        return Part("small", self._inline.text(it))

    def _control(self, it: Json) -> Part:
        match it.get("type"):
            case "button":
                url = str(it.get("url") or "")
                return Part(
                    "button",
                    self._inline.text(it.get("text", {})),
                    look=_LOOKS.get(str(it.get("style")), "sl-plain"),
                    url=url if leads_to_the_web(url) else "",
                )
            case "static_select":
                return self._select(it)
            case kind:
                return self._unknown(kind)

    def _select(self, it: Json) -> Part:
        asked = it.get("placeholder")
        words = self._inline.text(asked) if asked else self._say("choose")
        options = tuple(
            Part("option", self._inline.text(each.get("text", {})))
            for each in it.get("options", ())
        )
        return Part("select", words, parts=options)

    def _picture(self, it: Json) -> Part:
        described = sound(str(it.get("alt_text") or ""))
        named = str(it.get("slack_file", {}).get("id", ""))
        url = self._pictures_at.get(named, "")
        return Part("picture", described or self._say("picture"), url=url)

    def _unknown(self, kind: object) -> Part:
        said = Phrase("preview.unknown-part", {"kind": Quote(sound(str(kind)))})
        return Part("unknown", self._speech.plain(said))

    def _say(self, key: str) -> str:
        return self._speech.plain(phrase(f"preview.{key}"))
