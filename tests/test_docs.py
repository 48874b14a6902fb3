"""What the documents say is there, and what is there is in the documents."""

from __future__ import annotations

import re
import sys
import typing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.slack import hook
from bot.chat import fields, limits, message, sheets
from bot.config import Settings
from bot.domain.community import Level
from bot.features import declared, load_words
from storage import departures, drafts
from storage.challenges import proofs

ROOT = Path(__file__).parent.parent
PRIVACY, SECURITY = (
    (ROOT / f"{name}.md").read_text(encoding="utf-8")
    for name in ("PRIVACY", "SECURITY")
)
SCREENSHOTS = ROOT / "docs" / "screenshots"
VOCABULARY = (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MAX_PICTURE_BYTES = 300_000

_LINK = re.compile(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"")


def links(page: Path) -> set[Path]:
    """Return the files that a page leads to."""
    found = set()
    for pair in _LINK.findall(page.read_text(encoding="utf-8")):
        target = (pair[0] or pair[1]).partition("#")[0]
        if target and "://" not in target and not target.startswith("mailto:"):
            found.add((page.parent / target).resolve())
    return found


def names(*kinds: object) -> list[str]:
    """Return the names of the classes, and of the members of unions."""
    found = [
        each.__name__
        for kind in kinds
        for each in (typing.get_args(kind) or (kind,))
        if isinstance(each, type)
    ]
    return sorted(found)


KINDS = names(
    fields.AnyField,
    message.Node,
    message.Fact,
    message.Line,
    message.Picture,
    message.Button,
    message.LinkButton,
    message.Option,
    sheets.Sheet,
    sheets.Part,
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_field_and_node_is_on_the_page(kind: str) -> None:
    """Whoever adds one says what it is for and how it is drawn."""
    assert f"`{kind}`" in VOCABULARY


@pytest.mark.parametrize("kind", names(fields.AnyField))
def test_every_field_has_a_row_in_both_tables(kind: str) -> None:
    """One for what it asks, one for how each platform draws it."""
    assert 2 == VOCABULARY.count(f"| `{kind}` |")


@pytest.mark.parametrize("kind", names(message.Node))
def test_every_node_has_a_picture(kind: str) -> None:
    """A row of the last table shows how it looks today."""
    rows = [row for row in VOCABULARY.splitlines() if row.startswith(f"| `{kind}` |")]
    assert any("screenshots/node-" in row for row in rows)


@pytest.mark.parametrize(
    "limit",
    [
        limits.MAX_QUESTIONS,
        limits.MAX_LABEL_CHARS,
        limits.MAX_HINT_CHARS,
        limits.MAX_TEXT_ANSWER_CHARS,
        limits.MAX_OPTIONS,
        limits.MAX_CHECKS,
        limits.MAX_OPTION_CHARS,
        limits.MAX_BUTTONS,
        limits.MAX_URL_CHARS,
        limits.MAX_TITLE_CHARS,
        limits.MAX_FACTS,
        limits.MAX_FACT_CHARS,
        limits.MAX_PARAGRAPH_CHARS,
        limits.MAX_PARAGRAPHS,
        limits.MAX_LINES,
        limits.MAX_LINE_CHARS,
        limits.MAX_FOOTER_CHARS,
        limits.MAX_ALT_CHARS,
        limits.MAX_MESSAGE_CHARS,
        limits.MAX_NODES,
        limits.MAX_MENTIONS,
    ],
)
def test_the_page_names_the_limits(limit: int) -> None:
    """A limit that changes in the code changes on the page."""
    assert re.search(rf"\b{limit:,}\b", VOCABULARY)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every file that a page names exists."""
    assert [] == sorted(str(each) for each in links(page) if not each.exists())


def test_every_picture_is_used() -> None:
    """A picture that no page shows is nobody's to keep up."""
    shown = set().union(*(links(page) for page in PAGES))
    assert [] == sorted(
        each.name for each in SCREENSHOTS.iterdir() if each.resolve() not in shown
    )


def test_pictures_are_small() -> None:
    """A clone stays quick: no picture is larger than 300 kB."""
    sizes = {each.name: each.stat().st_size for each in SCREENSHOTS.iterdir()}
    assert {} == {n: size for n, size in sizes.items() if size > MAX_PICTURE_BYTES}


DAY = timedelta(days=1)
VERIFIER = (ROOT / "bot" / "audit_verify.py").read_text(encoding="utf-8").splitlines()
CLIENT = (ROOT / "bot" / "adapters" / "discord" / "client.py").read_text("utf-8")
INTENTS = re.findall(r"intents\.(\w+) = True", CLIENT)


@pytest.mark.parametrize(
    ("sentence", "page", "so"),
    [
        ("30 days after the community sends", PRIVACY, departures.KEPT_FOR == 30 * DAY),
        ("30 days after the challenge is final", PRIVACY, proofs.KEPT_FOR == 30 * DAY),
        ("no privileged intent", PRIVACY, INTENTS == ["guilds"]),
        ("| Drafts of forms | so that nothing typed is lost | 24 hours |", PRIVACY,
         drafts.LIFETIME == DAY),
        ("has four levels", PRIVACY, len(Level) == 4),
        ("the newest seven, one a day", PRIVACY,
         (Settings().backups.keep, Settings().backups.every_h) == (7, 24)),
        ("`retention.words_y`, off unless", PRIVACY, not Settings().retention.words_y),
        ("`retention.messages_d`, off unless", PRIVACY,
         not Settings().retention.messages_d),
        ("with a window of five minutes", SECURITY, hook.WINDOW_S == 300),
        ("a program of two hundred lines", SECURITY, len(VERIFIER) <= 200),
    ],
)  # fmt: skip
def test_what_the_pages_promise_is_so(sentence: str, page: str, *, so: bool) -> None:
    """A number that changes in the code changes in what people are promised."""
    assert sentence in " ".join(page.split())
    assert so


def test_the_verifier_needs_nothing_else() -> None:
    """What is said to verify the audit by itself imports the standard library alone."""
    found = re.findall(r"^(?:from|import) (\w+)", "\n".join(VERIFIER), re.MULTILINE)
    assert set() == set(found) - sys.stdlib_module_names


@pytest.mark.parametrize("page", [PRIVACY, SECURITY], ids=["privacy", "security"])
def test_the_pages_name_what_there_is(page: str) -> None:
    """Commands, buttons, settings and files, as they are called."""
    words = load_words()
    commands = {f"/{route.command}" for route in declared(words).commands}
    spoken = (ROOT / "locales" / "en" / "privacy.ftl").read_text(encoding="utf-8")
    settings = Settings()
    named = re.findall(r"`([^`]+)`", page)

    assert [] == [each for each in named if each[0] == "/" and each not in commands]
    assert [] == [each for each in re.findall(r"\*(\w+ my data)\*", page)
                  if f"= {each}\n" not in spoken]  # fmt: skip
    for each in named:
        section, dot, key = each.partition(".")
        if dot and "/" not in each and section:
            assert hasattr(getattr(settings, section), key), each
        if "/" in each[1:] and not each.startswith("/"):
            assert (ROOT / each).exists(), each


_PROMISE = re.compile(r"\| \*\*P(\d+)\.\*\* .*\|$", re.MULTILINE)
_PROOF = re.compile(r"\[`(test_\w+)`\]\(([^)]+\.py)\)")
NOT_YET = {4, 6, 7, 20}
"""Promises of what is not built; they are claimed when there is something to test."""


def unproved(page: str) -> list[str]:
    """Return what a page of promises claims without a test that is there."""
    found = []
    for line in _PROMISE.finditer(page):
        proofs = _PROOF.findall(line[0])
        if not proofs:
            found.append(f"P{line[1]} has no test")
        for name, path in proofs:
            file = ROOT / "docs" / path
            text = file.read_text(encoding="utf-8") if file.is_file() else ""
            if not re.search(rf"^(?:async )?def {name}\(", text, re.MULTILINE):
                found.append(f"P{line[1]}: no {name} in {path}")
    return found


def test_every_promise_has_its_test() -> None:
    """Each leads to a file that is there and a test that stands in it."""
    page = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
    assert [] == unproved(page)
    promised = sorted(int(number) for number in _PROMISE.findall(page))
    assert sorted(set(range(1, 25)) - NOT_YET) == promised


def test_a_promise_without_a_test_is_found() -> None:
    """Planted: one that nobody tests, and one whose test has gone."""
    page = (
        "| **P1.** All is well. | always | |\n"
        "| **P2.** It rains. | often | [`test_rain`](../tests/test_docs.py) |\n"
        "| **P3.** Fine. | 0 | [`test_every_promise_has_its_test`]"
        "(../tests/test_docs.py) |\n"
    )
    assert ["P1 has no test", "P2: no test_rain in ../tests/test_docs.py"] == unproved(
        page
    )
