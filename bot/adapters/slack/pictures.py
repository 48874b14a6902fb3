"""Pictures on Slack: files that nobody sees until a message shows them.

An image block takes a file that Slack has finished looking at, which takes it a moment
and which only another scope would tell. So the message is sent, and sent again a
little later as long as Slack refuses it for that: what is refused is not posted.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import TypeVar

from bot.adapters.slack.api import Api
from bot.adapters.slack.errors import LOST, UnfitError
from bot.adapters.slack.shelf import Shelf, To
from bot.adapters.slack.uploads import upload
from bot.chat.adapter import Posting
from bot.chat.message import File

log = logging.getLogger(__name__)

T = TypeVar("T")

UPLOAD_S = 10.0
"""How long all pictures of a message may take on their way."""

WAITS_S = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Between attempts at a message whose pictures Slack is still looking at."""

_NOT_YET = "slack file"
"""In what Slack says of a file that it cannot show."""

_REMEMBERED = 1_024
"""Pictures of posts that may be tried again."""

_NAME = "picture.png"

Files = Mapping[int, str]
"""Slack's ids of uploaded pictures, by where their card stands among the nodes."""


class Pictures:
    """Uploads pictures once for each message, and deletes them with it."""

    def __init__(self, api: Api, shelf: Shelf) -> None:
        self._api = api
        self._shelf = shelf
        self._known: OrderedDict[tuple[str, str, bytes], str] = OrderedDict()

    async def show(
        self,
        posting: Posting,
        had: Mapping[bytes, str],
        send: Callable[[Files], Awaitable[T]],
    ) -> tuple[T, Mapping[bytes, str]]:
        """Send a message with its pictures, as far as Slack can show them.

        Args:
            posting: What is delivered.
            had: Files of the message already, by the digest of what is in.
            send: Sends the message with some pictures; raises as `Api.call` does.

        Returns:
            What ``send`` returned, and the files that the message has now.
        """
        if not posting.pictures:
            return await send({}), {}
        files = await self._uploaded(posting, had)
        for wait_s in (*WAITS_S, None):
            try:
                sent = await send(files)
            except UnfitError as error:
                if not files or _NOT_YET not in str(error):
                    raise
                if wait_s is None:
                    break
                await asyncio.sleep(wait_s)
            else:
                digests = {node: _digest(posting.pictures[node]) for node in files}
                return sent, {digests[node]: files[node] for node in files}
        log.warning("a post goes without its picture", extra={"reason": "not ready"})
        await self._delete(posting.to.community.id, files.values())
        return await send({}), {}

    async def of(self, to: To, message_id: str) -> Mapping[bytes, str]:
        """Return the files of a message that stands."""
        return await self._shelf.of(to, message_id)

    async def settle(
        self,
        to: To,
        message_id: str,
        had: Mapping[bytes, str],
        has: Mapping[bytes, str],
    ) -> None:
        """Remember what a message shows now, and delete what it does not any more."""
        if had != has:
            await self._shelf.keep(to, message_id, has)
            gone = set(had.values()) - set(has.values())
            await self._delete(to.community.id, gone)

    async def _uploaded(self, posting: Posting, had: Mapping[bytes, str]) -> Files:
        """Return what could be uploaded; the rest is told in words."""
        files: dict[int, str] = {}
        try:
            async with asyncio.timeout(UPLOAD_S):
                for node, png in posting.pictures.items():
                    found = had.get(_digest(png))
                    files[node] = found or await self._upload(posting, png)
        except (TimeoutError, *LOST) as error:
            log.warning("a picture stays behind", extra={"reason": repr(error)})
        return files

    async def _upload(self, posting: Posting, png: bytes) -> str:
        team = posting.to.community.id
        named = (team, posting.delivery_id, _digest(png))
        if (known := self._known.get(named)) is not None:
            return known
        file = File(_NAME, "image/png", png)
        made = self._known[named] = await upload(self._api, team, file)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return made

    async def _delete(self, team: str, files: Collection[str]) -> None:
        for file in files:
            try:
                await self._api.call(team, "files.delete", {"file": file})
            except LOST as error:
                log.warning("a file stays", extra={"reason": repr(error)})
        gone = [named for named, file in self._known.items() if file in files]
        for named in gone:
            del self._known[named]


def _digest(png: bytes) -> bytes:
    return hashlib.sha256(png).digest()
