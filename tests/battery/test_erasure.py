"""T32: whoever is erased is nowhere: in no column, log, file, post or backup.

Somebody does everything that members do, through the doors that members use, and leaves
something in each table besides. Then everything is looked through for their name, their
id and their words, and for the words written to them.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.domain.challenges import Proof, Review
from bot.domain.people import Role
from bot.domain.refs import MemberRef
from bot.features import declared
from bot.keeping.restoring import put_back
from storage import audit, communities, members, personal
from storage.backups import back_up
from storage.boards import recount
from storage.challenges import scores
from storage.database import Transaction
from storage.erasures import Ledger
from storage.offline import look_into
from storage.personal import Subject
from tests.battery.told import Tell
from tests.cogs import checking, judging, nominating, reviewing, standing
from tests.faults import up
from tests.harness import COMMUNITY, Community, community, words
from tests.storage.test_personal import (
    NAME,
    NEEDLES,
    PLATFORM_ID,
    fill,
    on_disk,
    residue,
)

NOMINATED = "Whoever missed the last bus slept on Zuzana's sofa."
HER_OWN = "Ben kept the stove alive through the night of the storm."
TURNED_DOWN = "Zuzana's sofa was last year, and counted then."
HER_APPEAL = "The sofa moved in January, and the guests came in March."
HER_TEAM = "The sofa choir"
HER_SONG = "I sang it twice, since the dog had howled through the first."
HER_FILE = "The score of my song, copied by candlelight."
UNHEARD = "There is no song on it, Zuzana, only the dog."
HER_ANSWER = "The dog is the second voice, and it was on purpose."
HER_DISPUTE = "The second day was sung in the cellar, ask the dog."
SETTLED = "We asked the dog, and the dog says otherwise."
SET_RIGHT = "Zuzana's week at the fair was never counted."
HER_LINE = "I keep the sofa, and the stove."

BY_DOOR = (
    NOMINATED, HER_OWN, TURNED_DOWN, HER_APPEAL, HER_TEAM, HER_SONG, HER_FILE, UNHEARD,
    HER_ANSWER, HER_DISPUTE, SETTLED, SET_RIGHT, HER_LINE,
)  # fmt: skip
ALL = (*NEEDLES, *BY_DOOR)


def done(reply: object) -> None:
    """See that it was not refused."""
    assert not getattr(reply, "refused", False), getattr(reply, "text", "")


async def nominate(home: Community) -> None:
    """Have her nominate, be nominated, be turned down, and appeal."""
    award = await reviewing.moderated(home, name="Open house")
    done(await nominating.nominate(home, NAME, "Ben", award, HER_OWN))
    done(await nominating.nominate(home, "Ben", NAME, award, NOMINATED))
    card = next(p for p in reviewing.cards(home) if NOMINATED in p.text)
    form = await home.press("Mo", card, "Decline")
    done(await home.fill_in("Mo", form, reason=TURNED_DOWN))
    suggest = home.laurel.dispatcher.suggest
    options = await suggest("review.appealable", home.call(NAME), "")
    done(await home.type(NAME, "appeal", which=options[0].value, words=HER_APPEAL))


async def sing(home: Community) -> None:
    """Have her make a team, check in with a file, be refused, and say why not."""
    songs = await judging.reviewed(
        home, proof=Proof.WELCOME, review=Review.ALL, thread=True
    )
    sent = judging.upload(HER_FILE.encode(), "score.txt")
    await judging.checked_in(home, NAME, songs, words=HER_SONG, file=sent)
    card = next(p for p in judging.cards(home) if HER_SONG in p.text)
    done(await judging.refused(home, "Mo", card, UNHEARD))
    done(await judging.answered(home, NAME, HER_ANSWER))


async def compete(home: Community) -> None:
    """Have her end up on a board, dispute her place, and be answered."""
    songs = await checking.opened(home, title="Cellar songs", teams=True)
    await checking.join(home, NAME, songs)
    await standing.team_up(home, songs, HER_TEAM, NAME)
    await standing.take_part(home, songs, "Ben")
    done(await checking.check(home, NAME, songs))
    await standing.end(home, songs)
    await home.wait(seconds=40)
    done(await standing.dispute(home, NAME, songs, HER_DISPUTE))
    posts = home.standing(home.channel(judging.CHANNEL))
    card = [post for post in posts if HER_DISPUTE in post.text][-1]
    form = await home.press("Mo", card, "It stands")
    done(await home.fill_in("Mo", form, reason=SETTLED))


async def befriend(home: Community) -> None:
    """Have two thank each other who have nothing to do with her."""
    for giver, receiver in (("Ines", "Joan"), ("Joan", "Ines")):
        to = (home.person(receiver),)
        done(await home.type(giver, "shoutout", to=to, why=f"{giver} means it, again."))
        await home.wait(days=2)


async def live(home: Community) -> Subject:
    """Have her do everything, and leave something in every table."""
    home.person(NAME, ref=MemberRef(COMMUNITY, PLATFORM_ID), locale="en")
    home.person("Mo", Role.MODERATOR)
    await nominate(home)
    await sing(home)
    await compete(home)
    her = home.person(NAME)
    points = {"member": her, "amount": 4, "reason": SET_RIGHT}
    done(await home.type("Mo", "points adjust", **points))
    form = await home.press(NAME, await home.type(NAME, "laurel me"), "What I do")
    done(await home.fill_in(NAME, form, line=HER_LINE))
    subject = await fill(home)
    home.platform.fault = up
    await home.wait(hours=1)
    return subject


async def erase(home: Community) -> None:
    """Have her press the button and type the word."""
    card = await home.type(NAME, "laurel privacy")
    form = await home.press(NAME, card, "Erase my data")
    done(await home.fill_in(NAME, form, word="ERASE"))
    await home.wait(minutes=1)


def standing_posts(home: Community) -> list[str]:
    """Return what stands where others read it."""
    hers = home.person(NAME).ref
    return [p.text for p in home.platform.posts if not p.gone and p.to != hers]


def whole(tx: Transaction) -> tuple[int, int, int | None]:
    """Return what is wrong with figures and audit, which is nothing."""
    here = communities.get(tx, COMMUNITY)
    return recount.drift(tx), scores.drift(tx), audit.first_broken(tx, here)


def others(tx: Transaction, subject: Subject) -> Mapping[str, object]:
    """Return all that is kept about two who have nothing to do with her."""
    found = {}
    for row in tx.all("SELECT platform_id FROM members"):
        if row["platform_id"] in {"ines", "joan"}:
            ref = MemberRef(COMMUNITY, row["platform_id"])
            member = members.find(tx, subject.community, ref, subject.at)
            assert member is not None
            about = Subject(subject.community, member, subject.at)
            kept = personal.export(tx, about)
            # What a recap shows is chosen anew from what is left.
            found[member.name] = {
                table: rows for table, rows in kept.items() if "recap" not in table
            }
    assert 2 == len(found)
    return found


async def scanned(home: Community) -> list[str]:
    """Return what is left of her, in rows, in figures, in files and in posts."""
    posts = "\n".join(standing_posts(home))
    wrong = await home.database.read(whole)
    return [
        *await home.database.read(residue, ALL),
        *on_disk(home.database.path, ALL),
        *(f"posted: {each}" for each in ALL if each in posts),
        *([] if wrong == (0, 0, None) else [f"figures: {wrong}"]),
    ]


async def test_whoever_is_erased_is_nowhere(tmp_path: Path, tell: Tell) -> None:
    """Columns, log, bytes, posts and a backup put back: 0 of each; others unharmed."""
    path, copy = tmp_path / "laurel.sqlite3", tmp_path / "copy"
    async with community(path) as home:
        await befriend(home)
        subject = await live(home)
        before = "\n".join(await scanned(home))
        assert [] == [needle for needle in ALL if needle not in before]
        bystanders = await home.database.read(others, subject)
        back_up(path, copy)
        assert on_disk(copy, ALL)
        await home.wait(minutes=5)
        await erase(home)

        left = await scanned(home)
        tell("P22", "left of somebody erased, by full scan", len(left), most=0)
        assert [] == left
        assert bystanders == await home.database.read(others, subject)
        clock = home.clock
    path.unlink()
    put_back(path, copy, declared(words()), clock())
    assert [] == on_disk(path, ALL)
    async with community(path, clock=clock) as again:
        await again.wait(hours=1)
        left = await scanned(again)
        tell("P22", "left of them in a backup put back", len(left), most=0)
        assert [] == left


async def test_without_the_ledger_a_backup_would_bring_them_back(
    tmp_path: Path,
) -> None:
    """The planted defect: what the scan looks for is there, and is found."""
    path, copy = tmp_path / "laurel.sqlite3", tmp_path / "copy"
    async with community(path) as home:
        await live(home)
        back_up(path, copy)
        await home.wait(minutes=5)
        await erase(home)
        clock = home.clock
    Ledger(path).path.unlink()
    path.unlink()
    put_back(path, copy, declared(words()), clock())

    with look_into(path) as tx:
        found = "\n".join(residue(tx, ALL))
    assert [] == [needle for needle in ALL if needle not in found]


@pytest.mark.parametrize("name", ["laurel.sqlite3-wal", "laurel.sqlite3.notes"])
async def test_a_file_that_still_knows_is_found(tmp_path: Path, name: str) -> None:
    """The scan reads every byte of every file beside the database."""
    path = tmp_path / "laurel.sqlite3"
    (tmp_path / name).write_bytes(b"\0" * 5_000 + HER_SONG.encode())
    shutil.copy(tmp_path / name, path)
    assert {name, path.name} == {each.partition(": ")[0] for each in on_disk(path, ALL)}
