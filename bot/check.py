"""What `laurel check` looks at, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bot.app import LOCALES, declared
from bot.chat.catalogue import Catalogue
from bot.chat.routes import DeclarationError
from bot.chat.wording import flaws
from bot.config import Settings
from storage import audit, communities, set_aside, tallies
from storage.database import Transaction, look_into
from storage.file import DatabaseFileError, inspect


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        good: Whether nothing has to be done.

        words: What was found, and what to do about it.
    """

    good: bool
    words: str


def check(settings: Settings, out: TextIO) -> bool:
    """Print what is well and what is not; return whether all is well.

    Reading the configuration comes first: whoever gets here has a good one.
    """
    print("ok     configuration: read, and every key is known", file=out)
    findings = [*_words(settings), *_database(settings.database.path)]
    for finding in findings:
        print(f"{'ok' if finding.good else 'mend':<6} {finding.words}", file=out)
    return all(finding.good for finding in findings)


def _words(settings: Settings) -> Iterator[Finding]:
    try:
        catalogue = Catalogue.load(LOCALES)
        found = flaws(declared(catalogue), catalogue)
    except (DeclarationError, ValueError) as error:
        yield Finding(good=False, words=f"commands: {error}")
        return
    for flaw in found:
        yield Finding(good=False, words=f"words: {flaw}")
    spoken = ", ".join(catalogue.languages)
    if not found:
        yield Finding(
            good=True, words=f"words: {spoken}; complete, and within all limits"
        )
    if settings.locale.default not in catalogue.languages:
        words = f"locale.default is {settings.locale.default!r}; choose of {spoken}"
        yield Finding(good=False, words=words)


def _database(path: Path) -> Iterator[Finding]:
    if not path.exists():
        words = f"database: {path} is not there yet; `laurel init` makes it"
        yield Finding(good=True, words=words)
        return
    try:
        behind = inspect(path)
    except DatabaseFileError as error:
        yield Finding(good=False, words=f"database: {error}")
        return
    with look_into(path) as tx:
        yield from _contents(tx, behind=behind)


def _contents(tx: Transaction, *, behind: int) -> Iterator[Finding]:
    row = tx.one("PRAGMA integrity_check")
    whole = row is not None and row[0] == "ok"
    found = "whole" if whole else "damaged; put the newest backup in its place"
    yield Finding(good=whole, words=f"database: {found}")
    if behind:
        words = f"database: {behind} migrations behind; the next start applies them"
        yield Finding(good=True, words=words)
        return
    drift = tallies.drift(tx)
    told = "agree with a recount" if not drift else f"are wrong for {drift} members"
    yield Finding(good=not drift, words=f"counts: {told}")
    for community in communities.every(tx):
        name = f"{community.ref.platform} {community.ref.id}"
        broken = audit.first_broken(tx, community)
        told = "whole" if broken is None else f"does not fit from row {broken} on"
        yield Finding(good=broken is None, words=f"audit of {name}: {told}")
        if waiting := set_aside.parked(tx, community, 100):
            words = f"{name}: {len(waiting)} messages wait in /laurel undelivered"
            yield Finding(good=False, words=words)
