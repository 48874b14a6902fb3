"""T22: hostile words through the doors of challenges, teams, seasons and points.

Each door is passed with harmless words first. Whatever is said to anybody from then on
has to be the same, but for what is quoted, on every platform and in every picture.
"""

from __future__ import annotations

import io
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest
from markupsafe import Markup

from bot.adapters.playground.draw import Brush
from bot.chat.message import Action, Card, Message, Picture, say
from bot.chat.text import Atom, Quote, phrase
from bot.domain.people import Role
from bot.domain.words import clean, is_blank
from bot.logs import logged
from tests.battery import outputs
from tests.battery.outputs import CONTROL, OUTPUTS
from tests.battery.size import FULL
from tests.battery.told import Tell
from tests.cogs import checking
from tests.cogs.challenging import PROMPTS, WORDS, begun, changed, known
from tests.cogs.standing import audit_lines, team_up
from tests.harness import Community, Reply
from tests.hostile import HOSTILE, Hostile, some
from tests.reading import texts_of
from tests.web.site import served_site

PLAIN = "an ordinary word or two"
LONG, SHORT = 200, 30
MOST_DAYS = 2

_STEPS = {"a_team": (7, 8), "a_challenge": (13, 9)}
"""Of how many words one is tried, in full and in short, where not all and half."""

Said = Sequence[Reply]
Door = Callable[[Community, str], Awaitable[Said]]


def tried(door: Door) -> Sequence[Hostile]:
    """Return what is tried; a challenge takes days, and so is tried less often."""
    often, seldom = _STEPS.get(door.__name__, (1, 2))
    return HOSTILE[::often] if FULL else some(40)[::seldom]


def fit(text: str, most: int) -> str:
    """Return what is typed into a line that takes so much."""
    line = clean(" ".join(clean(text, multiline=True).split()))[:most].strip()
    return PLAIN if len(line) < 2 or is_blank(line) else line


# Doors


async def an_adjustment(home: Community, text: str) -> Said:
    """Why points are set right: told to a moderator, and to the member."""
    await home.wait(minutes=1)
    who = home.person("Ana")
    reason = f"{fit(text, LONG)} {PLAIN}"  # no line is too short
    typed = {"member": who, "amount": 1, "reason": reason}
    return [await home.type("Mo", "points adjust", **typed)]


async def a_season(home: Community, text: str) -> Said:
    """What a season is called: told to all, and on its boards."""
    await home.wait(days=1)
    name = f"{fit(text, SHORT)} {home.clock():%y%m%d}"  # no two are called the same
    done = await home.type("Mo", "season start", name=name)
    return [done, await home.type("Ana", "season board")]


async def a_team(home: Community, text: str) -> Said:
    """What a team is called: on the board, and to who joins it."""
    title = f"Choir of {home.clock():%y%m%d}"  # no two are called the same
    songs = await checking.opened(home, title=title, teams=True, days=1)
    await checking.join(home, "Ana", songs)
    await checking.join(home, "Ben", songs)
    await team_up(home, songs, fit(text, SHORT), "Ana", "Ben")
    said = [await checking.check(home, who, songs) for who in ("Ana", "Ben")]
    board = await home.type("Ben", "challenge board", which=str(songs.id))
    await home.wait(days=MOST_DAYS)
    await home.wait(days=MOST_DAYS)  # until nothing of it can be disputed any more
    return [*said, board]


async def a_challenge(home: Community, text: str) -> Said:
    """Its name, its purpose, what is promised, what it asks, why it is called off."""
    said = [await begun(home, "creator", starts_on=home.clock().date() + _A_DAY)]
    words = {"name": fit(text, SHORT), "about": text[:LONG], "reward": text[:LONG]}
    said.append(await changed(home, said[-1], WORDS, **words))
    prompts = "\n".join([fit(text, LONG)] * MOST_DAYS)
    said.append(await changed(home, said[-1], PROMPTS, prompts=prompts))
    said.append(await home.press("Ada", said[-1], "Save"))
    which = str((await known(home)).id)
    said.append(await home.type("Ada", "challenge open", which=which))
    said.append(await home.type("Ana", "challenge join", which=which))
    await home.wait(days=MOST_DAYS - 1)
    await home.wait(hours=12)
    said.append(await home.type("Ana", "checkin", which=which, words=text[:LONG]))
    said.append(await home.type("Ana", "challenge board", which=which))
    asked = await home.type("Ada", "challenge call-off", which=which, why=text[:LONG])
    said.append(await home.press("Ada", asked, "Call it off"))
    await home.wait(hours=12)  # so that the next begins at the same time of day
    return said


_A_DAY = timedelta(days=1)
DOORS: Sequence[Door] = (an_adjustment, a_season, a_team, a_challenge)


# What is said


def shape(message: Message) -> list[str | Atom]:
    """Return what is said in parts, without what is quoted and when."""
    parts = (part for text in texts_of(message) for part in outputs.SPEECH.parts(text))
    return [
        type(part.content).__name__ if isinstance(part.content, Atom) else part.content
        for part in parts
    ]


def quoted(messages: Sequence[Message]) -> str:
    """Return all that is quoted."""
    parts = (
        part.content
        for message in messages
        for text in texts_of(message)
        for part in outputs.SPEECH.parts(text)
    )
    return "\n".join(each.text for each in parts if isinstance(each, Quote))


async def passed(home: Community, door: Door, text: str) -> Sequence[Message]:
    """Have somebody pass a door; return all that is said to anybody then."""
    before = len(home.platform.posts)
    said = await door(home, text)
    for each in said:
        assert not each.refused, (door.__name__, text, each.text)
    return [
        *(each.message for each in said),
        *(post.message for post in home.platform.posts[before:]),
    ]


def faults(usual: Sequence[Message], said: Sequence[Message]) -> Sequence[str]:
    """Return where words of members are more than words."""
    found = [] if list(map(shape, usual)) == list(map(shape, said)) else ["words"]
    return found + [
        name
        for name, alive in OUTPUTS.items()
        if list(map(alive, usual)) != list(map(alive, said))
    ]


@pytest.mark.slow
@pytest.mark.timeout(600 if FULL else 120)
@pytest.mark.parametrize("door", DOORS, ids=lambda each: each.__name__)
async def test_words_stay_words_behind_every_door(
    tmp_path: Path, door: Door, tell: Tell
) -> None:
    """On each platform, in names of threads, on pages, in pictures and in the log."""
    log, found = io.StringIO(), dict[str, Sequence[str]]()
    with logged(log, level="debug", style="text"):
        async with served_site(tmp_path / "laurel.sqlite3") as site:
            home = site.home
            for name in ("Mo", "Ada"):
                home.person(name, Role.MODERATOR)
            await passed(home, door, PLAIN)  # what comes first is told as such
            usual = await passed(home, door, PLAIN)
            assert PLAIN in quoted(usual)
            for each in tried(door):
                said = await passed(home, door, each.text)
                assert fit(each.text, SHORT) in quoted(said), each
                if wrong := faults(usual, said):
                    found[str(each)] = wrong
            calendar = await site.read("calendar.ics")
            rows = (await audit_lines(home)).decode().splitlines()
            mine = await home.do(home.call("Ana"), Action("privacy.export"), None)
    lines = log.getvalue().splitlines()
    assert [] == [line for line in lines if CONTROL.search(line)]
    assert all("hash" in json.loads(row) for row in rows), (
        "a row of the audit is a line"
    )
    assert "Ana" == json.loads(mine.file.content)["member"]
    assert components(calendar) <= {"VCALENDAR", "VEVENT", "VTIMEZONE"} | _PARTS
    what = f"come alive anywhere, of {len(tried(door))} hostile words in "
    tell("P16", what + door.__name__.replace("_", " "), len(found), most=0)
    assert {} == found


_PARTS = {"STANDARD", "DAYLIGHT"}


def components(calendar: str) -> set[str]:
    """Return what a calendar program finds in a file."""
    read = icalendar.Calendar.from_ical(calendar)
    return {str(each.name) for each in read.walk()}


# Planted


def titled(text: str) -> Message:
    """Return a message that quotes, as a title and on a picture."""
    said = phrase("privacy.kept", name=Quote(text))
    return say(Card(title=said, picture=Picture("board", said, {"who": Quote(text)})))


class Trusting(Brush):
    """Planted: takes what members typed for markup."""

    def _content(self, content: str | Atom) -> Markup:
        if isinstance(content, Quote):
            return Markup(content.text)  # noqa: S704  the defect
        return super()._content(content)


def _same(text: str) -> str:
    return text


@pytest.mark.parametrize(
    ("output", "text", "trusting", "planted"),
    [
        ("Discord", "<@123> **b**", "bot.adapters.discord.text.escape", _same),
        ("Slack", "<!channel> <@U0>", "bot.adapters.slack.fallback.escape", _same),
        ("pages", "<b>x</b>", "tests.battery.outputs.Brush", Trusting),
        ("pictures", "\x1b[31m", "bot.cards.showing.clean", _same),
    ],
)
def test_what_comes_alive_would_be_found(
    output: str,
    text: str,
    trusting: str,
    planted: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each output is looked at: where nothing is escaped, or cleaned, it is seen."""
    usual, said = [titled(PLAIN)], [titled(text)]
    assert output not in faults(usual, said)
    monkeypatch.setattr(trusting, planted)
    assert output in faults(usual, said)


def test_a_name_that_is_not_clean_would_be_found() -> None:
    """Planted: what is kept was not cleaned, and a thread is called that."""
    assert "names of threads" in faults([titled(PLAIN)], [titled("\x1b[31m")])


def test_words_in_place_of_ours_would_be_found() -> None:
    """Planted: what a member wrote is said as if it were Laurel's own."""
    loose = say(Card(title=phrase("privacy.kept", name="@everyone")))
    usual = say(Card(title=phrase("privacy.kept", name=Quote("@everyone"))))
    assert "words" in faults([usual], [loose])
