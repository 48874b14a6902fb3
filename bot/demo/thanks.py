"""Who thanks whom, for what and when, drawn from `thanks.toml` by a seeded generator.

What it draws keeps the community's rules: nobody is thanked who cannot be, nobody
thanks more people in a day than they may, and two people wait before they thank each
other again.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from bot.demo.people import Maker, Town
from bot.demo.script import Give, Goodbye, Moment, TakeBack
from bot.demo.words import Deck, variants
from bot.domain.community import Settings
from bot.domain.people import Role
from storage.communities import zone_of

THANKS = Path(__file__).parent / "thanks.toml"

LONGEST_DAY = timedelta(hours=25)
"""The day on which the clocks go back."""

LATEST = timedelta(minutes=20)
"""How long before the end of the story the last shoutout is given."""

_WEEK = (0.6, 0.8, 0.9, 1.1, 1.7, 1.3, 0.6)
"""How much is given on each day of the week, from Monday on."""

_HOURS = {8: 2, 9: 4, 12: 6, 13: 5, 15: 3, 17: 7, 18: 9, 19: 8, 20: 9, 21: 7, 22: 4}
"""How much is given at which hour of the giver's day."""

_OPEN_DAY_D, _QUIET_D = range(44, 48), range(24, 31)
"""Days before the end around the open day, and in a week when many are away."""

_GIVEN_A_DAY = 3.6
_UNTAGGED, _PRIVATE, _IN_ENGLISH, _BARE = 0.3, 0.06, 0.12, 0.45
_SEVERAL, _THREE = 0.2, 0.3
_UNDONE, _RETRACTED, _BY_MODERATOR = 0.03, 0.025, 0.3


@dataclass(frozen=True, slots=True)
class Reason:
    """What somebody is thanked for.

    Attributes:
        value: Label of the value that it shows.
    """

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Reasons in one language, each used once as long as they last.

    Attributes:
        did: What one person did.

        so: What the giver says of it.

        together: What several did; None in a language in which nobody thanks several.
    """

    did: Deck[Reason]
    so: Deck[str]
    together: Deck[Reason] | None
    space: str
    used: set[str]

    def reason(self, rng: Random, *, several: bool) -> Reason:
        """Return a reason to thank one person, or ``several``."""
        did = self.together.deal() if several and self.together else self.did.deal()
        words = did.words if rng.random() < _BARE else self._said_of(did)
        for _ in range(12):
            if words not in self.used:
                break
            words = self._said_of(did)
        self.used.add(words)
        return Reason(did.value, words)

    def _said_of(self, did: Reason) -> str:
        return f"{did.words}{self.space}{self.so.deal()}"


class Generosity:
    """Draws shoutouts one after the other, mindful of those before."""

    def __init__(
        self, rng: Random, town: Town, settings: Settings, until: datetime
    ) -> None:
        self._rng = rng
        self._town = town
        self._settings = settings
        self._until = until
        self._given: list[Give] = []
        told = tomllib.loads(THANKS.read_text(encoding="utf-8"))
        self._why_retract: Deck[str] = Deck(rng, told.pop("retractions")["why"])
        self._books = {tag: _book(rng, tag, page) for tag, page in told.items()}

    def give(self, giver: Maker, at: datetime) -> Give | None:
        """Return a shoutout by ``giver``; None where the rules leave nobody."""
        rng = self._rng
        english = rng.random() < _IN_ENGLISH
        book = self._books["en" if english else giver.speaks]
        several = book.together is not None and rng.random() < _SEVERAL
        count = (3 if rng.random() < _THREE else 2) if several else 1
        to = self._receivers(giver, count, at)
        if not to:
            return None
        reason = book.reason(rng, several=several)
        given = Give(
            id=f"story:{len(self._given) + 1:04}",
            at=at,
            giver=giver.id,
            to=to,
            why=reason.words,
            value=None if rng.random() < _UNTAGGED else reason.value,
            private=rng.random() < _PRIVATE,
        )
        self._given.append(given)
        return given

    def second_thoughts(self, given: Give) -> TakeBack | None:
        """Return how ``given`` is taken back, if it is."""
        rng, chance = self._rng, self._rng.random()
        if chance < _UNDONE:
            at = given.at + timedelta(seconds=rng.randint(40, 500))
            return TakeBack(at, given.id, given.giver, None)
        if chance > _UNDONE + _RETRACTED:
            return None
        at = given.at + timedelta(minutes=rng.randint(90, 6 * 24 * 60))
        moderators = [p for p in self._there(at) if p.role is Role.MODERATOR]
        by_moderator = rng.random() < _BY_MODERATOR
        by = rng.choice(moderators).id if by_moderator else given.giver
        there = self._town.people[by].is_there(at, self._until)
        if not there or at > self._until - LATEST:
            return None
        return TakeBack(at, given.id, by, self._why_retract.deal())

    def _receivers(self, giver: Maker, count: int, at: datetime) -> tuple[str, ...]:
        """Return whom to thank: exactly ``count`` people, or nobody."""
        today = sum(
            len(g.to)
            for g in self._given
            if g.giver == giver.id and g.at > at - LONGEST_DAY
        )
        if today + count > self._settings.allowance_per_day:
            return ()
        met = self._met_lately(giver, at)
        free = [p for p in self._there(at) if p.thankable and p.id not in met]
        chosen: list[str] = []
        while free and len(chosen) < count:
            maker = self._rng.choices(free, [p.helps for p in free])[0]
            free.remove(maker)
            chosen.append(maker.id)
        return tuple(chosen) if len(chosen) == count else ()

    def _met_lately(self, giver: Maker, at: datetime) -> set[str]:
        """Return ``giver`` and whom the cooldown keeps from being thanked."""
        since = at - timedelta(hours=self._settings.pair_cooldown_h)
        lately = [given for given in self._given if given.at >= since]
        thanked = {who for g in lately if g.giver == giver.id for who in g.to}
        thankers = {g.giver for g in lately if giver.id in g.to}
        return {giver.id} | thanked | thankers

    def _there(self, at: datetime) -> list[Maker]:
        everybody = self._town.people.values()
        return [maker for maker in everybody if maker.is_there(at, self._until)]


def moments(
    rng: Random, town: Town, settings: Settings, days: int, until: datetime
) -> Iterator[Moment]:
    """Yield what happens in ``days`` days, in any order."""
    generosity = Generosity(rng, town, settings, until)
    count = round(days * _GIVEN_A_DAY)
    for at, giver in sorted(
        _wishes(rng, town, count, days, until), key=lambda wish: (wish[0], wish[1].id)
    ):
        given = generosity.give(giver, at)
        if given is None:
            continue
        yield given
        taken = generosity.second_thoughts(given)
        if taken is not None:
            yield taken
    for maker in town.people.values():
        left_at = maker.left_at(until)
        if left_at is not None:
            yield Goodbye(left_at, maker.id)


def _wishes(
    rng: Random, town: Town, count: int, days: int, until: datetime
) -> Iterator[tuple[datetime, Maker]]:
    """Yield when somebody feels like thanking, in waves through week and quarter."""
    since, last = until - timedelta(days=days), until - LATEST
    dates = [until.date() - timedelta(days=ago) for ago in range(days + 1)]
    weights = [_WEEK[day.weekday()] * _tide(until.date(), day) for day in dates]
    givers = list(town.people.values())
    for day in rng.choices(dates, weights, k=count):
        giver = rng.choices(givers, [maker.gives for maker in givers])[0]
        at = _moment(rng, giver, day)
        if since <= at <= last and giver.is_there(at, until):
            yield at, giver


def _tide(end: date, day: date) -> float:
    ago = (end - day).days
    if ago in _OPEN_DAY_D:
        return 2.5
    return 0.35 if ago in _QUIET_D else 1.0


def _moment(rng: Random, giver: Maker, day: date) -> datetime:
    hour = rng.choices(tuple(_HOURS), tuple(_HOURS.values()))[0]
    second = rng.randrange(3600)
    local = datetime.combine(day, time(hour, second // 60, second % 60))
    return local.replace(tzinfo=zone_of(giver.zone)).astimezone(zone_of("UTC"))


def _book(rng: Random, tag: str, page: Mapping[str, Sequence[str]]) -> Phrasebook:
    together = _reasons(page.get("together", ()))
    return Phrasebook(
        did=Deck(rng, _reasons(page["did"])),
        so=Deck(rng, page["so"]),
        together=Deck(rng, together) if together else None,
        space="" if tag in {"ja", "zh"} else " ",
        used=set(),
    )


def _reasons(lines: Sequence[str]) -> list[Reason]:
    tagged = (line.split(": ", 1) for line in lines)
    return [Reason(value, words) for value, page in tagged for words in variants(page)]
