"""The community's calendar among a server's own events, on Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.discord.adapter import Discord
from bot.adapters.discord.people import DISCORD
from bot.app import Laurel, open_database, running
from bot.chat.adapter import OutcomeUnknownError
from bot.chat.events import Event
from bot.domain import rrule
from bot.domain.community import Community
from bot.domain.people import Person
from bot.domain.recurrence import Rule
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from bot.memory import DatabaseMemory
from bot.mirror.mirror import SPARE
from storage import communities, file, members, personal, planning
from storage.database import Transaction
from storage.moments import Moment, MomentKind
from storage.planning import Edit, Wanted
from tests.adapters.discord.conftest import options_of
from tests.fakes.discord import Discord as Double
from tests.fakes.discord import Guild, Json, Role
from tests.fakes.discord.bits import bits
from tests.fakes.discord.event_routes import MAX_EVENTS, plan, standing
from tests.harness import NEVER, START, Clock
from tests.harness import words as languages
from tests.waiting import until

ROUTES = (
    "GET /guilds/{guild}/scheduled-events",
    "POST /guilds/{guild}/scheduled-events",
    "PATCH /guilds/{guild}/scheduled-events/{event}",
    "DELETE /guilds/{guild}/scheduled-events/{event}",
)
HOUR = timedelta(hours=1)


@dataclass
class Town:
    """A server with a calendar."""

    discord: Double
    adapter: Discord
    laurel: Laurel
    guild: Guild
    clock: Clock

    @property
    def here(self) -> CommunityRef:
        """The server, as cogs name it."""
        return CommunityRef(DISCORD, self.guild.id)

    def shown(self) -> list[tuple[str, datetime]]:
        """Return what people see among the server's events, the soonest first."""
        events = standing(self.discord.world, self.guild)
        seen = [(each["name"], each["scheduled_start_time"]) for each in events]
        return sorted(
            ((name, datetime.fromisoformat(at)) for name, at in seen),
            key=lambda each: each[1],
        )

    def event(self, name: str) -> Json:
        """Return the event of that name."""
        return next(e for e in self.guild.events.values() if name == e["name"])

    async def pass_time(self, **by: float) -> None:
        """Let time pass, and what follows happen."""
        self.clock.move(**by)
        self.laurel.alarm.wake()
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing more follows."""
        await self.laurel.settle()

    def asked(self, method: str) -> int:
        """Return how many requests of a kind were about events."""
        return len(
            [
                each
                for each in self.discord.requests
                if method == each.method and "/scheduled-events" in each.path
            ]
        )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "laurel.sqlite3"
    file.create(path)
    return path


@pytest.fixture
def guild(discord: Double) -> Guild:
    """A server that lets Laurel create events, and an application that may hurry."""
    for route in ROUTES:
        discord.rest.buckets.limits[route] = (1_000, 1.0)
    guild = discord.add_guild("Willow")
    laurel_s(guild).permissions |= bits("CREATE_EVENTS")
    discord.gateway_side.identify_gap_s = 0.0  # processes follow each other at once
    return guild


async def let(town: Town, *, granted: bool) -> None:
    """Let Laurel create events, or no longer, and have it hear of that."""
    role, guild = laurel_s(town.guild), town.guild.id
    may = bits("CREATE_EVENTS")
    role.permissions = role.permissions | may if granted else role.permissions & ~may
    told = {"guild_id": guild, "role": role.json()}
    town.discord.world.tell("GUILD_ROLE_UPDATE", told, guild=guild)
    places = town.adapter._places
    await until(lambda: granted is places.may_create_events(town.here))


def laurel_s(guild: Guild) -> Role:
    """Return the role that Discord made for Laurel."""
    return next(role for role in guild.roles.values() if role.managed)


@asynccontextmanager
async def served(
    path: Path, discord: Double, guild: Guild, clock: Clock, *, events: bool = True
) -> AsyncIterator[Town]:
    """Run Laurel for a server."""
    words = languages()
    async with open_database(path) as database:
        memory = DatabaseMemory(database, words, clock)
        options = options_of(discord, events=events)
        adapter = Discord(discord.token, options, words, memory, clock)
        run = running(database, [adapter], words, clock=clock, wall=lambda: NEVER)
        async with run as laurel:
            await until(lambda: adapter.trouble is None)
            await until(lambda: len(discord.direct(guild.owner)) > 0)
            town = Town(discord, adapter, laurel, guild, clock)
            await town.settle()
            yield town


@pytest.fixture
async def town(
    path: Path, discord: Double, guild: Guild, clock: Clock
) -> AsyncIterator[Town]:
    async with served(path, discord, guild, clock) as town:
        yield town


def names(town: Town) -> list[str]:
    """Return the names of what people see, the soonest first."""
    return [name for name, _ in town.shown()]


def wanted(
    title: str, hours: float = 24, pattern: str = "", **changed: object
) -> Wanted:
    """Return a moment that begins so many hours after the start of time."""
    starts = (START + timedelta(hours=hours)).replace(tzinfo=None)
    repeats = rrule.parse(pattern, ZoneInfo("UTC")) if pattern else None
    rule = Rule(starts, ZoneInfo("UTC"), repeats)
    plain = Wanted(MomentKind.MOMENT, title, "", None, timedelta(0), rule)
    return replace(plain, **changed)  # type: ignore[arg-type]


async def add(town: Town, *moments: Wanted) -> Sequence[Moment]:
    """Put moments on the calendar, and wait until that is seen."""

    def unit(tx: Transaction) -> list[Moment]:
        here, edit = _edit(tx, town)
        return [planning.add(tx, here, each, edit) for each in moments]

    made = await town.laurel.database.write(unit)
    await town.settle()
    return made


async def change(town: Town, moment: Moment, to: Wanted) -> Moment:
    """Have a moment be another."""

    def unit(tx: Transaction) -> Moment:
        here, edit = _edit(tx, town)
        return planning.change(tx, here, moment, to, edit)

    changed = await town.laurel.database.write(unit)
    await town.settle()
    return changed


async def cancel(town: Town, moment: Moment) -> None:
    """Take a moment off the calendar."""

    def unit(tx: Transaction) -> None:
        here, edit = _edit(tx, town)
        assert planning.cancel(tx, here, moment.entry, edit)

    await town.laurel.database.write(unit)
    await town.settle()


def _edit(tx: Transaction, town: Town) -> tuple[Community, Edit]:
    here = communities.get(tx, town.here)
    owner = Person(MemberRef(town.here, town.guild.owner.id), "Ada Bright")
    member = members.meet(tx, here, owner, town.clock())
    return here, Edit(member, "call", town.clock())


async def test_a_moment_is_shown_changed_and_withdrawn(town: Town) -> None:
    """One event, which is changed in place, so that who is interested stays so."""
    wall = ChannelRef(town.here, town.guild.general.id)
    tea = wanted("Tea", about="Bring a cup.", channel=wall, lasts=HOUR)
    (moment,) = await add(town, tea)
    assert [("Tea", START + 24 * HOUR)] == town.shown()
    event = town.event("Tea")
    told = (event["description"], event["entity_metadata"])
    assert ("Bring a cup.", {"location": "#general"}) == told

    later = wanted("Tea and cake", 30, lasts=2 * HOUR)
    moment = await change(town, moment, later)
    assert [("Tea and cake", START + 30 * HOUR)] == town.shown()
    changed = town.event("Tea and cake")
    assert event["id"] == changed["id"]
    assert {"location": "Here, in this server"} == changed["entity_metadata"]

    await cancel(town, moment)
    assert [] == town.shown()


async def test_the_next_time_follows_when_one_has_begun(town: Town) -> None:
    """The one under way stays until it is over; of each entry the next is shown."""
    await add(town, wanted("Walk", 24, "FREQ=DAILY", lasts=2 * HOUR))
    await town.pass_time(hours=24, minutes=5)
    assert [START + 24 * HOUR, START + 48 * HOUR] == [at for _, at in town.shown()]
    await town.pass_time(hours=3)
    assert [START + 48 * HOUR] == [at for _, at in town.shown()]
    assert 2 == town.asked("POST")


async def test_what_is_cancelled_while_it_runs_is_withdrawn(town: Town) -> None:
    """Also where it was to happen once and nothing is left on the calendar."""
    (walk,) = await add(town, wanted("Walk", 24, "FREQ=DAILY", lasts=5 * HOUR))
    await add(town, wanted("Tea", 24, lasts=5 * HOUR))
    await town.pass_time(hours=25)
    assert ["Walk", "Tea", "Walk"] == names(town)
    await cancel(town, walk)
    assert ["Tea"] == names(town)


async def test_the_soonest_are_shown_and_room_is_left(town: Town) -> None:
    """Of 150, those that come first; one that is sooner takes the last one's place."""
    many = [wanted(f"Moment {n}", 24 + n) for n in range(150)]
    await add(town, *many)
    expected = [f"Moment {n}" for n in range(MAX_EVENTS - SPARE)]
    assert expected == names(town)
    await add(town, wanted("Sooner", 23))
    assert ["Sooner", *expected[:-1]] == names(town)


async def test_people_s_own_events_are_never_touched(town: Town) -> None:
    """However many there are; Laurel takes the room that they leave."""
    body = {
        "name": "Choir",
        "privacy_level": 2,
        "entity_type": 3,
        "entity_metadata": {"location": "The hall"},
        "scheduled_start_time": (START + 90 * HOUR).isoformat(),
        "scheduled_end_time": (START + 91 * HOUR).isoformat(),
    }
    for _ in range(95):
        plan(town.discord.world, town.guild, body, town.guild.owner.user)
    await add(town, *(wanted(f"Moment {n}", 24 + n) for n in range(8)))
    seen = names(town)
    assert (95, 5) == (seen.count("Choir"), len(seen) - 95)
    assert [f"Moment {n}" for n in range(5)] == seen[:5]


async def test_an_event_that_a_person_took_down_stays_down(town: Town) -> None:
    """Words may change; the time after it, and another time of it, are shown."""
    (walk,) = await add(town, wanted("Walk", 24, "FREQ=DAILY", lasts=HOUR))
    town.guild.events.clear()
    town.discord.tolerate(10070)
    walk = await change(town, walk, wanted("A walk", 24, "FREQ=DAILY", lasts=HOUR))
    await add(town, wanted("Tea", 30))
    assert ["Tea"] == names(town)
    await town.pass_time(hours=26)
    assert [("Tea", START + 30 * HOUR), ("A walk", START + 48 * HOUR)] == town.shown()

    town.guild.events.clear()
    await change(town, walk, wanted("A walk", 50, "FREQ=DAILY", lasts=HOUR))
    assert [("A walk", START + 50 * HOUR)] == town.shown()


async def test_what_a_person_wrote_into_an_event_stands(town: Town) -> None:
    """Until the calendar itself says something else."""
    (tea,) = await add(town, wanted("Tea"))
    town.event("Tea")["name"] = "Tea (bring cake)"
    await add(town, wanted("Walk", 30))
    assert ["Tea (bring cake)", "Walk"] == names(town)
    await change(town, tea, wanted("Coffee"))
    assert ["Coffee", "Walk"] == names(town)


async def test_moderators_are_told_once_what_is_missing(town: Town) -> None:
    """And nothing is asked for meanwhile; once it is granted, the events come."""
    wall = town.guild.add_channel("mods")

    def moderated(tx: Transaction) -> None:
        here = communities.get(tx, town.here)
        chosen = replace(here.settings, moderators=ChannelRef(town.here, wall.id))
        communities.change(tx, here, chosen)

    await town.laurel.database.write(moderated)
    await let(town, granted=False)
    await add(town, wanted("Tea"))
    await add(town, wanted("Walk", 30))
    (told,) = [str(each) for each in town.discord.sees(town.guild.owner, wall)]
    assert "Create Events" in told
    assert 0 == town.asked("POST")

    await let(town, granted=True)
    await town.pass_time(hours=7)
    assert ["Tea", "Walk"] == names(town)


async def test_a_crash_between_making_and_noting_doubles_nothing(
    path: Path, discord: Double, guild: Guild, clock: Clock
) -> None:
    """The event was made and the process died: the next one finds and keeps it."""
    async with served(path, discord, guild, clock) as town:
        made = town.adapter._events.create

        async def dies(community: CommunityRef, event: Event) -> str:
            await made(community, event)
            raise LookupError("as if the process had been killed here")

        town.adapter._events.create = dies  # type: ignore[method-assign]
        (tea,) = await add(town, wanted("Tea"))
        (first,) = guild.events
    clock.move(minutes=5)
    async with served(path, discord, guild, clock) as town:
        assert [first] == list(guild.events)
        assert 1 == town.asked("POST")
        await town.pass_time(hours=1)
        await change(town, tea, wanted("Coffee"))
        assert ([first], ["Coffee"]) == (list(guild.events), names(town))


async def test_a_crash_before_an_edit_leaves_nothing_behind(
    path: Path, discord: Double, guild: Guild, clock: Clock
) -> None:
    """What was made and never noted is withdrawn where it says what is no longer so."""
    async with served(path, discord, guild, clock) as town:
        made = town.adapter._events.create

        async def lost(community: CommunityRef, event: Event) -> str:
            await made(community, event)
            raise OutcomeUnknownError("no answer")

        town.adapter._events.create = lost  # type: ignore[method-assign]
        (tea,) = await add(town, wanted("Tea"))
        await change(town, tea, wanted("Coffee"))
    clock.move(minutes=5)
    async with served(path, discord, guild, clock) as town:
        assert ["Coffee"] == names(town)


async def test_an_answer_that_never_came_is_looked_for(town: Town) -> None:
    """Nothing is made again before it can be known whether it was made."""
    town.discord.faults.reset(accept=True, path=r"POST .*/scheduled-events")
    await add(town, wanted("Tea"))
    await town.pass_time(seconds=20)
    assert 1 == town.asked("POST")
    for _ in range(3):
        await town.pass_time(minutes=5)
    assert (["Tea"], 1) == (names(town), town.asked("POST"))


async def test_an_outage_is_waited_for(town: Town) -> None:
    """What was not taken is made when Discord is back, the soonest first."""
    town.discord.faults.status(503, times=2, path=r".*/scheduled-events")
    await add(town, wanted("Tea"), wanted("Walk", 30))
    for _ in range(8):
        await town.pass_time(minutes=10)
    assert ["Tea", "Walk"] == names(town)


async def test_what_an_erased_member_planned_is_withdrawn(town: Town) -> None:
    """Their words leave the server's events with them."""
    await add(town, wanted("Tea"))

    def erase(tx: Transaction) -> None:
        here, edit = _edit(tx, town)
        subject = personal.Subject(here, edit.by, town.clock())
        personal.erase(tx, subject)

    await town.laurel.database.write(erase)
    await town.settle()
    assert [] == town.shown()


async def test_hostile_words_stay_within_what_discord_takes(town: Town) -> None:
    """Names of one line, and nothing longer than it may be."""
    long = "A \n very long " + "x" * 300
    await add(town, wanted(long, about="y" * 5_000))
    (shown,) = town.shown()
    assert 100 == len(shown[0])
    assert "\n" not in shown[0]


async def test_where_it_is_not_turned_on_nothing_is_asked(
    path: Path, discord: Double, guild: Guild, clock: Clock
) -> None:
    """Not even what stands; turned on later, what is on the calendar appears."""
    async with served(path, discord, guild, clock, events=False) as town:
        await add(town, wanted("Tea"))
        assert (None, 0) == (town.adapter.events, town.asked("GET"))
    async with served(path, discord, guild, clock) as town:
        assert ["Tea"] == names(town)


async def test_a_server_that_laurel_comes_to_later_is_seen_to(town: Town) -> None:
    """Each server has its own calendar, and what fails in one holds up no other."""
    other = town.discord.add_guild("Birch")
    there = replace(town, guild=other)
    await until(lambda: len(town.discord.direct(other.owner)) > 0)
    await let(there, granted=True)
    path = f"POST .*/guilds/{town.guild.id}/scheduled-events"
    town.discord.faults.status(503, path=path)
    await add(town, wanted("Tea"))
    await add(there, wanted("Walk"))
    assert ([], ["Walk"]) == (names(town), names(there))
