"""Imports, from the preview to taking them back, through a real file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.domain.community import Community as Here
from bot.domain.community import Level, Privacy
from bot.importing import writing
from bot.importing.columns import Means
from bot.importing.desk import Desk
from bot.importing.plan import Wanted
from bot.importing.stopping import Stop
from storage import audit, communities, imports, members
from storage.boards import ledger, places
from storage.boards.periods import ALL_TIME, Period
from storage.boards.recount import drift
from storage.boards.sides import Side
from storage.database import Database, Transaction
from storage.imports import Import, State
from tests.harness import START, Community, community

GIFTS = """\
id,giver,receiver,amount,created_at,reason
1,Ana,Ben,20,2026-02-02T10:00:00Z,For the boat
2,Ben,Ana,5,2026-02-03T10:00:00Z,For the oars
3,Zoe,Ana,5,2026-02-03T10:00:00Z,For the sail
"""

TOTALS = """\
username,id,level,xp
Ana,ana,20,1000
Ben,ben,3,90
"""


class Box:
    """A community, a file, and whoever sits at the console."""

    def __init__(self, home: Community, folder: Path) -> None:
        self.home = home
        self.path = folder / "export.csv"
        self.asked: list[str] = []

    async def run(self, text: str, *answers: str, **wanted: object) -> int:
        """Import ``text``; without answers, nobody is asked."""
        self.path.write_text(text, encoding="utf-8", newline="")
        replies = iter(answers)

        def ask(question: str) -> str:
            self.asked.append(question)
            return next(replies)

        desk = await self.desk(ask)
        options = {"yes": not answers, **wanted}
        code = await desk.import_file(Wanted(self.path, **options))  # type: ignore[arg-type]
        await self.home.laurel.settle()
        return code

    async def undo(self, number: int = 1) -> int:
        desk = await self.desk(None)
        code = await desk.undo(number, yes=True)
        await self.home.laurel.settle()
        return code

    async def desk(self, ask: object) -> Desk:
        here = await self.here()
        clock, stop = self.home.clock, Stop()
        return Desk(self.home.database, here, clock, ask, stop)  # type: ignore[arg-type]

    async def here(self) -> Here:
        return await self.home.database.read(communities.get, self.home.ref)

    async def board(
        self, side: Side = Side.RECEIVED, period: Period = ALL_TIME
    ) -> dict[str, int]:
        here = await self.here()
        found = await self.home.database.read(places.board, here, side, period, 99)
        assert 0 == await self.home.database.read(drift)
        return {place.platform_id: place.amount // places.WHOLE for place in found}

    async def listed(self) -> Sequence[Import]:
        here = await self.here()
        return await self.home.database.read(imports.listed, here, 99)


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Box]:
    async with community(tmp_path / "laurel.sqlite3") as home:
        await home.database.write(_meet, home, ("Ana", "Ben", "Cleo"))
        yield Box(home, tmp_path)


def _meet(tx: Transaction, home: Community, names: Sequence[str]) -> None:
    here = communities.get(tx, home.ref)
    for name in names:
        members.meet(tx, here, home.person(name), START)


async def test_gifts_count_on_their_day_for_both(
    box: Box, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who is not known gives nothing, and what they gave counts all the same."""
    assert 0 == await box.run(GIFTS)

    assert {"ben": 20, "ana": 10} == await box.board()
    assert {"ana": 20, "ben": 5} == await box.board(Side.GIVEN)
    assert {"ben": 20} == await box.board(period=Period.parse("2026-02-02"))
    told = capsys.readouterr().out
    assert "is an export of Bonusly, in utf-8" in told
    assert "Of 3 rows, 3 would count in harness:home: 30 points for 2 members" in told
    assert "not known, so that they count for who received alone: 1 row." in told
    assert "Import 1: 3 rows with 30 points counted now." in told


async def test_the_same_file_counts_once(
    box: Box, capsys: pytest.CaptureFixture[str]
) -> None:
    """So do the same rows in another file, in another order, or twice in one."""
    await box.run(GIFTS)
    lines = GIFTS.splitlines()
    mixed = [lines[0], lines[3], lines[1], lines[1], "4,Cleo,Ben,1,2026-02-04,x"]
    for text in (GIFTS, GIFTS + "\n".join(lines[1:]), "\n".join(mixed)):
        assert 0 == await box.run(text)

    assert {"ben": 21, "ana": 10} == await box.board()
    told = capsys.readouterr().out
    assert "Import 1 was of this very file, on 2026-03-06." in told
    assert "Said by another row already: 1 row." in told
    assert ["done"] * 4 == [each.state for each in await box.listed()]
    assert [1, 0, 0, 3] == [each.done.rows for each in await box.listed()]


async def test_totals_count_once_for_each_member(
    box: Box, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the day before Laurel came; a newer total needs the older one taken back."""
    newer = TOTALS.replace("Ana,ana,20", "Ana,ana,25")
    assert 0 == await box.run(TOTALS)
    assert 0 == await box.run(newer)
    assert {"ana": 20, "ben": 3} == await box.board()
    assert {"ana": 20, "ben": 3} == await box.board(period=Period.parse("2026-03-05"))

    assert 0 == await box.undo()
    assert {} == await box.board()
    assert 0 == await box.run(newer, undated_on=date(2026, 1, 31))
    assert {"ana": 25, "ben": 3} == await box.board(period=Period.parse("2026-01"))
    assert "They count as of 2026-03-05" in capsys.readouterr().out


async def test_one_member_with_two_totals_is_asked_about(
    box: Box, capsys: pytest.CaptureFixture[str]
) -> None:
    """By id and by name they may be one; the first counts, and nobody adds them up."""
    text = TOTALS + "ANA,,7,1\n@Ana,,20,1\n"
    await box.run(text)

    assert {"ana": 20, "ben": 3} == await box.board()
    told = capsys.readouterr().out
    assert "another total in an earlier row (line 4)" in told
    assert "Said by another row already: 1 row." in told


async def test_who_is_not_known_waits_or_is_met(
    box: Box, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody is made up; once they are known, the same file counts for them alone."""
    text = TOTALS + "Zoe,zoe,8,1\n"
    await box.run(text)
    assert {"ana": 20, "ben": 3} == await box.board()
    assert "Not known: Zoe." in capsys.readouterr().out

    await box.run(text, meet=True)
    assert {"ana": 20, "zoe": 8, "ben": 3} == await box.board()
    assert "1 of the members are met by their id" in capsys.readouterr().out
    assert [1, 2] == [each.done.rows for each in await box.listed()]


async def test_names_that_could_be_two_are_nobodys(
    box: Box, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only an id tells them apart, or whoever knows says who they are."""
    box.home.person("ben ", ref=replace(box.home.person("Cleo").ref, id="ben2"))
    await box.home.database.write(_meet, box.home, ["ben "])
    text = "Name,Points\nBen,3\nmail@example.com,4\n"
    assert 1 == await box.run(text)
    assert "several members have this name" in capsys.readouterr().out

    known = box.path.with_name("people.csv")
    known.write_text("theirs,ours\nBEN,ben2\nMAIL@example.com,Cleo\n")
    assert 0 == await box.run(text, people=known)
    assert {"cleo": 4, "ben2": 3} == await box.board()

    for wrong in ("theirs,ours\nBen,ben\nben,ben2\n", "a,b,c\n", "a,b\nBen,\n"):
        known.write_text(wrong)
        assert 1 == await box.run(text, people=known)


async def test_who_takes_nothing_gets_nothing(
    box: Box, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever wants no recognition, and bots; in words that do not say which."""

    def change(tx: Transaction) -> None:
        here = communities.get(tx, box.home.ref)
        ana = members.meet(tx, here, box.home.person("Ana"), START)
        members.prefer(tx, ana, Privacy(level=Level.NONE), previews=False)
        members.meet(tx, here, box.home.person("Ben", bot=True), START)

    await box.home.database.write(change)

    assert 1 == await box.run(TOTALS)
    assert "2  they cannot be given anything (line 2)" in capsys.readouterr().out
    assert [] == list(await box.listed())


async def test_what_is_not_clear_is_left_out_and_counted(
    box: Box, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each kind with the first line of it; the rest counts."""
    rows = [
        "Ana,=1+1,2026-02-02,", "Ana,-4,2026-02-02,", "Ana,99999999999999,2026-02-02,",
        ",3,2026-02-02,", "Ana,3,2026-12-24,", "Ana,3,3/4/2026,",
        "Ana,3,2026-02-02,Ana",
        "\x1b[31mZoe,3,2026-02-02,", "Ben,0,2026-02-02,", "Ben,3,2026-02-02,",
    ]  # fmt: skip
    await box.run("\n".join(("Name,Points,Date,Giver", *rows)))

    told = capsys.readouterr().out
    assert {"ben": 3} == await box.board()
    assert "9 rows would be left out" in told
    for words in (
        "is a formula", "takes points away", "counts more than 1,000,000,000",
        "names nobody", "still to come", "--dates dmy or mdy", "to themselves",
        "met nobody", "counts nothing",
    ):  # fmt: skip
        assert words in told
    assert "\x1b" not in told
    (done,) = await box.listed()
    assert (10, 1, 0, 9) == (
        done.done.lines, done.done.rows, done.done.again, done.done.left_out,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wanted", "why"),
    [
        ("", {}, "is empty"),
        ("Name,Points\n", {}, "nothing would count"),
        ("a,b\n1,2\n", {}, "who received"),
        ("Name,Points\nAna,x\n", {}, "nothing would count"),
        ('Name,Points\nAna,"3\n', {}, "cannot be told apart"),
        (TOTALS, {"undated_on": date(2027, 1, 1)}, "is still to come"),
        (TOTALS, {"columns": {Means.POINTS: "Score"}}, "No column is called 'Score'"),
        (TOTALS, {"people": Path("nowhere.csv")}, "cannot be read"),
    ],
)
async def test_what_cannot_be_imported_changes_nothing(
    box: Box,
    capsys: pytest.CaptureFixture[str],
    text: str,
    wanted: dict[str, object],
    why: str,
) -> None:
    """The process ends with 1, and with words."""
    assert 1 == await box.run(text, **wanted)

    assert why in capsys.readouterr().err
    assert [] == list(await box.listed())


async def test_nothing_is_written_before_somebody_agrees(
    box: Box, capsys: pytest.CaptureFixture[str]
) -> None:
    """No answer is no; columns can be put right in the preview."""
    for answer in ("", "n", "no", "yess"):
        assert 1 == await box.run(TOTALS, answer)
    desk = await box.desk(None)
    assert 1 == await desk.import_file(Wanted(box.path))
    assert 1 == await box.run(TOTALS, "points=Score")
    assert 1 == await box.run(TOTALS, "colour=xp")
    assert [] == list(await box.listed())

    assert 0 == await box.run(TOTALS, "points=xp", "points = 2", "y")
    assert {"ana": 2, "ben": 2} == await box.board()
    told = capsys.readouterr()
    assert "xp                       how many (points)" in told.out
    assert "(each row)               how many: 2" in told.out
    assert "'colour=xp' says of no column what it means" in told.err


async def test_an_interrupted_import_goes_on(
    box: Box, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where it stopped, and nothing is doubled; nor is it read in another way then."""
    text = "Name,Points,Date\n" + "".join(
        f"{name},{n},2026-02-0{n % 9 + 1}\n"
        for n in range(1, 26)
        for name in ("Ana", "Ben")
    )
    monkeypatch.setattr(writing, "AT_ONCE", 8)
    whole = Database.write
    commits = iter(range(4))

    async def cut(self: Database, work: object, *args: object) -> object:
        if getattr(work, "__name__", "") == "count" and next(commits, None) is None:
            raise KeyboardInterrupt
        return await whole(self, work, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Database, "write", cut)
    with pytest.raises(KeyboardInterrupt):
        await box.run(text)
    monkeypatch.setattr(Database, "write", whole)
    (half,) = await box.listed()
    assert (State.RUNNING, 32, 32) == (half.state, half.done.lines, half.done.rows)

    assert 1 == await box.run(text, undated_on=date(2026, 1, 1))
    assert "was begun with other columns or options" in capsys.readouterr().err
    assert 0 == await box.run(text)
    assert "stopped behind row 32; it goes on there" in capsys.readouterr().out
    (done,) = await box.listed()
    assert (State.DONE, 50, 50, 0) == (
        done.state, done.done.lines, done.done.rows, done.done.again,
    )  # fmt: skip
    assert {"ana": 325, "ben": 325} == await box.board()


async def test_an_import_is_taken_back_whole(
    box: Box, capsys: pytest.CaptureFixture[str]
) -> None:
    """What another one counted stays; then the file can come again."""
    await box.run(GIFTS)
    await box.run("Name,Points,Date\nAna,7,2026-02-02\n")
    assert 0 == await box.undo(1)

    assert {"ana": 7} == await box.board()
    assert {} == await box.board(Side.GIVEN)
    assert [State.DONE, State.UNDONE] == [each.state for each in await box.listed()]
    assert 0 == await box.undo(1)
    assert "was taken back already" in capsys.readouterr().out
    assert 1 == await box.undo(99)
    assert "There is no import 99 here" in capsys.readouterr().err
    assert 0 == await box.run(GIFTS)
    assert {"ben": 20, "ana": 17} == await box.board()


async def test_undoing_asks_and_goes_on(
    box: Box, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half of it taken back is told of, and taken back to its end."""
    await box.run(GIFTS)
    here = await box.here()
    (done,) = await box.listed()
    desk = await box.desk(lambda _question: "no")
    assert 1 == await desk.undo(1, yes=False)
    await box.home.database.write(imports.undo_some, here, done, 1, box.home.clock())
    assert 0 == await desk.show()
    assert "half taken back; --undo goes on" in capsys.readouterr().out

    desk = await box.desk(lambda _question: "y")
    assert 0 == await desk.undo(1, yes=False)
    await box.home.laurel.settle()
    assert {} == await box.board()


async def test_the_audit_tells_of_both(box: Box) -> None:
    """With the digest of the file, and neither names nor words."""
    await box.run(GIFTS)
    box.home.clock.move(days=1)
    await box.undo()
    here = await box.here()
    lines = await box.home.database.read(
        lambda tx: b"".join(audit.lines(tx, here)).decode()
    )

    assert ["imports.made", "imports.undone"] == [
        line.partition('"action":"')[2].partition('"')[0]
        for line in lines.splitlines()
        if "imports" in line
    ]
    assert '"detail":{"points":30,"rows":3,"tool":"bonusly"}' in lines
    assert "Ana" not in lines
    assert "boat" not in lines


async def test_another_community_is_not_touched(box: Box) -> None:
    """Its imports are neither listed nor taken back, and its members not found."""
    await box.run(GIFTS)

    def beside(tx: Transaction) -> Here:
        there = replace(box.home.ref, id="elsewhere")
        settings = communities.get(tx, box.home.ref).settings
        return communities.add(tx, there, settings, START + timedelta(days=1))

    there = await box.home.database.write(beside)
    desk = Desk(box.home.database, there, box.home.clock, None, Stop())
    assert 1 == await desk.import_file(Wanted(box.path, yes=True))
    assert 1 == await desk.undo(1, yes=True)
    assert [] == await box.home.database.read(imports.listed, there, 9)
    assert 3 == len(
        await box.home.database.read(ledger.standing, await box.here(), 1, 9)
    )
