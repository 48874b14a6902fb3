"""What members allow, through the doors that they use."""

from __future__ import annotations

import json

import pytest

from bot.chat.message import Action
from bot.chat.responses import Replace
from bot.chat.text import phrase
from bot.domain.people import Role
from storage import activity, audit, communities
from storage.boards import places as boards
from storage.boards import recount
from storage.boards.periods import ALL_TIME
from storage.boards.sides import Side
from storage.database import Transaction
from tests.faults import down, silent, up
from tests.harness import Community, Reply

DOCS = "You rewrote the guide, and I understood it at last."


async def thank(
    home: Community, giver: str, *to: str, why: str = DOCS, **more: object
) -> Reply:
    people = tuple(map(home.person, to))
    return await home.type(giver, "shoutout", to=people, why=why, **more)


async def choose(home: Community, who: str, label: str) -> Reply:
    """Have ``who`` press or pick something in their privacy, as it is drawn now."""
    return await home.press(who, await home.type(who, "laurel privacy"), label)


async def erase(home: Community, who: str, word: str = "ERASE") -> Reply:
    return await home.fill_in(who, await choose(home, who, "Erase my data"), word=word)


KINDS = ("privacy.changed", "privacy.hidden")


async def followed(home: Community) -> None:
    """Wait until every follower has read the log to its end, whatever cannot go out."""
    for follower in home.laurel.followers:
        await follower.settle()


async def test_the_card_says_what_is_allowed(home: Community) -> None:
    """Four levels to pick from, each with what it means, and four buttons."""
    reply = await home.type("Ana", "laurel privacy")

    assert (
        "Public: seen in chat, and where the community shows its thanks" in reply.text
    )
    actions = [action.route for action in reply.message.actions()]
    buttons = ["privacy.boards", "privacy.dms", "privacy.export", "privacy.erase"]
    assert ["privacy.level"] * 4 + buttons == actions


@pytest.mark.parametrize(
    ("label", "now", "named", "told"),
    [
        ("Public:", "Public: seen in chat", True, False),
        ("Chat only:", "Chat only: seen in chat", True, False),
        ("Private:", "Private: told to you alone", False, True),
        ("None:", "None: nobody can recognize you here", False, False),
    ],
)
async def test_a_level_holds_from_the_next_shoutout(
    home: Community, label: str, now: str, *, named: bool, told: bool
) -> None:
    """In public, by direct message alone, or not at all; the card is redrawn."""
    changed = await choose(home, "Ben", label)
    done = await thank(home, "Ana", "Ben")

    assert isinstance(changed.response, Replace)
    assert now in changed.text
    assert named == bool(home.posts())
    assert told == bool(home.dms("Ben"))
    assert ("None" in label) == done.refused


async def test_a_level_that_nobody_drew_is_refused(home: Community) -> None:
    """A forged button changes nothing."""
    forged = Action("privacy.level", ("hidden",))
    refused = await home.do(home.call("Ana"), forged, None)

    assert "common.unknown-button" == refused.reason
    assert "Public: seen" in (await home.type("Ana", "laurel privacy")).text


async def test_what_waits_is_redrawn_without_who_hides(home: Community) -> None:
    """A shoutout that was queued before goes out and names the others alone."""
    home.platform.fault = down
    await thank(home, "Ana", "Ben", "Cleo")
    await choose(home, "Ben", "Private:")
    await followed(home)
    home.platform.fault = up
    home.clock.move(minutes=10)
    await home.type("Dai", "laurel me")
    await wake(home)

    (post,) = home.posts()
    assert post.startswith("A shoutout for @Cleo\n")
    assert "@Ben" not in post


async def test_what_names_nobody_else_is_never_sent(home: Community) -> None:
    """A queued shoutout for one who hides is not posted at all."""
    home.platform.fault = down
    await thank(home, "Ana", "Ben")
    await choose(home, "Ben", "None:")
    await followed(home)
    home.platform.fault = up
    home.clock.move(minutes=10)
    await wake(home)

    assert [] == home.platform.posts


async def test_what_is_being_sent_is_not_sent_again_with_the_name(
    home: Community,
) -> None:
    """Its answer never came; when it is sent anew, it names the others alone."""
    home.platform.fault = silent
    await thank(home, "Ana", "Ben", "Cleo")
    await choose(home, "Ben", "Private:")
    await followed(home)
    home.platform.fault = up
    home.clock.move(minutes=10)
    await wake(home)

    (post,) = home.platform.posts
    assert "@Ben" not in post.text
    assert "@Cleo" in post.text


async def test_a_post_on_its_way_down_still_comes_down(home: Community) -> None:
    """Hiding holds back what is to be said, never what is to be taken down."""
    done = await thank(home, "Ana", "Ben")
    home.platform.fault = down
    await home.press("Ana", done, "Undo until")
    await choose(home, "Ben", "Private:")
    await followed(home)
    home.platform.fault = up
    home.clock.move(minutes=10)
    await wake(home)

    assert [] == home.posts()


async def test_off_the_boards_is_at_once_and_reversible(home: Community) -> None:
    """The counts go on; they are not shown."""
    await thank(home, "Ana", "Ben")
    off = await choose(home, "Ben", "Keep me off boards")
    assert "You never appear on them" in off.text
    assert [] == await board(home)

    await home.press("Ben", off, "Show me on boards")
    assert [("ben", 1)] == await board(home)


async def test_without_direct_messages_none_is_sent(home: Community) -> None:
    """Neither a new one nor one that waits; /laurel me has the words."""
    home.platform.fault = down
    await thank(home, "Ana", "Ben", private=True)
    off = await choose(home, "Ben", "Do not write to me")
    home.platform.fault = up
    home.clock.move(minutes=10)
    await wake(home)
    await thank(home, "Cleo", "Ben", private=True)

    assert "Laurel only answers you" in off.text
    assert [] == home.platform.posts
    assert 2 == (await home.type("Ben", "laurel me")).text.count(DOCS)
    assert 0 == await home.waiting()


async def test_direct_messages_off_leaves_others_and_channels_alone(
    home: Community,
) -> None:
    """Only what is to be written to the one who asked is dropped."""
    home.platform.fault = down
    await thank(home, "Ana", "Ben", "Cleo")
    await thank(home, "Dai", "Elif", private=True)
    await choose(home, "Ben", "Do not write to me")
    home.platform.fault = up
    home.clock.move(minutes=10)
    await wake(home)

    assert 1 == len(home.posts())
    assert 1 == len(home.dms("Elif"))


async def test_each_change_is_recorded_once(home: Community) -> None:
    """Pressing the same twice is one change; hiding is told to who follows it."""
    page = await home.type("Ana", "laurel privacy")
    await home.press("Ana", page, "Private:")
    await home.press("Ana", page, "Private:")
    await home.press("Ana", page, "Keep me off boards")

    log, _ = await home.database.read(activity.after, 0, 100, KINDS)
    kinds = [entry.fact.kind for entry in log]
    assert ["privacy.changed", "privacy.hidden", "privacy.changed"] == kinds
    assert ["privacy.change"] * 2 == await audited(home)


async def test_the_export_is_a_file_for_its_owner_alone(home: Community) -> None:
    """JSON with a name and a type, and the request is on record."""
    await thank(home, "Ana", "Ben")
    reply = await choose(home, "Ben", "Export my data")

    assert ("laurel-data.json", "application/json") == (
        reply.file.name,
        reply.file.media_type,
    )
    document = json.loads(reply.file.content)
    assert ("Ben", 1) == (document["member"], document["version"])
    assert [DOCS] == [row["body"] for row in document["tables"]["words"]]
    assert "privacy.export" in await audited(home)
    assert home.laurel.table.routes["privacy.export"].private


@pytest.mark.parametrize("word", ["", "yes", "ERAS", "Ben"])
async def test_without_the_word_nothing_is_erased(home: Community, word: str) -> None:
    """The answer says which word, beside the field."""
    await thank(home, "Ana", "Ben")
    refused = await erase(home, "Ben", word)

    assert "word" == refused.at
    assert refused.reason in {"privacy.refused-word", "common.answer-missing"}
    assert DOCS in (await home.type("Ben", "laurel me")).text


@pytest.mark.parametrize(
    ("locale", "word"),
    [("en", "ERASE"), ("en", "erase"), ("es", "BORRAR"), ("es", "borrar")],
)
async def test_the_word_is_in_the_members_language(
    home: Community, locale: str, word: str
) -> None:
    """The form shows the word, and that word is taken, in capitals or not."""
    home.person("Ben", locale=locale)
    label = home.platform.speech(locale).plain(phrase("privacy.erase.word"))
    form = await home.do(home.call("Ben"), Action("privacy.erase"), None)
    done = await home.fill_in("Ben", form, word=word)

    assert word.upper() in label
    assert not done.refused, done.text
    assert {} == await everyone(home)


async def test_erasing_takes_down_what_names_them(home: Community) -> None:
    """Posts by them and for them go; what others said among themselves stays."""
    await thank(home, "Ana", "Ben", "Cleo")
    await thank(home, "Ben", "Dai")
    await thank(home, "Ana", "Dai")
    done = await erase(home, "Ben")

    assert "posts that name you come down" in done.text
    assert ["A shoutout for @Dai"] == [post.splitlines()[0] for post in home.posts()]


async def test_what_waits_is_never_sent_after_erasing(home: Community) -> None:
    """Neither a post that names them nor a message to them."""
    home.platform.fault = down
    await thank(home, "Ana", "Ben")
    await thank(home, "Cleo", "Ben", private=True)
    await erase(home, "Ben")
    home.platform.fault = up
    home.clock.move(minutes=10)
    await wake(home)

    assert [] == home.platform.posts
    assert 0 == await home.waiting()


async def test_a_post_under_way_is_taken_down_after_it(home: Community) -> None:
    """Its answer was lost, but it stands: it is found and comes down."""
    home.platform.late = silent
    await thank(home, "Ana", "Ben")
    assert 1 == len(home.posts())
    await erase(home, "Ben")
    home.platform.late = up
    home.clock.move(minutes=10)
    await wake(home)

    assert [] == home.posts()


async def test_others_keep_their_counts_and_hear_it_kindly(home: Community) -> None:
    """A receiver's thanks still count; whose words they were is no longer known."""
    await thank(home, "Ben", "Ana")
    await thank(home, "Cleo", "Ana", "Ben", why="You two carried the piano upstairs.")
    await erase(home, "Ben")
    page = (await home.type("Ana", "laurel me")).text

    assert "Received\n2 times" in page
    assert "from somebody whose name and words are no longer kept" in page
    assert "@Cleo, Fri, Mar 6. The words are no longer kept" in page
    assert "Ben" not in page
    assert 0 == await home.database.read(recount.drift)


async def test_whoever_comes_back_is_somebody_new(home: Community) -> None:
    """Nothing ties the new member to the old, and everything works as for any."""
    await thank(home, "Ana", "Ben")
    before = await everyone(home)
    await erase(home, "Ben")
    assert not (await thank(home, "Ana", "Ben")).refused
    after = await everyone(home)

    assert before.keys() == after.keys()
    assert before["ben"] != after["ben"]
    assert before["ana"] == after["ana"]
    assert "Received\nOnce" in (await home.type("Ben", "laurel me")).text


async def test_a_form_sent_twice_erases_once(home: Community) -> None:
    """The second time there is nobody to erase, and nobody is made."""
    form = await choose(home, "Ben", "Erase my data")
    first = await home.fill_in("Ben", form, word="ERASE")
    second = await home.fill_in("Ben", form, word="ERASE")

    assert first.text == second.text
    assert ["members.erase"] == await audited(home)
    assert {} == await everyone(home)


async def test_the_audit_is_whole_after_erasing(home: Community) -> None:
    """The chain verifies, and says that somebody was erased, not who."""
    home.person("Mo", Role.MODERATOR)
    await thank(home, "Ana", "Ben")
    await erase(home, "Ben")

    def look(tx: Transaction) -> tuple[int | None, list[str]]:
        broken = audit.first_broken(tx, communities.get(tx, home.ref))
        return broken, [str(tuple(row)) for row in tx.all("SELECT * FROM audit")]

    broken, rows = await home.database.read(look)
    assert broken is None
    assert "members.erase" in rows[-1]
    assert "ben" not in rows[-1].casefold()


async def audited(home: Community) -> list[str]:
    return await home.database.read(
        lambda tx: [row["action"] for row in tx.all("SELECT action FROM audit")]
    )


async def everyone(home: Community) -> dict[str, int]:
    """Return the keys of all members, by the platform's id."""

    def keys(tx: Transaction) -> dict[str, int]:
        rows = tx.all("SELECT platform_id, key FROM members")
        return {row["platform_id"]: row["key"] for row in rows}

    return await home.database.read(keys)


async def board(home: Community) -> list[tuple[str, int]]:
    def top(tx: Transaction) -> list[tuple[str, int]]:
        here = communities.get(tx, home.ref)
        places = boards.board(tx, here, Side.RECEIVED, ALL_TIME, 10)
        return [(place.platform_id, int(place.points)) for place in places]

    return await home.database.read(top)


async def wake(home: Community) -> None:
    """Have the courier look again, as the calendar does when time has passed."""
    for courier in home.laurel.couriers:
        courier.wake()
    await home.laurel.settle()
