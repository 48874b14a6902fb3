"""Points that moderators set right by hand, with a reason that the member reads."""

from __future__ import annotations

import pytest

from bot.domain.community import Level
from bot.domain.people import Role
from storage import audit, communities
from storage.boards.recount import drift
from storage.database import Transaction
from tests.cogs.ranking import allow, counted, places
from tests.harness import COMMUNITY, Community, Reply

WHY = "The import had missed your week at the fair."


@pytest.fixture(autouse=True)
def moderator(home: Community) -> None:
    home.person("Mo", Role.MODERATOR)


async def adjust(home: Community, who: str, amount: int, why: str = WHY) -> Reply:
    person = home.person(who)
    return await home.type(
        "Mo", "points adjust", member=person, amount=amount, reason=why
    )


async def rows(home: Community) -> str:
    """Return the audit's rows about points."""

    def find(tx: Transaction) -> str:
        here = communities.get(tx, COMMUNITY)
        found = b"".join(audit.lines(tx, here)).decode().splitlines()
        return "\n".join(line for line in found if '"points.' in line)

    return await home.database.read(find)


@pytest.mark.parametrize(
    ("amount", "now", "done", "told"),
    [
        (3, 8, "@Ana has 3 points more, as of today.", "gave you 3 points"),
        (1, 6, "@Ana has one point more, as of today.", "gave you one point"),
        (-2, 3, "@Ana has 2 points less, as of today.", "took 2 of your points"),
        (-1, 4, "@Ana has one point less, as of today.", "took one of your points"),
    ],
)
async def test_points_are_set_right_and_the_member_is_told_why(
    home: Community, amount: int, now: int, done: str, told: str
) -> None:
    """They count at once, and both read the reason."""
    await counted(home, Ana=5)
    reply = await adjust(home, "Ana", amount)

    assert [(1, "ana", now)] == places(await home.type("Ben", "leaderboard"))
    assert [done, WHY] == reply.text.splitlines()[1:3]
    (note,) = home.dms("Ana")
    assert told in note
    assert WHY in note
    assert "If you see it otherwise, ask a moderator." in note
    assert "Mo" not in note  # an answer to a person would land on a person
    assert 0 == await home.database.read(drift)


async def test_the_audit_tells_who_did_it_and_no_words(home: Community) -> None:
    """By key and amount, with a digest of the reason."""
    await adjust(home, "Ana", 3)
    told = await rows(home)

    assert '"action":"points.adjust"' in told
    assert '"amount":3' in told
    assert '"actor":null' not in told
    assert '"digest":null' not in told
    assert "fair" not in told
    assert "Ana" not in told


async def test_what_was_set_right_is_taken_back(home: Community) -> None:
    """Once; the member hears of that as well."""
    await counted(home, Ana=5)
    reply = await adjust(home, "Ana", -4)
    back = await home.press("Mo", reply, "Take it back")
    again = await home.press("Mo", reply, "Take it back")

    assert "It counts no more" == back.text
    assert "points.refused-gone" == again.reason
    assert [(1, "ana", 5)] == places(await home.type("Ben", "leaderboard"))
    assert (
        "The 4 points that a moderator had taken are yours again." in home.dms("Ana")[1]
    )
    assert '"action":"points.take-back"' in await rows(home)
    assert 0 == await home.database.read(drift)


async def test_what_leaves_nothing_leaves_the_board(home: Community) -> None:
    """Nobody stands there with less than something."""
    await counted(home, Ana=2, Ben=1)
    await adjust(home, "Ana", -5)

    assert [(1, "ben", 1)] == places(await home.type("Ana", "leaderboard"))


@pytest.mark.parametrize(
    ("who", "amount", "reason", "at"),
    [
        ("Mo", 3, "points.refused-own", "member"),
        ("Bot", 3, "points.refused-bot", "member"),
        ("Left", 3, "points.refused-left", "member"),
        ("Shy", 3, "points.refused-opted-out", "member"),
        ("Ana", 0, "points.refused-nothing", "amount"),
    ],
)
async def test_what_is_not_for_a_moderator_is_refused(
    home: Community, who: str, amount: int, reason: str, at: str
) -> None:
    """In words that embarrass nobody, beside the field; nothing is written."""
    home.person("Bot", bot=True)
    home.person("Left", here=False)
    await allow(home, "Shy", level=Level.NONE)
    reply = await adjust(home, who, amount)

    assert (reason, at) == (reply.reason, reply.at)
    assert "" == await rows(home)
    assert [] == home.dms(who)


async def test_one_does_not_take_back_what_is_ones_own(home: Community) -> None:
    """Another moderator's kindness is theirs to take back."""
    home.person("Max", Role.MODERATOR)
    person = home.person("Mo")
    reply = await home.type("Max", "points adjust", member=person, amount=3, reason=WHY)
    assert "points.refused-own" == (await home.press("Mo", reply, "Take it")).reason
    assert not (await home.press("Max", reply, "Take it")).refused


async def test_the_same_action_counts_once(home: Community) -> None:
    """However often the platform delivers it."""
    call = home.call("Mo")
    answers = {"member": home.person("Ana"), "amount": 3, "reason": WHY}
    for _ in range(2):
        await home.laurel.dispatcher("points.adjust", call, (), answers)
    await home.laurel.settle()

    assert [(1, "ana", 3)] == places(await home.type("Ben", "leaderboard"))
    assert 1 == len(home.dms("Ana"))


async def test_who_takes_no_messages_is_not_written_to(home: Community) -> None:
    """And the moderator knows."""
    await allow(home, "Ana", takes_dms=False)
    reply = await adjust(home, "Ana", 3)
    await home.press("Mo", reply, "Take it back")

    assert "takes no messages from Laurel" in reply.text
    assert [] == home.dms("Ana")


async def test_the_reason_goes_with_whom_it_is_about(home: Community) -> None:
    """And with who wrote it; the points stay, for a key that is nobody's."""
    await adjust(home, "Ana", 3)
    page = await home.type("Ana", "laurel privacy")
    form = await home.press("Ana", page, "Erase my data")
    await home.fill_in("Ana", form, word="ERASE")

    def words(tx: Transaction) -> int:
        row = tx.one("SELECT count(*) AS n FROM words WHERE body = :why", why=WHY)
        return int(row["n"]) if row else -1

    assert 0 == await home.database.read(words)
