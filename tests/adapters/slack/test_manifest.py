"""The manifest says what Laurel listens to, within Slack's limits."""

from __future__ import annotations

import json
import re

import pytest

from bot.adapters.slack.manifest import (
    EVENTS,
    OPTIONAL_SCOPES,
    SCOPES,
    manifest,
    registered,
)
from bot.chat.limits import SLACK_BUILT_INS
from bot.chat.message import Action
from bot.chat.raw import Json
from bot.features import declared, load_words

WORDS = load_words()
TABLE = declared(WORDS)
NAMES = registered(TABLE)
URL = "https://laurel.example/"


def drawn(prefix: str = "", url: str | None = None) -> Json:
    """Return the manifest, as JSON brings it to Slack."""
    found: Json = json.loads(json.dumps(manifest(TABLE, WORDS, prefix=prefix, url=url)))
    return found


def commands(of: Json) -> dict[str, Json]:
    """Return the commands by what is typed."""
    return {each["command"]: each for each in of["features"]["slash_commands"]}


def test_the_manifest_names_all_that_laurel_listens_to() -> None:
    """And nothing else: every command's first word, every shortcut, every event."""
    found = drawn()
    shortcuts = {(e["type"], e["callback_id"]) for e in found["features"]["shortcuts"]}
    first = {(route.command or "").split()[0] for route in TABLE.commands}

    assert set(commands(found)) == set(NAMES.commands) == {f"/{word}" for word in first}
    assert shortcuts == {
        *(("global", wire) for wire in NAMES.global_shortcuts),
        *(("message", wire) for wire in NAMES.message_shortcuts),
    }
    told = found["settings"]["event_subscriptions"]["bot_events"]
    assert set(told) == NAMES.events == set(EVENTS)


def test_a_shortcut_is_known_by_its_action() -> None:
    """So that it runs what a button of that route would."""
    actions = {**NAMES.global_shortcuts, **NAMES.message_shortcuts}

    assert {route.key for route in TABLE.message_actions} == set(
        NAMES.message_shortcuts.values()
    )
    assert "shoutouts.shoutout" in NAMES.global_shortcuts.values()
    assert all(Action.decode(wire).route == key for wire, key in actions.items())


def test_slack_takes_the_manifest() -> None:
    """Lengths and counts of Slack's published schema of manifests."""
    for found in (drawn(), drawn("ll-", URL)):
        about, features = found["display_information"], found["features"]

        assert 1 <= len(about["name"]) <= 35
        assert 1 <= len(about["description"]) <= 140
        assert 175 <= len(about["long_description"]) <= 4_000
        assert re.fullmatch("#[0-9a-f]{6}", about["background_color"])
        assert 1 <= len(features["slash_commands"]) <= 50
        assert 1 <= len(features["shortcuts"]) <= 10
        for typed, each in commands(found).items():
            assert re.fullmatch(r"/[a-z-]{1,31}", typed)
            assert 1 <= len(each["description"]) <= 2_000
            assert each["should_escape"]
        for each in features["shortcuts"]:
            assert 1 <= len(each["name"]) <= 24
            assert 1 <= len(each["description"]) <= 150


def test_how_to_go_on_is_hinted() -> None:
    """A group lists its words; a command says what can be typed after it."""
    found = commands(drawn())
    words = found["/laurel"]["usage_hint"].strip("[]").split(" | ")

    assert {"help", "me", "setup"} <= set(words)
    assert "@who what-for [#value]" == found["/shoutout"]["usage_hint"]
    hint = "[#of-which-time] [received | given] [#for-one-value-alone]"
    assert hint == found["/leaderboard"]["usage_hint"]
    assert "usage_hint" not in found["/retract"]


def test_a_prefix_makes_room_for_another_app() -> None:
    """Before each name, which the table then knows without it."""
    names = registered(TABLE, "ll-")

    assert set(names.commands) == set(commands(drawn("ll-")))
    assert "shoutout" == names.commands["/ll-shoutout"]
    with pytest.raises(ValueError, match="more than 32 characters"):
        registered(TABLE, "a-very-long-prefix-indeed-")


def test_no_command_is_one_of_slacks_own() -> None:
    """Slack would not let it through."""
    assert not SLACK_BUILT_INS & {typed.removeprefix("/") for typed in NAMES.commands}


def test_a_socket_needs_no_address_and_an_address_no_socket() -> None:
    """Everything that Slack sends goes one way."""
    socket, http = drawn(), drawn(url=URL)
    at = "https://laurel.example/slack/events"

    assert "http" not in json.dumps(socket)
    assert socket["settings"]["socket_mode_enabled"]
    assert not http["settings"]["socket_mode_enabled"]
    assert {at} == {each["url"] for each in commands(http).values()}
    assert at == http["settings"]["event_subscriptions"]["request_url"]
    assert at == http["settings"]["interactivity"]["request_url"]
    assert at == http["settings"]["interactivity"]["message_menu_options_url"]
    assert ["https://laurel.example/slack/oauth_redirect"] == (
        http["oauth_config"]["redirect_urls"]
    )


def test_laurel_asks_for_as_little_as_it_needs() -> None:
    """Four scopes, the others optional; each event has the scope that it needs."""
    scopes = drawn()["oauth_config"]["scopes"]
    asked = {*SCOPES, *OPTIONAL_SCOPES}

    assert ["commands", "chat:write", "files:write", "users:read"] == list(SCOPES)
    assert asked == set(scopes["bot"])
    assert list(OPTIONAL_SCOPES) == scopes["bot_optional"]
    assert all(scope is None or scope in asked for scope in EVENTS.values())
    assert not [scope for scope in asked if "mpim" in scope]
    assert not [event for event in EVENTS if event.startswith("message")]
