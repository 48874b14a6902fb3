"""Words of a community's own, through the doors that moderators use."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest

from bot.chat.message import Action, Select
from bot.domain.people import Role
from bot.features import TEMPLATES
from bot.pages.spec import Template
from storage import audit, communities, templates
from storage.database import Transaction
from storage.templates import TemplateRef, Version
from tests.cogs.wording import (
    DOCS,
    OURS,
    START,
    chosen,
    give,
    opened,
    saved,
    written,
)
from tests.harness import COMMUNITY, Community, Reply


def _versions(tx: Transaction) -> list[Version]:
    here = communities.get(tx, COMMUNITY)
    ref = TemplateRef(here, "shoutouts.card", "en")
    return list(templates.history(tx, ref, 100))


def _audited(tx: Transaction) -> list[tuple[str, str, object]]:
    rows = tx.all("SELECT * FROM audit WHERE action LIKE 'templates.%' ORDER BY id")
    return [(r["action"], r["ref"], json.loads(r["detail"])) for r in rows]


def _whole(tx: Transaction) -> bool:
    return audit.first_broken(tx, communities.get(tx, COMMUNITY)) is None


async def in_force(home: Community) -> str | None:
    """Return the words in force."""
    found = await home.database.read(_versions)
    return found[0].source if found else None


def labels(said: Reply) -> list[str]:
    """Return what every button and option does."""
    return [action.route.partition(".")[2] for action in said.message.actions()]


async def test_moderators_see_what_they_can_say_differently(home: Community) -> None:
    """Each with what is in force, the language, and the names that are filled in."""
    home.person("Mo", Role.MODERATOR)
    listed = await home.type("Mo", "template edit")

    assert (
        "In Laurel\u2019s own words. What can be named: giver, receivers,"
        in listed.text
    )
    assert "for public posts in English" in listed.text
    form = (await home.press("Mo", listed, "Shoutouts")).form
    assert {"source": START} == form.draft


async def test_words_are_seen_before_they_are_saved_and_hold_afterwards(
    home: Community,
) -> None:
    """A preview with the last real one, one press, and the next post says it."""
    await give(home, "Ana", "Ben")
    shown = await written(home, OURS)

    assert f"🎉 @Ben! @Ana says: {DOCS}" in shown.text
    assert "the one that there is" in shown.text
    assert ["save", "again", "drop"] == labels(shown)
    assert await in_force(home) is None

    done = await home.press("Mo", shown, "Save")
    await give(home, "Cleo", "Dai")

    assert "Saved. From now on, this is what Laurel says." in done.text
    before, after = home.posts()
    assert f"@Ana thanks @Ben: “{DOCS}”" in before
    assert f"🎉 @Dai! @Cleo says: {DOCS}" in after.splitlines()
    assert "In the words of @Mo" in (await home.type("Mo", "template edit")).text
    assert {"source": OURS} == (await opened(home)).form.draft


async def test_a_draft_can_be_changed_or_dropped(home: Community) -> None:
    """What was typed stands in the form again; what is dropped is gone."""
    shown = await written(home, OURS)
    form = await home.press("Mo", shown, "Change")
    assert {"source": OURS} == form.form.draft
    shown = await home.fill_in("Mo", form, source=f"{OURS} Well done.")
    assert "Well done." in shown.text

    dropped = await home.press("Mo", shown, "Drop")
    late = await home.press("Mo", shown, "Save")

    assert "Dropped. Everything is said as before." == dropped.text
    assert "common.draft-gone" == late.reason
    assert await in_force(home) is None


async def test_all_that_is_wrong_is_told_at_once_line_by_line(
    home: Community,
) -> None:
    """With the lines themselves, and a form that holds what was typed."""
    wrong = "Hello {{ zebra }}\n{{ giver }}\n{{ receivers.name }} {{ reason|upper }}"
    told = await written(home, wrong)

    assert "Shoutouts: 3 things are in the way" in told.text
    assert "Line 1: nothing here is called “zebra”" in told.text
    assert "Line 3: “receivers” has no parts" in told.text
    assert "Line 3: “upper” can\u2019t stand behind a bar" in told.text
    assert "1: Hello {{ zebra }}\n3: {{ receivers.name }}" in told.text
    assert "is kept for a day" in told.text
    assert ["again", "drop"] == labels(told)
    again = await home.press("Mo", told, "Edit again")
    assert {"source": wrong} == again.form.draft
    mended = await home.fill_in("Mo", again, source=OURS)
    assert ["save", "again", "drop"] == labels(mended)


async def test_what_must_be_told_cannot_be_left_out(home: Community) -> None:
    """Thanks without whom and what for would be nothing."""
    told = await written(home, "Somebody did something, thanks to {{ giver }}.")

    assert "Without {{ reason }}, {{ receivers }}, what was meant" in told.text
    assert ["again", "drop"] == labels(told)


HOSTILE = {
    "grows": "{{ 'a' * 10**8 }}",
    "never ends": "{{ 9**(9**9) }}",
    "calls": "{{ giver.__class__() }}",
    "attribute": "{{ giver.__class__.__mro__ }}",
    "function": "{{ receivers.append(1) }}",
    "method": "{{ reason.format(1) }}",
    "loop in a loop": "{% for a in receivers %}{% for b in receivers %}{{ b }}"
    "{% endfor %}{% endfor %}",
    "loop of a range": "{% for a in range(10**9) %}x{% endfor %}",
    "recursion": "{% for a in receivers recursive %}{{ loop(a) }}{% endfor %}",
    "endless macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "include": "{% include '/etc/passwd' %}",
    "config": "{{ config }}{{ self }}{{ cycler }}",
    "unclosed": "{{ giver",
    "a loop left open": "{% for a in receivers %}{{ a }}",
    "deep": "{{ " + "(" * 90 + "giver" + ")" * 90 + " }}",
    "many": "{{ giver }}" * 101,
    "a lot in a tag": "{% if " + "not " * 200 + "giver %}x{% endif %}",
    "comment": "{# " + "x" * 2_000 + " #}",
    "raw": "{% raw %}{{ giver }}{% endraw %}",
    "bold": "**" * 1_001,
    "everything": "{{ a }}{% b %}{{ c.d.e }}{{ f|g }}{# h #}{{ i() }}\n" * 30,
}


@pytest.mark.parametrize("each", HOSTILE)
@pytest.mark.parametrize("locale", ["en", "es"])
async def test_what_means_harm_is_told_and_never_kept(
    home: Community, each: str, locale: str
) -> None:
    """In words, at once, in each language, and not by a forged press either."""
    home.person("Mo", Role.MODERATOR, locale=locale)
    action = Action("templates.begin", ("shoutouts.card",))
    form = await home.do(home.call("Mo"), action, None)
    begun = time.thread_time()
    told = await home.fill_in("Mo", form, source=f"{OURS}\n{HOSTILE[each]}")
    draft = next(told.message.actions()).args

    assert time.thread_time() - begun < 1
    assert ["again", "drop"] == labels(told)
    forged = await home.do(home.call("Mo"), Action("templates.save", draft), None)
    assert forged.refused
    assert forged.text in told.text
    assert await in_force(home) is None


async def test_what_is_far_too_long_is_told_beside_the_form(home: Community) -> None:
    """A form takes 3,000 characters, which is said; ten million are answered too."""
    for source in ("x" * 3_001, "x" * 10_000_000, "{{ giver }} ü" * 900_000):
        told = await written(home, source)
        assert ("common.answer-long", "source") == (told.reason, told.at)
        assert "keep it to 3,000 characters" in told.text
    blank = await written(home, "\u200b \n")
    assert ("common.answer-blank", "source") == (blank.reason, blank.at)


async def test_words_as_long_as_a_form_takes_are_shown_and_kept(
    home: Community,
) -> None:
    """The post ends in an ellipsis within every limit, which the preview says."""
    source = f"{OURS} " + "word " * 580
    await give(home, "Ana", "Ben")
    shown = await written(home, source)
    assert "What is too long is cut here" in shown.text
    await home.press("Mo", shown, "Save")
    await give(home, "Cleo", "Dai")

    assert "…" in home.posts()[1]
    assert {"source": source.strip()} == (await opened(home)).form.draft


async def test_the_second_of_two_moderators_is_told(home: Community) -> None:
    """By whom, and nothing of theirs is lost; they can still go on."""
    mine = await written(home, f"{OURS} Mine.", "Mo")
    theirs = await written(home, f"{OURS} Theirs.", "Nia")
    await home.press("Nia", theirs, "Save")

    late = await home.press("Mo", mine, "Save")

    assert "@Nia saved other words" in late.text
    assert f"{OURS} Theirs." == await in_force(home)
    again = await home.press("Mo", late, "Go on with mine")
    assert "Mine." in again.text
    await home.press("Mo", again, "Save")
    assert f"{OURS} Mine." == await in_force(home)
    assert [2, 1] == [v.number for v in await home.database.read(_versions)]


async def test_a_draft_is_saved_once_and_by_its_owner_alone(home: Community) -> None:
    """A second press, and a press of somebody else, find no draft."""
    shown = await written(home, OURS)
    home.person("Nia", Role.MODERATOR)
    others = await home.press("Nia", shown, "Save")
    await home.press("Mo", shown, "Save")
    again = await home.press("Mo", shown, "Save")

    assert ("common.draft-gone",) * 2 == (others.reason, again.reason)
    assert 1 == len(await home.database.read(_versions))


async def test_laurels_own_words_come_back_and_ours_as_well(home: Community) -> None:
    """Reset is a version of its own, and what was said before can be had again."""
    await saved(home, OURS)
    asked = await chosen(home, "reset")
    assert "@Mo thanks @Mo" in asked.text
    done = await home.press("Mo", asked, "Use Laurel\u2019s own words")
    await give(home, "Ana", "Ben")

    assert "From now on, Laurel says this in its own words." in done.text
    assert f"@Ana thanks @Ben: “{DOCS}”" in home.posts()[0]
    assert await in_force(home) is None

    asked = await chosen(home, "reset")
    assert "in its own words already" in asked.text
    assert ["earlier"] == labels(asked)
    form = await home.press("Mo", asked, "No. 1, from Fri, Mar 6")
    assert {"source": OURS} == form.form.draft
    shown = await home.fill_in("Mo", form)
    await home.press("Mo", shown, "Save")
    assert OURS == await in_force(home)
    assert [
        ("templates.edit", "templates:shoutouts.card:en", {"version": 1}),
        ("templates.reset", "templates:shoutouts.card:en", {"version": 2}),
        ("templates.edit", "templates:shoutouts.card:en", {"version": 3}),
    ] == await home.database.read(_audited)
    assert await home.database.read(_whole)


async def test_a_reset_does_not_undo_what_nobody_saw(home: Community) -> None:
    """Whoever presses it after another edit is told, and sees what holds now."""
    await saved(home, OURS)
    asked = await chosen(home, "reset")
    await saved(home, f"{OURS} Newer.", "Nia")

    late = await home.press("Mo", asked, "Use Laurel\u2019s own words")
    seen = await home.press("Mo", late, "See what is said now")

    assert "@Nia saved other words" in late.text
    assert "Newer." in seen.text
    assert f"{OURS} Newer." == await in_force(home)
    asked = await chosen(home, "reset")
    await home.press("Mo", asked, "Use Laurel\u2019s own words")
    twice = await home.press("Mo", asked, "Use Laurel\u2019s own words")
    assert "in its own words" in twice.text
    assert 3 == len(await home.database.read(_versions))


async def test_each_language_has_words_of_its_own(home: Community) -> None:
    """Ours hold in one; a draft in the other is not saved into the wrong one."""
    await saved(home, OURS)
    late = await written(home, f"{OURS} More.")
    await home.settings(locale="es")
    await give(home, "Ana", "Ben")

    assert f"@Ana da las gracias a @Ben: «{DOCS}»" in home.posts()[0]
    refused = await home.press("Mo", late, "Save")
    assert "templates.other-language" == refused.reason
    form = (await opened(home)).form
    laurels = "{{ giver }} da las gracias a {{ receivers }}: «{{ reason }}»"
    assert {"source": laurels} == form.draft
    await home.settings(locale="en")
    await give(home, "Cleo", "Dai")
    assert "🎉 @Dai!" in home.posts()[1]


@pytest.mark.parametrize("word", ["edit", "preview", "reset"])
async def test_only_moderators_choose_words(home: Community, word: str) -> None:
    """Neither the command nor a button works for anybody else."""
    which = {} if word == "edit" else {"which": "shoutouts.card"}
    typed = await home.type("Ana", f"template {word}", **which)
    shown = await written(home, OURS)
    pressed = await home.press("Ana", shown, "Save")

    assert ("common.only-moderator",) * 2 == (typed.reason, pressed.reason)


async def test_what_there_is_not_is_no_template(home: Community) -> None:
    """Typed, by a forged button, or a version that never was."""
    home.person("Mo", Role.MODERATOR)
    typed = await home.type("Mo", "template preview", which="../../etc/passwd")
    assert ("common.answer-unknown", "which") == (typed.reason, typed.at)
    for route, args, reason in (
        ("begin", ("recaps.never",), "common.unknown-button"),
        ("look", ("x" * 50, 0), "common.unknown-button"),
        ("restore", ("", 0), "common.unknown-button"),
        ("earlier", ("shoutouts.card", 7), "templates.no-version"),
        ("page", ("nobodys", 2**62), "common.draft-gone"),
    ):
        action = Action(f"templates.{route}", args)
        assert reason == (await home.do(home.call("Mo"), action, None)).reason
    far = Action("templates.look", ("shoutouts.card", 2**62))
    assert not (await home.do(home.call("Mo"), far, None)).refused


async def test_whoever_is_erased_is_no_longer_named(home: Community) -> None:
    """What the community says stays, and what they wrote before is gone."""
    await saved(home, OURS)
    await saved(home, f"{OURS} Newer.")

    word = {"word": "ERASE"}
    assert not (await home.do(home.call("Mo"), Action("privacy.erase"), word)).refused
    home.person("Nia", Role.MODERATOR)
    listed = await home.type("Nia", "template edit")
    asked = await chosen(home, "reset", "Nia")

    assert "In your own words." in listed.text
    assert "@Mo" not in listed.text
    assert f"{OURS} Newer." == await in_force(home)
    assert not any(isinstance(n, Select) for n in asked.message.nodes)


async def test_moderators_read_it_in_their_own_language(home: Community) -> None:
    """The words themselves stay in the language of public posts."""
    mo = home.person("Mo", Role.MODERATOR)
    home.people["Mo"] = replace(mo, locale="es")
    listed = await home.type("Mo", "template edit")
    form = await home.press("Mo", listed, "Reconocimientos")
    assert {"source": START} == form.form.draft
    told = await home.fill_in("Mo", form, source="{{ zebra }}")

    assert "lo que se publica en inglés" in listed.text
    assert "Línea 1: aquí nada se llama “zebra”" in told.text


@pytest.mark.parametrize("each", TEMPLATES, ids=lambda each: each.spec.name)
@pytest.mark.parametrize("locale", ["en", "es"])
async def test_whatever_can_be_edited_can_be_tried_at_once(
    home: Community, each: Template, locale: str
) -> None:
    """Before anything happened: shown, taken as it is, saved, and taken back."""
    home.person("Mo", Role.MODERATOR, locale=locale)
    await home.settings(locale=locale)
    name = each.spec.name
    for word in ("preview", "reset"):
        assert not (await home.type("Mo", f"template {word}", which=name)).refused
    form = await home.do(home.call("Mo"), Action("templates.begin", (name,)), None)
    shown = await home.fill_in("Mo", form)
    assert ["save", "again", "drop"] == labels(shown)
    draft = next(shown.message.actions()).args
    done = await home.do(home.call("Mo"), Action("templates.save", draft), None)
    assert not done.refused
    back = Action("templates.restore", (name, 1))
    assert not (await home.do(home.call("Mo"), back, None)).refused
