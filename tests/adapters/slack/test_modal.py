"""Forms as Slack's modals: every route, in every language, empty and filled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from types import MappingProxyType

import pytest
from slack_sdk.models.views import View

from bot.adapters.slack import modal
from bot.chat import fields
from bot.chat.fields import Suggestion
from bot.chat.limits import MAX_CHECKS
from bot.chat.message import Action
from bot.chat.raw import Json
from bot.chat.routes import RouteSpec
from bot.chat.table import build_table
from bot.chat.text import Quote, phrase
from bot.domain.people import Person
from bot.domain.refs import RoleRef
from bot.features import declared
from tests.adapters.slack.blocks import read
from tests.adapters.slack.speaking import ANA, NOUR, TAGS, TEAM, WALL, speech, words
from tests.fakes.slack.blockkit import problems
from tests.hostile import HOSTILE, Hostile
from tests.needs import need
from tests.samples.vocabulary.cog import VocabularyCog

ROUTES = {
    **declared(words()).routes,
    **build_table([VocabularyCog()]).routes,
}
ASKING = sorted(key for key, route in ROUTES.items() if route.fields)
FEW = [Suggestion(f"v{n}", Quote(f"Value {n}")) for n in range(5)]
MANY = [Suggestion(f"v{n}", Quote(f"Value {n}")) for n in range(25)]
NONE: Mapping[str, object] = MappingProxyType({})


def action_of(route: RouteSpec) -> Action:
    """Return what a button of ``route`` carries."""
    return Action(route.key, tuple("7" for _ in route.args))


def answer(asked: fields.AnyField) -> object:
    """Return an answer of each kind."""
    match asked:
        case fields.Person():
            return Person(ANA, "Ana")
        case fields.People():
            return (Person(ANA, "Ana"), Person(NOUR, "نور"))
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
            return WALL
        case fields.Role():
            return RoleRef(TEAM, "S0GROUP")
        case fields.YesNo():
            return False
        case _:
            return None


def drawn(
    key: str,
    tag: str = "en",
    draft: Mapping[str, object] = NONE,
    found: list[Suggestion] = FEW,
) -> Json:
    """Return the form of a route, with what its lookups find."""
    route = ROUTES[key]
    looked_up = fields.Choice | fields.Role
    choices = {f.name: found for f in route.fields if isinstance(f, looked_up)}
    boxes = (f.name for f in route.fields if isinstance(f, fields.Checks))
    choices |= dict.fromkeys(boxes, found[:MAX_CHECKS])
    return modal.draw(route, action_of(route), draft, speech(tag), choices)


def inputs(view: Json) -> dict[str, Json]:
    """Return the inputs by the name of their field."""
    asked = [block for block in view["blocks"] if block["type"] == "input"]
    assert all(block["element"]["action_id"] == block["block_id"] for block in asked)
    return {block["block_id"]: block["element"] for block in asked}


def check(view: Json) -> None:
    """Fail where Slack would not take it."""
    assert [] == problems("modal", view)
    assert view == View(**view).to_dict()
    assert len(inputs(view)) == sum(each["type"] == "input" for each in view["blocks"])


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("key", ASKING)
@pytest.mark.parametrize("found", [FEW, MANY], ids=["few", "many"])
def test_slack_takes_every_form(key: str, tag: str, found: list[Suggestion]) -> None:
    """Empty and filled to the brim, in each language."""
    need("specs")
    route = ROUTES[key]
    filled = {asked.name: answer(asked) for asked in route.fields}
    for view in (drawn(key, tag, found=found), drawn(key, tag, filled, found)):
        check(view)
        assert list(inputs(view)) == [asked.name for asked in route.fields]
        assert Action.decode(view["callback_id"]).route == key


@pytest.mark.parametrize("key", ASKING)
@pytest.mark.parametrize("found", [FEW, MANY], ids=["few", "many"])
def test_a_form_holds_what_was_answered(key: str, found: list[Suggestion]) -> None:
    """Each kind of answer where its input keeps it."""
    route = ROUTES[key]
    filled = {asked.name: answer(asked) for asked in route.fields}
    shown = inputs(drawn(key, draft=filled, found=found))
    for asked in route.fields:
        assert held(asked) == holds(shown[asked.name]), asked.name


def held(asked: fields.AnyField) -> list[str]:
    """Return what an input should hold of `answer`."""
    match asked:
        case fields.Person():
            return ["U0ANA"]
        case fields.People():
            return ["U0ANA", "U0NOUR"]
        case fields.Checks(options=options):
            return list(options[:1]) or ["v3"]
        case fields.Date():
            return ["2026-03-06"]
        case fields.Time():
            return ["09:30"]
        case fields.Duration():
            return ["2 h 30 min"]
        case fields.Channel():
            return ["C0WALL"]
        case fields.Role():
            return ["S0GROUP"]
        case fields.YesNo():
            return ["no"]
        case fields.FileUpload():
            return []
        case _:
            return [str(answer(asked))]


def holds(element: Json) -> list[str]:
    """Return what an input holds, whatever its kind."""
    for key, value in element.items():
        if key.startswith("initial_"):
            found = value if isinstance(value, list) else [value]
            return [each["value"] if isinstance(each, dict) else each for each in found]
    return []


def kinds(key: str, draft: Mapping[str, object] = NONE) -> list[str]:
    """Return the kind of each input of a form."""
    return [each["type"] for each in inputs(drawn(key, draft=draft)).values()]


def test_boxes_that_are_looked_up_are_those_that_were_found() -> None:
    """Each with its label; what was ticked stays so, and what is gone is not there."""
    route = ROUTES["vocabulary.serve"]
    found = [Suggestion("mint", Quote("M" * 90)), Suggestion("honey", Quote("Honey"))]
    draft = {"words": "Hot", "extras": ("honey", "smoke")}
    view = modal.draw(route, action_of(route), draft, speech(), {"extras": found})

    check(view)
    drawn_boxes = inputs(view)["extras"]
    assert "checkboxes" == drawn_boxes["type"]
    labels = [each["text"]["text"] for each in drawn_boxes["options"]]
    assert ["M" * 74 + "…", "Honey"] == labels
    assert ["honey"] == holds(drawn_boxes)


def test_where_no_boxes_are_found_none_are_asked() -> None:
    """The rest of the form is as it is."""
    route = ROUTES["vocabulary.serve"]
    view = modal.draw(route, action_of(route), {}, speech(), {"extras": ()})
    assert ["words"] == list(inputs(view))


def test_each_kind_of_question_has_its_input() -> None:
    """The one that a member would look for."""
    who = inputs(drawn("vocabulary.who"))
    said = inputs(drawn("vocabulary.words"))

    assert [
        *("users_select", "multi_users_select"),
        *("conversations_select", "static_select"),
    ] == kinds("vocabulary.who")
    assert [
        *("plain_text_input", "plain_text_input", "number_input", "file_input"),
    ] == kinds("vocabulary.words")
    assert [
        *("radio_buttons", "static_select", "checkboxes", "radio_buttons"),
    ] == kinds("vocabulary.choices")
    assert ["datepicker", "timepicker", "plain_text_input"] == kinds("vocabulary.times")
    assert 3 == who["people"]["max_selected_items"]
    assert ["public", "private"] == who["channel"]["filter"]["include"]
    assert (False, True) == (said["short"]["multiline"], said["long"]["multiline"])
    assert (3, 60) == (said["short"]["min_length"], said["short"]["max_length"])


def test_optional_questions_can_be_left_empty() -> None:
    """And required ones cannot."""
    asked = drawn("vocabulary.who")["blocks"]

    assert {"person": False, "people": True} == {
        block["block_id"]: block["optional"] for block in asked[:2]
    }


def test_more_than_a_form_holds_is_looked_for_while_typing() -> None:
    """Where there may be more than the 25 that were found, or nobody has looked."""
    tea = inputs(drawn("vocabulary.choices", found=MANY))["tea"]
    route = ROUTES["vocabulary.choices"]
    unasked = modal.draw(route, action_of(route), {}, speech(), {})

    for each in (tea, inputs(unasked)["tea"]):
        assert ("external_select", 0) == (each["type"], each["min_query_length"])
        assert "options" not in each


def test_a_choice_of_nothing_is_not_asked() -> None:
    """Where it may be left out; where not, it is looked for."""
    shoutout, retract = ROUTES["shoutouts.shoutout"], ROUTES["shoutouts.retract"]
    none: dict[str, list[Suggestion]] = {"value": [], "which": []}
    without = modal.draw(shoutout, action_of(shoutout), {}, speech(), none)
    needed = modal.draw(retract, action_of(retract), {}, speech(), none)

    assert ["to", "why", "private"] == list(inputs(without))
    assert "external_select" == inputs(needed)["which"]["type"]


def test_what_is_chosen_stays_choosable() -> None:
    """Also where the lookup no longer finds it; a group by its name."""
    tea = inputs(drawn("vocabulary.choices", draft={"tea": "lapsang"}))["tea"]
    who = inputs(drawn("vocabulary.who", draft={"role": RoleRef(TEAM, "S0GROUP")}))

    assert 6 == len(tea["options"])
    assert ["lapsang"] == holds(tea)
    assert "@thing S0GROUP" == who["role"]["initial_option"]["text"]["text"]


def test_what_is_wrong_stands_where_it_is() -> None:
    """Above its question in a view that opens; of the whole above all of it."""
    route = ROUTES["vocabulary.correct"]
    errors = {
        "words": phrase("vocabulary.refused", words=Quote("n*o")),
        "": phrase("common.draft-gone"),
    }
    view = modal.draw(
        route, action_of(route), {"words": "n*o"}, speech(), {}, errors=errors
    )
    kinds_of = [block["type"] for block in view["blocks"]]

    need("specs")
    check(view)
    assert ["rich_text", "rich_text", "input"] == kinds_of
    assert (
        "⚠️ “n*o” is the one thing that cannot be said here."
        == read(view["blocks"][1:2], {}).words
    )
    assert {
        "words": "“n*o” is the one thing that cannot be said here."
    } == modal.beside({"words": errors["words"]}, speech())


def test_words_that_nobody_understood_are_kept_where_words_are_typed() -> None:
    """A picker cannot hold them; what is wrong says so beside it."""
    typed = {"on": "2026-13-45", "at": "25:99", "length": "a while"}
    view = drawn("vocabulary.times", draft=typed)
    form = inputs(view)

    need("specs")
    check(view)
    assert [] == holds(form["on"]) == holds(form["at"])
    assert ["a while"] == holds(form["length"])


@pytest.mark.parametrize("amount", ["seven", 10_000_000, -1])
def test_a_number_that_slack_would_refuse_is_not_in_the_form(amount: object) -> None:
    """It would take the whole view with it."""
    form = inputs(drawn("vocabulary.words", draft={"amount": amount}))

    assert [] == holds(form["amount"])


@pytest.mark.parametrize("hostile", HOSTILE[::7], ids=str)
def test_hostile_words_are_words_in_a_form(hostile: Hostile) -> None:
    """As an option that somebody named, as a draft, and as what is wrong."""
    text = hostile.text
    route = ROUTES["vocabulary.choices"]
    found = {"tea": [Suggestion("a", Quote(text))]}
    wrong = {"tea": phrase("vocabulary.refused", words=Quote(text))}
    view = modal.draw(route, action_of(route), {}, speech(), found, errors=wrong)
    label = inputs(view)["tea"]["options"][0]["text"]
    draft = {"short": text, "long": text}

    check(view)
    check(drawn("vocabulary.words", draft=draft))
    assert [] == read([{"type": "header", "text": label}], {}).alive
    shown = [block for block in view["blocks"] if block["type"] == "rich_text"]
    assert {"bold"} == set(read(shown, {}).kinds)


def test_how_to_write_an_answer_is_said() -> None:
    """Where no picker helps and the route itself says nothing."""
    asked = drawn("vocabulary.times", "es")["blocks"]

    assert "Por ejemplo" in asked[2]["hint"]["text"]
    assert "hint" not in asked[0]


@pytest.mark.parametrize("tag", TAGS)
def test_a_form_that_is_not_ready_says_so(tag: str) -> None:
    """In a view with nothing to send, until the form takes its place."""
    need("specs")
    view = modal.loading(speech(tag))
    said = modal.notice(phrase("common.draft-gone"), speech(tag))

    for each in (view, said):
        check(each)
        assert "submit" not in each
    assert speech(tag).plain(phrase("slack.loading")) == read(view["blocks"], {}).words
