"""Shoutouts, through the doors that members use."""

from __future__ import annotations

import pytest

from bot.chat.message import Action
from bot.domain.community import Level, Privacy
from bot.domain.people import Role
from storage import audit, communities, members
from storage.boards import places, recount
from storage.boards.periods import ALL_TIME
from storage.boards.sides import Side
from storage.database import Transaction
from tests.harness import COMMUNITY, Community, Reply

DOCS = "You rewrote the guide, and I understood it at last."


async def give(
    home: Community, giver: str, *to: str, why: str = DOCS, **more: object
) -> Reply:
    """Have ``giver`` thank people."""
    people = tuple(map(home.person, to))
    return await home.type(giver, "shoutout", to=people, why=why, **more)


async def test_a_shoutout_is_posted_counted_and_answered(home: Community) -> None:
    """The wall shows it, the receiver is told, and the giver knows what is left."""
    reply = await give(home, "Ana", "Ben")

    assert home.posts()[0].splitlines() == [
        "A shoutout for @Ben",
        f"@Ana thanks @Ben: “{DOCS}”",
        "First time",
        "@Ben, thanked here for the first time",
        "Thank too",
    ]
    post = home.standing(home.channel("wall"))[0]
    assert post.message.mentions == (home.person("Ben").ref,)
    assert "Your thanks to @Ben go up in #wall." in reply.text
    assert "You can thank 4 more people today." in reply.text
    board = await home.database.read(_board)
    assert board == [("ben", 1)]


async def test_thanks_need_somebody_to_see_them(home: Community) -> None:
    """With no wall, and where nobody else reads, only what is private can be said."""
    await home.settings(wall=None)

    async def alone(who: str, *, private: bool = False) -> Reply:
        answers = {"to": (home.person("Ben"),), "why": DOCS, "private": private}
        call = home.call(who, in_public=False)
        return await home.do(call, Action("shoutouts.shoutout"), answers)

    home.person("Ada", Role.ADMIN)
    refused = await alone("Ana")
    assert "shoutouts.refused-nowhere" == refused.reason
    assert "ask an admin" in refused.text
    assert "Choose one with /laurel setup" in (await alone("Ada")).text
    assert [] == home.platform.posts

    assert not (await alone("Ana", private=True)).refused
    await home.settings(wall=home.channel("wall"))
    assert not (await alone("Cleo")).refused
    assert 1 == len(home.posts())


async def test_three_people_can_be_thanked_at_once(home: Community) -> None:
    """Each of them counts, and each takes one of the day's allowance."""
    reply = await give(home, "Ana", "Ben", "Cleo", "Dai")

    assert "A shoutout for @Ben, @Cleo, and @Dai" in home.posts()[0]
    assert "You can thank 2 more people today." in reply.text
    board = await home.database.read(_board)
    assert sorted(board) == [("ben", 1), ("cleo", 1), ("dai", 1)]


async def test_undo_leaves_no_trace_but_the_audit(home: Community) -> None:
    """The post goes, the counts go back, and the allowance is there again."""
    reply = await give(home, "Ana", "Ben")
    undone = await home.press("Ana", reply, "Undo until")

    assert undone.text.startswith("Taken back.")
    assert home.posts() == []
    assert await home.database.read(_board) == []
    again = await give(home, "Ana", "Ben")
    assert "You can thank 4 more people today." in again.text


async def test_undo_ends_after_ten_minutes(home: Community) -> None:
    """Later, only /retract takes it back."""
    reply = await give(home, "Ana", "Ben")
    home.clock.move(minutes=11)
    late = await home.press("Ana", reply, "Undo until")

    assert late.reason == "shoutouts.refused-undo-late"
    assert len(home.posts()) == 1


@pytest.mark.parametrize("who", ["Ana", "Ben", "Mo"])
async def test_giver_receiver_and_moderator_can_retract(
    home: Community, who: str
) -> None:
    """The post comes down, and the reason is nowhere in public."""
    home.person("Mo", Role.MODERATOR)
    await give(home, "Ana", "Ben")
    home.clock.move(days=2)
    post = home.standing(home.channel("wall"))[0]
    form = await home.choose(who, "shoutouts.retract-this", post)
    done = await home.fill_in(who, form, why="It was somebody else")

    assert done.text.startswith("Taken back.")
    assert home.posts() == []
    assert await home.database.read(recount.drift) == 0


async def test_nobody_else_can_retract(home: Community) -> None:
    """A bystander is refused, and the post stands."""
    await give(home, "Ana", "Ben")
    post = home.standing(home.channel("wall"))[0]
    form = await home.choose("Eve", "shoutouts.retract-this", post)
    refused = await home.fill_in("Eve", form, why="I do not like it")

    assert refused.reason == "shoutouts.refused-not-yours"
    assert len(home.posts()) == 1


async def test_what_laurel_said_of_something_else_is_no_shoutout(
    home: Community,
) -> None:
    """A note to the moderators is refused as any other message is."""
    mods = home.channel("mods")
    await home.settings(wall=home.channel("wall"), moderators=mods)
    home.platform.closed[home.channel("wall")] = "channel-gone"
    await give(home, "Ana", "Ben")
    (note,) = home.standing(mods)
    refused = await home.choose("Ana", "shoutouts.retract-this", note)

    assert refused.reason == "shoutouts.refused-no-shoutout"


async def test_the_allowance_renews_at_the_givers_midnight(home: Community) -> None:
    """Five a day; the sixth hears when, and at that time it works."""
    for name in ("Ben", "Cleo", "Dai", "Elif", "Femi"):
        await give(home, "Ana", name)
    refused = await give(home, "Ana", "Gus")

    assert refused.reason == "shoutouts.refused-allowance"
    assert "Sat, Mar 7, 12:00" in refused.text
    home.clock.move(hours=9)
    assert not (await give(home, "Ana", "Gus")).refused


async def test_the_same_pair_waits_a_day_in_both_directions(home: Community) -> None:
    """Thanks do not go in circles."""
    await give(home, "Ana", "Ben")
    home.clock.move(hours=1)
    assert (await give(home, "Ana", "Ben")).reason == "shoutouts.refused-cooldown"
    assert (await give(home, "Ben", "Ana")).reason == "shoutouts.refused-returned"
    home.clock.move(hours=24)
    assert not (await give(home, "Ben", "Ana")).refused


async def test_without_a_cooldown_nobody_waits(home: Community) -> None:
    """Nor for what was typed a moment later and kept a moment earlier."""
    await home.settings(pair_cooldown_h=0)
    await give(home, "Ana", "Ben")
    home.clock.move(milliseconds=-5)

    assert not (await give(home, "Ana", "Ben", why=f"{DOCS} Twice.")).refused


async def test_the_same_words_within_a_minute_are_one_shoutout(
    home: Community,
) -> None:
    """Whoever lost the answer and types it again is told that it is there."""
    await give(home, "Ana", "Ben")
    home.clock.move(seconds=30)
    again = await give(home, "Ana", "Ben")

    assert again.text.startswith("This one is in already")
    assert len(home.posts()) == 1


async def test_private_praise_is_told_and_not_counted(home: Community) -> None:
    """Only the receiver hears of it."""
    await give(home, "Ana", "Ben", private=True)

    assert home.posts() == []
    assert DOCS in home.dms("Ben")[0]
    assert await home.database.read(_board) == []


async def test_a_preview_is_posted_once(home: Community) -> None:
    """Whoever likes to see it first posts it with a button, and only once."""
    await _prefer(home, "Ana", Privacy(), previews=True)
    shown = await give(home, "Ana", "Ben")
    assert home.posts() == []

    await home.press("Ana", shown, "Post it")
    twice = await home.press("Ana", shown, "Post it")
    assert len(home.posts()) == 1
    assert twice.reason == "common.draft-gone"


async def test_a_preview_can_be_edited_or_dropped(home: Community) -> None:
    """The form comes back with what was typed; a dropped one is gone."""
    await _prefer(home, "Ana", Privacy(), previews=True)
    shown = await give(home, "Ana", "Ben")
    form = await home.press("Ana", shown, "Edit")
    assert form.form.draft["why"] == DOCS

    other = await home.fill_in("Ana", form, why="Something quite different this time.")
    assert "Something quite different" in other.text
    await home.press("Ana", shown, "Drop it")
    assert home.posts() == []


async def test_nobody_else_can_use_a_preview(home: Community) -> None:
    """A draft is its owner's."""
    await _prefer(home, "Ana", Privacy(), previews=True)
    shown = await give(home, "Ana", "Ben")
    home.person("Eve")
    await give(home, "Eve", "Ben", why="So that Laurel has met me before.")

    assert (await home.press("Eve", shown, "Post it")).reason == "common.draft-gone"


async def test_who_keeps_recognition_private_is_told_in_private(
    home: Community,
) -> None:
    """The others are named on the wall, they are not."""
    await _prefer(home, "Ben", Privacy(level=Level.PRIVATE))
    await give(home, "Ana", "Ben", "Cleo")

    assert "@Ben" not in home.posts()[0]
    assert DOCS in home.dms("Ben")[0]


async def test_a_shoutout_can_come_from_a_message(home: Community) -> None:
    """The form knows who wrote it and what."""
    await give(home, "Ben", "Cleo")
    post = home.standing(home.channel("wall"))[0]
    form = await home.choose("Ana", "shoutouts.shout-out", post)

    assert "Ben" in str(form.form.draft["why"])


async def test_thank_too_opens_the_form_for_the_same_people(home: Community) -> None:
    """One press from somebody else's thanks to one's own."""
    await give(home, "Ana", "Ben")
    post = home.standing(home.channel("wall"))[0]
    form = await home.press("Cleo", post, "Thank too")
    done = await home.fill_in("Cleo", form, why="The same from me, it helped a lot.")

    assert not done.refused
    assert await home.database.read(_board) == [("ben", 2)]


async def test_the_audit_chain_is_whole_after_everything(home: Community) -> None:
    """Given, undone and retracted, each is a row, and every row fits."""
    reply = await give(home, "Ana", "Ben")
    await home.press("Ana", reply, "Undo until")
    await give(home, "Cleo", "Ben")

    here = await home.database.read(communities.get, home.ref)
    assert await home.database.read(audit.first_broken, here) is None
    assert await home.database.read(recount.drift) == 0


async def test_people_stay_in_the_order_in_which_they_were_named(
    home: Community,
) -> None:
    """To thank them too, on a board where they tie, and when a post is drawn anew."""
    await home.settings(allowance_per_day=20)
    named = ("Zoe", "Ben", "Mia", "Cleo", "Yan", "Dai", "Xi", "Eli", "Wim")
    for at, giver in zip(range(0, 9, 3), ("Ana", "Bea", "Cy"), strict=True):
        await give(home, giver, *named[at : at + 3])
    post = home.standing(home.channel("wall"))[0]

    form = await home.press("Quentin", post, "Thank too")
    assert ["Zoe", "Ben", "Mia"] == [each.name for each in form.form.draft["to"]]  # type: ignore[attr-defined]
    board = await home.database.read(_board)
    assert [(name.casefold(), 1) for name in named] == board
    ranks = [await home.database.write(_rank, home, name) for name in named]
    assert list(range(1, 10)) == ranks


def _board(tx: Transaction) -> list[tuple[str, int]]:
    here = communities.get(tx, COMMUNITY)
    found = places.board(tx, here, Side.RECEIVED, ALL_TIME, 10)
    return [(place.platform_id, int(place.points)) for place in found]


def _rank(tx: Transaction, home: Community, name: str) -> int:
    here = communities.get(tx, home.ref)
    member = members.meet(tx, here, home.person(name), home.clock())
    place = places.place_of(tx, here, Side.RECEIVED, ALL_TIME, member.key)
    return place.rank if place else 0


async def _prefer(
    home: Community, name: str, privacy: Privacy, *, previews: bool = False
) -> None:
    def prefer(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        member = members.meet(tx, here, home.person(name), home.clock())
        members.prefer(tx, member, privacy, previews=previews)

    await home.database.write(prefer)
