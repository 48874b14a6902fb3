"""The double refuses what Discord refuses in messages, forms and commands."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.conftest import Hand
from tests.fakes.discord import Discord, Guild, Json
from tests.fakes.discord.command_rules import command_problems
from tests.fakes.discord.rules import modal_problems
from tests.needs import need

V2 = 1 << 15


def text(content: str = "words") -> Json:
    return {"type": 10, "content": content}


def button(number: int = 0, **more: Any) -> Json:
    return {"type": 2, "style": 2, "label": "Go", "custom_id": f"b{number}", **more}


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


def select(**more: Any) -> Json:
    options = [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}]
    return {"type": 3, "custom_id": "s", "options": options, **more}


def v2(*components: Json) -> Json:
    return {"flags": V2, "components": list(components)}


FILE = {"type": 13, "file": {"url": "attachment://none.csv"}}


@pytest.mark.parametrize(
    ("payload", "line"),
    [
        ({"content": "x" * 2001}, "longer than 2000"),
        ({"content": "x", "flags": 1 << 7}, "cannot be set"),
        ({"embeds": [{"description": "x" * 3001}] * 2}, "6002 characters"),
        (
            {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
            "excludes",
        ),
        ({"content": "x", "components": [row(button(n)) for n in range(6)]}, "6 rows"),
        ({"components": [text()]}, "needs the components v2 flag"),
        ({"content": "x", "components": [row(button(), select())]}, "one select alone"),
        ({"content": "x", "components": [row(button(), button())]}, "'b0' twice"),
        ({"content": "x", "components": [row(button(url="https://x"))]}, "no url"),
        ({"content": "x", "components": [row(button(style=5))]}, "link button"),
        ({"content": "x", "components": [row(button(label=""))]}, "label or an emoji"),
        ({"content": "x", "components": [row(button(label="x" * 81))]}, "too long"),
        (
            {"content": "x", "components": [row(*(button(n) for n in range(6)))]},
            "too long",
        ),
        ({"content": "x", "components": [row(select(max_values=3))]}, "max_values 3"),
        (
            {"content": "x", "components": [row(select(min_values=2, max_values=1))]},
            "is above",
        ),
        (
            {
                "content": "x",
                "components": [row(select(options=select()["options"] * 2))],
            },
            "twice",
        ),
        ({**v2(text()), "content": "x"}, "content cannot stand beside"),
        (v2(*(text() for _ in range(41))), "too long"),
        (
            v2(*({"type": 17, "components": [text()] * 20} for _ in range(2))),
            "42 components",
        ),
        (v2(text("x" * 2000), text("y" * 2001)), "4001 characters"),
        (v2(text(" ")), "blank"),
        (v2({**text(), "id": 7}, {**text(), "id": 7}), "id 7 twice"),
        (v2(FILE), "no file 'none.csv'"),
        (v2({"type": 17, "components": []}), "non-empty"),
        ({"content": "  "}, "empty message"),
    ],
)
async def test_a_message_that_discord_would_not_have(
    hand: Hand, discord: Discord, guild: Guild, payload: Json, line: str
) -> None:
    """It is refused, and it is a finding that says why."""
    if line in {"too long", "non-empty"}:
        need("specs")
    reply = await hand.post(guild.general, payload)
    assert (400, {}) == (reply.status, guild.general.messages)
    (found,) = discord.findings
    assert line in found
    discord.findings.clear()


async def test_a_message_that_discord_would_have(hand: Hand, guild: Guild) -> None:
    """It is kept as Discord keeps it: numbered, with what was left open."""
    container = {"type": 17, "components": [text(), {"type": 14}, row(button())]}
    reply = await hand.post(guild.general, v2(container, {**text(), "id": 2}))
    assert 200 == reply.status
    kept = reply.body["components"]
    assert (1, 2) == (kept[0]["id"], kept[1]["id"])
    assert [3, 4, 5] == [each["id"] for each in kept[0]["components"]]
    assert (1, True) == (
        kept[0]["components"][1]["spacing"],
        kept[0]["components"][1]["divider"],
    )


def ask(component: Json, **more: Any) -> Json:
    label = {"type": 18, "label": "Why", "component": component}
    return {"custom_id": "m", "title": "T", "components": [label], **more}


def words(**more: Any) -> Json:
    return {"type": 4, "style": 1, "custom_id": "w", **more}


@pytest.mark.parametrize(
    ("form", "line"),
    [
        (ask(words(value="xy", max_length=1)), "2 characters, and 1 may be"),
        (ask(words(value="x", min_length=2)), "shorter than min_length"),
        (ask(words(min_length=3, max_length=2)), "min_length is above"),
        (ask(words(label="x")), "no label of its own"),
        (ask(select(min_values=0)), "required to be false"),
        (ask(select(disabled=True)), "disabled"),
        (ask(words(), components=[text()] * 6), "6 components"),
        (
            ask(words(), components=[ask(words())["components"][0]] * 2),
            "'w' twice",
        ),
        (
            ask({"type": 5, "custom_id": "u", "default_values": [{"id": "1"}] * 2}),
            "more default values",
        ),
    ],
)
def test_a_form_that_discord_would_not_have(form: Json, line: str) -> None:
    """What the OpenAPI document leaves out is found."""
    assert any(line in each for each in modal_problems(form))


def test_a_form_that_discord_would_have() -> None:
    """Nothing is found in what is right."""
    people = {"type": 5, "custom_id": "u", "max_values": 5, "required": False}
    components = [
        *ask(words(value="x", max_length=5))["components"],
        *ask({**people, "min_values": 0})["components"],
        *ask(select(max_values=2))["components"],
    ]
    assert [] == modal_problems({"components": components})


def chat(name: str = "thank", *options: Json, **more: Any) -> Json:
    return {"name": name, "description": "d", "options": list(options), **more}


def option(name: str, kind: int = 3, **more: Any) -> Json:
    return {"type": kind, "name": name, "description": "d", **more}


@pytest.mark.parametrize(
    ("commands", "line"),
    [
        ([chat(), chat()], "thank: twice"),
        ([chat("Thank")], "is no name"),
        ([chat("thank you")], "is no name"),
        ([chat(name_localizations={"es-ES": "Gracias"})], "'Gracias' is no name"),
        ([chat(name_localizations={"es": "gracias"})], "unknown locales ['es']"),
        ([{"name": "thank"}], "needs a description"),
        ([{"name": "T", "type": 3, "description": "d"}], "no description"),
        ([{"name": f"T{n}", "type": 3} for n in range(6)], "6 commands of type 3"),
        ([chat(f"t{n}") for n in range(101)], "101 commands of type 1"),
        ([chat("t", option("a"), option("a"))], "option 'a' twice"),
        ([chat("t", option("a"), option("b", required=True))], "after an optional"),
        ([chat("t", option("a", 1), option("b"))], "beside options"),
        (
            [
                chat(
                    "t",
                    option(
                        "a", autocomplete=True, choices=[{"name": "x", "value": "x"}]
                    ),
                )
            ],
            "completes itself",
        ),
        ([chat("t", option("a", min_length=2, max_length=1))], "is above"),
        (
            [chat("t", option("a", 1, options=[option("b", 1)]))],
            "nested too deep",
        ),
        (
            [
                chat(
                    "t",
                    option("a", name_localizations={"fr": "b"}),
                    option("b"),
                )
            ],
            "'b' twice in fr",
        ),
        (
            [
                chat(
                    "t",
                    *(
                        option(f"s{n}", 1, options=[option(f"o{m}") for m in range(25)])
                        for n in range(25)
                    ),
                    description_localizations={"de": "x" * 8000},
                )
            ],
            "and 8000 may be",
        ),
    ],
)
def test_commands_that_discord_would_not_have(commands: list[Json], line: str) -> None:
    """What the OpenAPI document leaves out is found."""
    assert any(line in each for each in command_problems(commands))


async def test_published_commands_keep_their_ids(hand: Hand, discord: Discord) -> None:
    """What Discord writes back is what it was given, without what says nothing."""
    await hand.publish(chat("thank", option("why", required=False)), chat("laurel"))
    first = discord.commands()
    await hand.publish(chat("laurel"), chat("thank", option("why")))
    second = discord.commands()
    assert [each["id"] for each in first] == [each["id"] for each in second[::-1]]
    assert first[0]["options"] == second[1]["options"]
    path = f"/applications/{discord.application_id}/commands"
    plain = await hand.ask("GET", path)
    whole = await hand.ask("GET", f"{path}?with_localizations=1")
    assert ("name_localizations" in plain.body[0], second) == (False, whole.body)


async def test_two_hundred_new_commands_a_day(hand: Hand, discord: Discord) -> None:
    """More are refused until tomorrow."""
    path = f"/applications/{discord.application_id}/commands"
    for batch in range(2):
        await hand.publish(*(chat(f"c{batch}-{n}") for n in range(100)))
    refused = await hand.ask("PUT", path, [chat("more")])
    assert 30034 == refused.code
