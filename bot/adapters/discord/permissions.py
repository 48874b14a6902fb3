"""What Laurel asks a server's admin for, and why each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from bot.chat.catalogue import Catalogue

VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
CREATE_PUBLIC_THREADS = 1 << 35
SEND_MESSAGES_IN_THREADS = 1 << 38
PIN_MESSAGES = 1 << 51
CREATE_EVENTS = 1 << 44

NAMES: Mapping[int, str] = {
    VIEW_CHANNEL: "view-channel",
    SEND_MESSAGES: "send-messages",
    CREATE_PUBLIC_THREADS: "create-public-threads",
    SEND_MESSAGES_IN_THREADS: "send-messages-in-threads",
    ATTACH_FILES: "attach-files",
    READ_MESSAGE_HISTORY: "read-message-history",
    PIN_MESSAGES: "pin-messages",
}
"""What Laurel always asks for. Said as ``discord.permission-<name>`` in Discord's own
words, with ``.why`` for the reason."""

EVENTS: Mapping[int, str] = {CREATE_EVENTS: "create-events"}
"""What it asks for as well where it is to show the calendar among Discord's events."""

ASKED = sum(NAMES)
"""The permissions of `NAMES` in Discord's bits."""

_SCOPES = "bot applications.commands"


def asked(*, events: bool) -> Mapping[int, str]:
    """Return the permissions that Laurel asks for, by Discord's bits."""
    return {**NAMES, **EVENTS} if events else NAMES


def invite(application_id: str, *, events: bool) -> str:
    """Return the address at which an admin adds Laurel to a server."""
    permissions = sum(asked(events=events))
    query = {"client_id": application_id, "permissions": permissions, "scope": _SCOPES}
    return "https://discord.com/oauth2/authorize?" + urlencode(query)


def explained(
    catalogue: Catalogue, locale: str, *, events: bool
) -> Iterator[tuple[str, str]]:
    """Yield what each permission is called, and why Laurel asks for it."""
    language = catalogue.languages[catalogue.choose(locale)]
    for name in asked(events=events).values():
        key = f"discord.permission-{name}"
        yield language.plain(key) or name, language.plain(f"{key}.why") or ""


def missing(
    granted: int, *, thread: bool = False, files: bool = False
) -> Iterator[str]:
    """Yield the names of what is missing to post in a channel.

    Where a channel is not seen, nothing else counts.

    Args:
        granted: What Laurel may do there, in Discord's bits.
        thread: Whether the channel is a thread.
        files: Whether the post brings pictures or files.
    """
    if not granted & VIEW_CHANNEL:
        yield NAMES[VIEW_CHANNEL]
        return
    needed = [SEND_MESSAGES_IN_THREADS if thread else SEND_MESSAGES]
    if files:
        needed.append(ATTACH_FILES)
    needed.append(READ_MESSAGE_HISTORY)
    yield from (NAMES[bit] for bit in needed if not granted & bit)
