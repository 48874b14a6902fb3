"""What Discord sends when a member does something: raw interactions, piece by piece."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.adapters.discord.incoming import Asked, Incoming, read
from bot.adapters.discord.people import DISCORD, person_of
from bot.adapters.discord.raw import Json
from bot.chat.table import build_table
from bot.domain.people import Person
from bot.domain.refs import CommunityRef
from tests.adapters.stage import catalogue
from tests.samples.vocabulary.cog import VocabularyCog

TABLE = build_table([VocabularyCog()])
with TemporaryDirectory() as _folder:
    WORDS = catalogue(Path(_folder))

GUILD = "900000000000000001"
CHANNEL = "900000000000000002"
ANA, BO, CHIDI, LAUREL = "101", "102", "103", "199"
HOME = CommunityRef(DISCORD, GUILD)
NOON = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)

PEOPLE, SENTENCES = "vocabulary people", "vocabulary words"
CHOICES, TIMES = "vocabulary choices", "vocabulary times"

_NAMES = {ANA: "Ana Souza", BO: "Bo", CHIDI: "Chidi", LAUREL: "Laurel"}
_WHEN = "2025-03-06T12:00:00.000000+00:00"


def told(raw: Json) -> Incoming:
    """Return what the adapter makes of ``raw``."""
    return read(raw, TABLE, WORDS)


def asked(raw: Json) -> Asked:
    """Return the same, which has to be a route that is to be run."""
    found = told(raw)
    assert isinstance(found, Asked)
    return found


def person(user_id: str) -> Person:
    """Return an ordinary member."""
    return person_of(HOME, user(user_id), member())


def user(user_id: str = ANA, **changed: Any) -> Json:
    """Return a user; without a display name where ``global_name`` is None."""
    return {
        "id": user_id,
        "username": f"user.{user_id}",
        "avatar": None,
        "discriminator": "0",
        "public_flags": 0,
        "flags": 0,
        "bot": user_id == LAUREL,
        "global_name": _NAMES.get(user_id),
        "primary_guild": None,
    } | changed


def member(**changed: Any) -> Json:
    """Return a member as `resolved` holds one: without the user."""
    return {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "flags": 0,
        "joined_at": _WHEN,
        "nick": None,
        "pending": False,
        "permissions": "1024",
        "premium_since": None,
        "roles": [],
    } | changed


def interaction(kind: int, data: Json, **changed: Any) -> Json:
    """Return an interaction of Ana's."""
    return {
        "id": "700000000000000001",
        "application_id": LAUREL,
        "type": kind,
        "token": "a-token",
        "version": 1,
        "guild_id": GUILD,
        "channel_id": CHANNEL,
        "channel": {"id": CHANNEL, "type": 0, "name": "general"},
        "member": member(user=user(), mute=False, deaf=False),
        "locale": "en-US",
        "guild_locale": "es-ES",
        "context": 0,
        "authorizing_integration_owners": {"0": GUILD},
        "data": data,
    } | changed


def slash(name: str, *options: Json, **resolved: Json) -> Json:
    """Return ``/group word`` with ``options``, and what their ids stand for."""
    group, _, word = name.partition(" ")
    listed = list(options)
    if word:
        listed = [{"type": 1, "name": word, "options": listed}]
    data = {"id": "600", "type": 1, "name": group, "options": listed}
    return interaction(2, data | ({"resolved": resolved} if resolved else {}))


def being_typed(name: str, *options: Json) -> Json:
    """Return ``/group word`` while one of its options is typed."""
    return slash(name, *options) | {"type": 4}


def option(name: str, value: object, kind: int = 3, **changed: Any) -> Json:
    """Return one option, of text where ``kind`` does not say otherwise."""
    return {"name": name, "type": kind, "value": value} | changed


def modal(wire: str, *inputs: Json, **resolved: Json) -> Json:
    """Return a form that was sent, each input in its label."""
    labels = [{"type": 18, "id": n, "component": x} for n, x in enumerate(inputs, 2)]
    words = {"type": 10, "id": 1, "content": "Words between the questions."}
    data = {"custom_id": wire, "components": [words, *labels]}
    return interaction(5, data | ({"resolved": resolved} if resolved else {}))


def held(name: str, kind: int, value: object) -> Json:
    """Return what an input of a form holds: one ``value``, or a list of them."""
    key = "values" if isinstance(value, list) else "value"
    return {"type": kind, "id": 9, "custom_id": name, key: value}


def press(wire: str, values: list[str] | None = None) -> Json:
    """Return a press on a button; or, with ``values``, a pick from a select."""
    data: Json = {"component_type": 2, "custom_id": wire, "id": 4}
    if values is not None:
        data |= {"component_type": 3, "values": values}
    shown = message(author=user(LAUREL), flags=1 << 15)
    return interaction(3, data, message=shown)


def menu(name: str, target: Json, kind: int = 3) -> Json:
    """Return a choice from the menu of the message ``target``."""
    data = {
        "id": "601",
        "type": kind,
        "name": name,
        "target_id": target["id"],
        "resolved": {"messages": {target["id"]: target}},
    }
    return interaction(2, data)


def message(content: str = "", **changed: Any) -> Json:
    """Return a message of Bo's."""
    return {
        "id": "800000000000000001",
        "type": 0,
        "channel_id": CHANNEL,
        "content": content,
        "author": user(BO),
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": False,
        "attachments": [],
        "embeds": [],
        "components": [],
        "timestamp": _WHEN,
        "edited_timestamp": None,
        "flags": 0,
        "pinned": False,
        "tts": False,
    } | changed


def attachment(attachment_id: str = "500", **changed: Any) -> Json:
    """Return a file that Discord keeps."""
    url = f"https://cdn.discordapp.com/ephemeral-attachments/1/{attachment_id}/teas.csv"
    return {
        "id": attachment_id,
        "filename": "teas.csv",
        "size": 1_234,
        "url": url,
        "proxy_url": url.replace("cdn.discordapp.com", "media.discordapp.net"),
        "content_type": "text/csv; charset=utf-8",
        "ephemeral": True,
    } | changed


def channel(kind: int = 0, permissions: str = "1024") -> Json:
    """Return a channel as ``resolved`` holds one."""
    found = {"id": CHANNEL, "type": kind, "name": "wall", "permissions": permissions}
    return found | {"parent_id": None}


def people(*ids: str, gone: tuple[str, ...] = ()) -> Mapping[str, Json]:
    """Return the users ``ids`` as ``resolved`` holds them; ``gone`` are no members."""
    return {
        "users": {each: user(each) for each in ids},
        "members": {each: member() for each in ids if each not in gone},
    }
