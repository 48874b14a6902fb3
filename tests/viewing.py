"""A refused form, and Laurel's home, as Slack shows them; for the pictures."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from markupsafe import Markup, escape

from bot.adapters.playground.previews import names_in
from bot.adapters.playground.records import Directory
from bot.adapters.slack import modal
from bot.adapters.slack.homes import Homes
from bot.adapters.slack.mrkdwn import Inline, Onlooker
from bot.adapters.slack.people import Known
from bot.adapters.slack.rendering import Rendering, Scene
from bot.adapters.slack.voices import Voices
from bot.chat.fields import Choice
from bot.chat.message import Action
from bot.chat.raw import Json
from bot.chat.responses import Call, Refuse
from bot.chat.speech import Reader, Speech
from bot.chat.text import phrase
from bot.chat.voices import Ref
from bot.demo.run import Demo
from bot.domain.refs import ChannelRef, CommunityRef
from tests.refusing import LISBON, Lisbon

if TYPE_CHECKING:
    from bot.adapters.slack.api import Api
    from bot.adapters.slack.roster import Roster

ROUTE = "shoutouts.shoutout"

_HERE = Path(__file__).parent
_STATIC = _HERE.parent / "bot" / "adapters" / "playground" / "static"
_SHEETS = (_STATIC / "slack.css", _HERE / "viewing.css")

_PAGE = Markup("<!doctype html><meta charset=utf-8><style>{}</style>{}")
_MODAL = Markup(
    '<div class="modal" id="view">'
    "<header><span>L</span><b>{}</b><i>&times;</i></header>"
    "<main>{}</main><footer>{}</footer></div>"
)
_HOME = Markup('<div class="home" id="view">{}</div>')
_QUESTION = Markup("<div><label>{}{}</label>{}{}{}</div>")
_BUTTON = Markup('<span class="sl-button {}">{}</span>')


async def refused_form(shown: Demo, at: datetime) -> str:
    """Return a page with a form that was sent and that Laurel cannot take."""
    directory = await shown.playground.store.directory()
    actor, thanked = directory.person("siobhan"), directory.person("aitana")
    here = ChannelRef(directory.community, "general")
    call = Call("refused", actor, here, at, "en")
    run = shown.laurel.dispatcher
    no = await run(ROUTE, call, (), {"to": (thanked,), "why": "nice"})
    if not isinstance(no, Refuse) or no.at is None:
        raise TypeError("nothing was refused beside a field")

    route = shown.laurel.table.routes[ROUTE]
    reader = Reader("en", LISBON, at)
    speech = Speech(shown.playground.catalogue, reader, directory.name_of)
    choices = {
        asked.name: await run.suggest(asked.lookup, call, "")
        for asked in route.fields
        if isinstance(asked, Choice) and asked.lookup
    }
    # Slack's kind of id, which the demo's people do not have.
    member = replace(thanked, ref=replace(thanked.ref, id="U0AITANA"))
    draft = {"to": (member,), "why": "nice", "private": False}
    view = modal.draw(route, Action(ROUTE), draft, speech, choices)
    wrong = modal.beside({no.at: no.reason}, speech)
    return form_page(view, Onlooker(speech, lambda _, __: thanked.name), wrong)


def form_page(view: Json, onlooker: Onlooker, wrong: Mapping[str, str]) -> str:
    """Return a page with a modal on it, ``wrong`` beside its questions."""
    inline = Inline(onlooker)
    asked = [
        _question(block, inline, onlooker, wrong.get(block.get("block_id", "")))
        for block in view["blocks"]
    ]
    close = _BUTTON.format("sl-plain", inline.text(view["close"]))
    send = _BUTTON.format("sl-primary", inline.text(view["submit"]))
    buttons = Markup('<div class="sl-row sl">{}{}</div>').format(close, send)
    modal = _MODAL.format(inline.text(view["title"]), Markup("").join(asked), buttons)
    return _page(modal)


def _page(shown: Markup) -> str:
    sheets = "".join(each.read_text("utf-8") for each in _SHEETS)
    return str(_PAGE.format(Markup(sheets), shown))  # noqa: S704  our own files


def _question(
    block: Json, inline: Inline, onlooker: Onlooker, wrong: str | None
) -> Markup:
    if block["type"] != "input":
        (section,) = block["elements"]
        return Markup("<p>{}</p>").format(
            Markup("").join(map(inline.leaf, section["elements"]))
        )
    optional = Markup(" <small>(optional)</small>") if block["optional"] else Markup("")
    hint = block.get("hint")
    return _QUESTION.format(
        inline.text(block["label"]),
        optional,
        _input(block["element"], inline, onlooker, wrong=wrong is not None),
        Markup('<p class="told">{}</p>').format(wrong) if wrong else "",
        Markup('<p class="hint">{}</p>').format(inline.text(hint)) if hint else "",
    )


def _input(it: Json, inline: Inline, onlooker: Onlooker, *, wrong: bool) -> Markup:
    def box(words: Markup | str, look: str = "") -> Markup:
        look += " wrong" if wrong else ""
        return Markup('<div class="box {}">{}</div>').format(look, words)

    match it["type"]:
        case "multi_users_select":
            pill = Markup('<span class="pill">{}</span>')
            named = [onlooker.named("@", each) for each in it.get("initial_users", ())]
            return box(Markup(" ").join(pill.format(name) for name in named), "drop")
        case "plain_text_input":
            words = escape(it.get("initial_value", ""))
            return box(words, "tall" if it["multiline"] else "")
        case "static_select":
            held = it.get("initial_option")
            choose = onlooker.speech.plain(phrase("preview.choose"))
            return box(inline.text(held["text"]) if held else choose, "drop")
        case "radio_buttons":
            row = Markup('<div class="radio{}">{}</div>')
            held = it.get("initial_option")
            return Markup("").join(
                row.format(" on" if each == held else "", inline.text(each["text"]))
                for each in it["options"]
            )
        case kind:
            raise ValueError(f"nobody draws a {kind} yet")


@dataclass
class _Desk:
    """Stands in for Slack where a home is drawn: it knows people, and keeps the view.

    Attributes:
        view: What was published last.
    """

    directory: Directory
    view: Json = field(default_factory=dict)

    async def known(self, here: CommunityRef, ids: Collection[str]) -> Known:
        return Known(here, {each: self.directory.person(each) for each in ids})

    async def call(self, _: str, __: str, args: Json) -> None:
        self.view = args["view"]

    async def names(self, refs: Collection[Ref]) -> Mapping[Ref, str]:
        return {each: self.directory.name_of(each) for each in refs}


async def home_page(shown: Demo, who: str, at: datetime) -> str:
    """Return a page with what somebody finds at Laurel's home."""
    directory = await shown.playground.store.directory()
    catalogue, desk = shown.playground.catalogue, _Desk(directory)
    homes = Homes(
        cast("Api", desk),
        cast("Roster", desk),
        Voices(catalogue, Lisbon(directory), lambda: at, desk.names),
        lambda: at,
        "",
    )
    homes.open(shown.laurel.table, shown.laurel.dispatcher)
    await homes.show(directory.person(who).ref)
    speech = Speech(catalogue, Reader("en", LISBON, at), directory.name_of)
    scene = Scene(Onlooker(speech, names_in(directory)), at)
    return _page(_HOME.format(Rendering()(desk.view, scene)))
