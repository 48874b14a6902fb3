"""A command being typed: what Discord's own client lets through, and what it sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tests.fakes.discord.bits import BITS, EVERYTHING
from tests.fakes.discord.places import Channel, Json, Member, Role, User
from tests.fakes.discord.world import World

if TYPE_CHECKING:
    from tests.fakes.discord.guilds import Guild

SUBCOMMAND, GROUP = 1, 2
_STRING, _INTEGER, _BOOLEAN, _USER, _CHANNEL, _ROLE = 3, 4, 5, 6, 7, 8
_MENTIONABLE, _NUMBER, _ATTACHMENT = 9, 10, 11
_MAX_STRING: Final = 6000
_SAFE_INTEGER: Final = 1 << 53


class NotPossibleError(AssertionError):
    """Discord's client would not have let anybody do this."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a member hands in."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


@dataclass(slots=True)
class Resolved:
    """What the values in an interaction stand for.

    Attributes:
        place: Where the member is, for the permissions of others there.

        world: Where files are uploaded to.
    """

    guild: Guild | None
    place: Channel
    world: World
    found: dict[str, Json] = field(default_factory=dict)

    def user(self, user: User) -> str:
        """Note a user; return the id."""
        self.found.setdefault("users", {})[user.id] = user.json()
        member: Member | None = self.guild.members.get(user.id) if self.guild else None
        if self.guild is not None and member is not None:
            rights = str(self.guild.permissions(user.id, self.place))
            known = {**member.json(), "permissions": rights}
            self.found.setdefault("members", {})[user.id] = known
        return user.id

    def role(self, role: Role) -> str:
        """Note a role; return the id."""
        self.found.setdefault("roles", {})[role.id] = role.json()
        return role.id

    def channel(self, channel: Channel) -> str:
        """Note a channel; return the id."""
        whole = channel.json()
        names = ("id", "name", "type", "parent_id", "thread_metadata", "position")
        part = {name: whole[name] for name in names if name in whole}
        part["permissions"] = str(EVERYTHING)
        self.found.setdefault("channels", {})[channel.id] = part
        return channel.id

    def file(self, file: Attachment) -> str:
        """Upload a file; return the id."""
        made, url = self.world.upload(file.name, file.media_type, file.content)
        self.found.setdefault("attachments", {})[made] = {
            "id": made,
            "filename": file.name,
            "size": len(file.content),
            "url": url,
            "proxy_url": url,
            "content_type": file.media_type,
            "ephemeral": True,
        }
        return made


def may_use(command: Json, rights: int, context: int) -> None:
    """Check that the client would offer a command at all.

    Raises:
        NotPossibleError: If it would not.
    """
    name = command["name"]
    contexts = command.get("contexts")
    if contexts is not None and context not in contexts:
        raise NotPossibleError(f"/{name} is not offered in context {context}")
    if context == 0 and not rights & BITS["USE_APPLICATION_COMMANDS"]:
        raise NotPossibleError(f"/{name}: this member may not use commands here")
    wanted = command.get("default_member_permissions")
    if context != 0 or wanted is None or rights == EVERYTHING:
        return
    if int(wanted) == 0 or rights & int(wanted) != int(wanted):
        raise NotPossibleError(f"/{name} is not offered to this member")


def find(commands: Sequence[Json], words: Sequence[str]) -> tuple[Json, list[Json]]:
    """Return a command by its words, and the subcommands on the way, outermost first.

    Raises:
        NotPossibleError: If there is none.
    """
    found = [each for each in commands if each["name"] == words[0]]
    if not found:
        raise NotPossibleError(f"there is no command /{' '.join(words)}")
    path: list[Json] = []
    inner = found[0]
    for word in words[1:]:
        nested = [o for o in inner.get("options", ()) if o["name"] == word]
        if not nested or nested[0]["type"] not in {SUBCOMMAND, GROUP}:
            raise NotPossibleError(f"there is no command /{' '.join(words)}")
        inner = nested[0]
        path.append(inner)
    if any(o["type"] in {SUBCOMMAND, GROUP} for o in inner.get("options", ())):
        raise NotPossibleError(f"/{' '.join(words)} needs a subcommand")
    return found[0], path


def fill(
    options: Sequence[Json],
    given: Mapping[str, Any],
    resolved: Resolved,
    focused: str | None = None,
) -> list[Json]:
    """Return the options as the client sends them.

    Raises:
        NotPossibleError: If the client would not.
    """
    known = {each["name"]: each for each in options}
    for name in given:
        if name not in known:
            raise NotPossibleError(f"there is no option {name!r}, but {list(known)}")
    missing = [n for n, o in known.items() if o.get("required") and n not in given]
    if missing and focused is None:
        raise NotPossibleError(f"required options are missing: {missing}")
    if focused is not None and not known.get(focused, {}).get("autocomplete"):
        raise NotPossibleError(f"option {focused!r} does not complete itself")
    filled = []
    for name, value in given.items():
        sent: Json = {"name": name, "type": known[name]["type"]}
        if name == focused:
            sent |= {"value": value, "focused": True}
        else:
            sent["value"] = _value(known[name], value, resolved)
        filled.append(sent)
    return filled


def _value(option: Json, value: Any, resolved: Resolved) -> Any:
    kind = option["type"]
    if kind in {_STRING, _INTEGER, _NUMBER, _BOOLEAN}:
        return _plain(option, value)
    user = getattr(value, "user", value)
    if kind in {_USER, _MENTIONABLE} and isinstance(user, User):
        return resolved.user(user)
    if kind in {_ROLE, _MENTIONABLE} and isinstance(value, Role):
        return resolved.role(value)
    if kind == _CHANNEL and isinstance(value, Channel):
        wanted = option.get("channel_types")
        if wanted and value.kind not in wanted:
            raise NotPossibleError(f"{option['name']}: {value.name} is not offered")
        return resolved.channel(value)
    if kind == _ATTACHMENT and isinstance(value, Attachment):
        return resolved.file(value)
    raise NotPossibleError(f"{option['name']} does not take {value!r}")


def _plain(option: Json, value: Any) -> Any:
    name = option["name"]
    wanted: dict[int, type | tuple[type, ...]] = {
        _STRING: str,
        _INTEGER: int,
        _NUMBER: (int, float),
        _BOOLEAN: bool,
    }
    right = isinstance(value, wanted[option["type"]])
    if not right or (isinstance(value, bool) and option["type"] != _BOOLEAN):
        raise NotPossibleError(f"{name} does not take {value!r}")
    choices = option.get("choices")
    if choices:
        by_name = {each["name"]: each["value"] for each in choices}
        if value not in by_name.values() and value not in by_name:
            raise NotPossibleError(f"{name} does not offer {value!r}")
        return by_name.get(value, value)
    if isinstance(value, str):
        _between(name, len(value), option, ("min_length", 1, "max_length", _MAX_STRING))
    elif not isinstance(value, bool):
        ends = ("min_value", -_SAFE_INTEGER, "max_value", _SAFE_INTEGER)
        _between(name, value, option, ends)
    return value


def _between(
    name: str, size: float, option: Json, ends: tuple[str, int, str, int]
) -> None:
    low, lowest, high, highest = ends
    least = option.get(low)
    most = option.get(high)
    if size < (lowest if least is None else least):
        raise NotPossibleError(f"{name}: {size} is below {low}")
    if size > (highest if most is None else most):
        raise NotPossibleError(f"{name}: {size} is above {high}")
