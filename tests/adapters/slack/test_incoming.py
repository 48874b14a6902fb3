"""What members do on Slack is told neutrally, from the payload and who is who."""

from __future__ import annotations

import contextlib
import copy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.incoming import (
    Asked,
    Ignored,
    Needs,
    Typing,
    Unknown,
    call_of,
    community_of,
    delivery_of,
    named_in,
    needs_of,
    read,
    route_of,
)
from bot.adapters.slack.line import Wanted
from bot.adapters.slack.raw import Json, MalformedError
from bot.chat.message import Action
from bot.domain.people import Role
from bot.domain.refs import ChannelRef, MemberRef
from tests.adapters.slack.sent import (
    ANA,
    BO,
    CHIDI,
    ELSEWHERE,
    GENERAL,
    HOME,
    NOON,
    SHOUTOUT,
    TABLE,
    TEAM,
    WORDS,
    asked,
    being_typed,
    command,
    event,
    form,
    known,
    message,
    option_in,
    people_in,
    person,
    press,
    shortcut,
    told,
    words_in,
)
from tests.hostile import HOSTILE

WHO, CHOICES = "1:vocabulary.who", "1:vocabulary.choices"
GROUP = tuple(r.command or "" for r in TABLE.commands if " " in (r.command or ""))


def test_a_command_is_its_group_and_its_word() -> None:
    """The first word after a group's name is the rest of the command's."""
    expected = Asked(Action("vocabulary.nodes"), {})
    assert expected == told(command("/vocabulary nodes"))
    assert expected == told(command("/Vocabulary  NODES "))
    assert "x" == asked(command("/vocabulary nodes x")).rest
    assert SHOUTOUT == asked(command("/shoutout")).action


def test_a_prefix_of_the_manifest_is_taken_off() -> None:
    """An app that was set up before there was a prefix goes on working."""
    for name in ("/w-shoutout", "/shoutout"):
        assert SHOUTOUT == asked(command(name), "w-").action
    assert SHOUTOUT == asked(command("/shoutout"), "shout").action
    assert Unknown("command", "x-shoutout") == told(command("/x-shoutout"), "w-")
    assert (
        Action("vocabulary.nodes") == asked(command("/w-vocabulary nodes"), "w-").action
    )


def test_a_press_is_an_action() -> None:
    """A button's value, or the value that was picked, with what it carries."""
    wire = Action("vocabulary.correct", ("a:b c#",)).encode()
    expected = Asked(Action("vocabulary.correct", ("a:b c#",)))
    assert expected == told(press(wire))
    picked = option_in(wire) | {"action_id": "a"}
    assert expected == told(press(None, actions=[picked]))
    assert Ignored() == told(press(None)), "a link, which Slack tells of too"


def test_a_shortcut_is_a_route() -> None:
    """On a message, and from Slack's own menu."""
    on = message("Well done")
    assert Asked(Action("vocabulary.quoted")) == told(
        shortcut("1:vocabulary.quoted", on)
    )
    assert Asked(SHOUTOUT) == told(shortcut(SHOUTOUT.encode()))


def test_a_form_holds_answers() -> None:
    """Each is under the name of its field, whatever block it stands in."""
    held = {"person": {"type": "users_select", "selected_user": BO}}
    found = asked(form(WHO, held | {"people": people_in(ANA, CHIDI)}))
    assert {"person": person(BO), "people": (person(ANA), person(CHIDI))} == (
        found.answers
    )
    assert frozenset({"person", "people"}) == found.shown
    assert found.clear
    assert Ignored() == told({**form(WHO), "type": "view_closed"})


def test_all_objections_are_told_at_once() -> None:
    """What is missing and what does not fit, each beside its field."""
    held = {"choice": option_in("gone"), "tea": option_in(None), "old": words_in("x")}
    found = asked(form(CHOICES, held))
    codes = {name: rule.code for name, rule in found.errors.items()}
    assert {"choice": "common.answer-unknown", "tea": "common.answer-missing"} == codes
    assert (("tea",), frozenset({"choice", "tea"})) == (found.missing, found.shown)
    assert "gone" == found.draft["choice"]


def test_a_form_of_another_version_is_read_as_far_as_it_goes() -> None:
    """Where a field was of another kind, its answer is asked for again."""
    held = {
        "person": words_in("Bo"),
        "people": option_in("x"),
        "channel": words_in("#"),
    }
    found = asked(form(WHO, held))
    codes = {name: rule.code for name, rule in found.errors.items()}
    expected = dict.fromkeys(("person", "people"), "forms.error-nobody")
    assert expected | {"channel": "forms.error-no-channel"} == codes
    assert {} == found.draft


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (command("/gone"), Unknown("command", "gone")),
        (command("/vocabulary"), Unknown("word", "vocabulary", GROUP)),
        (command("/vocabulary gone x"), Unknown("word", "vocabulary gone", GROUP)),
        (press("again:abc"), Unknown("button", "again:abc")),
        (press("2:vocabulary.redraw:1"), Unknown("button", "2:vocabulary.redraw:1")),
        (press("1:vocabulary.gone"), Unknown("button", "1:vocabulary.gone")),
        (shortcut("thank"), Unknown("shortcut", "thank")),
        (shortcut("1:x.gone", message()), Unknown("shortcut", "1:x.gone")),
        (form("1:vocabulary.gone"), Unknown("form", "1:vocabulary.gone")),
        (form(""), Unknown("form", "")),
        (being_typed(CHOICES, "choices", "x"), Unknown("form", CHOICES)),
        (being_typed(WHO, "person", "x"), Unknown("form", WHO)),
        (being_typed("1:x.gone", "tea", "x"), Unknown("form", "1:x.gone")),
    ],
)  # fmt: skip
def test_what_another_version_drew_is_unknown(raw: Json, expected: Unknown) -> None:
    """Named, so that it can be answered in words and found in the log."""
    assert expected == told(raw)
    assert route_of(raw, TABLE) is None
    assert (ANA,) == needs_of(raw, TABLE).people[:1]


def test_typing_asks_for_the_options_of_a_field() -> None:
    """Looked-up choices, and groups, with what stands there so far."""
    tea, role = (
        TABLE.routes["vocabulary.choices"].fields[1],
        TABLE.routes["vocabulary.who"].fields[3],
    )
    assert "tea" == tea.name
    assert Typing(tea, "se") == told(being_typed(CHOICES, "tea", "se"))  # type: ignore[arg-type]
    assert Typing(role, "") == told(being_typed(WHO, "role", ""))  # type: ignore[arg-type]


def test_a_route_is_known_before_anything_is_looked_up() -> None:
    """So that a form can open at once."""
    route = TABLE.routes["shoutouts.shoutout"]
    for raw in (
        command(f"/shoutout <@{BO}>"),
        shortcut(SHOUTOUT.encode()),
        press(SHOUTOUT.encode()),
        form(SHOUTOUT.encode()),
    ):
        assert route == route_of(raw, TABLE)


def test_what_has_to_be_looked_up_is_told() -> None:
    """Who acts, and whom they name; values, names and channels only where needed."""
    line = f"/shoutout <@{BO}|b> @chidi for <#C1|> #craft"
    raw = command(line)
    wanted = (Wanted("value", "shoutouts.values", "craft"),)
    expected = Needs((ANA, BO), names=True, lookups=wanted, channels=("C1",))
    assert expected == needs_of(raw, TABLE)
    assert (CHIDI,) == named_in(raw, TABLE, known().handles)

    assert Needs((ANA,)) == needs_of(command("/vocabulary words @bo"), TABLE)
    held = {"people": people_in(BO, CHIDI, BO), "role": option_in("S0M")}
    assert Needs((ANA, BO, CHIDI)) == needs_of(form(WHO, held), TABLE)
    on = message(f"Thank you <@{CHIDI}>")
    assert Needs((ANA, BO, CHIDI)) == needs_of(shortcut("any", on), TABLE)
    assert Needs((ANA,)) == needs_of(press("any"), TABLE)


def test_a_call_says_who_where_and_when() -> None:
    """The language is the member's own, else the community's."""
    call = call_of(command("/shoutout"), known(), WORDS, NOON)
    assert person(ANA) == call.actor
    assert ChannelRef(HOME, GENERAL) == call.channel
    assert (NOON, "en", None) == (call.at, call.locale, call.target)

    there = replace(person(ANA), locale="ja")
    other = call_of(
        command("/shoutout"), known(people={ANA: there}, locale="es"), WORDS, NOON
    )
    assert "es" == other.locale


def test_whoever_nobody_could_look_up_is_an_ordinary_member() -> None:
    """With the name that the payload has."""
    for raw in (command("/shoutout"), press("x"), shortcut("x"), form("x")):
        actor = call_of(raw, known(people={}), WORDS, NOON).actor
        assert (MemberRef(HOME, ANA), "ana.souza", Role.MEMBER) == (
            actor.ref, actor.name, actor.role,
        )  # fmt: skip


def test_where_a_form_came_from_is_handed_in() -> None:
    """Else it is the member's own direct messages."""
    for raw in (form(WHO), shortcut("x")):
        assert ANA == call_of(raw, known(), WORDS, NOON).channel.id
        from_there = call_of(raw, known(), WORDS, NOON, origin="C9")
        assert ChannelRef(HOME, "C9") == from_there.channel
    pressed_there = call_of(press("x"), known(), WORDS, NOON, origin="C9")
    assert "C9" == pressed_there.channel.id
    direct = command("/shoutout", channel_id="D0ANA", channel_name="directmessage")
    assert "D0ANA" == call_of(direct, known(), WORDS, NOON).channel.id
    pressed = press("x", channel=None)
    assert GENERAL == call_of(pressed, known(), WORDS, NOON).channel.id


def test_an_external_member_acts_where_laurel_is() -> None:
    """In a shared channel, the workspace is the one that Laurel was installed in."""
    guest = {"id": "U9EXT", "username": "eve", "team_id": ELSEWHERE}
    raw = press("1:vocabulary.redraw:1", user=guest)
    assert HOME == call_of(raw, known(), WORDS, NOON).community
    opened_elsewhere = form(WHO)
    opened_elsewhere["team"] = {"id": ELSEWHERE}
    assert HOME == community_of(opened_elsewhere)


def test_an_organisation_wide_install_is_told_by_its_workspace() -> None:
    """Where Slack sends no team, the member's or the event's stands for it."""
    whole = {"team": None, "enterprise": {"id": "E1"}, "is_enterprise_install": True}
    assert HOME == community_of(press("x") | whole)
    assert HOME == community_of(event("app_uninstalled") | {"team_id": None})
    raw = press("x") | whole
    raw["user"] = {"id": ANA}
    with pytest.raises(MalformedError):
        community_of(raw)


def test_an_operation_keeps_its_id() -> None:
    """Delivered again it is the same; done again it is not; nobody is told by it."""
    first, again = command("/shoutout"), command("/shoutout", token="other")
    assert call_id(first) == call_id(again)
    assert call_id(first) != call_id(command("/shoutout", trigger_id="1.2.x"))
    assert delivery_of(first) == delivery_of(again)
    typing = being_typed(CHOICES, "tea", "s") | {"trigger_id": None}
    assert delivery_of(typing) == delivery_of(typing | {"token": "other"})
    assert delivery_of(typing) != delivery_of(typing | {"value": "se"})
    for raw in (first, press("x"), shortcut("x"), form(WHO)):
        assert call_id(raw).startswith("slack:")
        assert ANA not in call_id(raw)


def test_a_form_is_one_operation_until_it_changes() -> None:
    """Sent twice it takes effect once; the second is another delivery, though."""
    first = form(WHO)
    again = form(WHO, {"person": words_in("x")}) | {"trigger_id": "1.2.x"}
    assert call_id(first) == call_id(again)
    assert delivery_of(first) != delivery_of(again)
    assert call_id(first) != call_id(form(WHO, hash="another"))
    assert call_id(first) != call_id(form(WHO, id="V0OTHER"))


def call_id(raw: Json) -> str:
    """Return the id of the call that ``raw`` is."""
    return call_of(raw, known(), WORDS, NOON).id


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"type": "view_submission"},
        {"type": 7},
        event("app_home_opened", user=ANA),
        command("/x") | {"command": None},
        command("/x") | {"text": 7},
        press("x") | {"actions": []},
        press("x") | {"actions": "x"},
        form(WHO) | {"view": None},
        form(WHO, state={"values": {"person": []}}),
        form(WHO, {"people": {"selected_users": BO}}),
        form(WHO, {"choice": {"selected_option": "x"}}),
        being_typed(CHOICES, "tea", "x") | {"view": None},
    ],
)
def test_what_slack_does_not_send_is_told(raw: Json) -> None:
    """One kind of error, whatever is wrong."""
    with pytest.raises(MalformedError):
        told(raw)


@pytest.mark.parametrize(
    "changed",
    [{"user_id": None}, {"user_id": "<@U1>"}, {"team_id": None}, {"channel_id": 7}],
)
def test_who_and_where_have_to_be_said(changed: dict[str, Any]) -> None:
    """A command of nobody, or of no workspace, is no command."""
    raw = command("/shoutout") | changed
    with pytest.raises(MalformedError):
        (call_of(raw, known(), WORDS, NOON), community_of(raw))


@pytest.mark.parametrize("line", HOSTILE[::7], ids=str)
def test_hostile_words_are_only_words(line: Any) -> None:
    """They arrive in forms as they were typed, and change nothing around them."""
    held = {"short": words_in("fine"), "long": words_in(line.text)}
    found = asked(form("1:vocabulary.words", held))
    assert {"short": "fine", "long": line.text} == found.answers
    wire = line.text.replace("1:", "1:x.")  # what a route carries, its arguments say
    assert isinstance(told(press(wire)), Unknown)
    assert isinstance(told(form(wire)), Unknown)
    assert isinstance(told(shortcut(wire)), Unknown)
    assert isinstance(told(command("/" + line.text)), Unknown)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([ANA, GENERAL, TEAM, WHO, "2026-03-09", 0.5, "x", "text"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "id", "value", "text", "user_id", "elements"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
WHOLE = (
    command(f"/shoutout <@{BO}> for #craft"),
    press("1:vocabulary.redraw:1"),
    form(WHO, {"person": people_in(BO), "role": option_in("S0M")}),
    being_typed(CHOICES, "tea", "se"),
    shortcut("1:vocabulary.quoted", message(blocks=[{"type": "section", "text": {}}])),
    shortcut(SHOUTOUT.encode()),
)


def paths(raw: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return where something stands in ``raw``, all the way down."""
    inside: Any = ()
    if isinstance(raw, dict):
        inside = raw.items()
    elif isinstance(raw, list):
        inside = enumerate(raw)
    return [at] * bool(at) + [p for k, v in inside for p in paths(v, (*at, k))]


@given(st.data())
def test_no_payload_breaks_the_reader(data: st.DataObject) -> None:
    """Whatever stands anywhere in it, it is told or it is malformed."""
    raw = copy.deepcopy(data.draw(st.sampled_from(WHOLE)))
    *above, last = data.draw(st.sampled_from(paths(raw)))
    place: Any = raw
    for key in above:
        place = place[key]
    place[last] = data.draw(JSON)
    for ask in (
        lambda: needs_of(raw, TABLE),
        lambda: read(raw, TABLE, known()),
        lambda: call_of(raw, known(), WORDS, NOON),
        lambda: community_of(raw),
    ):
        with contextlib.suppress(MalformedError):
            ask()
    assert delivery_of(raw).startswith("slack:")


@given(st.dictionaries(st.sampled_from([*WHOLE[0], *WHOLE[1], *WHOLE[2]]), JSON))
def test_no_mixture_breaks_the_reader(raw: Json) -> None:
    """Nor does what is no payload at all."""
    with contextlib.suppress(MalformedError):
        read(raw, TABLE, known())
    with contextlib.suppress(MalformedError):
        call_of(raw, known(), WORDS, NOON)
    assert delivery_of(raw).startswith("slack:")
