"""Rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = ("bot", "cogs", "storage", "locales")

# What is not ours comes in through one door each, so that it can be replaced there; and
# only the composition root knows the cogs.
DOORS: dict[str, tuple[str, ...]] = {
    "aiohttp": ("bot.adapters", "bot.web"),
    "aiosqlite": ("storage.database",),
    "apscheduler": ("bot.calendar",),
    "cogs": ("bot.app", "bot.features", "cogs"),
    "cryptography": ("bot.sealed",),
    "discord": ("bot.adapters.discord",),
    "dotenv": ("bot.config",),
    "fluent": ("bot.chat.catalogue", "bot.chat.reading"),
    "jinja2": ("bot.pages",),
    "msgspec": ("bot.config", "bot.adapters", "bot.web", "bot.chat.wire"),
    "slack_bolt": ("bot.adapters.slack",),
    "slack_sdk": ("bot.adapters.slack",),
    "sqlite3": ("storage", "bot.adapters.playground"),
    "typst": ("bot.cards",),
}

# Where an error of any kind is answered for; everywhere else it goes up to here.
CATCH_ALL = {"bot.courier", "bot.dispatch", "bot.supervisor", "storage.database"}

# Who opens and closes transactions; everyone else is handed one.
TRANSACTIONS = ("storage.database", "storage.file", "bot.adapters.playground")

VAGUE = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common)($|_)")


def sources(*folders: str) -> dict[str, Path]:
    """Every module under the folders, by its dotted name."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(
            ".__init__"
        ): path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "node_modules" not in path.parts
    }


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def imported(path: Path) -> frozenset[str]:
    return frozenset(_imported(tree(path)))


def _imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def within(name: str, packages: tuple[str, ...] | set[str]) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in packages)


def swallows(handler: ast.ExceptHandler) -> bool:
    """Whether it takes any error and does not pass it on."""
    kinds = ast.walk(handler.type) if handler.type else ()
    anything = handler.type is None or any(
        isinstance(each, ast.Name) and each.id in {"Exception", "BaseException"}
        for each in kinds
    )
    return anything and not isinstance(handler.body[-1], ast.Raise)


def opens_transaction(node: ast.AST) -> bool:
    """Whether a call begins, commits or rolls back."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    first = node.args[0] if node.args else None
    statement = first.value if isinstance(first, ast.Constant) else None
    return node.func.attr in {"commit", "rollback"} or bool(
        isinstance(statement, str)
        and re.match(r"\s*(BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE)\b", statement)
    )


def test_every_module_has_its_layer() -> None:
    """No room of the house is left out of the import contracts."""
    (layers,) = (
        each["layers"]
        for each in PROJECT["tool"]["importlinter"]["contracts"]
        if each["id"] == "layers"
    )
    listed = set(re.findall(r"[\w.]+", " ".join(layers)))
    rooms = {
        ".".join(name.split(".")[:2]) for name in sources("bot") if name != "bot"
    } | {"cogs", "storage"}
    assert set() == rooms - listed


@pytest.mark.parametrize("package", DOORS)
def test_each_package_has_one_door(package: str) -> None:
    """A library, and a cog, is imported where the design says and nowhere else."""
    strays = [
        name
        for name, path in sources("bot", "cogs", "storage").items()
        if not within(name, DOORS[package])
        and any(within(each, (package,)) for each in imported(path))
    ]
    assert [] == strays


def test_errors_are_swallowed_in_four_places_alone() -> None:
    """Everywhere else an error that nobody expected goes up and is seen."""
    strays = [
        f"{name}:{node.lineno}"
        for name, path in sources("bot", "cogs", "storage").items()
        if name not in CATCH_ALL
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and swallows(node)
    ]
    assert [] == strays


def test_nobody_opens_a_transaction_of_their_own() -> None:
    """Units are handed a transaction; whoever commits by hand breaks the promise."""
    strays = [
        f"{name}:{node.lineno}"
        for name, path in sources("bot", "cogs", "storage").items()
        if not within(name, TRANSACTIONS)
        for node in ast.walk(tree(path))
        if opens_transaction(node) and isinstance(node, ast.expr)
    ]
    assert [] == strays


def test_files_and_functions_stay_small() -> None:
    """A file has at most 300 lines (tests 500), a function at most 50."""
    strays = []
    for name, path in sources("bot", "cogs", "storage", "tests").items():
        limit = 500 if name.startswith("tests") else 300
        module = tree(path)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > limit:
            strays.append(f"{name}: {lines} lines")
        strays += [
            f"{name}.{node.name}: {long} lines"
            for node in ast.walk(module)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (long := (node.end_lineno or 0) - node.lineno + 1) > 50
        ]
    assert [] == strays


def test_modules_are_named_for_what_they_do() -> None:
    """No module is a drawer for odds and ends."""
    names = sources("bot", "cogs", "storage", "tests")
    strays = [each for each in names if VAGUE.search(each.rpartition(".")[2])]
    assert [] == strays


def test_the_lock_pins_and_hashes_everything() -> None:
    """What is installed is checked; where it comes from is each machine's own."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", lock.strip())
    unpinned = [
        entry.split()[0]
        for entry in entries
        if not re.match(r"[a-z0-9-]+==\S+ ", entry) or "--hash=sha256:" not in entry
    ]
    assert [] == unpinned
    assert "://" not in lock
    assert "--index" not in lock


def test_the_lock_has_every_requirement() -> None:
    """A dependency that was added to the project was added to the lock."""
    extras = PROJECT["project"]["optional-dependencies"]
    daily = [*PROJECT["project"]["dependencies"], *extras["dev"]]
    assert set() == _required(daily) - _locked("requirements.lock")
    every = [*daily, *extras["release"]]
    assert set() == _required(every) - _locked("requirements-release.lock")


def _required(asked: Sequence[str]) -> set[str]:
    names = {re.split(r"[<>=!~\[; ]", each)[0] for each in asked}
    return {re.sub(r"[._]", "-", each).lower() for each in names}


def _locked(name: str) -> set[str]:
    lock = (ROOT / name).read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))


def test_what_npm_installs_is_pinned_and_hashed() -> None:
    """The checkers from npm are as fixed as the rest, and name no address either."""
    lock = (ROOT / "tests/package-lock.json").read_text(encoding="utf-8")
    assert lock.count('"node_modules/') == lock.count('"integrity": "sha512-')
    assert "://" not in lock


def test_the_wheel_carries_everything_the_program_reads(tmp_path: Path) -> None:
    """Words, migrations, pages and styles are installed along with the code."""
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path))
    carried = set(zipfile.ZipFile(built).namelist())
    here = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert set() == here - carried
    assert set() == {each for each in carried if each.startswith("tests/")}
