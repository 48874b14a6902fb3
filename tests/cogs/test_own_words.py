"""A community's own words where shoutouts are posted, and in previews of them."""

from __future__ import annotations

import json

import pytest

from bot.chat.message import Action
from bot.domain.community import Level, Privacy
from bot.domain.people import Role
from storage import communities, members, shoutouts, templates
from storage.database import Transaction
from storage.templates import Edit, TemplateRef
from tests.cogs.wording import DOCS, OURS, chosen, give, saved, written
from tests.faults import down
from tests.harness import COMMUNITY, Community

BROKEN = "{{ receivers }} {{ reason }} {{ zebra }}"
"""What could be kept before the rules became tighter."""


async def prefer(
    home: Community, name: str, level: Level = Level.PUBLIC, *, previews: bool = False
) -> None:
    """Have somebody choose how far they are seen."""

    def change(tx: Transaction) -> None:
        here = communities.get(tx, COMMUNITY)
        member = members.meet(tx, here, home.person(name), home.clock())
        members.prefer(tx, member, Privacy(level), previews=previews)

    await home.database.write(change)


def _newest(tx: Transaction) -> list[int]:
    """Return which of the first two shoutouts is looked at for a preview."""
    found = shoutouts.newest(tx, communities.get(tx, COMMUNITY), 100)
    return [number for number in found if number <= 2]


def _add_value(tx: Transaction, home: Community) -> None:
    here = communities.get(tx, COMMUNITY)
    communities.change_values(tx, here, ("Care",), home.clock())


async def keep_unchecked(home: Community, source: str) -> None:
    """Keep words as an older Laurel may have."""
    home.person("Mo", Role.MODERATOR)

    def keep(tx: Transaction) -> None:
        here = communities.get(tx, COMMUNITY)
        mo = members.meet(tx, here, home.person("Mo"), home.clock())
        ref = TemplateRef(here, "shoutouts.card", "en")
        last = templates.latest(tx, ref)
        edit = Edit(source, mo.key, last.number if last else 0, home.clock())
        assert templates.keep(tx, ref, edit)

    await home.database.write(keep)


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_what_one_starts_from_is_what_laurel_says(
    home: Community, locale: str
) -> None:
    """Saved as it stands, it changes no word of a post."""
    await home.settings(locale=locale)
    await give(home, "Ana", "Ben", "Cleo")
    home.person("Mo", Role.MODERATOR)
    listed = await home.type("Mo", "template edit")
    form = await home.press("Mo", listed, "Shoutouts")
    shown = await home.fill_in("Mo", form)
    assert (await home.press("Mo", shown, "Save")).text.startswith("Shoutouts")
    await give(home, "Dai", "Elif", "Femi")

    before, after = home.posts()
    for was, now in (("Ana", "Dai"), ("Ben", "Elif"), ("Cleo", "Femi")):
        before = before.replace(was, now)
    assert before == after


async def test_what_the_words_say_is_not_said_below_again(home: Community) -> None:
    """Whose first time it is, and for which value, stands in one place."""
    await saved(home, f"{OURS}{{% if first_time %}} Welcome!{{% endif %}}")
    await give(home, "Ana", "Ben")
    await saved(home, f"{OURS} {{{{ value }}}}")
    await home.database.write(_add_value, home)
    await give(home, "Cleo", "Dai", value="1")
    await saved(home, OURS)
    await give(home, "Elif", "Femi", value="1")

    named, unnamed, neither = home.posts()
    assert f"🎉 @Ben! @Ana says: {DOCS} Welcome!" in named.splitlines()
    assert "First time" not in named
    assert f"🎉 @Dai! @Cleo says: {DOCS} Care" in unnamed.splitlines()
    assert "@Dai, thanked here for the first time" in unnamed
    assert 1 == unnamed.count("Care")
    assert ["For", "Care"] == neither.splitlines()[2:4]


async def test_members_words_are_never_read_as_markup(home: Community) -> None:
    """A reason that looks like a template, or like bold letters, is a quote."""
    evil = "{{ giver }} **x** {% if value %} <!channel> @everyone"
    await saved(home, OURS)
    await give(home, "Ana", "Ben", why=evil)

    assert f"🎉 @Ben! @Ana says: {evil}" in home.posts()[0].splitlines()


async def test_words_that_come_to_nothing_are_laurels(home: Community) -> None:
    """A post is never empty, and a preview says so before."""
    nothing = "{% if value %}{{ receivers }} {{ reason }}{% endif %}"
    await give(home, "Ana", "Ben")
    preview = await written(home, nothing)
    await home.press("Mo", preview, "Save")
    await give(home, "Cleo", "Dai")

    assert f"@Ana thanks @Ben: “{DOCS}”" in preview.text
    assert f"@Cleo thanks @Dai: “{DOCS}”" in home.posts()[1]


async def test_words_that_fail_are_laurels_and_moderators_hear_once(
    home: Community,
) -> None:
    """For each version that fails, wherever moderators are told things."""
    await home.settings(moderators=home.channel("mods"))
    await keep_unchecked(home, BROKEN)
    await give(home, "Ana", "Ben")
    await give(home, "Cleo", "Dai")
    (told,) = home.posts("mods")
    assert "Shoutouts: your own words can\u2019t be used" in told
    assert "Line 1: nothing here is called “zebra”" in told
    await keep_unchecked(home, f"{BROKEN} again")
    await give(home, "Elif", "Femi")

    assert [True] * 3 == [" thanks @" in post for post in home.posts()]
    assert 2 == len(home.posts("mods"))
    preview = await chosen(home, "preview")
    assert "own words can\u2019t be used at the moment" in preview.text
    assert f"@Elif thanks @Femi: “{DOCS}”" in preview.text
    await saved(home, OURS)
    await give(home, "Gus", "Hana")
    assert "🎉 @Hana!" in home.posts()[3]


async def test_nobody_is_told_where_there_is_no_moderators_channel(
    home: Community,
) -> None:
    """The post goes out all the same."""
    await keep_unchecked(home, BROKEN)
    await give(home, "Ana", "Ben")

    assert 1 == len(home.platform.posts)


async def test_a_giver_sees_the_words_before_they_post(home: Community) -> None:
    """Those of the wall where it is public, and Laurel's where it is private."""
    await saved(home, f"{OURS} {{{{ first_time }}}}")
    await prefer(home, "Ana", previews=True)
    public = await give(home, "Ana", "Ben")
    private = await give(home, "Ana", "Cleo", private=True)
    await home.press("Ana", public, "Post it")

    line = f"🎉 @Ben! @Ana says: {DOCS} @Ben"
    assert line in public.text.splitlines()
    assert line in home.posts()[0].splitlines()
    assert f"@Ana thanks @Cleo: “{DOCS}”" in private.text


async def test_the_test_post_shows_the_words_of_the_drafted_language(
    home: Community,
) -> None:
    """As the wall would show it once the sheet is saved."""
    await saved(home, OURS)
    home.person("Ada", Role.ADMIN)
    sheet = await home.type("Ada", "laurel setup")
    ours = await home.press("Ada", sheet, "Test post")
    form = await home.press("Ada", sheet, "Language and time zone")
    sheet = await home.fill_in("Ada", form, tongue="es")
    theirs = await home.press("Ada", sheet, "Test post")

    assert "🎉 @Ada! @Ada says: " in ours.text
    assert "🎉" not in theirs.text
    assert "@Ada thanks @Ada: “por configurar Laurel con cuidado" in theirs.text


async def test_what_waits_is_redrawn_in_the_words_in_force(home: Community) -> None:
    """Whoever hides is gone from it, and nothing else is different."""
    await saved(home, f"{OURS} {{{{ first_time }}}}")
    up = home.platform.fault
    home.platform.fault = down
    await give(home, "Ana", "Ben", "Cleo")
    hide = Action("privacy.level", ("private",))
    assert not (await home.do(home.call("Cleo"), hide, None)).refused
    home.platform.fault = up
    await home.wait(minutes=10)

    (post,) = home.posts()
    assert f"🎉 @Ben! @Ana says: {DOCS} @Ben" in post.splitlines()
    assert "Cleo" not in post


async def test_a_preview_goes_through_the_last_twenty(home: Community) -> None:
    """The newest first, page by page, each of them once."""
    await home.settings(pair_cooldown_h=0)
    for number in range(23):
        why = f"Deed number {number:02}, which took all of a long afternoon."
        await give(home, f"Giver {number}", "Ben", why=why)
    page = await written(home, f"{OURS} " + "Thank you for that. " * 20)
    seen: list[str] = []
    pages = 1
    while True:
        seen += [d for d in range_of_deeds() if d in page.text]
        assert f"Page {pages} of " in page.text
        if "templates.older" not in str(page.message):
            break
        page = await home.press("Mo", page, "Older")
        pages += 1

    newest_first = [f"Deed number {n:02}" for n in range(22, 2, -1)]
    assert sorted(newest_first) == sorted(seen)
    assert "the last 20" in page.text
    assert pages >= 3
    back = await home.press("Mo", page, "Newer")
    assert f"Page {pages - 1} of {pages}" in back.text
    looked = await chosen(home, "preview")
    firsts = [line for line in looked.text.splitlines() if "Deed number" in line]
    assert "Deed number 22" in firsts[0]
    assert "Deed number 21" in firsts[1]


def range_of_deeds() -> list[str]:
    """Return every deed that was thanked for."""
    return [f"Deed number {n:02}" for n in range(23)]


async def test_previews_show_what_everybody_may_see(home: Community) -> None:
    """Nothing private, nothing taken back, nobody who hides, and no erased words."""
    await give(home, "Ana", "Ben", "Cleo", why="In public, for the soup.")
    await give(home, "Dai", "Elif", why="Between us, for the tea.", private=True)
    taken = await give(home, "Femi", "Gus", why="Taken back, for the bread.")
    await home.press("Femi", taken, "Undo until")
    await give(home, "Hana", "Ida", why="Hidden later, for the cake.")
    await give(home, "Jo", "Kim", why="Of a giver who hides, the rice.")
    await give(home, "Lu", "Max", why="Of somebody erased, the salt.")
    for hidden in ("Cleo", "Ida", "Jo"):
        await home.do(home.call(hidden), Action("privacy.level", ("private",)), None)
    word = {"word": "ERASE"}
    assert not (await home.do(home.call("Lu"), Action("privacy.erase"), word)).refused

    preview = await chosen(home, "preview")

    assert "the one that there is" in preview.text
    assert [1] == await home.database.read(_newest)
    assert "@Ana thanks @Ben: “In public, for the soup.”" in preview.text
    for name in ("Cleo", "Dai", "Elif", "Femi", "Ida", "Jo", "Lu", "tea", "salt"):
        assert name not in preview.text


async def test_with_nothing_yet_one_is_made_up(home: Community) -> None:
    """In the reader's language, with nobody in it but who looks."""
    mo = home.person("Mo", Role.MODERATOR)
    preview = await chosen(home, "preview")

    assert "this one is made up" in preview.text
    assert f"@{mo.name} thanks @{mo.name}: “You stayed late" in preview.text


async def test_whose_first_time_it_was_is_known_later(home: Community) -> None:
    """A preview marks the first thanks, and not what came after."""
    await home.settings(pair_cooldown_h=0)
    await give(home, "Ana", "Ben", why="The first one, for the soup.")
    await give(home, "Cleo", "Ben", why="The next one, for the bread.")
    source = "{{ receivers }} {{ reason }}{% if first_time %} NEW{% endif %}"
    preview = await written(home, source)

    assert "@Ben The first one, for the soup. NEW" in preview.text.splitlines()
    assert "@Ben The next one, for the bread." in preview.text.splitlines()


async def test_the_longest_words_stay_within_every_limit(home: Community) -> None:
    """Three people with long names who say what they do, and words without end."""
    names = [f"{letter}{'y' * 35}" for letter in "ABC"]
    for name in names:
        about = {"line": "w" * 80, "link": f"https://{'x' * 100}.org"}
        await home.do(home.call(name), Action("members.about"), about)
    await saved(home, f"{OURS} {{{{ first_time }}}}" + " {{ reason }}" * 40)
    await give(home, "D" * 79, *names, why="z" * 500)

    (post,) = home.posts()
    assert "…" in post
    assert not (await chosen(home, "preview")).refused


async def test_the_audit_holds_no_words(home: Community) -> None:
    """What was decided is told by numbers."""
    await saved(home, f"{OURS} Secret word.")

    def read(tx: Transaction) -> list[str]:
        return [
            json.dumps(dict(row), default=str) for row in tx.all("SELECT * FROM audit")
        ]

    assert not any("Secret" in row for row in await home.database.read(read))
