"""What a recap says: in a community's own words, and within every platform's limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.chat.message import Card
from bot.domain.people import Role
from bot.domain.recap import MAX_HIGHLIGHTS
from bot.domain.recurrence import Rule
from storage import communities, members, planning, templates
from storage.database import Transaction
from storage.moments import MomentKind
from storage.planning import Edit, Wanted
from storage.templates import TemplateRef
from tests.cogs.weeks import (
    DOCS,
    FRIDAY,
    give,
    lines,
    recaps,
    said,
    set_up,
    sheet,
    until,
)
from tests.harness import COMMUNITY, Community
from tests.hostile import HOSTILE

OWN = """\
{{ thanks }} kind words, {{ people }} people.
{% for each in highlights %}
* {{ each.receivers }}: {{ each.reason }}
{% endfor %}
"""


@pytest.fixture
async def weekly(home: Community) -> Community:
    """Return a community on a Saturday, with recaps on Fridays at four."""
    home.clock.move(days=1)
    await set_up(home)
    return home


async def keep(home: Community, source: str, name: str = "recaps.weekly") -> None:
    """Have a moderator's words be in force."""

    def write(tx: Transaction) -> None:
        here = communities.get(tx, COMMUNITY)
        editor = members.meet(tx, here, home.person("Mo", Role.MODERATOR), home.clock())
        edit = templates.Edit(source, editor.key, 0, home.clock())
        assert templates.keep(tx, TemplateRef(here, name, "en"), edit) == 1

    await home.database.write(write)


async def test_a_community_says_it_in_its_own_words(weekly: Community) -> None:
    """What they speak of is not said below them again, and the rest is."""
    await keep(weekly, OWN)
    await give(weekly, "Ana", "Ben")
    await until(weekly, FRIDAY)

    assert [
        "Our week in thanks",
        "1 kind words, 1 people.",
        f"* @Ben: {DOCS}",
        "Recap 1. /recap last shows it again.",
        "Thanked for the first time",
        "@Ben",
        "Thank somebody",
    ] == lines(recaps(weekly)[0])


async def test_what_moderators_write_is_in_own_words_too(weekly: Community) -> None:
    """Whether or not those have a place for it."""
    await keep(weekly, OWN)
    await give(weekly, "Ana", "Ben")
    await until(weekly, FRIDAY - timedelta(days=1))
    form = await weekly.press("Mo", sheet(weekly), "Change the opening words")
    await weekly.fill_in("Mo", form, text="A week to remember.")
    form = await weekly.press("Mo", sheet(weekly), "Add or change a word")
    await weekly.fill_in("Mo", form, text="Thank you, all of you.")
    await until(weekly, FRIDAY)

    shown = lines(recaps(weekly)[0])
    assert ("A week to remember.", "Thank you, all of you.") == (shown[1], shown[-2])


async def test_words_that_fail_do_not_keep_a_recap_back(weekly: Community) -> None:
    """Laurel says it then, in time, and moderators hear of it once."""
    await keep(weekly, "{{ nobody.knows }}")
    await give(weekly, "Ana", "Ben")
    await until(weekly, FRIDAY - timedelta(days=1))
    await until(weekly, FRIDAY)

    assert [f"@Ana: “{DOCS}”"] == said(recaps(weekly)[0])
    assert 2 == len(weekly.posts("mods"))


async def test_what_is_coming_is_told(weekly: Community) -> None:
    """What is planned for the next two weeks, and not the next recap itself."""

    def plan(tx: Transaction) -> None:
        here = communities.get(tx, COMMUNITY)
        mo = members.meet(tx, here, weekly.person("Mo"), weekly.clock())
        for title, start in (("Soup night", "2026-03-15"), ("Far away", "2026-06-01")):
            rule = Rule(datetime.fromisoformat(f"{start}T18:00"), ZoneInfo("UTC"))
            wanted = Wanted(MomentKind.MOMENT, title, "", None, timedelta(0), rule)
            planning.add(tx, here, wanted, Edit(mo, "call", weekly.clock()))

    await weekly.database.write(plan)
    await give(weekly, "Ana", "Ben")
    await until(weekly, FRIDAY)

    shown = lines(recaps(weekly)[0])
    at = "Sun, Mar 15, 6:00\N{NARROW NO-BREAK SPACE}PM"
    assert f"Soup night, {at}" == shown[shown.index("Coming up") + 1]


async def test_the_words_of_a_week_are_not_those_of_a_month(weekly: Community) -> None:
    """Each has its own."""
    await keep(weekly, OWN, "recaps.monthly")
    await give(weekly, "Ana", "Ben")
    await until(weekly, FRIDAY)

    assert "kind words" not in recaps(weekly)[0].text


async def test_a_picture_says_in_words_what_is_on_it(weekly: Community) -> None:
    """Title, days, numbers and people; it comes with the post, and not with a draft."""
    await give(weekly, "Ana", "Ben")
    await until(weekly, FRIDAY - timedelta(days=1))
    drafts = [n for n in sheet(weekly).message.nodes if isinstance(n, Card)]
    await until(weekly, FRIDAY)
    posts = [n for n in recaps(weekly)[0].message.nodes if isinstance(n, Card)]
    (picture,) = [card.picture for card in posts if card.picture]

    assert [None] * len(drafts) == [card.picture for card in drafts]
    assert "recap" == picture.kind
    speech = weekly.platform.speech("en")
    assert (
        "Our week in thanks, March 6, 2026 \N{EN DASH} March 13, 2026, as a picture. "
        "One thank-you was given, and it counts. "
        "Among those who were thanked: @Ben."
    ) == speech.plain(picture.alt)


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_the_longest_of_everything_fits(home: Community, locale: str) -> None:
    """The harness takes nothing that breaks a limit of any platform."""
    await home.settings(locale=locale, allowance_per_day=100, pair_cooldown_h=0)
    labels = tuple(f"{n} {'value' * 7}" for n in range(10))

    def value(tx: Transaction) -> list[str]:
        here = communities.get(tx, COMMUNITY)
        communities.change_values(tx, here, labels, home.clock())
        return [str(tag.id) for tag in communities.values(tx, here)]

    values = await home.database.write(value)
    home.clock.move(days=1)
    await set_up(home)
    for number in range(10):
        people = [f"{number}{place} {'Wolfeschlegelstein' * 4}" for place in range(3)]
        why = f"{number} " + "Thank you for it all, and for more. " * 13
        await give(
            home, f"{number} {'Hubert' * 13}", *people, why=why, value=values[number]
        )
    await until(home, FRIDAY - timedelta(days=1))
    mo = home.person("Mo")
    home.people["Mo"] = replace(mo, locale=locale)
    actions = [action.route for action in sheet(home).message.actions()]
    assert actions.count("recaps.change") == 3
    for part in ("opening", "word"):
        ask = await home.do(
            home.call("Mo"),
            next(a for a in sheet(home).message.actions() if part in a.args),
            None,
        )
        await home.fill_in("Mo", ask, text="A word of thanks. " * 16)
    await until(home, FRIDAY)

    posts = [post for post in home.standing(home.channel("wall")) if post.message.nodes]
    assert "recaps.thank" in {a.route for a in posts[-1].message.actions()}
    assert posts[-1].text.count("Thank you for it all") >= 3


async def test_hostile_words_are_words(weekly: Community) -> None:
    """In a reason, in a name and in what moderators write; nobody is ever pinged."""
    one_each = {each.family: each.text for each in HOSTILE}
    for number, hostile in enumerate(one_each.values()):
        ben = weekly.person(f"Ben{number}")
        weekly.people[f"Ben{number}"] = replace(ben, name=hostile)
        why = f"Thank you for it: {hostile}"[:500]
        await give(weekly, f"Ana{number}", f"Ben{number}", why=why)
    await until(weekly, FRIDAY - timedelta(days=1))
    for hostile in one_each.values():
        form = await weekly.press("Mo", sheet(weekly), "Change the opening words")
        await weekly.fill_in("Mo", form, text=hostile[:300])
    await until(weekly, FRIDAY)

    (post,) = recaps(weekly)
    assert () == post.message.mentions
    assert MAX_HIGHLIGHTS == post.text.count("Thank you for it: ")
