"""A form as Slack shows it, what is wrong beside its question; for the pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from bot.adapters.slack import modal
from bot.adapters.slack.mrkdwn import Inline, Onlooker
from bot.chat.fields import Choice
from bot.chat.message import Action
from bot.chat.raw import Json
from bot.chat.responses import Call, Refuse
from bot.chat.speech import Reader, Speech
from bot.chat.text import phrase
from bot.demo.run import Demo
from bot.domain.refs import ChannelRef

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
    reader = Reader("en", ZoneInfo("Europe/Lisbon"), at)
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
    sheets = "".join(each.read_text("utf-8") for each in _SHEETS)
    return str(_PAGE.format(Markup(sheets), modal))  # noqa: S704  our own files


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
