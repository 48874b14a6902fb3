"""What `laurel check` looks at, and what it says."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from bot import plain, platforms
from bot.adapters.slack.console import app_manifest, missing
from bot.adapters.slack.people import SLACK
from bot.chat.adapter import CredentialsError, NotAcceptedError, OutcomeUnknownError
from bot.chat.catalogue import Catalogue
from bot.chat.routes import DeclarationError
from bot.chat.wording import flaws
from bot.config import SLACK_BOT, SLACK_KEY, Settings
from bot.features import LOCALES, declared
from storage import audit, communities, installations, set_aside
from storage.boards import recount
from storage.challenges import scores, signing
from storage.database import Transaction
from storage.file import inspect
from storage.lock import DatabaseFileError
from storage.offline import look_into

_EVER = datetime(1970, 1, 1, tzinfo=UTC)


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
    findings = [
        *_words(settings),
        *_platforms(settings),
        *_pictures(),
        *_database(settings.database.path),
    ]
    for finding in findings:
        print(
            f"{'ok' if finding.good else 'mend':<6} {plain.lines(finding.words)}",
            file=out,
        )
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


def _pictures() -> Iterator[Finding]:
    """Look at what pictures can be written in; words that cannot be are boxes there."""
    # Looking at every font takes a moment, and nothing else needs them.
    from bot.cards import scripts, typefaces  # noqa: PLC0415

    lacking = defaultdict(list)
    for script in scripts.missing(typefaces.every()):
        lacking[script.package].append(script.name)
    for package, names in lacking.items():
        words = (
            f"pictures: no font for {', '.join(names)}, which stay empty boxes there; "
            f"on Debian and Ubuntu: apt-get install {package}"
        )
        yield Finding(good=True, words=words)
    if not lacking:
        yield Finding(good=True, words="pictures: fonts for all scripts were found")


def _platforms(settings: Settings) -> Iterator[Finding]:
    if not (platforms.has_discord(settings) or platforms.has_slack(settings)):
        words = "platforms: none is set up yet; `laurel demo` needs none"
        yield Finding(good=True, words=words)
    if platforms.has_discord(settings):
        yield Finding(good=True, words="discord: set up")
    if platforms.has_slack(settings):
        yield from _slack(settings)


def _slack(settings: Settings) -> Iterator[Finding]:
    """Look at what is set, at what the app has to be, and at what it may do."""
    gaps = list(platforms.gaps(settings))
    for gap in gaps:
        yield Finding(good=False, words=f"slack: {gap}")
    if not gaps:
        many = platforms.serves_many(settings)
        whom = "many workspaces" if many else "one workspace"
        how = "Socket Mode" if settings.slack.connect == "socket" else "signed HTTP"
        yield Finding(good=True, words=f"slack: set up for {whom}, by {how}")
    yield from _manifest(settings)
    if SLACK_BOT in settings.secrets:
        yield from asyncio.run(_workspace(settings))
    if SLACK_KEY in settings.secrets and not gaps:
        yield from _installations(settings)


def _manifest(settings: Settings) -> Iterator[Finding]:
    catalogue = Catalogue.load(LOCALES)
    try:
        drawn = app_manifest(
            declared(catalogue),
            catalogue,
            prefix=platforms.slack_prefix(settings),
            public=platforms.public_address(settings),
            by_socket=settings.slack.connect == "socket",
        )
    except (DeclarationError, ValueError) as error:
        yield Finding(good=False, words=f"slack.prefix: {error}")
        return
    found = len(drawn["features"]["slash_commands"])
    words = f"slack: `laurel manifest slack` prints the app, with {found} commands"
    yield Finding(good=True, words=words)


async def _workspace(settings: Settings) -> list[Finding]:
    """Ask Slack what its token may do."""
    # The SDK takes its time, and most of what is checked goes without.
    from bot.adapters.slack.workspace import identity  # noqa: PLC0415

    token = settings.secrets[SLACK_BOT].reveal()
    try:
        found = await identity(token, platforms.slack_api(settings))
    except CredentialsError as error:
        return [Finding(good=False, words=f"slack: {SLACK_BOT}: {error}")]
    except (NotAcceptedError, OutcomeUnknownError) as error:
        words = f"slack: cannot be reached now, so its scopes were not seen ({error})"
        return [Finding(good=False, words=words)]
    return list(_scopes(f"slack {found.name}", found.scopes))


def _installations(settings: Settings) -> Iterator[Finding]:
    """Look at what workspaces have granted, as they were installed."""
    from bot.adapters.slack.store import unopened  # noqa: PLC0415  as above
    from bot.sealed import Seal  # noqa: PLC0415

    path = settings.database.path
    try:
        if not path.exists() or inspect(path):
            return
    except DatabaseFileError:
        return  # which is told of by itself
    seal = Seal.of(settings.secrets[SLACK_KEY].reveal())
    with look_into(path) as tx:
        for each in installations.every(tx, SLACK):
            yield from _scopes(f"slack {each.name}", each.scopes)
        for each in unopened(tx, seal):
            words = (
                f"slack {each.name}: no key in {SLACK_KEY} opens its token; put the "
                "old key behind the new one, or install Laurel there again"
            )
            yield Finding(good=False, words=words)


def _scopes(where: str, granted: Collection[str]) -> Iterator[Finding]:
    needed, optional = missing(granted)
    for scope, why in needed.items():
        words = (
            f"{where}: the scope {scope} is missing, which Laurel needs {why}; put "
            "`laurel manifest slack` into the app, and install it there again"
        )
        yield Finding(good=False, words=words)
    for scope, cost in optional.items():
        words = f"{where}: without the optional scope {scope}, {cost}"
        yield Finding(good=True, words=words)
    if not needed:
        yield Finding(good=True, words=f"{where}: has every scope that it needs")


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
    yield from _recounted(tx)
    for community in communities.every(tx):
        name = f"{community.ref.platform} {community.ref.id}"
        row_at = audit.first_broken(tx, community)
        told = "whole" if row_at is None else f"does not fit from row {row_at} on"
        yield Finding(good=row_at is None, words=f"audit of {name}: {told}")
        if waiting := set_aside.parked(tx, community, 100):
            words = f"{name}: {len(waiting)} messages wait in /laurel undelivered"
            yield Finding(good=False, words=words)
        if unseen := set_aside.unseen(tx, community, _EVER):
            words = (
                f"{name}: {unseen} posts may stand twice; no answer came to them, and "
                "Laurel may not look what stands there"
            )
            yield Finding(good=True, words=words)


def _recounted(tx: Transaction) -> Iterator[Finding]:
    """Yield whether what is derived, or signed, is as it should be."""
    drift = recount.drift(tx)
    told = "agree with a recount" if not drift else f"are wrong in {drift} rows"
    yield Finding(good=not drift, words=f"counts: {told}")
    drift = scores.drift(tx)
    told = "agree with a recount" if not drift else f"are wrong for {drift} members"
    yield Finding(good=not drift, words=f"challenges: {told}")
    broken = signing.broken(tx)
    told = f"{broken} are not as they were signed" if broken else "as they were signed"
    yield Finding(good=not broken, words=f"results of challenges: {told}")
