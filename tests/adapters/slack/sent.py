"""What Slack sends when a member does something, as it comes; and who is who."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, cast

from bot.adapters.slack.incoming import Asked, Incoming, read
from bot.adapters.slack.line import Wanted, labels_of
from bot.adapters.slack.people import SLACK, Known, handles_of, person_of
from bot.adapters.slack.raw import Json
from bot.chat.message import Action
from bot.chat.table import build_table
from bot.domain.people import Person
from bot.domain.refs import CommunityRef
from cogs.shoutouts.cog import ShoutoutCog
from storage.database import Database
from tests.adapters.slack.speaking import words
from tests.samples.vocabulary.cog import VocabularyCog

TABLE = build_table([VocabularyCog(), ShoutoutCog(cast("Database", None))])
WORDS = words()

TEAM, ELSEWHERE, GENERAL, CRAFT = "T0WILLOW", "T0OTHER", "C0GENERAL", "C0CRAFT"
ANA, BO, CHIDI, DAN, LAUREL = "U0ANA", "W0BO", "U0CHIDI", "U0DAN", "U0LAUREL"
HOME = CommunityRef(SLACK, TEAM)
NOON = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
VALUES = {"Craft": "7", "Customer first": "8", "Cut & paste": "9"}
SHOUTOUT = Action("shoutouts.shoutout")

_NAMES = {
    ANA: "Ana Souza", BO: "Bo", CHIDI: "Chidi Eze", DAN: "Dan", LAUREL: "Laurel",
}  # fmt: skip


def user(user_id: str = ANA, **changed: Any) -> Json:
    """Return a user as ``users.info`` tells of them."""
    name = _NAMES.get(user_id, "Somebody")
    return {
        "id": user_id,
        "team_id": TEAM,
        "name": name.replace(" ", ".").lower(),
        "deleted": False,
        "real_name": name,
        "tz": "Europe/Lisbon",
        "profile": {"real_name": name, "display_name": "", "team": TEAM},
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": user_id == LAUREL,
        "locale": "en-US",
    } | changed


def person(user_id: str) -> Person:
    """Return an ordinary member."""
    return person_of(HOME, user(user_id))


def known(**changed: Any) -> Known:
    """Return who is who, with the values of the community."""
    everyone = [user(each) for each in _NAMES]
    labels = {"value": VALUES}
    found = [
        (Wanted("tea", "vocabulary-teas", ""), {"Sencha": "sencha"}),
        (Wanted("tea", "vocabulary-teas", "m"), {"Mate": "mate"}),
    ]
    for key in ("vocabulary.choices", "shoutouts.shoutout"):
        labels |= labels_of(TABLE.routes[key], WORDS, "es", found)
    held: dict[str, Any] = {
        "people": {each["id"]: person_of(HOME, each) for each in everyone},
        "handles": handles_of(everyone),
        "channels": {GENERAL: "general", CRAFT: "craft"},
        "labels": labels,
    }
    return Known(HOME, **(held | changed))


def told(raw: Json, prefix: str = "") -> Incoming:
    """Return what the adapter makes of ``raw``."""
    return read(raw, TABLE, known(), prefix)


def asked(raw: Json, prefix: str = "") -> Asked:
    """Return the same, which has to be a route that is to be run."""
    found = told(raw, prefix)
    assert isinstance(found, Asked)
    return found


def command(line: str, **changed: Any) -> Json:
    """Return a slash command, typed in the general channel."""
    name, _, text = line.partition(" ")
    return {
        "token": "gone",
        "team_id": TEAM,
        "team_domain": "willow",
        "channel_id": GENERAL,
        "channel_name": "general",
        "user_id": ANA,
        "user_name": "ana.souza",
        "command": name,
        "text": text,
        "api_app_id": "A0LAUREL",
        "is_enterprise_install": "false",
        "response_url": "https://hooks.slack.com/commands/T0WILLOW/1/x",
        "trigger_id": "13345224609.738474920.8088930838d88f008e0",
    } | changed


def press(value: str | None, **changed: Any) -> Json:
    """Return a press of a button in a message."""
    button = {"type": "button", "action_id": "a", "block_id": "b", "action_ts": "1.2"}
    return {
        "type": "block_actions",
        **_begun(),
        "container": {"type": "message", "message_ts": "1.1", "channel_id": GENERAL},
        "channel": {"id": GENERAL, "name": "general"},
        "message": message(),
        "response_url": "https://hooks.slack.com/actions/T0WILLOW/1/x",
        "actions": [button | ({} if value is None else {"value": value})],
    } | changed


def shortcut(callback_id: str, on: Json | None = None, **changed: Any) -> Json:
    """Return an entry of a message's menu; of Slack's own where on no message."""
    if on is None:
        return {"type": "shortcut", **_begun(), "callback_id": callback_id} | changed
    return {
        "type": "message_action",
        **_begun(),
        "callback_id": callback_id,
        "channel": {"id": GENERAL, "name": "general"},
        "message": on,
        "message_ts": on.get("ts"),
        "response_url": "https://hooks.slack.com/app/T0WILLOW/1/x",
    } | changed


def message(text: str = "Hello", **changed: Any) -> Json:
    """Return a message that Bo wrote."""
    return {
        "type": "message",
        "user": BO,
        "ts": "1772798400.000100",
        "team": TEAM,
        "text": text,
    } | changed


def form(
    callback_id: str, held: Mapping[str, Json] | None = None, **changed: Any
) -> Json:
    """Return a form that was sent; ``held`` is what its inputs hold, by field."""
    values = {name: {name: element} for name, element in (held or {}).items()}
    view = {
        "id": "V0VIEW",
        "team_id": TEAM,
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": "",
        "hash": "1772798400.abc",
        "state": {"values": values},
        "root_view_id": "V0VIEW",
        "app_installed_team_id": TEAM,
    } | changed
    return {"type": "view_submission", **_begun(), "view": view, "response_urls": []}


def being_typed(callback_id: str, field: str, value: str) -> Json:
    """Return what is sent while a member types in a list of a form."""
    return {
        "type": "block_suggestion",
        **_begun(),
        "action_id": field,
        "block_id": field,
        "value": value,
        "view": form(callback_id)["view"],
    }


def event(kind: str, **inner: Any) -> Json:
    """Return an event."""
    return {
        "token": "gone",
        "team_id": TEAM,
        "api_app_id": "A0LAUREL",
        "type": "event_callback",
        "event_id": "Ev0",
        "event_time": 1772798400,
        "authorizations": [{"team_id": TEAM, "user_id": LAUREL, "is_bot": True}],
        "event": {"type": kind, "event_ts": "1772798400.000200", **inner},
    }


def words_in(text: str | None) -> Json:
    """Return an input of words, of a number, or of a length of time."""
    return {"type": "plain_text_input", "value": text}


def people_in(*ids: str) -> Json:
    """Return an input of several members."""
    return {"type": "multi_users_select", "selected_users": list(ids)}


def option_in(value: str | None, kind: str = "static_select") -> Json:
    """Return a list, or a group of radio buttons, of which one may be chosen."""
    text = {"type": "plain_text", "text": "x"}
    chosen = None if value is None else {"text": text, "value": value}
    return {"type": kind, "selected_option": chosen}


def options_in(values: Iterable[str]) -> Json:
    """Return a group of boxes."""
    text = {"type": "plain_text", "text": "x"}
    chosen = [{"text": text, "value": each} for each in values]
    return {"type": "checkboxes", "selected_options": chosen}


def file(**changed: Any) -> Json:
    """Return a file that Slack keeps."""
    return {
        "id": "F0FILE",
        "name": "notes.txt",
        "mimetype": "text/plain",
        "size": 12,
        "is_external": False,
        "url_private": "https://files.slack.com/files-pri/T-F/notes.txt",
        "url_private_download": "https://files.slack.com/files-pri/T-F/download/n.txt",
    } | changed


def _begun() -> Json:
    return {
        "team": {"id": TEAM, "domain": "willow"},
        "user": {"id": ANA, "username": "ana.souza", "team_id": TEAM},
        "api_app_id": "A0LAUREL",
        "token": "gone",
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": "12466734323.1395872398.abcdef",
        "action_ts": "1772798400.1",
    }
