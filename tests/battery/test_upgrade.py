"""T21: a file of every earlier schema is brought up to date whole, or stays as it was.

Nothing was released before what there is, so earlier Laurels are the schemas that there
have been. That the power goes while it happens is in `test_power_names`.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.config import DISCORD
from bot.exits import BAD_DATABASE, FAILED
from storage import file
from storage.file import LAUREL, Schema, connect, create, inspect, prepare
from storage.lock import DatabaseFileError
from tests.battery.earlier import (
    VERSIONS,
    Columns,
    columns_of,
    lay,
    rows,
    schema_of,
    town,
)
from tests.battery.power import refused
from tests.battery.powered import stepwise
from tests.battery.size import chance, size
from tests.battery.told import Tell

HOSTILE_WORDS = size(60, 10_000)
CUTS, FAILURES = size(4, 40), size(3, 40)
"""How often, in each version's upgrade, it is cut off and how often it fails."""

NAME = "laurel.sqlite3"
COMMANDS: Sequence[tuple[str, ...]] = (
    ("run",),
    ("check",),
    ("backup", "FILE"),
    ("export", "FILE"),
    ("audit", "export", "FILE"),
    ("import", "CSV", "--community", "harness:home"),
)
"""What looks into the file."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A file that an earlier Laurel left.

    Attributes:
        before: Digests of what is in each of its tables.
    """

    path: Path
    schema: Schema
    columns: Columns
    before: object

    @property
    def behind(self) -> int:
        """How many migrations are missing."""
        return len([number for number, _ in LAUREL.steps() if number > self.version])

    @property
    def version(self) -> int:
        """Of its schema."""
        return self.schema.version

    def copy(self, to: Path) -> Path:
        """Return a copy of it in a folder of its own."""
        shutil.rmtree(to, ignore_errors=True)
        to.mkdir()
        return Path(shutil.copy(self.path, to / NAME))

    def wrong(self, path: Path) -> Counter[str]:
        """Return what is wrong with a file that is to hold the same."""
        found = Counter[str]()
        left = inspect(path)
        found["neither old nor new"] = left not in {0, self.behind}
        found["rows"] = rows(path, self.columns) != self.before
        return +found


@pytest.fixture
async def earlier(tmp_path: Path) -> Sequence[Earlier]:
    """A file of every earlier schema, with something in each table."""
    today, found = tmp_path / "today.sqlite3", []
    await town(today, HOSTILE_WORDS)
    for version in VERSIONS:
        path, schema = tmp_path / f"v{version}.sqlite3", schema_of(version, tmp_path)
        lay(today, path, schema)
        columns = columns_of(path)
        found.append(Earlier(path, schema, columns, rows(path, columns)))
    return found


# Brought up to date


def upgraded(each: Earlier, folder: Path) -> Counter[str]:
    """Return what is wrong after an upgrade: with the file, and with its copy."""
    path = each.copy(folder)
    prepare(path)
    copy = path.with_name(f"{NAME}.before-{LAUREL.version:04}")
    found = each.wrong(path)
    found["not new"] = inspect(path)
    found["no copy"] = inspect(copy) != each.behind
    found["rows of the copy"] = rows(copy, each.columns) != each.before
    return +found


def test_every_earlier_file_is_brought_up_with_every_row(
    tmp_path: Path, earlier: Sequence[Earlier], tell: Tell
) -> None:
    """Hostile words among them; and a copy of what it was stands beside it."""
    wrong = [found for each in earlier if (found := upgraded(each, tmp_path / "up"))]
    full = [each for each in earlier if not _empty(each)]
    what = f"upgraded with less, of files of {len(full)} earlier schemas"
    assert len(VERSIONS) == len(full)
    tell("P14", what, len(wrong), most=0)


def _empty(each: Earlier) -> Sequence[str]:
    with closing(connect(each.path, "ro")) as connection:
        return [
            table
            for table in each.columns
            if not connection.execute(f"SELECT 1 FROM {table}").fetchone()  # noqa: S608
            and table not in _MAY_BE_EMPTY
        ]


_MAY_BE_EMPTY = {
    "appeal_reminders",
    "challenge_boards",
    "community_values",
    "erased_members",
    "imports",
    "installed_through",
    "judging_queues",
    "mirrored",
    "mirrors",
    "oauth_states",
    "occurrences",
    "recap_values",
    "seasons",
}
"""Tables of which a town has no need to be whole."""


def test_a_migration_that_loses_rows_would_be_found(
    tmp_path: Path, earlier: Sequence[Earlier], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: one that takes the longest words away."""
    usual = vars(file)["_statements"]

    def statements(script: str) -> Iterator[str]:
        yield from usual(script)
        yield "DELETE FROM words WHERE id = (SELECT max(id) FROM words)"

    monkeypatch.setattr(file, "_statements", statements)
    found = upgraded(earlier[0], tmp_path / "up")
    assert Counter({"rows": 1}) == found


# Cut off


class Cutting:
    """Keeps what there is on disk before each statement, as a kill would leave it."""

    def __init__(self, path: Path, images: Path) -> None:
        self._path = path
        self._images = images
        self.count = 0

    def __call__(self, _statement: str) -> None:
        """Keep another image."""
        image = self._images / str(self.count)
        image.mkdir()
        for each in self._path.parent.glob(f"{NAME}*"):
            if not each.name.endswith("-shm"):  # it is made anew at each start
                shutil.copy(each, image / each.name)
        self.count += 1


def statements_of(each: Earlier, folder: Path) -> int:
    """Return how many statements an upgrade takes."""
    counted: list[str] = []
    _prepare_traced(each.copy(folder), counted.append)
    return len(counted)


def _prepare_traced(path: Path, told: Callable[[str], object]) -> None:
    def traced(path: Path, mode: str) -> sqlite3.Connection:
        connection = connect(path, mode)
        if mode == "rw":
            connection.execute("PRAGMA cache_size = 5")  # so that it spills meanwhile
            connection.set_trace_callback(told)
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file, "connect", traced)
        prepare(path)


def cut_off(each: Earlier, folder: Path) -> tuple[int, Counter[str]]:
    """Return how often an upgrade was cut off, and what was wrong then."""
    path, images = each.copy(folder / "cut"), folder / "images"
    many = statements_of(each, folder / "counted")
    luck = chance(each.version)
    kept = {0, many - 1, *(luck.randrange(many) for _ in range(CUTS))}
    shutil.rmtree(images, ignore_errors=True)
    images.mkdir()
    cutting = Cutting(path, images)

    def told(statement: str) -> None:
        if cutting.count in kept:
            cutting(statement)
        else:
            cutting.count += 1

    _prepare_traced(path, told)
    found = Counter[str]()
    for number in sorted(kept):
        image = images / str(number) / NAME
        found += each.wrong(image)
        found += refused(image)
        found["not brought up again"] += inspect(image) != 0
        found += each.wrong(image)
    return len(kept), +found


def test_an_upgrade_that_is_cut_off_is_done_or_not_begun(
    tmp_path: Path, earlier: Sequence[Earlier], tell: Tell
) -> None:
    """Wherever: the file is the old one or the new, and the next start goes on."""
    cuts, found = 0, Counter[str]()
    for each in earlier:
        count, wrong = cut_off(each, tmp_path)
        cuts, found = cuts + count, found + wrong
    where = f"in the middle of upgrades from {len(earlier)} earlier schemas"
    tell("P14", f"neither old nor new, cut off {where}", found.total(), most=0)
    assert cuts > len(earlier) * CUTS / 2
    assert Counter() == found


def test_an_upgrade_in_steps_would_be_found(
    tmp_path: Path, earlier: Sequence[Earlier], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: each migration is kept as soon as it is done."""
    monkeypatch.setattr(file, "_migrate", vars(file)["_migrate"])  # put back afterwards
    stepwise()
    _, found = cut_off(earlier[0], tmp_path)
    assert "neither old nor new" in found


# Failed


def failed(each: Earlier, folder: Path, at: int) -> Counter[str]:
    """Have an upgrade fail in a statement; return what is wrong with what is left."""
    path, counted = each.copy(folder), iter(range(at))
    usual = vars(file)["_statements"]

    def statements(script: str) -> Iterator[str]:
        for statement in usual(script):
            if next(counted, None) is None:
                yield "INSERT INTO no_such_table VALUES (1)"
            yield statement

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file, "_statements", statements)
        with pytest.raises(DatabaseFileError) as told:
            prepare(path)
    return unusable(each, path, str(told.value))


def unusable(each: Earlier, path: Path, told: str) -> Counter[str]:
    """Return what keeps an earlier Laurel from going on with a file."""
    found = each.wrong(path)
    found["not the old one"] = inspect(path) != each.behind
    wanted = f"{path} could not be brought from version {each.version} to"
    found["words"] = not (
        told.startswith(wanted) and told.endswith("a copy stands beside it.")
    )
    try:
        prepare(path, each.schema)
    except DatabaseFileError:
        found["refused by the old one"] = 1
    return +found


def test_a_failed_upgrade_leaves_what_the_old_one_can_use(
    tmp_path: Path, earlier: Sequence[Earlier], tell: Tell
) -> None:
    """It says so, with every row where it was; and a later one gets through."""
    tried, found = 0, Counter[str]()
    for each in earlier:
        missing = [path for n, path in LAUREL.steps() if n > each.version]
        split = vars(file)["_statements"]
        many = sum(len(list(split(path.read_text("utf-8")))) for path in missing)
        for at in chance(each.version).sample(range(many), min(FAILURES, many)):
            found += failed(each, tmp_path / "failed", at)
            tried += 1
        prepare(tmp_path / "failed" / NAME)
        found += each.wrong(tmp_path / "failed" / NAME)
    tell("P14", "unusable for the older one after a failure", found.total(), most=0)
    assert Counter() == found
    assert tried > len(earlier) * FAILURES / 2


def test_a_failed_upgrade_that_leaves_half_would_be_found(
    tmp_path: Path, earlier: Sequence[Earlier], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: what was done until it failed is kept."""
    monkeypatch.setattr(file, "_migrate", vars(file)["_migrate"])  # put back afterwards
    stepwise()
    _, (_, second), *_ = LAUREL.steps()
    kept = len(list(vars(file)["_statements"](second.read_text("utf-8"))))
    assert failed(earlier[0], tmp_path / "failed", kept + 1)


# Of a newer one


@pytest.fixture
async def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that a later Laurel left, whose schema has one migration more."""
    monkeypatch.setenv(
        DISCORD, ".".join(("MTIzNDU2Nzg5MDEyMzQ1Njc4", "Gabcde", "x" * 38))
    )
    steps = tmp_path / "later"
    shutil.copytree(LAUREL.migrations, steps)
    name = f"{LAUREL.version + 1:04}_later.sql"
    (steps / name).write_text("CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;")
    path = tmp_path / NAME
    await town(path, 1)
    prepare(path, Schema(LAUREL.application_id, steps))
    (tmp_path / "export.csv").write_text("user,points\nana,3\n", "utf-8")
    return path


def typed(path: Path, words: Sequence[str]) -> Sequence[str]:
    """Return what is typed for a command that looks into the file."""
    config = path.with_name("config.toml")
    config.write_text(f'[database]\npath = "{path}"\n', "utf-8")
    named = {"FILE": str(path.with_name("out")), "CSV": str(path.parent / "export.csv")}
    return ["--config", str(config), *(named.get(each, each) for each in words)]


def accepted(path: Path, capsys: pytest.CaptureFixture[str]) -> Sequence[str]:
    """Return the commands that do anything with the file but refuse it in words."""
    before, found = path.read_bytes(), []
    wanted = (
        f"{path} was written by a newer Laurel (version {LAUREL.version + 1}, this one "
        f"knows {LAUREL.version}). Run the newer Laurel, or put an older backup there."
    )
    for words in COMMANDS:
        code = main(typed(path, words))
        out, err = capsys.readouterr()
        is_left = path.read_bytes() == before and not path.with_name("out").exists()
        # What is checked is told with all else that is wrong.
        wanted_code = FAILED if words == ("check",) else BAD_DATABASE
        if code != wanted_code or wanted not in out + err or not is_left:
            found.append(f"{' '.join(words)}: {code} {out}{err}")
    return found


def test_a_newer_file_is_refused_by_every_command(
    newer: Path, capsys: pytest.CaptureFixture[str], tell: Tell
) -> None:
    """With a code that stops whatever restarts it, and in words; nothing is touched."""
    taken = accepted(newer, capsys)
    what = f"of {len(COMMANDS)} commands, those that took a newer file"
    tell("P14", what, len(taken), most=0)
    assert [] == taken


def test_a_newer_backup_is_not_put_back(
    newer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file that is there stays as it is."""
    copy, here = tmp_path / "newer-copy.sqlite3", tmp_path / "here"
    shutil.copy(newer, copy)
    here.mkdir()
    create(here / NAME)
    before = (here / NAME).read_bytes()
    words = ("restore", str(copy))
    assert BAD_DATABASE == main(typed(here / NAME, words))
    assert "was written by a newer Laurel" in capsys.readouterr().err
    assert before == (here / NAME).read_bytes()


def test_a_newer_file_that_is_taken_would_be_found(
    newer: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: nobody looks how new it is."""
    knows_all = partial(lambda version, _path, _schema: version, LAUREL.version)
    monkeypatch.setattr(file, "_version", knows_all)
    monkeypatch.setattr(
        "tests.battery.test_upgrade.COMMANDS", (("export", "FILE"), ("backup", "FILE"))
    )
    assert accepted(newer, capsys)
