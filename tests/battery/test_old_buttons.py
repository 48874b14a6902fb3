"""T17: what every release put into a button does what it did, or says why not."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.adapters.playground.records import Resident
from bot.chat.message import Action, UnknownActionError
from bot.chat.news import Left
from bot.chat.responses import Ask
from bot.chat.table import Routes, RouteTable
from bot.domain.people import Person
from bot.domain.refs import MemberRef
from bot.features import declared, load_words
from tests.adapters.browser import Tab
from tests.battery import on_discord, on_slack
from tests.battery.buttons import Sample, lost, samples
from tests.battery.matrix import TABLE, attempt, scene, staged
from tests.battery.process import EASY
from tests.battery.rows import COLUMNS, PAGES, YES, Scene
from tests.battery.size import FULL, chance, size
from tests.battery.told import Tell
from tests.battery.town import TOWN, town
from tests.fakes.discord import Actor as Member
from tests.fakes.discord import Json
from tests.fakes.discord import Shown as OnDiscord
from tests.fakes.slack import Actor, looking, words
from tests.fakes.slack import Shown as OnSlack
from tests.harness import Clock, Community, Post, Reply, community

WRITTEN = samples()
TRIED = size(6, len(WRITTEN))
"""Routes of which buttons are pressed as they are meant."""

PRESSES = size(60, 1_000)
AT_ONCE = 10
WITHIN_S = 3.0
"""How soon a platform wants an answer."""

FAULTS = ("common.failed", "common.slow", "common.busy", "common.unstored")
LEAST_CHARS = 10
_FAILED = re.compile(r"went wrong|failed|\{ ?\$", re.IGNORECASE)

KEEP = (
    "Buttons of earlier releases lead to routes that are not there any more, or that "
    'take other arguments. Say what a renamed one was, @action(was=("slice.old",)), '
    "and leave one that takes others in place under its old name, to answer. Until a "
    "version is released, its file may be written anew: "
    "python -m tests.battery.buttons VERSION"
)


@pytest.fixture(scope="module")
def table() -> RouteTable:
    """What can be done today."""
    return declared(load_words())


def test_every_button_of_every_release_leads_somewhere(table: RouteTable) -> None:
    """A route that is renamed leaves its old name; a release leaves its file."""
    assert [] == list(lost(table, WRITTEN)), KEEP
    released = re.findall(
        r"^## \[?(\d+\.\d+\.\d+)", Path("CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert set(released) <= {each.version for each in WRITTEN}, KEEP
    assert len(WRITTEN) >= 100


def test_a_renamed_route_would_be_found(table: RouteTable) -> None:
    """Planted: `shoutouts.undo` is called something else, and then says what it was."""
    undo = table.routes["shoutouts.undo"]
    others = [each for each in table.routes.values() if each is not undo]
    renamed = replace(undo, key="shoutouts.take-back")
    forgot = replace(table, routes=Routes([*others, renamed]))
    said = replace(renamed, was=("shoutouts.undo",))
    kept = replace(table, routes=Routes([*others, said]))

    assert ["shoutouts.undo of 0.1.0"] == list(lost(forgot, WRITTEN))
    assert [] == list(lost(kept, WRITTEN))
    assert "shoutouts.take-back" in kept.routes
    assert "shoutouts.undo" not in list(kept.routes)


@dataclass
class Home:
    """A file, and the community in it, which can be left and come back to."""

    path: Path
    clock: Clock
    posts: list[Post]

    def open(self) -> AbstractAsyncContextManager[Community]:
        """Start Laurel over it."""
        return community(self.path, clock=self.clock, posts=self.posts, link=PAGES)


def tried(luck: int) -> Sequence[Sample]:
    """Return some of what was written, of every kind there is."""
    some = list(WRITTEN)
    chance(luck).shuffle(some)
    return some[:TRIED]


def same_people(there: Scene, home: Community) -> Scene:
    """Return the scene as the next process finds it: nothing is known by heart."""
    for column, role in COLUMNS.items():
        home.person(there.names[column], role, bot=column == "bot")
    return replace(there, home=home)


async def pressed(there: Scene, sample: Sample, column: str) -> Reply:
    """Press a button that a release drew, as the member of ``column``."""
    row = TABLE[there.home.laurel.table.routes[sample.route].key]
    wire = Action.decode(sample.wire(there))
    _, answers = row.does(there)
    if row.on_post:
        return await attempt(there, sample.route, column)
    return await there.home.do(there.call(column), wire, answers)


@pytest.mark.timeout(600)
async def test_a_button_does_the_same_after_a_restart(
    tmp_path: Path, tell: Tell
) -> None:
    """Whoever may, may; whoever may not hears the same sentence as before."""
    wrong = []
    for number, sample in enumerate(tried(17)):
        home = Home(tmp_path / f"{number}.sqlite3", Clock(), [])
        outcomes = TABLE[sample.route].outcomes
        column = next((c for c in COLUMNS if outcomes[c] == YES), "giver")
        async with home.open() as before:
            there = await staged(await scene(before, number), sample.route)
        async with home.open() as after:
            reply = await pressed(same_people(there, after), sample, column)
            found = reply.reason if reply.refused else YES
            if found != outcomes[column]:
                wrong.append(f"{sample.route} as {column}: {found}")
    tell(
        "P11", "old buttons that did something else after a restart", len(wrong), most=0
    )
    assert [] == wrong


def unclear(wire: str, reply: Reply, took_s: float) -> Iterator[str]:
    """Yield what is wrong with an answer, if anything."""
    if reply.refused and reply.reason in FAULTS:
        yield f"{wire}: {reply.reason}"
    said = reply.text.strip()
    asks = isinstance(reply.response, Ask)
    if not asks and (len(said) < LEAST_CHARS or _FAILED.search(said)):
        yield f"{wire}: says {said!r}"
    if took_s > WITHIN_S and FULL:
        yield f"{wire}: answered after {took_s:.1f} s"


async def press_all(
    there: Scene, written: Sequence[Sample], columns: Sequence[str]
) -> list[str]:
    """Press everything that is written, and return what is wrong with the answers."""
    wrong: list[str] = []
    for sample in written:
        wires = [sample.wire(there), *sample.wires]
        for column, wire in ((c, w) for c in columns for w in wires):
            try:
                pressing = Action.decode(wire)
            except UnknownActionError:
                wrong.append(f"{wire}: cannot be read")
                continue
            began = time.perf_counter()
            reply = await there.home.do(there.call(column), pressing, None)
            wrong += unclear(wire, reply, time.perf_counter() - began)
    return wrong


async def set_up(home: Community, written: Sequence[Sample]) -> Scene:
    """Return a scene in which everything stands that the buttons are about."""
    there, found = await scene(home, 1), dict[str, int | str]()
    for sample in written:
        found |= (await staged(there, sample.route)).staged
    return replace(there, staged=found)


async def erase(there: Scene, column: str) -> None:
    """Have a member erase themselves."""
    await there.home.do(there.call(column), Action("privacy.erase"), {"word": "ERASE"})
    await there.home.laurel.settle()


async def _erased(there: Scene) -> None:
    for column in ("giver", "receiver", "moderator"):
        await erase(there, column)


async def _over(there: Scene) -> None:
    await there.home.wait(days=400)


async def _undone(there: Scene) -> None:
    undo = Action("shoutouts.undo", (there.shoutout,))
    assert not (await there.home.do(there.call("giver"), undo, None)).refused
    await there.home.wait(minutes=1)


async def _sent_away(there: Scene) -> None:
    await there.home.laurel.dispatcher.hear(Left(there.home.ref))
    await there.home.wait(minutes=1)


AFTER = {"erased": _erased, "over": _over, "undone": _undone, "left": _sent_away}
"""What happens between the drawing of a button and its being pressed."""


@pytest.mark.parametrize("happened", AFTER)
async def test_a_button_outlives_what_it_is_about(
    tmp_path: Path, tell: Tell, caplog: pytest.LogCaptureFixture, happened: str
) -> None:
    """Pressed by whose it was, by others, by strangers: a clear word, and no fault."""
    home = Home(tmp_path / "laurel.sqlite3", Clock(), [])
    some = tried(len(happened))
    async with home.open() as before:
        there = await set_up(before, some)
        await AFTER[happened](there)
    caplog.set_level(logging.ERROR)
    async with home.open() as after:
        caplog.clear()
        columns = ("giver", "bystander", "admin", "stranger")
        wrong = await press_all(same_people(there, after), some, columns)
        wrong += [each.getMessage() for each in caplog.records if each.exc_info]
    tell("P11", "old buttons that were answered unclearly", len(wrong), most=0)
    assert [] == wrong[:20]


def wires(luck: int) -> Iterator[str]:
    """Yield ids as they were written, of all routes, again and again."""
    rng = chance(luck)
    every = [wire for each in WRITTEN for wire in each.wires]
    while True:
        rng.shuffle(every)
        yield from every


@pytest.mark.timeout(600)
async def test_discord_takes_old_buttons(
    tmp_path: Path, tell: Tell, unhurried: None
) -> None:
    """As buttons, as options of a list, told apart by a number, and as forms."""
    del unhurried
    async with on_discord.beside(tmp_path) as here:
        place = here.found("Willow")
        await here.prepare(EASY)
        async with here.running():
            who = place.let_in("Zoe")
            on = await who.slash("laurel help", {}, place.general)
            presses = [
                (each, await who.forge(3, data, message=on))
                for number, each in zip(range(PRESSES), wires(3), strict=False)
                for data in [_as_component(each, number)]
            ]
            forms = [
                (each, await _handed_in(who, each, on))
                for _, each in zip(range(PRESSES // 5), wires(5), strict=False)
            ]
            assert 0 == await here.stop()
        wrong = [f"{w}: {s.kind}: {s.text}" for w, s in presses + forms if _unseen(s)]
        tell("P11", "old buttons that Discord called failed", len(wrong), most=0)
        assert [] == wrong + here.crashes()


def _as_component(wire: str, number: int) -> Json:
    """Return a press, a pick from a list, or a press of what stood there twice."""
    if number % 3 == 1:
        return {"custom_id": "select#0", "component_type": 3, "id": 1, "values": [wire]}
    told_apart = f"{wire}#{number}" if number % 3 == 2 else wire
    return {"custom_id": told_apart[:100], "component_type": 2, "id": 1}


async def _handed_in(who: Member, wire: str, on: OnDiscord) -> OnDiscord:
    """Hand in a form that an earlier release opened."""
    erase = _as_component("1:privacy.erase", 0)
    opened = await who.forge(3, erase, message=on)
    assert opened.modal is not None
    opened.modal["custom_id"] = wire
    return await who.submit(opened, {"word": "old"})


def _unseen(shown: OnDiscord) -> bool:
    """Return whether somebody who pressed is left without a clear word."""
    if shown.kind == "modal":
        return False
    said = shown.text.strip()
    known = shown.kind in {"message", "edited"}
    return not known or len(said) < LEAST_CHARS or bool(_FAILED.search(said))


@pytest.mark.timeout(600)
async def test_slack_takes_old_buttons(
    tmp_path: Path, tell: Tell, unhurried: None
) -> None:
    """As buttons, as options of a list, as shortcuts, and as forms."""
    del unhurried
    async with on_slack.beside(tmp_path) as here:
        place = here.found("Willow")
        await here.prepare(EASY)
        # Nobody opens hundreds of forms a minute: they would be asked to press again.
        here.slack.web_api.limits.per_minute["views.open"] = 2 * PRESSES
        async with here.running():
            who = place.let_in("Zoe")
            told = list(zip(range(PRESSES), wires(7), strict=False))
            seen: list[tuple[str, OnSlack]] = []
            for some in (told[n : n + AT_ONCE] for n in range(0, PRESSES, AT_ONCE)):
                pressing = (
                    who.forge("interactive", _on_slack(wire, number, place))
                    for number, wire in some
                )
                shown = await asyncio.gather(*pressing)
                seen += zip((wire for _, wire in some), shown, strict=True)
            for _, wire in zip(range(PRESSES // 5), wires(11), strict=False):
                seen.append((wire, await _sent_in(who, wire, place)))
            assert 0 == await here.stop()
        wrong = [f"{wire}: {shown.kind}" for wire, shown in seen if _silent(shown)]
        tell("P11", "old buttons that Slack called failed", len(wrong), most=0)
        assert [] == wrong + here.crashes()


async def _sent_in(who: Actor, wire: str, place: on_slack.Place) -> OnSlack:
    """Send in a form that an earlier release opened."""
    opened = await who.forge("interactive", _on_slack("1:privacy.erase", 0, place))
    assert opened.view is not None
    _, view = looking.find(who.world, who.user, opened.view["id"])
    assert view is not None
    view.raw["callback_id"] = wire
    return await who.submit(opened, {"word": "old"})


def _silent(shown: OnSlack) -> bool:
    """Return whether somebody who pressed is left without a clear word."""
    said = words(shown.message or shown.view or {}).strip()
    if shown.kind == "unanswered" or _FAILED.search(said):
        return True
    return len(said) < LEAST_CHARS and not shown.errors


def _on_slack(wire: str, number: int, place: on_slack.Place) -> Json:
    """Return what Slack tells of a press, a pick or a shortcut."""
    channel = {"id": place.wall.id, "name": "wall-of-thanks"}
    told: Json = {"block_id": "b1", "action_ts": "1.0"}
    text = {"type": "plain_text", "text": "Old"}
    match number % 3:
        case 0:
            told |= {"type": "button", "action_id": "press.1", "value": wire}
        case 1:
            told |= {"type": "static_select", "action_id": "pick.1"}
            told |= {"selected_option": {"text": text, "value": wire}}
        case _:
            return {"type": "shortcut", "callback_id": wire}
    container = {"type": "message", "message_ts": "1.0", "channel_id": channel["id"]}
    return {"actions": [told], "container": container, "channel": channel}


async def test_the_playground_takes_old_buttons(tmp_path: Path, tell: Tell) -> None:
    """Each is answered, with a form or in words."""
    wrong = []
    residents = [Resident(Person(MemberRef(TOWN, "ana"), "Ana"))]
    async with town(tmp_path, residents) as (laurel, client):
        tab = Tab(client, "ana")
        for _, wire in zip(range(PRESSES), wires(9), strict=False):
            answer = await tab.send("press", {"laurel.action": wire, "laurel.id": ""})
            said = await answer.text()
            if answer.status >= 400 or _FAILED.search(said):
                wrong.append(f"{wire}: {answer.status}: {said[:80]}")
        await laurel.settle()
        wrong += [said for said in await tab.posts() if _FAILED.search(said)]
    tell("P11", "old buttons that the playground called failed", len(wrong), most=0)
    assert [] == wrong
