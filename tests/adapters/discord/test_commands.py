"""Every route as Discord takes it: in each language, within each limit."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import regex

from bot.adapters.discord import commands
from bot.adapters.discord.commands import asks_in_form, fingerprint, option_names
from bot.adapters.discord.raw import Json
from bot.chat import fields
from bot.chat.table import RouteTable, build_table
from bot.features import declared
from tests.adapters.discord.speaking import words
from tests.fakes.discord.openapi import problems
from tests.needs import need
from tests.samples.vocabulary.cog import VocabularyCog

TABLES = {"laurel": declared(words()), "samples": build_table([VocabularyCog()])}

NAME = regex.compile(r"[-_'\p{L}\p{N}\p{Deva}\p{Thai}]{1,32}")
"""Source: naming of application commands in Discord's documentation."""


@pytest.fixture(params=TABLES)
def table(request: pytest.FixtureRequest) -> RouteTable:
    return TABLES[request.param]


def published(table: RouteTable) -> list[Json]:
    """Return all commands, as JSON brings them over the wire."""
    sent: list[Json] = json.loads(json.dumps(commands.publish(table, words())))
    return sent


def called(name: str, table: RouteTable) -> Json:
    """Return one command or subcommand."""
    first, *rest = name.split(" ")
    found = next(each for each in published(table) if each["name"] == first)
    for word in rest:
        found = next(each for each in found["options"] if each["name"] == word)
    return found


def nested(raw: Json) -> Iterator[Json]:
    """Yield a command and everything in it that has a name."""
    yield raw
    for each in (*raw.get("options", ()), *raw.get("choices", ())):
        yield from nested(each)


def test_discord_takes_every_command(table: RouteTable) -> None:
    """Its own description of them finds nothing wrong."""
    need("specs")
    for each in published(table):
        assert [] == problems("ApplicationCommandCreateRequest", each), each["name"]
    assert [] == problems("PUT /applications/1/commands", published(table))


def test_every_command_is_published_once(table: RouteTable) -> None:
    """Typed ones under their names, the others in the menu of a message."""
    found = []
    for each in published(table):
        inner = [o["name"] for o in each.get("options", ()) if o["type"] == 1]
        found += [f"{each['name']} {word}" for word in inner] or [each["name"]]
    typed = [route.command for route in table.commands]
    menu = [
        words().languages["en"].plain(f"{route.key}.title")
        for route in table.message_actions
    ]

    assert sorted(map(str, [*typed, *menu])) == sorted(found)


def test_names_are_what_discord_calls_names(table: RouteTable) -> None:
    """In each language: lower case, letters, and no two alike side by side."""
    for command in published(table):
        if command["type"] != 1:
            continue
        for each in nested(command):
            options = each.get("options", [])
            for tag in (None, "es-ES", "es-419"):
                names = [
                    o.get("name_localizations", {}).get(tag, o["name"]) for o in options
                ]
                assert len(names) == len(set(names))
                assert all(NAME.fullmatch(n) and n == n.lower() for n in names), names


def test_all_stay_within_what_the_document_leaves_out(table: RouteTable) -> None:
    """Words in one command, options, choices, entries of the menu."""
    everything = published(table)
    assert len([c for c in everything if c["type"] == 1]) <= 100
    assert len([c for c in everything if c["type"] == 3]) <= 5
    for command in everything:
        longest = sum(_longest(each) for each in nested(command))
        assert longest <= 8_000
        for each in nested(command):
            required = [o.get("required", False) for o in each.get("options", ())]
            assert required == sorted(required, reverse=True)
            assert len(each.get("description", "")) <= 100


def _longest(each: Json) -> int:
    total = len(str(each.get("value", "")))
    for part in ("name", "description"):
        told = [each.get(part, ""), *each.get(f"{part}_localizations", {}).values()]
        total += max(map(len, told))
    return total


def test_a_shoutout_can_be_typed_whole() -> None:
    """People as options of one each, of which one is needed."""
    raw = called("shoutout", TABLES["laurel"])
    options = {option["name"]: option for option in raw["options"]}

    assert ["to", "why", "to-2", "to-3", "value", "private"] == list(options)
    assert [True, True] == [options[name]["required"] for name in ("to", "why")]
    assert [6, 3, 6, 6, 3, 5] == [option["type"] for option in options.values()]
    assert options["value"]["autocomplete"] is True
    assert "Who · Up to three people" == options["to"]["description"]
    assert "a-quién-2" == options["to-2"]["name_localizations"]["es-ES"]
    why = TABLES["laurel"].routes["shoutouts.shoutout"].fields[1]
    assert isinstance(why, fields.Text)
    assert why.max_chars == options["why"]["max_length"]


def test_languages_are_those_that_discord_has() -> None:
    """Spanish is two of them; English is what stands where nothing else does."""
    raw = called("leaderboard", TABLES["laurel"])

    assert {"es-ES", "es-419"} == set(raw["description_localizations"])
    (side,) = (each for each in raw["options"] if each["name"] == "side")
    choice = side["choices"][0]
    assert {"received"} == {choice["value"]}
    assert "Thanks received" == choice["name"]
    assert {"es-ES", "es-419"} == set(choice["name_localizations"])


@pytest.mark.parametrize(
    ("name", "permissions"),
    [("shoutout", None), ("laurel", None), ("leaderboard", None)],
)
def test_whoever_may_use_it_is_offered_it(name: str, permissions: str | None) -> None:
    """A group is offered to whoever may use something in it."""
    raw = called(name, TABLES["laurel"])

    assert permissions == raw.get("default_member_permissions")
    assert [0] == raw["contexts"]
    assert [0] == raw["integration_types"]


def test_commands_of_admins_are_offered_to_admins() -> None:
    """Those who may manage the server, unless the server says otherwise."""
    samples = TABLES["samples"]
    guarded = {
        key: route
        for key, route in samples.routes.items()
        if route.command == "vocabulary guarded"
    }
    alone = RouteTable(guarded, {}, {}, (), {})

    assert "32" == called("vocabulary", alone)["default_member_permissions"]


def test_what_cannot_be_typed_is_asked_in_a_form() -> None:
    """And then nothing has to be typed before it."""
    routes = TABLES["samples"].routes
    raw = called("vocabulary choices", TABLES["samples"])

    assert asks_in_form(routes["vocabulary.choices"])
    assert not asks_in_form(routes["vocabulary.words"])
    assert ["choice", "tea", "agreed"] == [option["name"] for option in raw["options"]]
    assert not any(option.get("required") for option in raw["options"])


def test_many_people_are_few_options() -> None:
    """So that five questions never are more than 25 of them."""
    many = fields.People(name="who_all", max_people=25)

    assert ("who-all", "who-all-2", "who-all-3") == option_names(many)[:3]
    assert 5 == len(option_names(many))
    assert () == option_names(fields.Checks(name="extras", options=("a",)))


def test_the_same_commands_have_the_same_fingerprint(table: RouteTable) -> None:
    """However Discord orders them and whatever it notes about them."""
    ours = published(table)
    theirs = [
        {
            "id": str(number),
            "application_id": "1",
            "version": "7",
            "nsfw": False,
            "dm_permission": None,
            "description": "",
            "name_localizations": None,
            "default_member_permissions": None,
            "contexts": None,
        }
        | {key: each[key] for key in reversed(each) if key != "contexts"}
        for number, each in enumerate(reversed(ours))
    ]

    assert fingerprint(ours) == fingerprint(theirs)


def test_any_change_changes_the_fingerprint(table: RouteTable) -> None:
    """A word in one language, a bound, an option, an order."""
    ours = published(table)
    seen = {fingerprint(ours), fingerprint(ours[1:])}
    for index, command in enumerate(ours):
        for inner, each in enumerate(nested(command)):
            copy: list[Json] = json.loads(json.dumps(ours))
            changed = list(nested(copy[index]))[inner]
            changed["name"] += "x"
            assert fingerprint(copy) not in seen, each["name"]
            seen.add(fingerprint(copy))
            if options := changed.get("options"):
                changed["options"] = options[::-1] if len(options) > 1 else []
                assert fingerprint(copy) not in seen, each["name"]
