"""Every feature, wired with what it needs, and the words that all of them say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from bot.chat.catalogue import Catalogue
from bot.chat.table import RouteTable, build_table
from bot.chat.text import Phrase
from bot.chat.wording import check_words
from bot.pages.kept import KeptPage
from bot.pages.starts import Starts
from cogs.audit import publishing
from cogs.audit.cog import AuditCog
from cogs.awards import openings
from cogs.awards.cog import AwardCog
from cogs.awards.desk import AwardDesk
from cogs.boards.cog import BoardCog
from cogs.calendar.cog import CalendarCog
from cogs.calendar.desk import MomentCog
from cogs.challenges.cog import ChallengeCog
from cogs.challenges.desk import ChallengeDesk
from cogs.checkins.cog import CheckInCog
from cogs.checkins.team_cog import TeamCog
from cogs.committees import posts as committees
from cogs.committees.cog import CommitteeCog
from cogs.fairness.cog import FairnessCog
from cogs.help.cog import HelpCog
from cogs.judging.cog import JudgingCog
from cogs.mail.cog import MailCog
from cogs.members.cog import MemberCog
from cogs.nominations.cog import NominationCog
from cogs.points.cog import PointCog
from cogs.privacy.cog import PrivacyCog
from cogs.recaps import posting
from cogs.recaps import telling as recaps
from cogs.recaps.cog import RecapCog
from cogs.reminders.cog import ReminderCog
from cogs.review import announcing
from cogs.review.cog import ReviewCog
from cogs.rules.cog import RulesCog
from cogs.seasons import posts as seasons
from cogs.seasons.cog import SeasonCog
from cogs.setup.cog import SetupCog
from cogs.shoutouts import places, wording
from cogs.shoutouts.cog import ShoutoutCog
from cogs.standings import ending as standings
from cogs.standings.cog import StandingsCog
from cogs.templates.cog import TemplateCog
from storage.database import Database

LOCALES = Path(__file__).parent.parent / "locales"

TEMPLATES = (wording.TEMPLATE, *recaps.TEMPLATES)
"""What communities can put into words of their own."""

ON_WALL = (
    *places.ON_WALL,
    *posting.ON_WALL,
    *publishing.ON_WALL,
    *openings.ON_WALL,
    *announcing.ON_WALL,
    *committees.ON_WALL,
    *seasons.ON_WALL,
    *standings.ON_WALL,
)
"""What waits for a wall that is gone, and follows to the next one; as keys begin."""

Link = Callable[[str], str]
"""Makes an address that can be opened out of a path of the web port."""


def build_cogs(
    database: Database,
    catalogue: Catalogue,
    table: Callable[[], RouteTable],
    link: Link | None = None,
) -> tuple[object, ...]:
    """Return every cog, wired. Without ``link``, none of them offers an address."""

    def say_in(words: Phrase, tag: str) -> str:
        return "".join(str(part.content) for part in catalogue.speak(words, tag))

    starts = Starts(LOCALES, catalogue.fallback)

    def start(name: str, locale: str) -> str:
        return starts.of(name, catalogue.choose(locale))

    return (
        ShoutoutCog(database),
        BoardCog(database),
        SeasonCog(database),
        PointCog(database),
        CalendarCog(database, link),
        MomentCog(database),
        RecapCog(database, link),
        MailCog(database),
        SetupCog(database, tuple(catalogue.languages), wording.drawn, say_in),
        MemberCog(database),
        PrivacyCog(database, tuple(catalogue.languages), say_in, KeptPage(catalogue)),
        TemplateCog(database, TEMPLATES, start),
        AuditCog(database),
        FairnessCog(database),
        AwardCog(database),
        AwardDesk(database),
        RulesCog(database),
        NominationCog(database),
        ReviewCog(database),
        CommitteeCog(database),
        ChallengeCog(database, say_in),
        ChallengeDesk(database),
        CheckInCog(database),
        TeamCog(database),
        JudgingCog(database),
        ReminderCog(),
        StandingsCog(database),
        HelpCog(database, table),
    )


def build_features(
    database: Database, catalogue: Catalogue, link: Link | None
) -> RouteTable:
    """Return what the bot can do; `/laurel help` is told of all of it."""
    tables: list[RouteTable] = []
    cogs = build_cogs(database, catalogue, lambda: tables[0], link)
    tables.append(build_table(cogs))
    return tables[0]


def load_words() -> Catalogue:
    """Return every language, checked against everything that can be said.

    Raises:
        DeclarationError: If one lacks words, or has some that are too long.
    """
    catalogue = Catalogue.load(LOCALES)
    check_words(declared(catalogue), catalogue)
    specs = [each.spec for each in TEMPLATES]
    Starts(LOCALES, catalogue.fallback).check(specs, catalogue.languages)
    return catalogue


def declared(catalogue: Catalogue) -> RouteTable:
    """Return what the bot can do, for looking at and not for running."""
    nowhere = cast("Database", None)
    return build_features(nowhere, catalogue, None)
