"""Forms as Discord's modals: every route, in every language, empty and filled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from types import MappingProxyType

import pytest

from bot.adapters.discord import modal
from bot.adapters.discord.raw import Json
from bot.chat import fields
from bot.chat.fields import Suggestion
from bot.chat.limits import MAX_CHECKS
from bot.chat.message import Action
from bot.chat.routes import RouteSpec
from bot.chat.table import build_table
from bot.chat.text import Quote, phrase
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, RoleRef
from bot.features import declared
from tests.adapters.discord.speaking import GUILD, TAGS, member, speech, words
from tests.fakes.discord.openapi import problems
from tests.needs import need
from tests.samples.vocabulary.cog import VocabularyCog

ROUTES = {
    **declared(words()).routes,
    **build_table([VocabularyCog()]).routes,
}
ASKING = sorted(key for key, route in ROUTES.items() if route.fields)
MANY = [Suggestion(f"v{n}", Quote(f"Value {n}")) for n in range(25)]


def action_of(route: RouteSpec) -> Action:
    """Return what a button of ``route`` carries."""
    return Action(route.key, tuple("7" for _ in route.args))


def answer(asked: fields.AnyField) -> object:
    """Return an answer of each kind."""
    match asked:
        case fields.Person():
            return Person(member(111), "Ana")
        case fields.People():
            return (Person(member(111), "Ana"), Person(member(222), "نور"))
        case fields.Text(max_chars=most):
            return "x" * most
        case fields.Choice(options=()):
            return "v3"
        case fields.Checks(options=()):
            return ("v3",)
        case fields.Choice(options=options) | fields.Checks(options=options):
            return options[0] if isinstance(asked, fields.Choice) else options[:1]
        case fields.Integer(maximum=most):
            return most
        case fields.Date():
            return date(2026, 3, 6)
        case fields.Time():
            return time(9, 30)
        case fields.Duration():
            return timedelta(hours=2, minutes=30)
        case fields.Channel():
            return ChannelRef(GUILD, "55")
        case fields.Role():
            return RoleRef(GUILD, "9")
        case fields.YesNo():
            return False
        case _:
            return None


def drawn(
    key: str, tag: str = "en", draft: Mapping[str, object] = MappingProxyType({})
) -> Json:
    """Return the form of a route, with what its lookups find."""
    route = ROUTES[key]
    choices = {
        f.name: MANY if isinstance(f, fields.Choice) else MANY[:MAX_CHECKS]
        for f in route.fields
        if isinstance(f, fields.Choice | fields.Checks)
    }
    return modal.draw(route, action_of(route), draft, speech(tag), choices)


def inputs(form: Json) -> dict[str, Json]:
    """Return the inputs by the name of their field."""
    labelled = [each for each in form["components"] if each["type"] == 18]
    return {e["component"]["custom_id"]: e["component"] for e in labelled}


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("key", ASKING)
def test_discord_takes_every_form(key: str, tag: str) -> None:
    """Empty and filled to the brim, in each language."""
    need("specs")
    route = ROUTES[key]
    filled = {asked.name: answer(asked) for asked in route.fields}
    for form in (drawn(key, tag), drawn(key, tag, filled)):
        assert [] == problems("ModalInteractionCallbackRequestData", form)
        assert 1 <= len(form["components"]) <= 5
        assert list(inputs(form)) == [asked.name for asked in route.fields]
        assert Action.decode(form["custom_id"]).route == key


@pytest.mark.parametrize("key", ASKING)
def test_a_form_holds_what_was_answered(key: str) -> None:
    """Each kind of answer where its input keeps it."""
    route = ROUTES[key]
    filled = {asked.name: answer(asked) for asked in route.fields}
    found = inputs(drawn(key, draft=filled))
    for asked in route.fields:
        assert held(asked) == holds(found[asked.name]), asked.name


def held(asked: fields.AnyField) -> list[str]:
    """Return what an input should hold of `answer`."""
    match asked:
        case fields.Person():
            return ["111"]
        case fields.People():
            return ["111", "222"]
        case fields.Checks(options=options):
            return list(options[:1]) or ["v3"]
        case fields.Date():
            return ["2026-03-06"]
        case fields.Time():
            return ["09:30"]
        case fields.Duration():
            return ["2 h 30 min"]
        case fields.Channel():
            return ["55"]
        case fields.Role():
            return ["9"]
        case fields.YesNo():
            return ["no"]
        case fields.FileUpload():
            return []
        case _:
            return [str(answer(asked))]


def holds(component: Json) -> list[str]:
    """Return what an input holds, whatever its kind."""
    if component["type"] == 4:
        return [component["value"]] if "value" in component else []
    if "options" in component:
        return [o["value"] for o in component["options"] if o.get("default")]
    return [each["id"] for each in component.get("default_values", ())]


def test_each_kind_of_question_has_its_input() -> None:
    """The one that a member would look for."""
    people = inputs(drawn("vocabulary.who"))
    said = inputs(drawn("vocabulary.words"))
    choices = inputs(drawn("vocabulary.choices"))

    assert [5, 5, 8, 6] == [each["type"] for each in people.values()]
    assert [4, 4, 4, 19] == [each["type"] for each in said.values()]
    assert [1, 2] == [said["short"]["style"], said["long"]["style"]]
    assert [21, 3, 22, 21] == [each["type"] for each in choices.values()]
    assert 3 == people["people"]["max_values"]
    assert (3, 60) == (said["short"]["min_length"], said["short"]["max_length"])


def test_optional_questions_can_be_left_empty() -> None:
    """And required ones cannot."""
    people = inputs(drawn("vocabulary.who"))

    assert (True, 1) == (people["person"]["required"], people["person"]["min_values"])
    assert (False, 0) == (people["people"]["required"], people["people"]["min_values"])


def test_a_choice_of_nothing_is_not_asked() -> None:
    """Where it may be left out; where not, it is typed."""
    shoutout, retract = ROUTES["shoutouts.shoutout"], ROUTES["shoutouts.retract"]
    none: dict[str, list[Suggestion]] = {}
    without = modal.draw(shoutout, action_of(shoutout), {}, speech(), none)
    typed = modal.draw(retract, action_of(retract), {}, speech(), none)

    assert ["to", "why", "private"] == list(inputs(without))
    assert 4 == inputs(typed)["which"]["type"]


def test_boxes_that_are_looked_up_are_those_that_were_found() -> None:
    """Each with its label; what was ticked stays so, and what is gone is not there."""
    route = ROUTES["vocabulary.serve"]
    found = [Suggestion("mint", Quote("M" * 120)), Suggestion("honey", Quote("Honey"))]
    draft = {"words": "Hot", "extras": ("honey", "smoke")}
    form = modal.draw(route, action_of(route), draft, speech(), {"extras": found})

    drawn_boxes = inputs(form)["extras"]
    assert 22 == drawn_boxes["type"]
    assert ["M" * 99 + "…", "Honey"] == [e["label"] for e in drawn_boxes["options"]]
    assert ["honey"] == holds(drawn_boxes)
    assert (0, 2) == (drawn_boxes["min_values"], drawn_boxes["max_values"])


def test_where_no_boxes_are_found_none_are_asked() -> None:
    """The rest of the form is as it is."""
    route = ROUTES["vocabulary.serve"]
    form = modal.draw(route, action_of(route), {}, speech(), {"extras": ()})
    assert ["words"] == list(inputs(form))


def test_what_is_chosen_stays_choosable() -> None:
    """Also where the lookup no longer finds it among the best 25."""
    component = inputs(drawn("vocabulary.choices", draft={"tea": "lapsang"}))["tea"]

    assert 25 == len(component["options"])
    assert ["lapsang"] == holds(component)


def test_what_is_wrong_stands_where_it_is() -> None:
    """Beside its field; what is about the whole stands above."""
    route = ROUTES["vocabulary.correct"]
    errors = {
        "words": phrase("vocabulary.refused", words=Quote("n*o")),
        "": phrase("common.draft-gone"),
    }
    form = modal.draw(
        route, action_of(route), {"words": "n*o"}, speech(), {}, errors=errors
    )

    need("specs")
    assert [] == problems("ModalInteractionCallbackRequestData", form)
    assert [10, 18] == [each["type"] for each in form["components"]]
    beside = form["components"][1]["description"]
    assert "“n*o” is the one thing that cannot be said here." == beside


def test_words_that_nobody_understood_are_kept() -> None:
    """As they were typed, so that they can be mended."""
    typed = {"on": "tomorrow-ish", "length": "a while"}
    form = inputs(drawn("vocabulary.times", draft=typed))

    assert ["tomorrow-ish"] == holds(form["on"])
    assert ["a while"] == holds(form["length"])


def test_how_to_write_an_answer_is_said() -> None:
    """Where no picker helps and the route itself says nothing."""
    form = drawn("vocabulary.times", "es")

    assert "Por ejemplo" in form["components"][2]["description"]
