"""A member's own page, through the doors that members use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat import zones
from bot.chat.message import Message
from bot.chat.text import Quote
from bot.domain.community import Privacy
from storage import audit, communities, members
from storage.database import Transaction
from tests.harness import Community, Reply

DOCS = "You rewrote the guide, and I understood it at last."


async def thank(
    home: Community, giver: str, *to: str, why: str = DOCS, **more: object
) -> Reply:
    people = tuple(map(home.person, to))
    done = await home.type(giver, "shoutout", to=people, why=why, **more)
    assert not done.refused, done.text
    return done


async def me(home: Community, who: str) -> str:
    return (await home.type(who, "laurel me")).text


def facts(message: Message, home: Community) -> dict[str, str]:
    """Return the facts on the card, in words."""
    speech = home.platform.speech("en")
    return {
        speech.plain(fact.label): speech.plain(fact.value).replace("\u202f", " ")
        for node in message.nodes
        for fact in getattr(node, "facts", ())
    }


async def test_a_newcomer_is_told_how_to_begin(home: Community) -> None:
    """Nothing counts yet, the whole allowance is there, and /shoutout is named."""
    reply = await home.type("Ana", "laurel me")

    assert {
        "Received": "Not yet",
        "Given": "Not yet",
        "Left to give": "5 of 5 people today. A new day begins Sat, Mar 7, 12:00 AM.",
        "What you do": "Nothing is said yet. A line can stand beside thanks to you.",
        "Your time zone": "UTC, as for the whole community",
        "Your quiet hours": "None, so Laurel writes to you at any time",
        "Preview before posting": "Off: a shoutout is posted at once",
    } == facts(reply.message, home)
    assert "try /shoutout" in reply.text


async def test_it_counts_what_was_given_and_received(home: Community) -> None:
    """Public thanks are counted both ways, and those given lessen the allowance."""
    await thank(home, "Ana", "Ben", "Cleo")
    await thank(home, "Dai", "Ana")
    seen = facts((await home.type("Ana", "laurel me")).message, home)

    assert ("Once", "2 times") == (seen["Received"], seen["Given"])
    assert seen["Left to give"].startswith("3 of 5 people today.")


async def test_private_thanks_are_there_and_counted_apart(home: Community) -> None:
    """They count nowhere in public, but their receiver finds them."""
    await thank(home, "Dai", "Ana", private=True)
    reply = await home.type("Ana", "laurel me")
    seen = facts(reply.message, home)

    assert ("Not yet", "Once") == (seen["Received"], seen["Received in private"])
    assert f"@Dai, Fri, Mar 6, just between you two: “{DOCS}”" in reply.text


async def test_the_last_five_are_shown_newest_first(home: Community) -> None:
    """Older ones, and those taken back, are left out."""
    givers = ("Ben", "Cleo", "Dai", "Elif", "Femi", "Gus")
    for giver in givers:
        await thank(home, giver, "Ana", why=f"{giver} thanks you for the guide.")
        home.clock.move(minutes=1)
    await home.press("Hana", await thank(home, "Hana", "Ana"), "Undo until")
    text = await me(home, "Ana")

    shown = sorted(givers, key=lambda giver: text.find(f"@{giver},"))
    assert ["Ben", "Gus", "Femi", "Elif", "Dai", "Cleo"] == shown
    assert "@Ben," not in text
    assert "@Hana," not in text


async def test_long_words_still_fit_the_page(home: Community) -> None:
    """Five of the longest shoutouts stay within every platform's limits."""
    for giver in ("Ben", "Cleo", "Dai", "Elif", "Femi"):
        await thank(home, giver, "Ana", why="so glad of it " * 35)

    assert 5 == (await me(home, "Ana")).count("…”")


async def test_nobody_sees_anothers_page(home: Community) -> None:
    """It is a private answer about the one who asks."""
    await thank(home, "Dai", "Ana")

    assert DOCS not in await me(home, "Ben")
    assert home.laurel.table.routes["members.me"].private


async def test_a_zone_takes_effect_after_the_later_midnight(home: Community) -> None:
    """The page says from when on; until then the old one is in force."""
    form = await home.press("Ana", await home.type("Ana", "laurel me"), "Change my")
    moved = await home.fill_in("Ana", form, zone="America/New_York")

    until = "UTC; America/New_York from Sat, Mar 7, 5:00 AM"
    assert until == facts(moved.message, home)["Your time zone"]
    home.clock.move(hours=13)
    before = facts((await home.type("Ana", "laurel me")).message, home)
    assert "UTC; America/New_York from 5:00 AM" == before["Your time zone"]
    home.clock.move(hours=2)
    after = facts((await home.type("Ana", "laurel me")).message, home)
    assert "America/New_York" == after["Your time zone"]


async def test_moving_about_renews_no_allowance(home: Community) -> None:
    """However often a member moves, a day's allowance is for a day."""
    for name in ("Ben", "Cleo", "Dai", "Elif", "Femi"):
        await thank(home, "Ana", name)
    for zone in ("Pacific/Auckland", "Pacific/Honolulu", "Pacific/Kiritimati"):
        form = await home.press("Ana", await home.type("Ana", "laurel me"), "Change my")
        await home.fill_in("Ana", form, zone=zone)
        seen = facts((await home.type("Ana", "laurel me")).message, home)
        assert seen["Left to give"].startswith("Nobody more today.")


async def test_moving_is_audited_without_saying_where(home: Community) -> None:
    """Who moved is on record, once; where to is their own affair."""
    form = await home.press("Ana", await home.type("Ana", "laurel me"), "Change my")
    await home.fill_in("Ana", form, city="Madrid")
    await home.fill_in("Ana", form, city="Madrid")

    rows = await home.database.read(
        lambda tx: [tuple(r) for r in tx.all("SELECT action, detail FROM audit")]
    )
    assert [("members.move", "{}")] == rows
    broken = await home.database.read(
        lambda tx: audit.first_broken(tx, communities.get(tx, home.ref))
    )
    assert broken is None


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("madrid", "Europe/Madrid"),
        ("São Paulo", "America/Sao_Paulo"),
        ("america/argentina/buenos aires", "America/Argentina/Buenos_Aires"),
        ("Port-au-Prince", "America/Port-au-Prince"),
        ("utc", "UTC"),
        ("Kathmandu", "Asia/Kathmandu"),
    ],
)
async def test_a_city_can_be_typed(home: Community, typed: str, zone: str) -> None:
    """Case, accents and the marks that stand for spaces do not matter."""
    form = await home.press("Ana", await home.type("Ana", "laurel me"), "Change my")
    moved = await home.fill_in("Ana", form, city=typed)

    assert zone in facts(moved.message, home)["Your time zone"]


@pytest.mark.parametrize(
    ("typed", "reason", "said"),
    [
        ("Madird", "common.refused-zone-near", "The nearest is Europe/Madrid."),
        ("Europe/Berlni", "common.refused-zone-near", "nearest is Europe/Berlin."),
        (
            "Xyzzy",
            "common.refused-zone",
            "“Xyzzy” is not a time zone",
        ),
        ("../../etc/passwd", "common.refused-zone", "not a time zone"),
        ("Etc/GMT+5", "common.refused-zone", "not a time zone"),
    ],
)
async def test_an_unknown_zone_is_refused(
    home: Community, typed: str, reason: str, said: str
) -> None:
    """The answer stands beside the field, with the nearest where one is near."""
    form = await home.press("Ana", await home.type("Ana", "laurel me"), "Change my")
    refused = await home.fill_in("Ana", form, city=typed)

    assert (reason, "city") == (refused.reason, refused.at)
    assert said in refused.text
    assert "as for the whole community" in await me(home, "Ana")


async def test_neither_picked_nor_typed_is_asked_again(home: Community) -> None:
    """An empty form changes nothing."""
    form = await home.press("Ana", await home.type("Ana", "laurel me"), "Change my")

    assert "common.answer-missing" == (await home.fill_in("Ana", form)).reason


async def test_zones_are_offered_with_the_time_that_it_is_there(
    home: Community,
) -> None:
    """The member's and the community's come first; typed words narrow the list."""
    await home.settings(zone=communities.zone_of("Asia/Kathmandu"))
    suggest = home.laurel.dispatcher.suggest
    offered = await suggest("members.zones", home.call("Ana"), "")
    typed = await suggest("members.zones", home.call("Ana"), "sao pau")

    assert 25 == len(offered)
    assert "Asia/Kathmandu" == offered[0].value
    assert ["America/Sao_Paulo"] == [each.value for each in typed]
    label = typed[0].label
    assert not isinstance(label, Quote)
    plain = home.platform.speech("en").plain(label)
    assert "America/Sao_Paulo, now 12:00" == plain


def test_every_zone_offered_can_be_chosen() -> None:
    """What a lookup finds, the form takes; the best fit comes first."""
    offered = [name for letter in "aeiou" for name in zones.search(letter, ())]

    assert offered
    assert offered == [zones.resolve(name, "zone").key for name in offered]
    assert "Europe/London" == zones.search("lond", ())[0]
    assert [] == zones.search("nowhere at all", ())


async def test_previews_are_switched_on_and_off(home: Community) -> None:
    """On, a shoutout is shown before it is posted; a button pressed twice is one."""
    page = await home.type("Ana", "laurel me")
    on = await home.press("Ana", page, "Show me a preview")
    await home.press("Ana", page, "Show me a preview")
    shown = await thank(home, "Ana", "Ben")

    assert "On: you see a shoutout" in on.text
    assert "This is how it will look" in shown.text
    assert [] == home.posts()
    off = await home.press("Ana", on, "Post without a preview")
    assert "Off: a shoutout is posted at once" in off.text


async def test_previews_leave_privacy_alone(home: Community) -> None:
    """One choice does not undo another."""

    def hide(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        ana = members.meet(tx, here, home.person("Ana"), home.clock())
        members.prefer(tx, ana, Privacy(on_boards=False), previews=False)

    def kept(tx: Transaction) -> Privacy:
        here = communities.get(tx, home.ref)
        return members.meet(tx, here, home.person("Ana"), home.clock()).privacy

    await home.database.write(hide)
    await home.press("Ana", await home.type("Ana", "laurel me"), "Show me a preview")

    assert Privacy(on_boards=False) == await home.database.write(kept)


async def test_being_named_by_others_forgets_no_language(home: Community) -> None:
    """A platform tells which language somebody reads where they act themselves."""
    ana = replace(home.person("Ana"), locale="es")

    def met(tx: Transaction) -> str | None:
        here = communities.get(tx, home.ref)
        members.meet(tx, here, ana, home.clock())
        return members.meet(tx, here, replace(ana, locale=None), home.clock()).locale

    assert "es" == await home.database.write(met)


async def test_a_line_of_ones_own_stands_beside_thanks(home: Community) -> None:
    """With an address as text; empty takes it away again."""
    page = await home.type("Ben", "laurel me")
    form = await home.press("Ben", page, "What I do")
    told = await home.fill_in(
        "Ben", form, line="Letterpress cards, made to order", link="example.org/cards"
    )
    assert "Letterpress cards, made to order (https://example.org/cards)" in told.text

    await home.type("Ana", "shoutout", to=(home.person("Ben"),), why=DOCS)
    (post,) = home.posts()
    assert "What @Ben does\nLetterpress cards, made to order (https://" in post

    form = await home.press("Ben", told, "What I do")
    assert form.form.draft["line"] == "Letterpress cards, made to order"
    gone = await home.fill_in("Ben", form, line="", link="")
    assert "Nothing is said yet." in gone.text


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "http://example.org",
        "https://bank.example@evil.example/",
        "https://example.org:8443/",
        "https://\N{CYRILLIC SMALL LETTER IE}xample.org/",
        "example",
        "https://[::1]/",
        "https://exa mple.org",
    ],
)
async def test_an_address_that_could_pose_as_another_is_refused(
    home: Community, link: str
) -> None:
    """Scripts, plain http, users before the host, look-alike letters."""
    form = await home.press("Ben", await home.type("Ben", "laurel me"), "What I do")
    refused = await home.fill_in("Ben", form, line="Cards", link=link)

    assert (refused.reason, refused.at) == ("members.refused-link", "link")


async def test_an_address_needs_a_line(home: Community) -> None:
    """Nobody can tell from an address alone what it is for."""
    form = await home.press("Ben", await home.type("Ben", "laurel me"), "What I do")
    refused = await home.fill_in("Ben", form, line="", link="example.org")

    assert (refused.reason, refused.at) == ("members.refused-link-alone", "line")
