"""The live board of a challenge, and what each sees of their own place."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.chat.adapter import Posting
from bot.chat.message import Action, picture_of
from bot.domain.challenges import State
from bot.domain.people import Role
from storage.challenges import live
from tests.cogs.checking import check, join, moved, opened
from tests.cogs.standing import (
    board,
    boards,
    erase,
    lines,
    mine,
    ranks,
    take_part,
    team_up,
)
from tests.harness import Clock, Community, community


async def hide(home: Community, who: str, level: str = "private") -> None:
    """Have somebody choose how far they are seen."""
    action = Action("privacy.level", (level,))
    done = await home.do(home.call(who), action, None)
    assert not done.refused, done.text


async def test_the_board_goes_up_when_the_days_begin(home: Community) -> None:
    """One message, and it says that nobody is on it yet."""
    await opened(home, State.OPEN)
    assert [] == boards(home)

    songs = await opened(home, title="Eight songs")

    assert [] == lines(board(home))
    assert "No day counts so far" in board(home).text
    assert "Day 1 of 7" in board(home).text
    assert songs.terms.title in board(home).text


async def test_the_board_shows_who_checked_in(home: Community) -> None:
    """In the message that stands there, with points, days and a picture."""
    songs = await opened(home)
    await take_part(home, songs, "Ana", "Ben")
    await home.wait(seconds=30)

    post = board(home)
    assert [(1, "ana", 10), (2, "ben", 10)] == ranks(post)
    assert "@Ana, 1 day" in post.text
    assert "2 people take part" in post.text
    assert "got there first" in post.text
    (drawn,) = post.pictures.values()
    assert drawn.startswith(b"\x89PNG")


async def test_what_the_picture_shows_is_said_in_words(home: Community) -> None:
    """Title, how far it has come, and every place with its points."""
    songs = await opened(home)
    await take_part(home, songs, "Ana", "Ben")
    await home.wait(seconds=30)

    pictures = filter(None, map(picture_of, board(home).message.nodes))
    said = [home.platform.speech("en").plain(each.alt) for each in pictures]

    assert ["Seven songs. Day 1 of 7. 1. @Ana, 10 points and 2. @Ben, 10 points."] == [
        each.replace(",\u202f", ", ") for each in said
    ]


async def test_the_board_is_edited_at_most_every_thirty_seconds(
    home: Community,
) -> None:
    """However many check in meanwhile, and all of them are on it in the end."""
    edits = _edits(home)
    songs = await opened(home)
    for number in range(12):
        await join(home, f"M{number}", songs)
        await check(home, f"M{number}", songs)
        await home.wait(seconds=7)
    for _ in range(8):
        await home.wait(seconds=7)

    gaps = [later - sooner for sooner, later in itertools.pairwise(edits)]
    assert timedelta(seconds=30) <= min(gaps)
    assert 3 == len(edits)  # of 24 changes in a minute and a half
    assert [10] * 10 == [each.amount for each in lines(board(home))]
    assert "12 people take part" in board(home).text


async def test_the_board_is_never_older_than_a_minute(home: Community) -> None:
    """Whenever somebody checks in, they are on it soon, also while others do."""
    songs = await opened(home)
    for number in range(8):
        name = f"M{number}"
        await join(home, name, songs)
        await check(home, name, songs)
        waited = 0
        while name.casefold() not in [who for _, who, _ in ranks(board(home))]:
            await home.wait(seconds=5)
            waited += 5
        assert waited <= 30
        await home.wait(seconds=3)


async def test_what_else_is_said_there_never_waits_for_the_board(
    home: Community,
) -> None:
    """A board that is to be edited later holds up nothing behind it in its channel."""
    await home.settings(wall=home.channel("songs"))
    songs = await opened(home)
    await take_part(home, songs, "Ana")
    await join(home, "Ben", songs)
    await check(home, "Ben", songs)
    to = (home.person("Ben"),)
    await home.type("Ana", "shoutout", to=to, why="For a song about the sea and us.")

    assert any("the sea" in text for text in home.posts("songs"))


async def test_an_edit_that_is_slow_is_followed_by_another(home: Community) -> None:
    """Who checked in while the board was on its way is on the next one."""
    songs = await opened(home)
    await take_part(home, songs, "Ana")
    await home.wait(seconds=30)

    async def meanwhile(request: str, _posting: Posting | None) -> None:
        if request == "edit":
            home.platform.gate = _open
            await home.laurel.dispatcher(
                "checkins.check", home.call("Ben"), [str(songs.id)], None
            )

    await join(home, "Ben", songs)
    await home.wait(seconds=31)
    home.platform.gate = meanwhile
    await join(home, "Cleo", songs)
    await home.wait(seconds=31)
    await home.wait(seconds=31)

    assert [(1, "ana", 10), (2, "ben", 10)] == ranks(board(home))


async def test_only_ten_are_named(home: Community) -> None:
    """Nobody further down is shown to others; how many there are is said."""
    songs = await opened(home)
    await take_part(home, songs, *(f"M{number}" for number in range(13)))
    await home.wait(seconds=30)

    assert [f"m{number}" for number in range(10)] == [
        who for _, who, _ in ranks(board(home))
    ]
    assert "13 people take part" in board(home).text


async def test_ten_of_the_longest_names_fit(home: Community) -> None:
    """With teams as well: no platform has to cut anything of it."""
    songs = await opened(home, teams=True, team_min=1)
    people = [f"{'Wilhelmina ' * 7}{number:03}" for number in range(10)]
    await take_part(home, songs, *people)
    for who in people[:5]:
        await team_up(home, songs, f"Those who sing with {who[-3:]}", who)
    await home.wait(seconds=40)

    assert 15 == len(lines(board(home)))  # and the harness has measured all of it


@pytest.mark.parametrize("level", ["private", "none"])
async def test_who_hides_is_gone_from_the_board(home: Community, level: str) -> None:
    """At the next edit, without a gap; and they still see what they have."""
    songs = await opened(home)
    await take_part(home, songs, "Ana", "Ben", "Cleo")
    await home.wait(seconds=30)
    await hide(home, "Ben", level)
    await home.wait(seconds=30)

    own = await mine(home, "Ben", songs)

    assert [(1, "ana", 10), (2, "cleo", 10)] == ranks(board(home))
    assert "@Ben" not in board(home).text
    assert "10 points for 1 day" in own.text
    assert "You asked not to be shown" in own.text
    assert [] == lines(own)


async def test_who_is_erased_is_gone_from_the_board(home: Community) -> None:
    """Their name goes with them."""
    songs = await opened(home)
    await take_part(home, songs, "Ana", "Ben")
    await home.wait(seconds=30)
    await erase(home, "Ana")
    await home.wait(seconds=60)

    assert [(1, "ben", 10)] == ranks(board(home))


async def test_your_neighbours_are_shown_to_you(home: Community) -> None:
    """Two ahead and two behind, and your own place is marked."""
    songs = await opened(home)
    await take_part(home, songs, *(f"M{number}" for number in range(6)))

    own = await mine(home, "M3", songs)

    assert [2, 3, 4, 5, 6] == [rank for rank, _, _ in ranks(own)]
    assert ["m1", "m2", "m3", "m4", "m5"] == [who for _, who, _ in ranks(own)]
    assert [False, False, True, False, False] == [each.yours for each in lines(own)]


async def test_whoever_is_far_down_is_not_named_to_those_above(
    home: Community,
) -> None:
    """Behind the tenth place, only those ahead have a name."""
    songs = await opened(home)
    await take_part(home, songs, *(f"M{number}" for number in range(14)))

    own = await mine(home, "M11", songs)

    assert ["m9", "m10", "m11", "?", "?"] == [who for _, who, _ in ranks(own)]
    assert "somebody" in own.text


async def test_who_is_not_on_it_is_told_what_to_do(home: Community) -> None:
    """To join, or to check in; with a button for it."""
    songs = await opened(home)
    await join(home, "Ana", songs)

    without = await mine(home, "Ana", songs)
    outside = await mine(home, "Zoe", songs)

    assert "No day of yours counts yet" in without.text
    assert "You can still join" in outside.text
    joined = await home.press("Zoe", outside, "Join")
    checked = await home.press("Ana", without, "Check in")
    assert not joined.refused
    assert "Day 1 of 7 counts" in checked.text


async def test_the_board_is_shown_to_whoever_asks(home: Community) -> None:
    """The newest one, unless they choose; with a picture, dark if they like."""
    songs = await opened(home)
    await take_part(home, songs, "Ana")
    poems = await opened(home, title="Poems", channel=home.channel("poems"))

    newest = await home.type("Zoe", "challenge board")
    chosen = await home.type("Zoe", "challenge board", which=str(songs.id), look="dark")

    assert newest.text.startswith(f"Board: \u2068{poems.terms.title}") or (
        newest.text.startswith(f"Board: {poems.terms.title}")
    )
    assert [(1, "ana", 10)] == ranks(chosen)
    (picture,) = filter(None, map(picture_of, chosen.message.nodes))
    assert 1 == picture.data["dark"]


@pytest.mark.parametrize("which", [None, "7", "x", "٣"])
async def test_no_board_is_said_so(home: Community, which: str | None) -> None:
    """Whatever is asked for, the answer says what to do."""
    answers = {} if which is None else {"which": which}
    said = await home.type("Zoe", "challenge board", **answers)

    wanted = "standings.refused-none" if which is None else "standings.refused-gone"
    assert wanted == said.reason


async def test_a_draft_has_no_board(home: Community) -> None:
    """What moderators alone know of is not there for others."""
    songs = await opened(home, State.OPEN)
    said = await home.type("Zoe", "challenge board", which=str(songs.id))

    assert "standings.refused-gone" == said.reason


async def test_teams_are_on_it_where_there_are_any(home: Community) -> None:
    """All that its members have, together; who is hidden counts for their team."""
    songs = await opened(home, teams=True, team_min=2)
    await take_part(home, songs, "Ana", "Ben", "Cleo")
    await team_up(home, songs, "Night Owls", "Ana", "Ben", "Cleo")
    await hide(home, "Cleo")
    await home.wait(seconds=40)

    assert [(1, "Night Owls", 30), (1, "ana", 10), (2, "ben", 10)] == ranks(board(home))
    assert "3 members, 3 days" in board(home).text


async def test_called_off_the_board_stays_and_says_so(home: Community) -> None:
    """What people did is not taken from them."""
    songs = await opened(home)
    await take_part(home, songs, "Ana")
    await home.wait(seconds=30)
    await moved(home, songs, State.CALLED_OFF)
    await home.wait(seconds=30)

    assert "Called off" in board(home).text
    assert [(1, "ana", 10)] == ranks(board(home))


async def test_a_restart_changes_nothing(tmp_path: Path) -> None:
    """What was to be edited is edited afterwards, in the same message."""
    path, clock = tmp_path / "laurel.sqlite3", Clock()
    async with community(path, clock=clock) as home:
        songs = await opened(home)
        await take_part(home, songs, "Ana")
        await join(home, "Ben", songs)
        await check(home, "Ben", songs)
        posts = home.platform.posts
    clock.move(seconds=40)
    async with community(path, clock=clock, posts=posts) as home:
        home.person("Ana", Role.MEMBER)
        await home.wait(seconds=1)

        assert [(1, "ana", 10), (2, "ben", 10)] == ranks(board(home))


def _edits(home: Community) -> list[datetime]:
    """Return the instants of all edits from now on."""
    edits: list[datetime] = []

    async def note(request: str, _posting: Posting | None) -> None:
        if request == "edit":
            edits.append(home.clock())

    home.platform.gate = note
    return edits


async def _open(_request: str, _posting: Posting | None) -> None:
    """Let everything through again."""


def test_the_pace_is_as_promised() -> None:
    """No message is edited more often than every thirty seconds."""
    assert timedelta(seconds=30) == live.PACE
