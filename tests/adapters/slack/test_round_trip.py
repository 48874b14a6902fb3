"""A form that is sent as it was drawn answers what it was drawn with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack import modal
from bot.adapters.slack.raw import Json
from bot.chat.fields import Suggestion
from bot.chat.message import Action
from bot.chat.text import Quote
from bot.domain.refs import ChannelRef, RoleRef
from tests.adapters.slack.sent import (
    ANA,
    BO,
    CHIDI,
    HOME,
    TABLE,
    asked,
    being_typed,
    command,
    form,
    person,
    told,
)
from tests.adapters.slack.speaking import speech

_HELD = {
    "initial_value": "value",
    "initial_user": "selected_user",
    "initial_users": "selected_users",
    "initial_conversation": "selected_conversation",
    "initial_channel": "selected_channel",
    "initial_date": "selected_date",
    "initial_time": "selected_time",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
}
CHOICES = {
    "tea": [Suggestion("sencha", Quote("Sencha")), Suggestion("mate", Quote("Mate"))],
    "role": [Suggestion("S0M", Quote("mentors"))],
    "value": [Suggestion("7", Quote("Craft"))],
}


def sent_unchanged(route: str, draft: dict[str, Any]) -> Json:
    """Return what Slack sends when a form is drawn with ``draft`` and sent at once."""
    view = modal.draw(TABLE.routes[route], Action(route), draft, speech(), CHOICES)
    inputs = [b["element"] for b in view["blocks"] if b["type"] == "input"]
    held = {each["action_id"]: _state(each) for each in inputs}
    return form(view["callback_id"], held)


def _state(element: Json) -> Json:
    """Return an input as a client sends it that nobody touched."""
    state = {_HELD[key]: v for key, v in element.items() if key.startswith("initial_")}
    return {"type": element["type"], **state}


WHO = st.fixed_dictionaries(
    {"person": st.sampled_from([person(ANA), person(BO)])},
    optional={
        "people": st.sampled_from([(person(BO),), (person(CHIDI), person(ANA))]),
        "channel": st.just(ChannelRef(HOME, "C0WALL")),
        "role": st.just(RoleRef(HOME, "S0M")),
    },
)
CHOSEN = st.fixed_dictionaries(
    {
        "choice": st.sampled_from(["kindness", "craft"]),
        "tea": st.sampled_from(["sencha", "mate"]),
    },
    optional={
        "checks": st.sampled_from([("warm",), ("warm", "sweet")]),
        "agreed": st.booleans(),
    },
)
TIMES = st.fixed_dictionaries(
    {
        "on": st.dates(),
        "at": st.times().map(lambda at: at.replace(second=0, microsecond=0)),
        "length": st.integers(1, 60 * 24 * 7).map(lambda m: timedelta(minutes=m)),
    }
)
WORDS = st.fixed_dictionaries(
    {"short": st.just("Well done"), "long": st.just("a\nb & <c>")},
    optional={"amount": st.integers(1, 10)},
)


@given(WHO, CHOSEN, TIMES, WORDS)
def test_a_draft_comes_back_as_it_was(
    who: dict[str, Any],
    chosen: dict[str, Any],
    times: dict[str, Any],
    words: dict[str, Any],
) -> None:
    """Every kind of field that can be prefilled, as it is drawn and as it is read."""
    drafts = {"who": who, "choices": chosen, "times": times, "words": words}
    for name, draft in drafts.items():
        found = asked(sent_unchanged(f"vocabulary.{name}", draft))
        assert {} == found.errors
        assert draft == found.answers


def test_a_line_that_was_not_clear_is_mended_in_the_form() -> None:
    """What was understood stands there; sent with the rest, it is what was meant."""
    typed = asked(command(f"/shoutout @nobody <@{BO}|bo> #craft"))
    assert (("why",), "@nobody") == (typed.missing, typed.rest)
    raw = sent_unchanged(typed.action.route, dict(typed.draft))
    again = asked(raw)
    assert ("why",) == tuple(again.errors)
    raw["view"]["state"]["values"]["why"] = {"why": {"value": "for the docs"}}
    mended = asked(raw)
    assert mended.clear
    assert {"to": (person(BO),), "why": "for the docs", "value": "7"} == mended.answers


def test_lists_that_ask_while_one_types_are_known() -> None:
    """Each ``external_select`` that a form draws is one that is answered."""
    many = [Suggestion(str(n), Quote(f"Tea {n}")) for n in range(25)]
    for key, name in (("vocabulary.choices", "tea"), ("vocabulary.who", "role")):
        view = modal.draw(
            TABLE.routes[key], Action(key), {}, speech(), CHOICES | {name: many}
        )
        inputs = [b["element"] for b in view["blocks"] if b["type"] == "input"]
        (drawn,) = [each for each in inputs if each["type"] == "external_select"]
        found = told(being_typed(view["callback_id"], drawn["action_id"], "te"))
        assert name == getattr(found, "asked").name  # noqa: B009  whichever it is
