"""Remembers which of Slack's files belong to which message."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Protocol

from bot.domain.refs import ChannelRef, MemberRef
from storage import communities, uploads
from storage.communities import UnknownCommunityError
from storage.database import TROUBLE, Database, DatabaseClosedError, Transaction

log = logging.getLogger(__name__)

To = ChannelRef | MemberRef

_TROUBLE = (*TROUBLE, DatabaseClosedError)


class Shelf(Protocol):
    """What is remembered; where it cannot be, that is no reason not to post."""

    async def of(self, to: To, message_id: str) -> Mapping[bytes, str]:
        """Return Slack's ids of a message's files, by the digest of what is in."""

    async def keep(self, to: To, message_id: str, files: Mapping[bytes, str]) -> None:
        """Remember the files of a message in place of those that it had."""


class DatabaseShelf(Shelf):
    """Remembers in Laurel's own file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, to: To, message_id: str) -> Mapping[bytes, str]:
        """Return Slack's ids of a message's files, by the digest of what is in."""
        try:
            return await self._database.read(_of, to, message_id)
        except _TROUBLE as error:
            log.warning("files not looked up", extra={"reason": str(error)})
            return {}

    async def keep(self, to: To, message_id: str, files: Mapping[bytes, str]) -> None:
        """Remember the files of a message in place of those that it had."""
        try:
            await self._database.write(_keep, to, message_id, files)
        except _TROUBLE as error:
            log.warning("files not remembered", extra={"reason": str(error)})


class ForgetfulShelf(Shelf):
    """Remembers nothing, for where nothing is posted."""

    async def of(self, to: To, message_id: str) -> Mapping[bytes, str]:  # noqa: ARG002
        """Return that there are none."""
        return {}

    async def keep(self, to: To, message_id: str, files: Mapping[bytes, str]) -> None:
        """Forget the files of a message at once."""


def _of(tx: Transaction, to: To, message_id: str) -> dict[bytes, str]:
    try:
        community = communities.get(tx, to.community)
    except UnknownCommunityError:
        return {}
    return uploads.of_message(tx, community, to, message_id)


def _keep(tx: Transaction, to: To, message_id: str, files: Mapping[bytes, str]) -> None:
    try:
        community = communities.get(tx, to.community)
    except UnknownCommunityError:
        return
    uploads.put(tx, community, to, message_id, files)
