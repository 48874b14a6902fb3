"""What somebody asks of an address, and what is read from the file for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from storage import addresses, published
from storage.addresses import SECRET_CHARS, Address, path_of
from storage.database import Transaction
from storage.published import Ids, Programme, Times, Told

_PATH = re.compile(
    rf"([A-Za-z0-9_-]{{{SECRET_CHARS}}})/"
    r"(calendar|calendar\.ics|recaps|recaps\.rss|recaps\.json"
    r"|recaps/([1-9][0-9]{0,8})(\.md|\.txt|\.mail\.html|\.eml)?)"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a path names, whether or not there is such a thing.

    Attributes:
        page: Such as ``calendar.ics``, or the end of ``recaps/7.md``: ``.md``, which is
            empty for the page itself.

        number: Of the recap; 0 for a page that is not of one.
    """

    secret: str
    page: str
    number: int


@dataclass(frozen=True, slots=True)
class Ask:
    """A wish, of an address that stands.

    Attributes:
        base: Address of the web port as the asker has it, without a slash at its end.
    """

    address: Address
    wish: Wish
    base: str
    now: datetime

    def link(self, page: str) -> str:
        """Return the whole address of a page."""
        return f"{self.base}{path_of(self.address, page)}"


@dataclass(frozen=True, slots=True)
class Read:
    """What a page is drawn from, out of one snapshot of the file."""

    ids: Ids
    found: Programme | Times | Told


def wish_of(path: str) -> Wish | None:
    """Return what ``path`` names, less the root; None where it can name nothing."""
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    if match[3]:
        return Wish(match[1], match[4] or "", int(match[3]))
    return Wish(match[1], match[2], 0)


def read(tx: Transaction, ask: Ask) -> Read:
    """Return what ``ask`` is answered with."""
    return Read(published.ids(tx), _find(tx, ask))


def _find(tx: Transaction, ask: Ask) -> Programme | Times | Told:
    community, now, wish = ask.address.community, ask.now, ask.wish
    if wish.number:
        return published.recap(tx, community, wish.number, now)
    if wish.page == addresses.CALENDAR_FILE:
        return published.programme(tx, community, now)
    if wish.page == addresses.CALENDAR:
        return published.times(tx, community, now)
    return published.archive(tx, community, now)
