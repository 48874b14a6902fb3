"""Bad input: each gets a clear answer, and changes nothing that it should not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.chat.message import Action, UnknownActionError
from bot.chat.responses import Refuse, Response, Say
from bot.chat.text import Quote
from bot.domain.community import Level, Privacy
from bot.domain.people import Person, Role
from bot.domain.refs import CommunityRef, MemberRef
from storage import communities, members
from storage.database import Transaction
from tests.harness import PLATFORM, Community, Reply, community
from tests.reading import texts_of

WHY = "You found the fault that all of us had missed."
NEIGHBOURS = CommunityRef(PLATFORM, "neighbours")
GONE = "common.unknown-button"


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path / "laurel.sqlite3") as home:
        yield home


async def thank(
    home: Community, *to: Person, why: str = WHY, who: str = "Ana", **more: object
) -> Reply:
    return await home.type(
        who, "shoutout", to=to or (home.person("Ben"),), why=why, **more
    )


async def facts(home: Community) -> Mapping[str, int]:
    """Return how much is recorded and said."""

    def count(tx: Transaction) -> dict[str, int]:
        tables = ("shoutouts", "retractions", "words", "activity", "audit", "outbox")
        return {
            name: int(tx.all(f"SELECT count(*) FROM {name}")[0][0])  # noqa: S608
            for name in tables
        }

    return await home.database.read(count)


async def refused(home: Community, reply: Reply, reason: str, at: str | None) -> None:
    """Check that a no was said in words, beside its field, and left nothing behind."""
    assert (reason, at) == (reply.reason, reply.at)
    assert len(reply.text) > 10
    assert "{" not in reply.text
    assert dict.fromkeys(await facts(home), 0) == await facts(home)
    assert [] == home.platform.posts


@pytest.mark.parametrize(
    ("why", "reason"),
    [
        (None, "common.answer-missing"),
        ("", "common.answer-missing"),
        ("   \n\t ", "common.answer-blank"),
        ("\u200b\u2060\ufeff\u00ad", "common.answer-blank"),
        ("\u3164\u2800\u115f\uffa0", "common.answer-blank"),
        ("\0\0\0", "common.answer-blank"),
        ("\u202e\u2066\u2069", "common.answer-blank"),
        ("\u0301\u0301\u0301", "common.answer-blank"),
        ("\u200d\ufe0f\u200d" * 10, "common.answer-blank"),
        ("\U000e0067" * 30, "common.answer-blank"),
        ("short", "shoutouts.refused-short"),
        ("x" * 501, "common.answer-long"),
        ("x" * 1_000_000, "common.answer-long"),
        (17, "common.answer-kind"),
    ],
)
async def test_a_reason_that_says_nothing_or_too_much(
    home: Community, why: object, reason: str
) -> None:
    """Empty, blank, invisible, short, long, or no words at all."""
    await refused(home, await thank(home, why=why), reason, "why")  # type: ignore[arg-type]


async def test_people_who_cannot_be_thanked(home: Community) -> None:
    """Oneself, bots, who left, who opted out, nobody, and more than three."""
    ana, robot = home.person("Ana"), home.person("Robot", bot=True)
    left = home.person("Gone", here=False)
    four = tuple(map(home.person, ("Ben", "Cleo", "Dai", "Eve")))

    def opt_out(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        quiet = members.meet(tx, here, home.person("Quiet"), home.clock())
        members.prefer(tx, quiet, Privacy(level=Level.NONE), previews=False)

    await home.database.write(opt_out)
    for to, reason in (
        ((ana,), "shoutouts.refused-self"),
        ((robot,), "shoutouts.refused-bot"),
        ((left,), "shoutouts.refused-left"),
        ((home.person("Quiet"),), "shoutouts.refused-opted-out"),
        ((home.person("Ben"), ana), "shoutouts.refused-self"),
        ((home.person("Ben"), robot), "shoutouts.refused-bot"),
        (four, "common.answer-people"),
        ((), "common.answer-missing"),
        (home.person("Ben"), "common.answer-kind"),
        (("Ben",), "common.answer-kind"),
    ):
        reply = await home.type("Ana", "shoutout", to=to, why=WHY)
        await refused(home, reply, reason, "to")


async def test_the_same_person_twice_is_one(home: Community) -> None:
    """Naming somebody four times thanks them once, and costs one."""
    reply = await thank(home, *[home.person("Ben")] * 4)

    assert "You can thank 4 more people today." in reply.text
    assert (home.person("Ben").ref,) == home.platform.posts[0].message.mentions


INERT = [
    "@everyone look at what she has done",
    "@here and <@&1234567890> and <@U012AB3CD>",
    "<!channel> <!here> <!subteam^S012|all>",
    "<b>bold</b> <script>alert(1)</script>",
    "**stars** _lines_ ~~waves~~ `ticks` ||bars||",
    "[https://bank.example](https://evil.example)",
    "<https://evil.example|https://bank.example>",
    "{ $giver } {{ 7 * 7 }} %s {0.__class__}",
    "1:shoutouts.undo:1 is no button at all",
]


@pytest.mark.parametrize("why", INERT)
async def test_words_are_words(home: Community, why: str) -> None:
    """What is typed is said as it was typed, as a quotation, and pings nobody more."""
    await thank(home, why=why)
    (post,) = home.platform.posts
    speech = home.platform.speech("en")
    parts = [part for text in texts_of(post.message) for part in speech.parts(text)]

    assert [Quote(why)] == [p.content for p in parts if isinstance(p.content, Quote)]
    assert not [p for p in parts if isinstance(p.content, str) and why in p.content]
    assert (home.person("Ben").ref,) == post.message.mentions


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("for \u202eevil\u202c words turned around", "for evil words turned around"),
        ("for \u2066isolated\u2069 words and more", "for isolated words and more"),
        ("for a NUL\0 in the middle of it", "for a NUL in the middle of it"),
        ("for \ue000sentinels\uf8ff of our own", "for sentinels of our own"),
        ("for half\ud83d a character, alone", "for half a character, alone"),
        ("for  many   spaces \t in between", "for many spaces in between"),
        ("for lines\r\nthat end in two ways", "for lines\nthat end in two ways"),
        ("for Z" + "\u0301" * 50 + " a tower of marks", None),
    ],
)
async def test_what_deceives_is_left_out(
    home: Community, typed: str, kept: str | None
) -> None:
    """Nothing turns text around, hides in it, or grows out of its line."""
    reply = await thank(home, why=typed)
    text = home.posts()[0]

    assert not reply.refused
    assert kept is None or f"“{kept}”" in text
    assert text.count("\u0301") <= 4
    assert not set(text) & set("\u202e\u2066\0\ue000\ud83d")


@pytest.mark.parametrize(
    "emoji", ["👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "🇺🇳", "❤️", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "1️⃣", "👨🏿‍💻"]
)
async def test_emoji_stay_whole(home: Community, emoji: str) -> None:
    """Families, flags and skin tones are spelled with joiners, which stay."""
    await thank(home, why=f"{emoji} for everything you did {emoji}")
    assert f"“{emoji} for everything you did {emoji}”" in home.posts()[0]


@pytest.mark.parametrize(
    "name", ["@everyone", "<!channel>", "**Ana**", "\u202eneB", "B\0en", "", " \u200b "]
)
async def test_names_are_words_too(home: Community, name: str) -> None:
    """Whatever somebody calls themselves, the shoutout stands and pings only them."""
    person = Person(MemberRef(home.ref, "odd"), name)
    await thank(home, person)

    (post,) = home.platform.posts
    assert (person.ref,) == post.message.mentions


FORGED = [
    ("no.such-route", ()),
    ("", ()),
    ("shoutouts.undo", ()),
    ("shoutouts.undo", ("1", "2")),
    ("shoutouts.undo", ("one",)),
    ("shoutouts.undo", ("-1",)),
    ("shoutouts.undo", ("1.5",)),
    ("shoutouts.undo", ("",)),
    ("shoutouts.undo", ("１",)),  # noqa: RUF001  a digit, though not one of ours
    ("shoutouts.undo", (str(2**63),)),
    ("shoutouts.undo", ("9" * 5_000,)),
    ("shoutouts.thank-too", (str(2**64),)),
    ("mail.replay", (str(2**70),)),
    ("boards.turn", ("sideways",)),
    ("privacy.level", ("emperor",)),
    ("help.turn", (str(2**65),)),
    ("setup.change", ("draft",)),
]


@pytest.mark.parametrize(("route", "args"), FORGED)
async def test_a_button_that_nobody_drew(
    home: Community, route: str, args: tuple[str, ...]
) -> None:
    """An unknown route, arguments missing or too many, numbers beyond 64 bits."""
    home.person("Ana", Role.ADMIN)
    found = await home.laurel.dispatcher(route, home.call("Ana"), args, None)

    assert isinstance(found, Refuse)
    assert GONE == found.reason.key
    assert dict.fromkeys(await facts(home), 0) == await facts(home)


@pytest.mark.parametrize("args", [("0",), ("7",), (str(2**63 - 1),)])
@pytest.mark.parametrize("route", ["shoutouts.undo", "shoutouts.thank-too"])
async def test_a_button_for_what_never_was(
    home: Community, route: str, args: tuple[str, ...]
) -> None:
    """A number that looks right and names nothing."""
    found = await home.laurel.dispatcher(route, home.call("Ana"), args, None)
    assert isinstance(found, Refuse)
    assert "shoutouts.refused-unknown" == found.reason.key


@pytest.mark.parametrize("which", ["", "-1", "1e3", "abc", "9" * 90, "1 OR 1=1", "²"])
async def test_a_forged_choice(home: Community, which: str) -> None:
    """A platform that lets anything be sent as an option gets a clear answer."""
    await thank(home)
    reply = await home.type("Ana", "retract", which=which, why="A mistake of mine")
    value = await thank(home, home.person("Cleo"), value=which or "0")

    assert reply.reason in {"shoutouts.refused-unknown", "common.answer-missing"}
    assert ("shoutouts.refused-value", "value") == (value.reason, value.at)
    assert 1 == (await facts(home))["shoutouts"]


@pytest.mark.parametrize(
    "wire",
    ["", "1", "0:shoutouts.undo:1", "2:x", "x" * 200, "1:shoutouts.undo:" + "1" * 99],
)
def test_a_button_of_another_version(wire: str) -> None:
    """What this version cannot have written is told from what it can."""
    with pytest.raises(UnknownActionError):
        Action.decode(wire)


async def test_an_old_button_still_knows_what_to_do(tmp_path: Path) -> None:
    """Pressed in another process it works; pressed too late it says why it does not."""
    path = tmp_path / "laurel.sqlite3"
    async with community(path) as home:
        first, second = await thank(home), await thank(home, home.person("Cleo"))
        clock, posts = home.clock, home.platform.posts

    async with community(path, clock=clock, posts=posts) as home:
        undone = await home.press("Ana", first, "Undo")
        twice = await home.press("Ana", first, "Undo")
        clock.move(days=400)
        late = await home.press("Ana", second, "Undo")
        standing = home.posts()

    assert "shoutouts.undone" == _said(undone)
    assert "shoutouts.refused-gone" == twice.reason
    assert "shoutouts.refused-undo-late" == late.reason
    assert 1 == len(standing)


def _said(reply: Reply) -> str:
    (text,) = texts_of(reply.message)
    return text.key


async def test_a_form_that_is_sent_twice_counts_once(home: Community) -> None:
    """The platform delivers it again, at once or later: one shoutout, the same yes."""
    call, to = home.call("Ana"), (home.person("Ben"),)
    form = {"to": to, "why": WHY}
    both = await asyncio.gather(
        *(home.laurel.dispatcher("shoutouts.shoutout", call, (), form) for _ in "ab")
    )
    late = replace(call, at=call.at.replace(hour=23))
    again = await home.laurel.dispatcher("shoutouts.shoutout", late, (), form)
    await home.laurel.settle()

    assert [Say, Say, Say] == [type(each) for each in (*both, again)]
    assert 1 == len(home.posts())
    assert 1 == (await facts(home))["shoutouts"]


async def test_an_undo_that_is_sent_twice(home: Community) -> None:
    """The second finds it gone, says so, and takes nothing more back."""
    given = await thank(home)
    call, (undo, *_) = home.call("Ana"), given.message.actions()
    args = [str(arg) for arg in undo.args]
    found = await asyncio.gather(
        *(home.laurel.dispatcher(undo.route, call, args, None) for _ in "ab")
    )
    await home.laurel.settle()

    assert {None, "shoutouts.refused-gone"} == set(map(_reason, found))
    assert 1 == (await facts(home))["retractions"]
    assert [] == home.posts()


def _reason(found: Response) -> str | None:
    return found.reason.key if isinstance(found, Refuse) else None


async def test_two_tabs_at_once(home: Community) -> None:
    """Twenty different forms at the same moment, with five left to give: five."""
    friends = [home.person(f"Friend {n}") for n in range(20)]
    found = await asyncio.gather(
        *(
            home.laurel.dispatcher(
                "shoutouts.shoutout", home.call("Ana"), (), {"to": (f,), "why": WHY}
            )
            for f in friends
        )
    )
    await home.laurel.settle()

    reasons = [_reason(each) for each in found]
    assert 5 == reasons.count(None)
    assert 15 == reasons.count("shoutouts.refused-allowance")
    assert 5 == len(home.posts())


async def test_the_same_words_in_two_tabs(home: Community) -> None:
    """Two forms, the same person and words, the same moment: one shoutout."""
    form = {"to": (home.person("Ben"),), "why": WHY}
    run = home.laurel.dispatcher
    await asyncio.gather(
        *(run("shoutouts.shoutout", home.call("Ana"), (), form) for _ in range(5))
    )
    await home.laurel.settle()
    assert 1 == len(home.posts())


async def test_what_another_community_has_is_out_of_reach(home: Community) -> None:
    """Its shoutouts, drafts, values and people, named by ids that are right there."""
    sheet = await _sheet(home)
    given = await thank(home)
    (undo, *_) = given.message.actions()
    tag = (
        await home.laurel.dispatcher.suggest("shoutouts.values", home.call("Ana"), "")
    )[0]
    before = await facts(home)

    await home.database.write(_add_neighbours, home.clock())
    home.ref, here = NEIGHBOURS, home.ref
    home.people.clear()
    home.person("Ana", Role.ADMIN)  # the same id on the platform, in another place
    ben = Person(MemberRef(here, "ben"), "Ben")
    assert (
        "shoutouts.refused-unknown"
        == (await home.do(home.call("Ana"), undo, None)).reason
    )
    for reply, reason in (
        (await thank(home, value=tag.value), "shoutouts.refused-value"),
        (await thank(home, ben), "common.answer-unknown"),
        (
            await home.type("Ana", "retract", which=str(undo.args[0]), why="Not mine"),
            "shoutouts.refused-unknown",
        ),
        (await home.do(home.call("Ana"), sheet, None), "common.draft-gone"),
    ):
        assert reason == reply.reason
    offered = home.laurel.dispatcher.suggest("shoutouts.values", home.call("Ana"), "")
    assert [] == list(await offered)
    assert before == await facts(home)


async def _sheet(home: Community) -> Action:
    """Return the button that saves the settings, once a value was added to them."""
    home.person("Ada", Role.ADMIN)
    sheet = await home.type("Ada", "laurel setup")
    sheet = await home.fill_in(
        "Ada", await home.press("Ada", sheet, "Values"), labels="Care"
    )
    await home.press("Ada", sheet, "Save")
    sheet = await home.type("Ada", "laurel setup")
    return next(a for a in sheet.message.actions() if a.route == "setup.save")


def _add_neighbours(tx: Transaction, at: datetime) -> None:
    here = communities.get(tx, CommunityRef(PLATFORM, "home"))
    communities.add(tx, NEIGHBOURS, here.settings, at)


@pytest.mark.parametrize(
    "typed", ["", " ", "\0", "%", "_", "'", "\\", "x" * 5_000, "\u202e"]
)
async def test_anything_can_be_typed_into_a_search(home: Community, typed: str) -> None:
    """A lookup finds what there is, or nothing; it never fails."""
    home.person("Ada", Role.ADMIN)
    for key in home.laurel.table.lookups:
        found = await home.laurel.dispatcher.suggest(key, home.call("Ada"), typed)
        assert len(found) <= 25
    assert () == await home.laurel.dispatcher.suggest(
        "no.such", home.call("Ada"), typed
    )
