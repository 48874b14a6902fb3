"""What is looked at before a release is as it says, and finds what is planted.

What takes a second is looked at here as well, with every change.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.release import (
    __main__,
    advisories,
    bill,
    branches,
    changes,
    equivalents,
    flakes,
    locks,
    mutants,
    tokens,
    weaknesses,
    wheels,
)
from tests.release.commands import ROOT, Done, run
from tests.release.verdict import Verdict, skipped

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
A, B = "a" * 64, "b" * 64
LOCK = f"one==1.2 \\\n    --hash=sha256:{A} \\\n    --hash=sha256:{B}\n"
ASKED = {"dependencies": ["one>=1"], "optional-dependencies": {"dev": ["Two_Two"]}}
TWO = f"two-two==2 ; python_version < '3.12' \\\n    --hash=sha256:{B}\n"


def test_a_line_ends_in_its_verdict() -> None:
    """Whether it is good, short, or could not be looked at here."""
    assert "a: b: ok" == str(Verdict("a", "b", ok=True))
    assert "a: b: short" == str(Verdict("a", "b", ok=False))
    assert "a: b: skipped" == str(skipped("a", "b"))


@pytest.mark.parametrize(
    "look",
    [locks.verdicts, changes.verdicts, tokens.verdicts],
    ids=["hashes", "changelog", "tokens"],
)
def test_what_stands_here_is_good(look: __main__.Look) -> None:
    """Hashes for everything, a changelog that agrees, and no token anywhere."""
    assert [] == [str(each) for each in look() if each.ok is False]


def test_the_wheel_is_the_same_twice() -> None:
    """Built in two places, of files of two dates."""
    (verdict,) = wheels.verdicts()
    assert verdict.ok, verdict.found


def test_a_wheel_that_is_another_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: each says which it is."""
    places = iter("ab")

    def built(place: Path, changed_at_s: str) -> str:
        return usual(place, changed_at_s) + next(places)

    def usual(place: Path, changed_at_s: str) -> str:
        return f"{bool(place) and bool(changed_at_s)}"

    monkeypatch.setattr(wheels, "built", built)
    (verdict,) = wheels.verdicts()
    assert verdict.ok is False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LOCK + TWO, []),
        ("one==1.2\n" + TWO, ["one has no hash"]),
        (LOCK, ["Two_Two is not in it"]),
        (LOCK.replace("1.2", "0.9") + TWO, ["one>=1 is not 0.9"]),
        (LOCK.replace("==1.2", ">=1.2") + TWO, [f"no exact version: one>=1.2{A[:0]}"]),
        (f"one==1.2 --hash=sha256:{A[:-1]}\n" + TWO, None),
    ],
)
def test_a_lock_without_a_hash_is_found(text: str, expected: list[str] | None) -> None:
    """Or without a package, with a wrong version, with none at all."""
    found = locks.wrong(text, ASKED, ("dev",))
    if expected is None:
        assert found
    else:
        assert expected == [each.partition(" --hash")[0].strip() for each in found]


def test_both_locks_hold_the_same_versions() -> None:
    """A release is looked at with what it is tested with."""
    plain, more = (
        {e.name: e.version for e in locks.pinned((ROOT / name).read_text("utf-8"))}
        for name in locks.LOCKS
    )
    assert plain == {name: more.get(name) for name in plain}


def test_the_bill_names_all_and_what_laurel_runs_with(tmp_path: Path) -> None:
    """And is the same each time."""
    made = bill.write(tmp_path / "bill.json")
    assert made == bill.write(tmp_path / "bill.json")
    assert made == json.loads((tmp_path / "bill.json").read_text("utf-8"))
    parts = made["components"]
    assert isinstance(parts, list)
    lock = list(locks.pinned((ROOT / "requirements.lock").read_text("utf-8")))
    assert [each.name for each in lock] == [each["name"] for each in parts]
    runs = {each["name"] for each in parts if each["scope"] == "required"}
    assert {"aiohttp", "discord-py", "slack-sdk", "multidict", "tzdata"} <= runs
    assert runs.isdisjoint({"pytest", "mypy", "ruff", "hypothesis"})
    assert all(len(each["externalReferences"][0]["hashes"]) for each in parts)


# Put together here, so that this file itself has none.
TOKENS = {
    "Discord": "MT" + "A" * 24 + ".GhIjKl." + "z" * 38,
    "Slack": "xoxb" + "-123456789012-123456789012-" + "a1B2" * 6,
    "Slack app": "xapp" + "-1-A0123456789-1234567890123-" + "0af1" * 16,
    "webhook": "whsec_" + "MfKQ" * 8,
    "GitHub": "ghp_" + "a1B2" * 9,
    "AWS": "AKIA" + "ABCDEFGH" * 2,
    "private key": "-----BEGIN PRIVATE " + "KEY-----\n" + "MIIE" * 16,
    "address": "https://someone:" + "hunter2hunter2@example.com/simple",
}


@pytest.mark.parametrize("token", TOKENS.values(), ids=[*TOKENS])
def test_a_token_is_found_and_not_shown(token: str) -> None:
    """Of each kind, wherever it stands in a line."""
    (found,) = tokens.found_in(f'key = "{token}"  # {token[:6]}')
    assert token not in found


def test_what_was_taken_out_again_is_in_the_history(tmp_path: Path) -> None:
    """Planted: a token that was committed once."""
    who = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    git = ("git", "-C", str(tmp_path), *who)
    assert 0 == run([*git, "init", "-q"]).code
    for text in (TOKENS["Slack"], "nothing"):
        (tmp_path / "notes.txt").write_text(text, "utf-8")
        assert 0 == run([*git, "add", "notes.txt"]).code
        assert 0 == run([*git, "commit", "-q", "-m", "Note."]).code
    assert [] == tokens.in_tree(tmp_path)
    assert 1 == len(tokens.in_history(tmp_path))


def test_what_has_to_stand_is_let_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its digest alone, so that no other one is."""
    digest = sha256(TOKENS["AWS"].encode()).hexdigest()
    monkeypatch.setattr(tokens, "MADE_UP", frozenset({digest}))
    assert [] == list(tokens.found_in(TOKENS["AWS"]))
    assert 1 == len(list(tokens.found_in(TOKENS["GitHub"])))


UNRELEASED = "## Unreleased\n"


@pytest.mark.parametrize(
    ("changelog", "tags", "good"),
    [
        (UNRELEASED, [], True),
        (UNRELEASED, ["v0.1.0"], False),
        ("nothing", [], False),
        (f"{UNRELEASED}## 1.2.0\n## 1.1.0\n", ["v1.1.0"], True),
        ("## [1.2.0] - 2026-01-01\n## 1.10.0\n", [], False),
        ("## 1.3.0\n", [], False),
    ],
)
def test_a_version_that_nobody_told_of_is_found(
    changelog: str, tags: list[str], *, good: bool
) -> None:
    """The newest is on top, and is the one that is built."""
    assert good == (not changes.wrong("1.2.0", changelog, tags))


def test_no_internet_is_no_vulnerability() -> None:
    """It is said, and nothing is claimed."""
    gone = Done(1, "requests.exceptions.ConnectionError: HTTPSConnectionPool")
    assert advisories.told("a.lock", gone).ok is None
    unheard = "Dependency not found on PyPI and could not be audited: pip (24.0)"
    assert advisories.away(Done(1, unheard))
    assert advisories.told("a.lock", Done(1, unheard)).ok is None
    removed = unheard.replace("pip (24.0)", "one (1.0)")
    assert advisories.told("a.lock", Done(1, removed)).ok is False
    grave = Done(1, "Name Version ID\none 1.0 PYSEC-1")
    assert advisories.told("a.lock", grave).ok is False
    assert advisories.told("a.lock", Done(0, "")).ok is True


@pytest.mark.parametrize(
    ("severity", "good"), [("HIGH", False), ("MEDIUM", True), ("LOW", True)]
)
def test_what_is_grave_is_short(severity: str, *, good: bool) -> None:
    """And names the line; what could not be read is short as well."""
    where = {"filename": "bot/a.py", "line_number": 7, "test_id": "B602"}
    report = {"results": [{**where, "issue_severity": severity}], "errors": []}
    verdict = weaknesses.told(Done(1, json.dumps(report)))
    assert good == verdict.ok
    assert good == ("bot/a.py:7 B602" not in verdict.found)
    unread = {"results": [], "errors": [{"filename": "bot/b.py"}]}
    assert weaknesses.told(Done(0, json.dumps(unread))).ok is False
    assert weaknesses.told(Done(2, "no report")).ok is False


def test_a_branch_that_nobody_took_is_found() -> None:
    """In the parts that are covered whole; and too little of everything."""
    whole: dict[str, list[object]] = {"missing_branches": [], "missing_lines": []}
    files = dict.fromkeys(branches.WHOLE, whole)
    report: dict[str, Any] = {"totals": {"percent_covered": 90.0}, "files": files}
    assert [True, True] == [each.ok for each in branches.judged(report)]
    report["totals"] = {"percent_covered": 89.9}
    files[branches.WHOLE[0]] = {"missing_branches": [[3, 5]], "missing_lines": []}
    overall, every = branches.judged(report)
    assert (False, False) == (overall.ok, every.ok)
    assert f"{branches.WHOLE[0]} at 3" == every.found


@pytest.mark.parametrize("name", mutants.PARTS)
def test_what_is_changed_by_a_hair_is_there(name: str) -> None:
    """And the tests that have to notice."""
    part = mutants.PARTS[name]
    paths = (*part.sources, *part.tests)
    assert [] == [each for each in paths if not (ROOT / each).is_file()]


def test_what_survived_is_counted(tmp_path: Path) -> None:
    """A change that no test passes survives as well."""
    noted = tmp_path / "mutants" / "bot" / "a.py.meta"
    assert None is mutants.counted(tmp_path)
    noted.parent.mkdir(parents=True)
    codes = {"killed": 1, "slow": 36, "survived": 0, "untested": 33, "untried": None}
    noted.write_text(json.dumps({"exit_code_by_key": codes}), "utf-8")
    tally = mutants.counted(tmp_path)
    assert tally is not None
    assert (2, ("survived", "untested", "untried")) == (tally.killed, tally.survived)
    assert 0.4 == tally.share


def difference(old: str, new: str) -> str:
    """Return how mutmut shows that a line was changed."""
    came = f"+    {new}\n" if new else ""
    return f"# a: survived\n--- a.py\n+++ a.py\n@@ -1 +1 @@\n-    {old}\n{came} last\n"


@pytest.mark.parametrize(("old", "new"), equivalents.REASONS)
def test_what_changes_nothing_is_named_with_its_reason(old: str, new: str) -> None:
    """By a line that stands there still; another change of it is one."""
    written = [
        line.strip()
        for part in mutants.PARTS.values()
        for source in part.sources
        for line in (ROOT / source).read_text("utf-8").splitlines()
    ]
    assert old in " ".join(written)
    assert equivalents.REASONS[old, new] == equivalents.reason(difference(old, new))
    assert None is equivalents.reason(difference(old, f"{new} or True"))


def test_a_column_is_found_in_either_case() -> None:
    """And nothing else is."""
    old = 'return row["key"] if row["at"] else "none"'
    same = difference(old, 'return row["KEY"] if row["at"] else "none"')
    assert equivalents.reason(same)
    for at, other in (("kee", "none"), ("key", "NONE")):
        new = f'return row["{at}"] if row["at"] else "{other}"'
        assert None is equivalents.reason(difference(old, new))


def test_what_changes_nothing_counts_neither_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left is kept for whoever mends it."""
    monkeypatch.setattr(mutants, "KEPT", tmp_path / "dist")
    same = difference('row["a"]', 'row["A"]')
    other = difference("a < b", "a <= b")
    tally = mutants.Tally(17, ("x", "y", "z"))
    found = mutants.judged("a", tally, [same, other, same])
    said = "17 of 18 killed, 94.4 %, at least 85 %; 2 more change nothing"
    assert (True, said) == (found.ok, found.found)
    assert other == (tmp_path / "dist" / "mutants-a.diff").read_text("utf-8")
    found = mutants.judged("a", mutants.Tally(5, ("x",)), [other])
    assert found.ok is False


def test_what_fails_now_and_then_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: a test that fails in one order of three, and a run that breaks off."""
    orders: list[str] = []

    def python(words: Sequence[str]) -> Done:
        orders.append(words[words.index("--randomly-seed") + 1])
        return ends.pop(0)

    monkeypatch.setattr(flakes, "python", python)
    monkeypatch.setattr(flakes, "RUNS", 3)
    well, flaky = Done(0, "3 passed"), Done(1, "FAILED tests/a.py::test_b - oh")
    ends = [well, well, well]
    assert [True] == [each.ok for each in flakes.verdicts()]
    assert ["1", "2", "3"] == orders
    ends = [well, flaky, Done(3, "INTERNALERROR")]
    (verdict,) = flakes.verdicts()
    assert verdict.ok is False
    assert "tests/a.py::test_b in run 2" in verdict.found
    assert "INTERNALERROR in run 3" in verdict.found


@pytest.mark.parametrize("hands", [1, 4])
def test_every_file_is_run_as_often_as_any(hands: int) -> None:
    """Once in each deal, among others each time; nothing that holds tests is out."""
    every = flakes.files()
    assert "tests/test_release.py" in every
    assert "tests/battery/test_kill.py" in every
    dealt = [flakes.hand(every, run, hands) for run in range(1, 2 * hands + 1)]
    for deal in (dealt[:hands], dealt[hands:]):
        assert every == sorted(name for each in deal for name in each)
    assert dealt[0] != dealt[hands]
    assert dealt[0] == flakes.hand(every[::-1], 1, hands)


def test_the_command_says_whether_all_is_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is skipped is no fault; what is short is."""
    good, bad = Verdict("a", "b", ok=True), Verdict("c", "d", ok=False)
    looks = {
        "good": lambda: iter([good, skipped("e", "f")]),
        "bad": lambda: iter([bad]),
    }
    monkeypatch.setattr(__main__, "QUICK", looks)
    assert 0 == __main__.main(["good"])
    assert 1 == __main__.main(["quick"])
    assert "a: b: ok\ne: f: skipped\n" * 2 + "c: d: short\n" == capsys.readouterr().out
    with pytest.raises(SystemExit):
        __main__.main(["nothing-of-the-kind"])
