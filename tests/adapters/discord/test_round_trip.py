"""What Laurel offers on Discord is what it understands when it comes back."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord import modal as forms
from bot.adapters.discord.commands import publish
from bot.adapters.discord.incoming import Asked, Typing
from bot.adapters.discord.message import draw
from bot.adapters.discord.raw import Json
from bot.chat.fields import Suggestion
from bot.chat.message import Action
from bot.chat.responses import Call
from bot.chat.speech import Reader, Speech
from bot.chat.text import Quote
from bot.domain.refs import ChannelRef, RoleRef
from tests.adapters.discord import sent
from tests.adapters.discord.sent import (
    ANA,
    BO,
    CHANNEL,
    CHIDI,
    HOME,
    TABLE,
    WORDS,
    asked,
    attachment,
    option,
    people,
    person,
    press,
    told,
)
from tests.samples.vocabulary.cog import everything

NOON = sent.NOON
SPEECH = Speech(WORDS, Reader("en", ZoneInfo("UTC"), NOON), lambda ref: ref.id)
PUBLISHED = publish(TABLE, WORDS)
GROUP = "31"
RESOLVED: Any = {
    **people(ANA, BO, CHIDI),
    "channels": {CHANNEL: sent.channel()},
    "roles": {GROUP: {"id": GROUP, "name": "Mentors", "permissions": "0"}},
    "attachments": {"500": attachment()},
}
TEAS = (Suggestion("sencha", Quote("Sencha")), Suggestion("mate", Quote("Mate")))

TYPED = {3: "2026-03-09", 4: 7, 5: True, 6: BO, 7: CHANNEL, 8: GROUP, 11: "500"}
"""What a member gives to an option of each type."""


def spoken() -> dict[str, list[Json]]:
    """Return the options of each command that is published, as it is typed."""
    found: dict[str, list[Json]] = {}
    for each in PUBLISHED:
        inner = [o for o in each.get("options", ()) if o["type"] == 1]
        if each["type"] == 1 and inner:
            names = {f"{each['name']} {o['name']}": o for o in inner}
            found |= {name: o.get("options", []) for name, o in names.items()}
        elif each["type"] == 1:
            found[each["name"]] = each.get("options", [])
    return found


def test_every_command_that_is_offered_is_understood() -> None:
    """It leads to its route, and each of its options to a field."""
    offered = spoken()
    assert {route.command for route in TABLE.commands} == set(offered)
    for route in TABLE.commands:
        name = route.command or ""
        options = [
            option(each["name"], TYPED[each["type"]], each["type"])
            for each in offered[name]
        ]
        found = asked(sent.slash(name, *options, **RESOLVED))
        assert Action(route.key) == found.action
        named = set(found.answers or {}) | set(found.errors)
        assert {"checks"} >= {each.name for each in route.fields} - named


def test_every_option_that_is_completed_asks_its_lookup() -> None:
    """While it is typed, whatever its name is on Discord."""
    completed = [
        (name, each["name"])
        for name, options in spoken().items()
        for each in options
        if each.get("autocomplete")
    ]
    assert completed
    for name, typed in completed:
        raw = sent.being_typed(name, option(typed, "se", focused=True))
        assert Typing("vocabulary-teas", "se") == told(raw)


def test_every_entry_of_a_menu_is_understood() -> None:
    """By the name under which it is published."""
    entries = [each for each in PUBLISHED if each["type"] == 3]
    found = {
        asked(sent.menu(each["name"], sent.message())).action.route for each in entries
    }
    assert {route.key for route in TABLE.message_actions} == found


def test_every_button_that_is_drawn_is_understood() -> None:
    """Also where two buttons of one message do the same."""
    call = Call("1", person(ANA), ChannelRef(HOME, CHANNEL), NOON, "en")
    message = everything(call, yours=True)
    shown = _inside(draw(message, SPEECH).body["components"])
    pressed = [told(press(each["custom_id"])) for each in shown if _is_button(each)]
    pressed += [told(press("any", [x["value"]])) for x in shown if "value" in x]
    gone = Action("vocabulary.gone")
    assert [
        Asked(Action(each.route, tuple(map(str, each.args))))
        for each in message.actions()
        if each != gone
    ] == [each for each in pressed if isinstance(each, Asked)]


DRAFTS: Any = {
    "vocabulary.who": st.fixed_dictionaries(
        {"person": st.sampled_from([person(ANA), person(BO)])},
        optional={
            "people": st.sampled_from([(person(BO),), (person(CHIDI), person(ANA))]),
            "channel": st.just(ChannelRef(HOME, CHANNEL)),
            "role": st.just(RoleRef(HOME, GROUP)),
        },
    ),
    "vocabulary.words": st.fixed_dictionaries(
        {"short": st.just("Well done"), "long": st.just("For\nthe tea")},
        optional={"amount": st.integers(1, 10)},
    ),
    "vocabulary.choices": st.fixed_dictionaries(
        {
            "choice": st.sampled_from(["kindness", "craft"]),
            "tea": st.sampled_from(["sencha", "oolong"]),
        },
        optional={
            "checks": st.sampled_from([("warm",), ("warm", "sweet")]),
            "agreed": st.booleans(),
        },
    ),
    "vocabulary.times": st.fixed_dictionaries(
        {
            "on": st.dates(date(1000, 1, 1)),
            "at": st.integers(0, 1439).map(lambda m: time(m // 60, m % 60)),
            "length": st.integers(1, 10_080).map(lambda m: timedelta(minutes=m)),
        }
    ),
}


@pytest.mark.parametrize("key", DRAFTS)
@given(st.data())
def test_a_form_sent_unchanged_answers_what_it_held(
    key: str, data: st.DataObject
) -> None:
    """Whatever was filled in is read back as the same neutral answers."""
    draft: dict[str, object] = data.draw(DRAFTS[key])
    found = asked(_sent(forms.draw(*_drawing(key, draft))))
    assert (Action(key), draft, {}) == (found.action, found.answers, found.errors)
    assert draft == found.draft


def test_words_that_nobody_understood_stand_in_the_form_again() -> None:
    """As they were typed, to be corrected."""
    wrong: Json = {"on": "tomorrow", "at": time(9), "length": "a while"}
    found = asked(_sent(forms.draw(*_drawing("vocabulary.times", wrong))))
    assert wrong == found.draft
    assert {"on", "length"} == set(found.errors)


def _drawing(key: str, draft: Json) -> Any:
    route = TABLE.routes[key]
    return route, Action(key), draft, SPEECH, {"tea": TEAS}


def _sent(drawn: Json) -> Json:
    """Return the form as Discord sends it where nobody changed anything."""
    inputs = [_unchanged(each["component"]) for each in drawn["components"]]
    return sent.modal(drawn["custom_id"], *inputs, **RESOLVED)


def _unchanged(component: Json) -> Json:
    kind = component["type"]
    chosen = [o["value"] for o in component.get("options", ()) if o.get("default")]
    chosen += [o["id"] for o in component.get("default_values", ())]
    held: Any = chosen
    if kind == 4:
        held = component.get("value", "")
    elif kind == 21:
        held = chosen[0] if chosen else None
    return sent.held(component["custom_id"], kind, held)


def _is_button(component: Json) -> bool:
    return component.get("type") == 2 and "custom_id" in component


def _inside(listed: list[Json]) -> list[Json]:
    """Return components and options, with all that lies in them."""
    found: list[Json] = []
    for each in listed:
        accessory = [each["accessory"]] if "accessory" in each else []
        inner = each.get("components", []) + each.get("options", []) + accessory
        found += [each, *_inside(inner)]
    return found
