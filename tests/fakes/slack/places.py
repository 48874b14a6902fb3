"""The things there are: people, channels, messages, views, files, groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, Final

Json = dict[str, Any]

PUBLIC, PRIVATE, DIRECT = "channel", "group", "im"
_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Mint:
    """Makes ids as Slack's look: a letter for the kind, and capitals."""

    _numbers: count[int] = field(default_factory=lambda: count(33**4))

    def make(self, letter: str) -> str:
        """Return an id that nothing has yet."""
        number, found = next(self._numbers), ""
        while number:
            number, digit = divmod(number, len(_ALPHABET))
            found = _ALPHABET[digit] + found
        return f"{letter}0{found:0>8}"


@dataclass(eq=False, slots=True)
class User:
    """Somebody with an account.

    Attributes:
        team_id: Whose account it is; another's for somebody in a shared channel.

        primary: Whether they are the one who founded the team.

        refusal: Slack's word for why no direct message reaches them; None if it does.

        display: What they want to be called; their first name where it is empty.
    """

    id: str
    name: str
    team_id: str
    tz: str = "Europe/Lisbon"
    locale: str = "en-US"
    admin: bool = False
    owner: bool = False
    primary: bool = False
    guest: bool = False
    bot: bool = False
    deleted: bool = False
    refusal: str | None = None
    display: str = ""

    @property
    def handle(self) -> str:
        """Their name as one word."""
        return self.name.lower().replace(" ", ".")

    def json(self, home: str, *, with_locale: bool = False) -> Json:
        """Return them as ``users.info`` of a team does."""
        told: Json = {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.handle,
            "deleted": self.deleted,
            "profile": {
                "real_name": self.name,
                "display_name": self.display or self.name.split()[0],
                "team": self.team_id,
            },
            "is_bot": self.bot,
            "is_app_user": False,
            "updated": 1_700_000_000,
        }
        if self.deleted:
            return told
        told |= {"real_name": self.name, "tz": self.tz, "tz_offset": 0}
        told |= {"is_admin": self.admin or self.owner, "is_owner": self.owner}
        told |= {"is_primary_owner": self.primary, "is_restricted": self.guest}
        told["is_ultra_restricted"] = False
        if self.team_id != home:
            told["is_stranger"] = True
        if with_locale:
            told["locale"] = self.locale
        return told


@dataclass(eq=False, slots=True)
class Message:
    """A message.

    Attributes:
        reader: Who alone sees it; None for all.

        metadata: What the bot hid in it; Slack tells it only to who asks for it.
    """

    channel: Channel
    ts: str
    raw: Json
    reader: str | None = None
    metadata: Json | None = None

    @property
    def thread(self) -> str | None:
        """The ``ts`` of what it is a reply to; None for what stands in the channel."""
        root = self.raw.get("thread_ts")
        return None if root == self.ts else root


@dataclass(eq=False, slots=True)
class Channel:
    """A channel, or the direct messages of somebody with the bot.

    Attributes:
        guests: Teams that share it.

        pins: The messages that are pinned, by their ``ts``.

        tombs: The ``ts`` of messages that were deleted, and whose threads stand.

        locked: The ``ts`` of messages whose threads an admin has locked.
    """

    id: str
    name: str
    team_id: str
    kind: str = PUBLIC
    members: set[str] = field(default_factory=set)
    archived: bool = False
    creator: str = ""
    recipient: User | None = None
    messages: dict[str, Message] = field(default_factory=dict)
    guests: set[str] = field(default_factory=set)
    pins: list[str] = field(default_factory=list)
    tombs: set[str] = field(default_factory=set)
    locked: set[str] = field(default_factory=set)

    def thread(self, root: str) -> list[Message]:
        """Return what stands under a message, the oldest first."""
        said = [each for each in self.messages.values() if each.thread == root]
        return sorted(said, key=lambda each: each.ts)

    def json(self, me: str) -> Json:
        """Return it as ``conversations.info`` does."""
        told: Json = {"id": self.id, "created": 1_700_000_000}
        told["is_im"] = self.kind == DIRECT
        if self.recipient is not None:
            return told | {"user": self.recipient.id, "is_org_shared": False}
        return told | {
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == PUBLIC,
            "is_group": self.kind == PRIVATE,
            "is_mpim": False,
            "is_private": self.kind == PRIVATE,
            "is_archived": self.archived,
            "is_general": self.name == "general",
            "is_shared": bool(self.guests),
            "is_ext_shared": bool(self.guests),
            "is_member": me in self.members,
            "creator": self.creator,
            "context_team_id": self.team_id,
            "num_members": len(self.members),
        }


@dataclass(eq=False, slots=True)
class View:
    """A modal or a home, as it stands for one person.

    Attributes:
        raw: As Slack tells of it, with its id and hash.

        below: The view that shows again when this one is closed.
    """

    id: str
    user: User
    raw: Json
    below: View | None = None
    open: bool = True

    @property
    def root(self) -> View:
        """The view at the bottom of the stack."""
        return self if self.below is None else self.below.root

    @property
    def depth(self) -> int:
        """How many views lie here, this one included."""
        return 1 if self.below is None else self.below.depth + 1


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a member hands in."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


@dataclass(eq=False, slots=True)
class File:
    """A file that Slack keeps.

    Attributes:
        content: None until it has been uploaded.

        ready_s: Real instant from which blocks can show it; None before completion.

        channels: Where it has been shared.
    """

    id: str
    name: str
    team_id: str
    owner: str
    url: str
    length: int
    alt: str = ""
    title: str = ""
    media_type: str = "application/octet-stream"
    content: bytes | None = None
    ready_s: float | None = None
    channels: list[str] = field(default_factory=list)

    def json(self, *, ready: bool) -> Json:
        """Return it as ``files.info`` does; its type only once it is looked at."""
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.media_type if ready else "",
            "filetype": self.name.rpartition(".")[2] if ready else "",
            "size": self.length,
            "user": self.owner,
            "mode": "hosted",
            "alt_txt": self.alt,
            "url_private": self.url,
            "url_private_download": self.url,
            "channels": list(self.channels),
            "ims": [each for each in self.channels if each.startswith("D")],
            "groups": [],
        }


@dataclass(eq=False, slots=True)
class UserGroup:
    """People who are called together."""

    id: str
    handle: str
    team_id: str
    users: list[str]

    def json(self) -> Json:
        """Return it as ``usergroups.list`` does."""
        return {
            "id": self.id,
            "team_id": self.team_id,
            "is_usergroup": True,
            "name": self.handle.title(),
            "handle": self.handle,
            "date_delete": 0,
            "user_count": len(self.users),
        }


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token opens.

    Attributes:
        team_id: Whose; the organisation's where it was installed for all of it.
    """

    token: str
    team_id: str
    bot_user_id: str
    bot_id: str
    scopes: frozenset[str]
    made_at: datetime
