"""Help, written from what the cogs declare."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.chat.message import Card
from bot.chat.responses import Call, Replace, Response
from bot.chat.routes import RouteSpec
from bot.chat.table import RouteTable
from bot.domain.community import Settings
from bot.domain.people import Person, Role
from bot.domain.refs import MemberRef
from cogs.help import cards
from tests.harness import COMMUNITY, Community, Reply


async def whole(home: Community, who: str) -> list[Reply]:
    """Return every page of somebody's help."""
    pages = [await home.type(who, "laurel help")]
    locale = home.person(who).locale or "en"
    turn = {"en": "Next", "es": "Siguiente"}[locale]
    while turn in pages[-1].text.splitlines():
        pages.append(await home.press(who, pages[-1], turn))
    return pages


def listed(pages: list[Reply]) -> list[str]:
    """Return the commands that are listed, in order."""
    lines = [line for page in pages for line in page.text.splitlines()]
    return [line[1:] for line in lines if line.startswith("/")]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("locale", ["en", "es"])
async def test_help_lists_what_the_role_may_use(
    home: Community, role: Role, locale: str
) -> None:
    """Every command of one's own role and those below, each once; no other."""
    home.person("Ada", role, locale=locale)
    expected = [r.command for r in home.laurel.table.commands if r.role <= role]

    assert sorted(str(name) for name in expected) == sorted(
        listed(await whole(home, "Ada"))
    )


async def test_everybodys_commands_come_first(home: Community) -> None:
    """What few may do stands behind what all may do, and says for whom it is."""
    home.person("Ada", Role.ADMIN)
    pages = await whole(home, "Ada")
    roles = {r.command: r.role for r in home.laurel.table.commands}
    order = [roles[name] for name in listed(pages)]
    text = "\n".join(page.text for page in pages)

    assert order == sorted(order)
    assert "try them again · for moderators" in text
    assert "the values and the limits · for admins" in text


async def test_help_names_the_entries_of_a_messages_menu(home: Community) -> None:
    """What can be done from a message is found here too."""
    last = (await whole(home, "Ben"))[-1]

    assert "In a message\u2019s menu" in last.text
    menu = "Shout out this message, Take shoutout back, Nominate for this, and "
    assert f"{menu}Check in with this" in last.text


async def test_help_says_how_much_can_be_given(home: Community) -> None:
    """Allowance, wait and undo are this community's own, on the first page."""
    await home.settings(allowance_per_day=3, pair_cooldown_h=48, undo_minutes=5)
    text = (await home.type("Ben", "laurel help")).text

    assert "You can thank 3 people a day" in text
    assert "lie 48 hours" in text
    assert "You can undo a shoutout for 5 minutes." in text


async def test_help_leaves_out_what_is_switched_off(home: Community) -> None:
    """Where there is no wait and no undo, help does not speak of zero."""
    await home.settings(allowance_per_day=1, pair_cooldown_h=0, undo_minutes=0)
    text = (await home.type("Ben", "laurel help")).text

    assert "You can thank one person a day" in text
    assert "as often as they like" in text
    assert "A shoutout stands once it is given." in text


async def test_a_page_that_is_gone_shows_the_last_there_is(home: Community) -> None:
    """A button of a version that had more commands still leads somewhere."""
    last = (await whole(home, "Ben"))[-1]
    call = home.call("Ben")
    shown = await home.laurel.dispatcher("help.turn", call, ("999",), None)

    assert Replace(last.message) == shown


READER = Person(MemberRef(COMMUNITY, "ana"), "Ana")


@pytest.mark.parametrize(
    ("commands", "pages"), [(1, 1), (10, 1), (11, 2), (20, 2), (21, 3), (40, 4)]
)
def test_help_is_paged(commands: int, pages: int) -> None:
    """Ten entries to a page; every page but the ends leads both ways."""
    table = _table(commands)
    settings = Settings("en", ZoneInfo("UTC"))
    shown = []
    for number in range(1, pages + 1):
        message = cards.page(table, settings, READER, number)
        card = message.nodes[0]
        assert isinstance(card, Card)
        shown += [fact.label.values["name"] for fact in card.facts]
        assert (number == 1) == bool(card.body)
        turns = [action.args[0] for action in message.actions()]
        assert turns == [n for n in (number - 1, number + 1) if 1 <= n <= pages]

    assert shown == [f"word-{n:02}" for n in range(commands)]


async def _nothing(_call: Call) -> Response:
    raise AssertionError("help only reads what is declared")


def _table(commands: int) -> RouteTable:
    routes = (
        RouteSpec(
            key=f"slice.word-{n:02}",
            command=f"word-{n:02}",
            on_message=False,
            args=(),
            fields=(),
            role=Role.MEMBER,
            private=True,
            handler=_nothing,
        )
        for n in range(commands)
    )
    return RouteTable({route.key: route for route in routes}, {}, {}, (), {})
