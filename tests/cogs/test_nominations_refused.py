"""Nominations that no rule allows: each is refused in words, and leaves nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from bot.chat.message import Action
from bot.domain.awards import Award
from bot.domain.community import Level, Privacy
from bot.domain.evidence import MAX_LINKS
from bot.domain.nominations import MAX_WHY_CHARS, State
from bot.domain.refs import CommunityRef, MemberRef, RoleRef
from storage import awards, communities, members
from storage.acts import Act
from storage.database import Transaction
from tests.cogs.nominating import (
    LINK,
    WHY,
    all_of,
    closed,
    edit_by,
    nominate,
    opened,
    settled,
)
from tests.harness import PLATFORM, Community, Reply

TABLES = ("candidacies", "nominations", "words", "activity", "audit", "outbox")


async def facts(home: Community) -> Mapping[str, int]:
    """Return how much is recorded and said."""

    def count(tx: Transaction) -> dict[str, int]:
        return {
            name: int(tx.all(f"SELECT count(*) FROM {name}")[0][0])  # noqa: S608
            for name in TABLES
        }

    return await home.database.read(count)


async def refused(
    home: Community, award: Award, whom: str, **more: object
) -> tuple[str, str | None]:
    """Have Ana nominate somebody; return why not, and the question it stands at."""
    before = await facts(home)
    reply = await nominate(home, "Ana", whom, award, **more)  # type: ignore[arg-type]
    assert before == await facts(home)
    _in_words(reply)
    return reply.reason, reply.at


def _in_words(reply: Reply) -> None:
    assert len(reply.text) > 30
    assert not {"{", "!"} & set(reply.text)


async def allow(home: Community, name: str, level: Level) -> None:
    """Have somebody choose how far they may be seen."""

    def unit(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        member = members.meet(tx, here, home.person(name), home.clock())
        members.prefer(tx, member, Privacy(level), previews=False)

    await home.database.write(unit)


async def test_nobody_nominates_themselves(home: Community) -> None:
    """It is said beside the question, so that what was typed is not lost."""
    award = await opened(home)
    assert ("nominations.refused-self", "who") == await refused(home, award, "Ana")


async def test_bots_and_leavers_are_not_nominated(home: Community) -> None:
    """Neither could be given anything."""
    award = await opened(home)
    home.person("Robo", bot=True)
    home.person("Lea", here=False)
    assert ("nominations.refused-bot", "who") == await refused(home, award, "Robo")
    assert ("nominations.refused-left", "who") == await refused(home, award, "Lea")


@pytest.mark.parametrize("level", [Level.PRIVATE, Level.NONE])
async def test_who_is_not_to_be_named_is_not_nominated(
    home: Community, level: Level
) -> None:
    """The words are the same for both, and do not tell what was chosen."""
    award = await opened(home)
    await allow(home, "Ben", level)
    reply = await nominate(home, "Ana", "Ben", award)
    assert ("nominations.refused-not-now", "who") == (reply.reason, reply.at)
    assert reply.text.endswith("A word of thanks in person may still be welcome.")
    assert {"prefer", "private", "opt", "privacy"}.isdisjoint(reply.text.split())


async def test_who_may_be_named_in_chat_alone_is_nominated(home: Community) -> None:
    """Awards are given in chat; pages and feeds are another matter."""
    award = await opened(home)
    await allow(home, "Ben", Level.CHANNEL)
    assert not (await nominate(home, "Ana", "Ben", award)).refused


async def test_who_is_not_eligible_is_refused_with_the_rule(home: Community) -> None:
    """Roles, time in the community, and an award won not long ago."""
    potters = RoleRef(home.ref, "potters")
    roles = await opened(home, "For potters", roles=(potters,))
    days = await opened(home, "For old hands", min_days=30)
    now = home.clock()
    home.person("Ben", joined_at=now - timedelta(days=29))
    home.person("Cleo", groups=(potters,), joined_at=now - timedelta(days=31))

    for award, rule in ((roles, "role"), (days, "days")):
        reason, at = await refused(home, award, "Ben")
        assert (f"awards.ineligible-{rule}", "who") == (reason, at)
        assert not (await nominate(home, "Ana", "Cleo", award)).refused
    assert "30 days" in (await nominate(home, "Eve", "Ben", days)).text


async def test_who_won_not_long_ago_waits_their_turn(home: Community) -> None:
    """In the next round they are refused, and in the one after that no more."""
    award = await opened(home, not_won_in=1)
    await nominate(home, "Eve", "Ben", award)
    (candidacy,) = await all_of(home, award)
    await settled(home, candidacy, State.WON)
    await closed(home, award)

    second = await again(home, award)
    reason, at = await refused(home, second, "Ben")
    assert ("awards.ineligible-won", "who") == (reason, at)
    await closed(home, second)
    third = await again(home, second)
    assert not (await nominate(home, "Ana", "Ben", third)).refused


async def again(home: Community, award: Award) -> Award:
    """Have an award be opened once more, a while later."""
    home.clock.move(hours=1)

    def unit(tx: Transaction) -> Award:
        here = communities.get(tx, home.ref)
        edit = edit_by(tx, home, here)
        found = awards.get(tx, here, award.id)
        assert found is not None
        return awards.open_round(tx, here, found, None, edit)

    opened_again = await home.database.write(unit)
    await home.laurel.settle()
    return opened_again


async def test_what_is_closed_takes_nothing(home: Community) -> None:
    """Closed by hand, or past its end though nobody closed it yet."""
    award = await opened(home)
    await closed(home, award)
    want = ("nominations.refused-closed", "award")
    assert want == await refused(home, award, "Ben")

    ends = home.clock() + timedelta(hours=1)
    timed = await opened(home, "Timed", closes_at=ends)
    assert not (await nominate(home, "Ana", "Ben", timed)).refused
    home.clock.move(hours=1)
    assert want == await refused(home, timed, "Cleo")


async def test_a_removed_award_takes_nothing(home: Community) -> None:
    """Nor does one that never was, is somebody's words, or another community's."""
    award = await opened(home)

    def remove(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        edit: Act = edit_by(tx, home, here)
        awards.remove(tx, here, award, edit)

    await home.database.write(remove)
    await home.laurel.settle()
    assert ("nominations.refused-removed", "award") == await refused(home, award, "Ben")

    want = ("nominations.refused-unknown-award", "award")
    for typed in ("9999", "no such award", "²", "-1", "9" * 90):
        answers = {"who": home.person("Ben"), "award": typed, "why": WHY}
        reply = await home.type("Ana", "nominate", **answers)
        assert want == (reply.reason, reply.at)
        _in_words(reply)


async def test_another_communitys_award_is_unknown(home: Community) -> None:
    """Its number is the same in the file, and it is not found."""
    award = await opened(home)
    there = CommunityRef(PLATFORM, "there")

    def settle_there(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        communities.add(tx, there, here.settings, home.clock())

    await home.database.write(settle_there)
    ana, ben = (home.person(name) for name in ("Ana", "Ben"))
    ana_there = type(ana)(MemberRef(there, "ana"), "Ana")
    ben_there = type(ben)(MemberRef(there, "ben"), "Ben")
    call = home.call("Ana", actor=ana_there)
    answers = {"who": ben_there, "award": str(award.id), "why": WHY}
    reply = await home.do(call, Action("nominations.nominate"), answers)
    assert "nominations.refused-unknown-award" == reply.reason
    suggest = home.laurel.dispatcher.suggest
    assert 1 == len(await suggest("nominations.open", home.call("Ana"), ""))
    assert [] == list(await suggest("nominations.open", call, ""))


@pytest.mark.parametrize("state", [State.WON, State.LOST, State.DECLINED])
async def test_what_is_decided_takes_no_more(home: Community, state: State) -> None:
    """Somebody who comes later is told that it is decided, not how."""
    award = await opened(home)
    await nominate(home, "Eve", "Ben", award)
    (candidacy,) = await all_of(home, award)
    await settled(home, candidacy, state)
    assert ("nominations.refused-decided", "who") == await refused(home, award, "Ben")


async def test_a_draft_is_checked_again_when_it_is_sent(home: Community) -> None:
    """What changed since it was begun counts: the draft stays, and nothing is made."""
    award = await opened(home, criteria=())
    await nominate(home, "Ana", "Dai", award)
    await home.database.write(
        lambda tx: tx.run("UPDATE members SET previews = 1 WHERE platform_id = 'ana'")
    )
    sheets = {
        name: await nominate(home, "Ana", name, award) for name in ("Ben", "Cleo")
    }
    await allow(home, "Ben", Level.NONE)
    before = await facts(home)

    reply = await home.press("Ana", sheets["Ben"], "Nominate")
    assert "nominations.refused-not-now" == reply.reason
    await closed(home, award)
    reply = await home.press("Ana", sheets["Cleo"], "Nominate")
    assert "nominations.refused-closed" == reply.reason
    after = await facts(home)
    assert before["nominations"] == after["nominations"]


@pytest.mark.parametrize(
    ("links", "reason"),
    [
        ("http://192.168.0.1/admin", "private"),
        ("http://localhost:8080", "private"),
        ("http://0x7f000001/", "private"),
        ("http://[::ffff:10.0.0.1]/", "private"),
        ("http://printer.local", "private"),
        ("http://intranet/wiki", "private"),
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,<script>", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("https://ben:secret@example.org/", "password"),
        ("https://example.org/" + "a" * 300, "long"),
        ("by word of mouth", "unread"),
        (f"{LINK} https://exa_ple..org", "unread"),
    ],
)
async def test_evidence_that_leads_nowhere_public_is_refused(
    home: Community, links: str, reason: str
) -> None:
    """Beside its question, naming the address at fault."""
    award = await opened(home)
    got = await refused(home, award, "Ben", links=links)
    assert (f"nominations.refused-link-{reason}", "links") == got


async def test_too_many_links_or_words_are_refused(home: Community) -> None:
    """As are too few words."""
    award = await opened(home)
    many = " ".join(f"{LINK}/{number}" for number in range(MAX_LINKS + 1))
    got = await refused(home, award, "Ben", links=many)
    assert ("nominations.refused-links", "links") == got
    same = " ".join([LINK] * (MAX_LINKS + 1))
    assert not (await nominate(home, "Ana", "Cleo", award, links=same)).refused
    got = await refused(home, award, "Ben", why="a" * (MAX_WHY_CHARS + 1))
    assert ("common.answer-long", "why") == got
    got = await refused(home, award, "Ben", why="Nice.")
    assert ("common.answer-short", "why") == got
