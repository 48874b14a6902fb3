"""The calendar's secret addresses, as they are handed out in chat."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.message import Action, Buttons, LinkButton
from bot.chat.responses import Replace, Response, Say
from bot.domain.people import Role
from cogs.calendar.cog import CalendarCog
from storage import addresses
from tests.harness import Community


def cog_of(home: Community) -> CalendarCog:
    """Return the cog where the web port is reached from outside."""
    return CalendarCog(home.database, lambda path: f"https://laurel.example{path}")


def urls(said: Response) -> list[str]:
    """Return where the link buttons of an answer lead."""
    assert isinstance(said, Replace | Say)
    rows = (node for node in said.message.nodes if isinstance(node, Buttons))
    return [i.url for row in rows for i in row.items if isinstance(i, LinkButton)]


def actions(said: Response) -> Sequence[Action]:
    """Return what can be pressed in an answer."""
    assert isinstance(said, Replace | Say)
    return list(said.message.actions())


async def leads_somewhere(home: Community, url: str) -> bool:
    """Return whether an address is one that stands."""
    secret = url.split("/")[-2]
    found = await home.database.read(addresses.find, secret, home.clock())
    return found is not None


async def test_where_there_are_no_pages_none_are_offered(home: Community) -> None:
    """The button is missing, and one from another time says why it does nothing."""
    seen = await home.type("Ana", "calendar")
    refused = await home.do(home.call("Ana"), Action("calendar.own"), None)

    assert Action("calendar.own") not in actions(seen.response)
    assert "calendar.refused-no-pages" == refused.reason


async def test_a_member_has_an_address_of_their_own(home: Community) -> None:
    """It stays the same until they renew it; then the old one leads nowhere."""
    cog = cog_of(home)
    seen = await cog.calendar(home.call("Ana"))
    (first,) = urls(await cog.own(home.call("Ana")))
    (same,) = urls(await cog.own(home.call("Ana")))
    (renewed,) = urls(await cog.renew(home.call("Ana")))
    (bens,) = urls(await cog.own(home.call("Ben")))

    assert Action("calendar.own") in actions(seen)
    assert first == same
    assert 3 == len({first, renewed, bens})
    assert not await leads_somewhere(home, first)
    assert await leads_somewhere(home, renewed)


async def test_the_communitys_address_is_the_moderators_to_hand_out(
    home: Community,
) -> None:
    """Members are not offered it, and cannot ask for it."""
    cog = cog_of(home)
    home.person("Mo", Role.MODERATOR)
    mine = await cog.own(home.call("Mo"))
    members = await cog.own(home.call("Ana"))
    (ours,) = urls(await cog.ours(home.call("Mo")))
    await cog.renew_ours(home.call("Mo"))
    refused = await home.do(home.call("Ana"), Action("calendar.ours"), None)

    assert Action("calendar.ours") in actions(mine)
    assert Action("calendar.ours") not in actions(members)
    assert "common.only-moderator" == refused.reason
    assert not await leads_somewhere(home, ours)
