"""What docs/fairness.md tells members to try works, and its numbers are the rules'."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import audit_verify
from bot.domain import committees
from bot.domain.community import Settings
from bot.domain.draws import Pool
from bot.domain.people import Role
from cogs.review import appealing, deciding
from tests.cogs.sitting import (
    PEOPLE,
    audited,
    drawn,
    sitting,
    thank,
    vote,
    voted_about,
)
from tests.harness import Community

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "fairness.md").read_text("utf-8")
USUAL = Settings("en", ZoneInfo("UTC"))
DRAW, DIGEST = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


async def audit_of(home: Community) -> bytes:
    """Return the audit as an admin hands it out."""
    home.person("Ada Admin", Role.ADMIN)
    card = await home.type("Ada Admin", "audit")
    return (await home.press("Ada Admin", card, "Export")).file.content


async def data_of(home: Community, name: str) -> dict[str, Any]:
    """Return what a member is handed of their own data, by table."""
    page = await home.type(name, "laurel privacy")
    content = (await home.press(name, page, "Export")).file.content
    tables: dict[str, Any] = json.loads(content)["tables"]
    return tables


def tried(folder: Path, script: str) -> list[str]:
    """Return what somebody reads who tries what stands on the page."""
    done = subprocess.run(  # noqa: S603  the page's own words
        [sys.executable, "-I", "-c", script],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().splitlines()


async def test_anybody_can_repeat_a_draw(home: Community, tmp_path: Path) -> None:
    """With nothing but Python, the file, and what stands on the page."""
    await drawn(home, seats=3, backups=2)
    (tmp_path / "audit.jsonl").write_bytes(await audit_of(home))
    mine, theirs, digest = tried(tmp_path, f"{DRAW}\n{DIGEST}")

    numbers = mine.removeprefix("Drawn by me: ").split()
    assert 5 == len(set(numbers))
    assert numbers == theirs.removeprefix("In the audit: ").split()
    (posted,) = (post for post in home.posts() if "A committee will be drawn" in post)
    assert digest in posted


async def test_a_draw_with_turns_is_repeated_in_the_same_way(
    home: Community, tmp_path: Path
) -> None:
    """Some have had their turn, and somebody joined since the round began."""
    await drawn(home, seats=3, backups=1)
    for newcomer in ("Late", "Later"):
        await home.wait(days=61)
        for giver, to in pairwise((*PEOPLE, PEOPLE[0])):
            await thank(home, giver, to)
        await drawn(home, newcomer, seats=3, backups=1)
    (tmp_path / "audit.jsonl").write_bytes(await audit_of(home))
    (*_, pool) = await audited(home, "committees.pool")
    lists = Pool.read(str(pool["pool"]))
    assert all((lists.first, lists.joined, lists.last))

    script = DRAW.replace("committees:1", "committees:3")
    mine, theirs = tried(tmp_path, script)
    assert mine.partition(": ")[2] == theirs.partition(": ")[2]


async def test_whoever_voted_can_show_what(home: Community) -> None:
    """They find their number in the audit, and their vote behind its digest."""
    await drawn(home)
    await voted_about(home, "Nora", "Noel", quorum=1)
    name = (await sitting(home))[0]
    await vote(home, name, "Nora", "Yes")
    rows = {
        row["id"]: row for row in map(json.loads, (await audit_of(home)).splitlines())
    }
    mine = await data_of(home, name)
    found = [rows[own["id"]] for own in mine["audit"] if own["id"] in rows]
    (number,) = {row["actor"] for row in found}
    (cast,) = mine["votes"]

    (told,) = (row for row in found if row["action"] == "committees.vote")
    words = f"{cast['candidacy']}:{number}:{cast['choice']}"
    salted = bytes.fromhex(cast["salt"]) + words.encode()
    assert hashlib.sha256(salted).hexdigest() == told["digest"]
    assert "yes" == cast["choice"]


def test_it_says_what_the_verifier_says() -> None:
    """Each answer of the table is one that is given."""
    source = (ROOT / "bot" / "audit_verify.py").read_text("utf-8")
    (table,) = re.findall(r"\| It says \|.*?\n\n", PAGE, re.DOTALL)
    answers = re.findall(r"\*([^*]+)\*", table)
    kept = [re.split(r"…", answer)[-1].strip() for answer in answers]

    assert len(answers) >= 8
    assert [] == [words for words in kept if words not in source]
    assert f"It has {len(source.splitlines())} lines" in PAGE


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("exchanged five thanks or more in the last 90 days", committees.FREQUENT == 5),
        ("in the last 90 days", committees.FREQUENT_WITHIN == timedelta(days=90)),
        ("seen in the last 90 days", committees.SEEN_WITHIN == timedelta(days=90)),
        ("there are three more days", committees.EXTENSION == timedelta(days=3)),
        ("waits for two days", USUAL.remind_after_d == 2),
        ("after five days admins", USUAL.escalate_after_d == 5),
        ("Within 30 days you can", appealing.APPEAL_WITHIN == timedelta(days=30)),
        ("back** within 30 days", deciding.TAKE_BACK_WITHIN == timedelta(days=30)),
        ("64 digits", len(audit_verify.FIRST) == 64),
    ],
)
def test_its_numbers_are_those_of_the_rules(words: str, *, value: bool) -> None:
    """Whoever changes a rule changes the page."""
    assert words in PAGE
    assert value
