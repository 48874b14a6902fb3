"""What pages and feeds show of a community, as it may be shown at this moment."""

from __future__ import annotations

import hmac
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.community import Community, Level
from bot.domain.errors import RuleError
from bot.domain.recap import Audience, Recap
from bot.domain.refs import MemberRef
from storage import addresses, members, moments, recaps
from storage.addresses import Address
from storage.calendar import entry_of
from storage.database import Transaction
from storage.instants import from_ms, to_ms
from storage.moments import Moment, Upcoming

MAX_RECAPS = 100
"""Most on the page that lists them."""

MAX_AHEAD = 100
"""Most times on the page of what is coming."""

MAX_COMING = 5
"""Most of it on a recap."""

LOOK_AHEAD = timedelta(days=92)

WITHDRAWN_FOR = timedelta(days=60)
"""How long calendar programs are told that something was taken off."""

_MAX_WITHDRAWN = 200

_VERSION = "PRAGMA data_version"

_TOKEN = "SELECT token FROM instance WHERE id = 1"  # noqa: S105  not the token itself

_WITHDRAWN = """
SELECT e.*, max(a.at) AS gone_at
FROM activity AS a
JOIN calendar_entries AS e
  ON e.id = CAST(substr(a.ref, length('calendar_entries:') + 1) AS INTEGER)
WHERE a.community = :community AND a.kind = 'calendar.changed' AND a.at >= :since
  AND e.community = :community AND e.state = 'cancelled'
GROUP BY e.id ORDER BY e.id LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class Found:
    """What an address leads to.

    Attributes:
        address: None where it leads nowhere.

        version: Another number after each commit to the file.
    """

    address: Address | None
    version: int


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was taken off the calendar, and when."""

    moment: Moment
    at: datetime


@dataclass(frozen=True, slots=True)
class Programme:
    """The calendar as a whole: what is on it, was lately, and was taken off."""

    moments: Sequence[Moment]
    withdrawn: Sequence[Withdrawn]


@dataclass(frozen=True, slots=True)
class Times:
    """What is on, and what is coming, one by one."""

    on_now: Sequence[Upcoming]
    ahead: Sequence[Upcoming]


@dataclass(frozen=True, slots=True)
class Told:
    """Recaps, and the names of those in them who may be named.

    Attributes:
        coming: What comes next, where it is the newest recap that is told.
    """

    recaps: Sequence[Recap]
    names: Mapping[MemberRef, str]
    coming: Sequence[Upcoming] = ()


@dataclass(frozen=True, slots=True)
class Ids:
    """Makes ids that are the same each time, and no other installation's."""

    token: str

    def uid(self, what: str) -> str:
        """Return the id of something on the calendar."""
        return f"{self._uuid(f'uid:{what}')}@laurel"

    def urn(self, what: str) -> str:
        """Return the id of something in a feed."""
        return self._uuid(f"urn:{what}").urn

    def _uuid(self, what: str) -> uuid.UUID:
        digest = hmac.digest(self.token.encode(), what.encode(), "sha256")
        return uuid.UUID(bytes=digest[:16], version=5)


def look(tx: Transaction, secret: str, now: datetime) -> Found:
    """Return where ``secret`` leads."""
    row = tx.one(_VERSION)
    return Found(addresses.find(tx, secret, now), int(row[0]) if row else 0)


def ids(tx: Transaction) -> Ids:
    """Return what ids are made with here."""
    row = tx.one(_TOKEN)
    return Ids(row["token"] if row else "")


def programme(tx: Transaction, community: Community, now: datetime) -> Programme:
    """Return the calendar of ``community`` as a whole."""
    since = to_ms(now - WITHDRAWN_FOR)
    rows = tx.all(_WITHDRAWN, community=community.id, since=since, most=_MAX_WITHDRAWN)
    withdrawn = []
    for row in rows:
        try:
            moment = moments.moment_of(entry_of(row))
        except RuleError:
            continue
        if moment:
            withdrawn.append(Withdrawn(moment, from_ms(row["gone_at"])))
    lately = now - moments.MAX_LASTS
    return Programme(moments.all_of(tx, community, lately), withdrawn)


def times(tx: Transaction, community: Community, now: datetime) -> Times:
    """Return what is on in ``community``, and what is coming."""
    ahead = moments.ahead(tx, community, now, MAX_AHEAD)
    near = [each for each in ahead if each.at <= now + LOOK_AHEAD]
    return Times(moments.running(tx, community, now), near)


def archive(tx: Transaction, community: Community, now: datetime) -> Told:
    """Return the recaps of ``community``, the newest first."""
    found = recaps.archive(tx, community, MAX_RECAPS, Audience.PAGES)
    return Told(found, _names(tx, community, found, now))


def recap(tx: Transaction, community: Community, number: int, now: datetime) -> Told:
    """Return the recap of ``community`` with this number, if there is one."""
    found = recaps.get(tx, community, number, Audience.PAGES)
    if found is None:
        return Told((), {})
    later = recaps.get(tx, community, number + 1, Audience.PAGES)
    coming = () if later else moments.ahead(tx, community, now, MAX_COMING)
    return Told([found], _names(tx, community, [found], now), coming)


def _names(
    tx: Transaction, community: Community, told: Iterable[Recap], now: datetime
) -> Mapping[MemberRef, str]:
    """Return who is in ``told`` and may be named on pages, by name."""
    people = {one for each in told for one in _people(each)}
    found = (members.find(tx, community, one, now) for one in people)
    return {
        member.ref: member.name
        for member in found
        if member and member.here and member.privacy.level is Level.PUBLIC
    }


def _people(told: Recap) -> Iterable[MemberRef]:
    yield from told.first_timers
    if told.series:
        yield from told.series.people
    for highlight in told.highlights:
        yield from highlight.receivers
        if highlight.giver:
            yield highlight.giver
