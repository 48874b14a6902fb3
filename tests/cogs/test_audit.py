"""Admins hand the audit out, and its digests are posted where they last."""

from __future__ import annotations

import json
import re
from datetime import time, timedelta
from io import StringIO
from pathlib import Path

import pytest

from bot.audit_verify import BROKEN, NEWER, WHOLE, verify
from bot.chat.catalogue import Catalogue
from bot.chat.message import Action
from bot.chat.text import phrase
from bot.domain.people import Role
from bot.domain.quiet import QuietHours
from bot.domain.refs import CommunityRef
from bot.features import LOCALES
from cogs.audit import publishing, service
from storage import audit, communities
from storage.audit import Entry, Head
from storage.database import Transaction
from tests.cogs.nominating import closed, opened
from tests.cogs.sitting import drawn, sitting, vote, voted_about
from tests.harness import COMMUNITY, PLATFORM, START, Community, Reply

MONDAY = START.replace(hour=12) + timedelta(days=3)
TITLE = "The digest of what was decided here"
WHY = "You stayed until the last chair was stacked."


async def decide(home: Community, action: str, *, actor: int | None = None) -> None:
    """Have something be decided, by a member or by Laurel itself."""

    def add(tx: Transaction) -> None:
        here = communities.get(tx, COMMUNITY)
        audit.add(tx, here, Entry(actor, action, "awards:1"), home.clock())

    await home.database.write(add)


def digests(home: Community, channel: str = "wall") -> list[str]:
    """Return the posts that show a digest, oldest first."""
    return [post for post in home.posts(channel) if post.startswith(TITLE)]


async def head(home: Community) -> Head:
    return await home.database.read(
        lambda tx: audit.head(tx, communities.get(tx, COMMUNITY))
    )


async def look(home: Community, who: str = "Ada") -> Reply:
    home.person(who, Role.ADMIN)
    return await home.type(who, "audit")


def verified(folder: Path, *parts: bytes, digest: str) -> int:
    """Return what whoever is handed the files finds."""
    paths = []
    for number, content in enumerate(parts):
        path = folder / f"{number}.jsonl"
        path.write_bytes(content)
        paths.append(str(path))
    return verify(paths, [digest], StringIO())


def digest_on(post: str) -> str:
    """Return what stands on a line of its own."""
    (found,) = (line for line in post.splitlines() if len(line) == 64)
    return found


async def test_where_nothing_was_decided_the_card_says_so(home: Community) -> None:
    """There is no digest of nothing."""
    assert "Nothing was decided here yet." in (await look(home)).text


async def test_an_admin_sees_who_decided_what_and_the_digest(home: Community) -> None:
    """Newest first, with the place of each row; what members do is not there."""
    home.person("Ada", Role.ADMIN)
    await home.type("Ana", "shoutout", to=(home.person("Ben"),), why=WHY)
    await home.type("Ben", "laurel privacy")
    sheet = await home.type("Ada", "laurel setup")
    form = await home.press("Ada", sheet, "Limits")
    await home.fill_in("Ada", form, allowance=9)
    await home.press("Ada", sheet, "Save")
    await decide(home, "calendar.save", actor=4)
    await decide(home, "awards.close")
    seen = (await look(home)).text
    last = await head(home)

    assert f"The audit has {last.row} rows so far" in seen
    assert last.digest == digest_on(seen)
    assert "No digest was posted here of late." in seen
    decided = re.findall(r"^(.*), .* \(row \d+\)$", seen, re.MULTILINE)
    nobody = "Somebody who is no longer known here"
    assert ["Laurel by itself", nobody, "@Ada"] == decided
    assert "The settings were changed" in seen
    assert "Ana" not in seen


async def test_only_admins_open_it(home: Community) -> None:
    """Neither members nor moderators, and no button of an admin's."""
    await decide(home, "setup.save")
    card = await look(home)
    home.person("Mo", Role.MODERATOR)

    for who in ("Ana", "Mo"):
        assert "common.only-admin" == (await home.type(who, "audit")).reason
        pressed = await home.press(who, card, "Export")
        assert "common.only-admin" == pressed.reason


async def test_the_file_is_verified_by_whoever_gets_it(
    home: Community, tmp_path: Path
) -> None:
    """It ends with the row that says who was handed it, and the card has its digest."""
    await home.type("Ana", "shoutout", to=(home.person("Ben"),), why=WHY)
    await decide(home, "awards.close")
    done = await home.press("Ada", await look(home), "Export")

    rows = [json.loads(line) for line in done.file.content.splitlines()]
    assert "audit-00000001-00000003.jsonl" == done.file.name
    assert ["shoutouts.give", "awards.close", "audit.export"] == [
        row["action"] for row in rows
    ]
    assert rows[-1]["actor"] is not None
    assert WHOLE == verified(tmp_path, done.file.content, digest=digest_on(done.text))
    assert "python audit_verify.py" in done.text


async def test_the_file_names_nobody_and_holds_no_words(home: Community) -> None:
    """Numbers stand for people, also for those who are erased afterwards."""
    await home.type("Yolanda", "shoutout", to=(home.person("Wolfgang"),), why=WHY)
    card = await look(home, "Sitting Bull")
    before = (await home.press("Sitting Bull", card, "Export")).file.content
    await home.do(home.call("Yolanda"), Action("privacy.erase"), {"word": "ERASE"})
    after = (await home.press("Sitting Bull", card, "Export")).file.content

    for name in ("yolanda", "wolfgang", "sitting bull", WHY[:10].casefold()):
        assert name.encode() not in after.lower()
    assert after.startswith(before), "erasing changes no row"


async def test_a_long_audit_comes_in_parts(
    home: Community, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each within what a platform takes; together they are verified as one."""
    monkeypatch.setattr(service, "PART_BYTES", 1_000)
    for _ in range(5):
        await decide(home, "awards.edit")
    done = await home.press("Ada", await look(home), "Export")
    parts = [done.file.content]
    while "Go on with the next file" in done.text:
        done = await home.press("Ada", done, "Go on")
        parts.append(done.file.content)

    assert len(parts) >= 3
    assert all(len(part) <= 1_000 for part in parts)
    assert WHOLE == verified(tmp_path, *parts, digest=digest_on(done.text))


@pytest.mark.parametrize("after", [-1, 2, 10**12])
async def test_a_button_that_nobody_drew_hands_out_nothing(
    home: Community, after: int
) -> None:
    """And leaves no row that says it did."""
    await decide(home, "setup.save")
    home.person("Ada", Role.ADMIN)
    forged = Action("audit.export", (after,))

    done = await home.do(home.call("Ada"), forged, None)
    assert "common.unknown-button" == done.reason
    assert 1 == (await head(home)).row


async def test_another_communitys_audit_is_out_of_reach(home: Community) -> None:
    """Its admin is handed their own, which has one row."""
    await decide(home, "setup.save")
    elsewhere = CommunityRef(PLATFORM, "elsewhere")

    def settle(tx: Transaction) -> None:
        here = communities.get(tx, COMMUNITY)
        communities.add(tx, elsewhere, here.settings, home.clock())

    await home.database.write(settle)
    home.ref = elsewhere
    home.person("Mallory", Role.ADMIN)
    done = await home.do(home.call("Mallory"), Action("audit.export", (0,)), None)

    (row,) = map(json.loads, done.file.content.splitlines())
    assert (1, "audit.export") == (row["id"], row["action"])


async def test_the_digest_is_posted_when_an_award_closes(
    home: Community, tmp_path: Path
) -> None:
    """On the wall, for everybody to find later; the file of any later day has it."""
    await closed(home, await opened(home))
    (post,) = digests(home)
    card = await look(home)
    handed = await home.press("Ada", card, "Export")

    assert "A digest was last posted" in card.text
    content = handed.file.content
    assert NEWER == verified(tmp_path, content, digest=digest_on(post))
    changed = content.replace(b"awards.close", b"awards.loose")
    assert BROKEN == verified(tmp_path, changed, digest=digest_on(post))


async def test_a_week_with_decisions_ends_with_a_digest(home: Community) -> None:
    """Once, on Monday at noon on the community's clocks, however many there were."""
    await opened(home, "Kind soul")
    await home.wait(hours=1)
    await opened(home, "Golden Trowel")
    home.clock.at = MONDAY - timedelta(seconds=1)
    await home.wait(seconds=0)
    assert [] == digests(home)

    await home.wait(seconds=1)
    (post,) = digests(home)
    assert (await head(home)).digest == digest_on(post)
    for _ in range(3):
        await home.wait(days=7)
    assert [post] == digests(home), "a week without a decision has no post"


async def test_what_was_posted_at_an_end_is_not_posted_again(home: Community) -> None:
    """Not on the next Monday, unless something was decided since."""
    await closed(home, await opened(home, "Kind soul"))
    await home.type("Ana", "shoutout", to=(home.person("Ben"),), why=WHY)
    await home.wait(days=7)
    assert 1 == len(digests(home))

    await opened(home, "Golden Trowel")
    await home.wait(days=7)
    first, second = digests(home)
    assert digest_on(first) != digest_on(second)


async def test_what_a_count_decides_is_in_its_digest(home: Community) -> None:
    """The winners are settled with it, and ask for no digest of their own."""
    await drawn(home)
    await home.wait(hours=1)
    await voted_about(home, "Nora")
    for name in await sitting(home):
        await home.wait(minutes=1)
        await vote(home, name, "Nora", "Yes")
    await home.wait(days=7)
    _, counted = digests(home)
    handed = await home.press("Ada", await look(home), "Export")

    rows = [json.loads(line) for line in handed.file.content.splitlines()]
    (sealed,) = (row["id"] for row in rows if row["hash"] == digest_on(counted))
    actions = [row["action"] for row in rows[:sealed]]
    assert {"committees.count", "committees.result"} <= set(actions)


async def test_thanks_alone_post_no_digest(home: Community) -> None:
    """A wall is for thanks, and most communities give no awards."""
    await home.type("Ana", "shoutout", to=(home.person("Ben"),), why=WHY)
    await home.wait(days=10)

    assert [] == digests(home)


async def test_quiet_hours_put_a_digest_off(home: Community) -> None:
    """Nobody is woken by a number."""
    await home.settings(quiet=QuietHours(time(11), time(14)))
    await opened(home)
    home.clock.at = MONDAY
    await home.wait(seconds=0)
    assert [] == digests(home)

    await home.wait(hours=2)
    assert 1 == len(digests(home))


async def test_without_a_wall_moderators_have_the_digest(home: Community) -> None:
    """And where there is no channel at all, none is posted and none is claimed."""
    await home.settings(wall=None)
    await closed(home, await opened(home, "Kind soul"))
    assert [] == home.platform.posts
    assert "No digest was posted here of late." in (await look(home)).text

    await home.settings(moderators=home.channel("mods"))
    await closed(home, await opened(home, "Golden Trowel"))
    assert 1 == len(digests(home, "mods"))


async def test_a_digest_follows_the_wall(home: Community) -> None:
    """Where the wall is gone, it is posted on the next one."""
    home.platform.closed[home.channel("wall")] = "channel-gone"
    await closed(home, await opened(home))
    home.person("Ada", Role.ADMIN)
    sheet = await home.type("Ada", "laurel setup")
    form = await home.press("Ada", sheet, "Where")
    await home.fill_in("Ada", form, wall=home.channel("new"))
    await home.press("Ada", sheet, "Save")

    assert 1 == len(digests(home, "new"))


async def test_a_digest_is_posted_once_for_what_is_there(home: Community) -> None:
    """Two that are due at once: the second has nothing new to vouch for."""

    def twice(tx: Transaction) -> None:
        here = communities.get(tx, COMMUNITY)
        publishing.publish(tx, here, home.clock())
        publishing.publish(tx, here, home.clock())

    await decide(home, "awards.edit")
    await home.database.write(twice)
    await home.laurel.settle()

    assert 1 == len(digests(home))
    assert 2 == (await head(home)).row


@pytest.mark.parametrize("tag", ["en", "es"])
def test_every_decision_has_words_of_its_own(tag: str) -> None:
    """The name of a row is for programs."""
    catalogue = Catalogue.load(LOCALES)
    names = [action.replace(".", "-") for action in service.DECISIONS]
    spoken = {
        name: "".join(
            str(part.content)
            for part in catalogue.speak(phrase("audit.act", act=name), tag)
        )
        for name in names
    }

    assert [] == [name for name, words in spoken.items() if name in words]
    assert len(names) == len(set(spoken.values()))
