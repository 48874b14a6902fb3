"""Laurel's home: a member finds themselves there, and what they can do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.slack.people import SLACK
from bot.app import Laurel
from bot.domain.refs import ChannelRef, CommunityRef
from storage import communities
from storage.database import Transaction
from tests.adapters.slack.conftest import Site, delivered, workshop
from tests.fakes.slack import Actor, Channel, Team, words
from tests.fakes.slack import Slack as Double
from tests.harness import Clock
from tests.waiting import until

WHY = "for the docs that saved my whole week"


@pytest.fixture
async def home(
    tmp_path: Path, clock: Clock
) -> AsyncIterator[tuple[Double, Team, Laurel]]:
    async with workshop(tmp_path, clock) as found:
        yield found.slack, found.team, found.laurel


def at_home(slack: Double, team: Team, who: Actor) -> str:
    """Return what stands at somebody's home."""
    found = slack.world.homes.get((team.id, who.id))
    return "" if found is None else words(found.raw)


def thanks(tx: Transaction) -> int:
    """Return how many were kept."""
    return len(tx.all("SELECT id FROM shoutouts"))


async def choose_wall(laurel: Laurel, team: Team, wall: Channel) -> None:
    """Have an admin choose where thanks are posted."""
    ref = CommunityRef(SLACK, team.id)

    def choose(tx: Transaction) -> None:
        here = communities.get(tx, ref)
        chosen = replace(here.settings, wall=ChannelRef(ref, wall.id))
        communities.change(tx, here, chosen)

    await laurel.database.write(choose)


def drawn_at_home(slack: Double) -> int:
    """Return how often homes were drawn."""
    return len([r for r in slack.requests if r.method == "views.publish"])


def in_a_view(slack: Double) -> str:
    """Return what stands in the modals that are open."""
    views = (each.raw for each in slack.world.views.values())
    return "\n".join(words(raw) for raw in views if raw["type"] == "modal")


async def test_a_member_finds_themselves_at_home(
    home: tuple[Double, Team, Laurel],
) -> None:
    """What `/laurel me` says stands there, with what everybody can do."""
    _, team, _ = home
    ana = team.add_member("Ana Souza")
    shown = await ana.opens_home()
    assert "home" == shown.kind
    assert "/shoutout" in shown.text
    assert "/laurel setup" not in shown.text


async def test_an_admin_finds_what_admins_do(
    home: tuple[Double, Team, Laurel],
) -> None:
    """Whoever may set Laurel up can begin there."""
    slack, team, _ = home
    admin = team.add_member("Mika", admin=True)
    shown = await admin.opens_home()
    assert "/laurel setup" in shown.text
    await admin.click(shown, "/laurel setup")
    await until(lambda: "in your messages" in in_a_view(slack))
    await until(lambda: slack.direct(admin))
    (sheet,) = slack.direct(admin)
    await until(lambda: drawn_at_home(slack) > 1)
    form = await admin.pick(sheet, "Limits")
    await admin.submit(form, {"allowance": 17})
    await until(lambda: "17" in words(slack.direct(admin)[0]))
    assert [sheet["ts"]] == [each["ts"] for each in slack.direct(admin)]


async def test_an_answer_that_needs_no_answer_is_read_at_home(
    home: tuple[Double, Team, Laurel],
) -> None:
    """What cannot be pressed is shown in a view, and nobody has to look elsewhere."""
    slack, team, _ = home
    ana = team.add_member("Ana Souza")
    shown = await ana.opens_home()
    await ana.click(shown, "/recap last")
    await until(lambda: "recap" in in_a_view(slack))
    assert [] == slack.direct(ana)


async def test_a_command_begun_at_home_is_asked_in_a_form(
    home: tuple[Double, Team, Laurel],
) -> None:
    """Its answer comes as a direct message, and the home is drawn anew."""
    slack, team, laurel = home
    ana, bo = team.add_member("Ana Souza"), team.add_member("Bo Lindqvist")
    wall = team.add_channel("wall", members=[ana, bo])
    await choose_wall(laurel, team, wall)
    shown = await ana.opens_home()
    form = await ana.click(shown, "/shoutout")
    assert "view" == form.kind
    before = at_home(slack, team, ana)
    await ana.submit(form, {"to": [bo], "why": WHY})
    await until(lambda: slack.direct(ana))
    await laurel.settle()
    await until(lambda: at_home(slack, team, ana) != before)
    assert any(WHY in words(each.raw) for each in wall.messages.values())


@pytest.mark.parametrize(
    ("admin", "what_next"),
    [(False, "ask an admin to choose one"), (True, "Choose one with /laurel setup")],
    ids=["member", "admin"],
)
async def test_nobody_thanks_where_nobody_else_reads(
    home: tuple[Double, Team, Laurel], *, admin: bool, what_next: str
) -> None:
    """With no wall, thanks from home would stand where only their giver sees them."""
    slack, team, laurel = home
    ana = team.add_member("Ana Souza", admin=admin)
    bo = team.add_member("Bo Lindqvist")
    form = await ana.click(await ana.opens_home(), "/shoutout")
    shown = await ana.submit(form, {"to": [bo], "why": WHY})
    await laurel.settle()

    assert what_next in "\n".join(
        (shown.text, in_a_view(slack), *map(words, slack.direct(ana)))
    )
    assert await laurel.database.read(thanks) == 0
    directly = await ana.command("/shoutout", f"{bo.mention()} {WHY}", ana.dm)
    assert what_next in directly.text
    assert await laurel.database.read(thanks) == 0
    heard = await ana.command("/shoutout", f"{bo.mention()} {WHY}", team.general)
    assert "go up in" in heard.text


async def test_a_home_that_is_opened_again_is_drawn_again(site: Site) -> None:
    """Each time it is looked at, and not for each delivery of one event."""
    site.slack.faults.duplicate_events(1, copies=3, fresh_ids=True)
    await site.ana.opens_home()
    await delivered(site.slack)
    await until(lambda: drawn_at_home(site.slack))
    assert 1 == drawn_at_home(site.slack)
