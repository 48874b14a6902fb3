"""Many moderators who decide the same nominations at once, on a double of Discord."""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import Laurel, open_database, running
from bot.chat.message import Action
from bot.domain.awards import Award, Standard
from bot.domain.community import Community, Settings
from bot.domain.nominations import State
from bot.domain.people import Person, Role
from bot.domain.refs import ChannelRef, MemberRef
from storage import audit, awards, communities, members, nominations
from storage.acts import Act
from storage.database import Database, Transaction
from storage.file import create
from storage.nominations import Said, Terms
from tests.battery.flood import AT_ONCE, OnDiscord
from tests.fakes import discord
from tests.fakes.discord import Actor, Channel, Json
from tests.harness import NEVER, Clock, words
from tests.waiting import until

WHY = "Everybody here knows what they did, and nobody says it."
REASON = "There is too little here to go by."
BUTTON, PRESS = 2, 3

_APPROVE = re.compile(r'"1:review\.approve:(\d+)"')
_WENT_WRONG = re.compile(r"went wrong|takes longer|so much is going on", re.IGNORECASE)

DEEDS = {"approve": 55, "decline": 30, "ask": 5, "recuse": 5, "take": 5}
"""What a moderator does with a card, and how often in a hundred times."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is to decide, and by how many.

    Attributes:
        seats: Of each award.

        presses: Moderators who press on each nomination at the same time.

        at_once: Nominations on which they do so together.
    """

    awards: int
    nominees: int
    seats: int
    reviewers: int
    presses: int
    at_once: int


@dataclass
class Jury:
    """A server whose moderators have a channel of their own."""

    square: OnDiscord
    file: Path
    clock: Clock
    size: Size
    room: Channel = field(init=False)
    reviewers: Sequence[Actor] = field(init=False)
    said: Counter[str] = field(default_factory=Counter)
    decided: list[tuple[str, int]] = field(default_factory=list)
    _ids: Iterator[int] = field(default_factory=lambda: iter(range(10**17, 10**18)))

    def __post_init__(self) -> None:
        """Let the moderators in."""
        limits = self.square.double.rest.buckets.limits
        limits["PATCH /channels/{channel}/messages/{message}"] = (AT_ONCE, 1)
        self.room = self.square.guild.add_channel("moderators")
        may = ["MANAGE_MESSAGES"]
        self.reviewers = [
            self.square.guild.add_member(f"Moderator {n}", permissions=may)
            for n in range(self.size.reviewers)
        ]

    async def found(self) -> None:
        """Make the file, with all who are nominated in it."""
        create(self.file)
        async with open_database(self.file) as database:
            room = ChannelRef(self.square.ref, self.room.id)
            chosen = Settings("en", ZoneInfo("UTC"), self.square.wall, room)
            await database.write(communities.add, self.square.ref, chosen, self.clock())

    async def nominate(self, database: Database) -> None:
        """Have everybody be nominated, some by a moderator."""
        for number in range(self.size.awards):
            await database.write(self._open, number)

    def _open(self, tx: Transaction, number: int) -> None:
        here, at = communities.get(tx, self.square.ref), self.clock()
        jury = [self._met(tx, here, each) for each in self.reviewers]
        edit = Act(members.by_key(tx, here, jury[0], at), f"award-{number}", at)
        asked = Standard(1, winners=self.size.seats, per_member=20)
        award = awards.create(tx, here, f"Award {number}", asked, edit)
        award = awards.open_round(tx, here, award, None, edit)
        for n in range(self.size.nominees):
            by = None if n % 3 else jury[n // 3 % len(jury)]
            self._put_forward(tx, here, award, (number, n), by)

    def _met(self, tx: Transaction, here: Community, actor: Actor) -> int:
        ref = MemberRef(here.ref, actor.id)
        person = Person(ref, actor.name, Role.MODERATOR)
        return members.meet(tx, here, person, self.clock()).key

    def _put_forward(
        self,
        tx: Transaction,
        here: Community,
        award: Award,
        place: tuple[int, int],
        by: int | None,
    ) -> None:
        """Have somebody be nominated who, like most nominators, is never written to."""
        at, label = self.clock(), "-".join(map(str, place))
        people = [
            members.meet(tx, here, Person(ref, f"{what} {label}"), at)
            for what in ("Nominee", "Nominator")
            for ref in [MemberRef(here.ref, str(next(self._ids)))]
        ]
        for each in people:
            privacy = replace(each.privacy, takes_dms=False)
            members.prefer(tx, each, privacy, previews=False)
        nominee, nominator = people
        if by is not None:
            nominator = members.by_key(tx, here, by, at) or nominator
        assert award.round is not None
        said = Said(nominator, nominee, WHY, (), (), f"nominated-{label}")
        nominations.add(tx, here, Terms(award.round, award.standard), said, at)

    @asynccontextmanager
    async def served(self) -> AsyncIterator[Laurel]:
        """Run Laurel, connected."""
        async with open_database(self.file) as database:
            adapter = self.square.adapter(database, self.clock)
            async with running(
                database, [adapter], words(), clock=self.clock, wall=lambda: NEVER
            ) as laurel:
                await until(lambda: adapter.trouble is None)
                yield laurel

    async def decide(self, luck: random.Random) -> None:
        """Have some moderators press on each card, on several cards at once."""
        cards = list(self.cards().items())
        luck.shuffle(cards)
        for start in range(0, len(cards), self.size.at_once):
            together = [
                self._press(each, candidacy, message, deed)
                for candidacy, message in cards[start : start + self.size.at_once]
                for each, deed in self._drawn(luck)
            ]
            luck.shuffle(together)
            await asyncio.gather(*together)

    async def finish(self, luck: random.Random) -> None:
        """Have whatever is left be declined, by one after the other until it is."""
        for candidacy, message in self.cards().items():
            order = luck.sample(self.reviewers, len(self.reviewers))
            before = len(self.decided)
            for each in order:
                await self._press(each, candidacy, message, "decline")
                if len(self.decided) > before:
                    break

    def cards(self) -> Mapping[int, Json]:
        """Return the cards that wait, by candidacy, as their readers see them."""
        found = {}
        for message in self.room.messages.values():
            pressed = _APPROVE.search(json.dumps(message.raw))
            if pressed:
                found[int(pressed[1])] = message.raw
        return found

    def _drawn(self, luck: random.Random) -> Iterator[tuple[Actor, str]]:
        for each in luck.sample(self.reviewers, self.size.presses):
            yield each, luck.choices(list(DEEDS), list(DEEDS.values()))[0]

    async def _press(self, who: Actor, candidacy: int, card: Json, deed: str) -> None:
        custom_id = Action(f"review.{deed}", (candidacy,)).encode()
        data = {"custom_id": custom_id, "component_type": BUTTON, "id": 1}
        shown = await who.forge(PRESS, data, message=card)
        if shown.modal is not None:
            answer = {"reason": REASON} if deed == "decline" else {"words": REASON}
            shown = await who.submit(shown, answer)
        text = shown.text
        if not text.strip() or _WENT_WRONG.search(text):
            self.said[f"{deed}: {shown.kind}: {text[:80]}"] += 1
        elif (deed == "approve" and "wins. Everybody" in text) or "Declined." in text:
            self.decided.append((who.id, candidacy))

    async def wrong(self, laurel: Laurel) -> dict[str, object]:
        """Return what is wrong once nothing waits; nothing when all is well."""
        found = await laurel.database.read(self._kept)
        found |= {"badly answered": dict(self.said)} if self.said else {}
        standing = self.cards()
        if standing:
            found["cards that still ask"] = len(standing)
        won = sum(
            "wins" in json.dumps(m.raw) for m in self.square.place.messages.values()
        )
        if won != found.pop("won"):
            found["announced"] = won
        return {what: value for what, value in found.items() if value}

    def _kept(self, tx: Transaction) -> dict[str, object]:
        here = communities.get(tx, self.square.ref)
        final = tx.all(_FINAL)
        made = Counter(row["candidacy"] for row in final)
        by = {(row["platform_id"], row["candidacy"]) for row in final}
        return {
            "decided twice": sum(n - 1 for n in made.values()),
            "not decided": len(tx.all(_OPEN)),
            "decided otherwise": len(tx.all(_OTHERWISE)),
            "seats exceeded": len(tx.all(_EXCEEDED)),
            "decided by those who take part": len(tx.all(_PARTIAL)),
            "told and not so": len(set(self.decided) - by),
            "so and not told": len(by - set(self.decided)),
            "told twice": len(self.decided) - len(set(self.decided)),
            "chain broken at": audit.first_broken(tx, here),
            "won": len(tx.all("SELECT 1 FROM candidacies WHERE state = 'won'")),
        }


_FINAL = f"""
SELECT d.candidacy, m.platform_id FROM decisions AS d
JOIN members AS m ON m.key = d.decider
WHERE d.state IN ('{State.WON}', '{State.DECLINED}')
"""  # noqa: S608  of Laurel's own words alone
_OPEN = "SELECT id FROM candidacies WHERE decided_at IS NULL"
_OTHERWISE = """
SELECT c.id FROM candidacies AS c WHERE c.decided_at IS NOT NULL
  AND c.state IS NOT (SELECT d.state FROM decisions AS d WHERE d.candidacy = c.id
                      ORDER BY d.id DESC LIMIT 1)
"""
_EXCEEDED = """
SELECT round FROM candidacies WHERE state = 'won' GROUP BY round, seats
HAVING count(*) > seats
"""
_PARTIAL = """
SELECT d.id FROM decisions AS d JOIN nominations AS n
  ON n.candidacy = d.candidacy AND n.nominator = d.decider
UNION ALL
SELECT d.id FROM decisions AS d JOIN review_recusals AS r
  ON r.candidacy = d.candidacy AND r.member = d.decider AND r.at < d.at
"""


@asynccontextmanager
async def judged(folder: Path, size: Size) -> AsyncIterator[tuple[Jury, Laurel]]:
    """Run a server in which everybody who was nominated has a card that waits."""
    clock = Clock()
    async with discord.doubled(clock) as double:
        jury = Jury(OnDiscord(double), folder / "laurel.sqlite3", clock, size)
        await jury.found()
        async with jury.served() as laurel:
            await jury.nominate(laurel.database)
            await laurel.settle()
            yield jury, laurel
        assert not double.findings, "\n".join(double.findings[:20])
