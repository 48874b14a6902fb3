"""What Laurel asks a server's admin for, and why each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from bot.chat.catalogue import Catalogue

VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
SEND_MESSAGES_IN_THREADS = 1 << 38

NAMES: Mapping[int, str] = {
    VIEW_CHANNEL: "view-channel",
    SEND_MESSAGES: "send-messages",
    SEND_MESSAGES_IN_THREADS: "send-messages-in-threads",
    ATTACH_FILES: "attach-files",
    READ_MESSAGE_HISTORY: "read-message-history",
}
"""All that Laurel asks for. Said as ``discord.permission-<name>`` in Discord's own
words, with ``.why`` for the reason."""

ASKED = sum(NAMES)
"""The permissions in Discord's bits."""

_SCOPES = "bot applications.commands"


def invite(application_id: str) -> str:
    """Return the address at which an admin adds Laurel to a server."""
    query = {"client_id": application_id, "permissions": ASKED, "scope": _SCOPES}
    return "https://discord.com/oauth2/authorize?" + urlencode(query)


def explained(catalogue: Catalogue, locale: str) -> Iterator[tuple[str, str]]:
    """Yield what each permission is called, and why Laurel asks for it."""
    language = catalogue.languages[catalogue.choose(locale)]
    for name in NAMES.values():
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
