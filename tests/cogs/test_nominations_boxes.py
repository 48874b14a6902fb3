"""What an award asks for, as boxes on the form of a nomination."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.chat.answering import label
from bot.chat.fields import Checks
from bot.chat.message import Action
from bot.chat.responses import Ask
from bot.domain.awards import (
    MAX_CRITERIA,
    MAX_CRITERION_CHARS,
    MAX_NAME_CHARS,
    Award,
    Criterion,
    Evidence,
)
from bot.domain.evidence import MAX_LINK_CHARS, MAX_LINKS
from bot.domain.nominations import MAX_WHY_CHARS
from storage import awards, communities
from storage.database import Transaction
from tests.cogs.nominating import (
    CRITERIA,
    LINK,
    OTHER,
    WHY,
    all_of,
    closed,
    edit_by,
    nominate,
    opened,
)
from tests.harness import Community


async def boxes(home: Community, who: str, form: Ask) -> dict[str, str]:
    """Return the boxes of a form, as whoever opened it reads them."""
    (asked,) = (
        each
        for each in home.laurel.table.routes[form.action.route].fields
        if isinstance(each, Checks)
    )
    carried, suggest = str(form.action.args[0]), home.laurel.dispatcher.suggest
    found = await suggest(asked.lookup, home.call(who), carried)
    speech = home.platform.speech(home.call(who).locale)
    return {each.value: label(each, speech) for each in found}


async def test_the_form_shows_what_the_award_asks_for(home: Community) -> None:
    """Each item is a box; what is ticked is what is kept."""
    award = await opened(home, criteria=CRITERIA)

    asked = await nominate(home, "Ana", "Ben", award)
    assert {
        "0": "Taught others",
        "1": "Built something · takes a link",
        "2": "Stayed calm · a link helps",
    } == await boxes(home, "Ana", asked.form)
    assert {"who": home.person("Ben"), "why": WHY} == asked.form.draft
    assert [] == await all_of(home, award)
    sent = await home.fill_in("Ana", asked, met=("2",))

    assert sent.text.startswith("@Ben is nominated for Kind soul.")
    (candidacy,) = await all_of(home, award)
    assert (2,) == candidacy.nominations[0].met


@pytest.mark.parametrize("way", ["begin", "begin-for", "post"])
async def test_where_the_award_is_known_the_form_is_its_own(
    home: Community, way: str
) -> None:
    """From the only one that is open, and from the post that tells of it."""
    award = await opened(home, criteria=CRITERIA)
    if way == "post":
        await closed(home, award)
        await home.type("Mo", "award open", which=str(award.id))
        posts = home.standing(home.channel("wall"))
        (post,) = (each for each in posts if list(each.message.actions()))
        form = await home.press("Ana", post, "Nominate")
    else:
        args = (award.id,) if way == "begin-for" else ()
        act = Action(f"nominations.{way}", args)
        form = await home.do(home.call("Ana"), act, None)

    assert 3 == len(await boxes(home, "Ana", form.form))
    done = await home.fill_in("Ana", form, who=home.person("Ben"), why=WHY, met=("0",))
    assert done.text.startswith("@Ben is nominated for Kind soul.")


async def test_boxes_of_a_round_that_is_over_are_asked_anew(home: Community) -> None:
    """What was ticked meant other items, so the form comes again with the new ones."""
    award = await opened(home, criteria=CRITERIA)
    old = await nominate(home, "Ana", "Ben", award)
    await closed(home, award)
    newer = (Criterion("Brought cake"),)
    await home.database.write(_opened_anew, home, award, newer)

    again = await home.fill_in("Ana", old, met=("2",))
    assert {"0": "Brought cake"} == await boxes(home, "Ana", again.form)
    assert {"who": home.person("Ben"), "why": WHY} == again.form.draft
    assert not (await home.fill_in("Ana", again, met=("0",))).refused


def _opened_anew(
    tx: Transaction, home: Community, award: Award, asked: tuple[Criterion, ...]
) -> None:
    here = communities.get(tx, home.ref)
    known = awards.get(tx, here, award.id)
    assert known is not None
    edit = edit_by(tx, home, here)
    standard = replace(known.standard, criteria=asked)
    edited = awards.edit(tx, here, known, known.name, standard, edit)
    awards.open_round(tx, here, edited, None, edit)


async def test_a_form_refuses_beside_the_field(home: Community) -> None:
    """With nothing ticked, or no link where one is needed; what is typed stays."""
    award = await opened(home, criteria=CRITERIA)
    form = await nominate(home, "Ana", "Ben", award)

    unticked = await home.fill_in("Ana", form)
    assert ("nominations.refused-unticked", "met") == (unticked.reason, unticked.at)
    bare = await home.fill_in("Ana", form, met=("0", "1"))
    assert ("nominations.refused-evidence", "links") == (bare.reason, bare.at)
    assert "“Built something”" in bare.text
    made_up = await home.fill_in("Ana", form, met=("3",))
    assert ("common.answer-unknown", "met") == (made_up.reason, made_up.at)
    private = await home.fill_in("Ana", form, met=("0",), links="http://10.0.0.1/kiln")
    refused = (private.reason, private.at)
    assert ("nominations.refused-link-private", "links") == refused
    assert [] == await all_of(home, award)
    sent = await home.fill_in("Ana", form, met=("2", "0", "1"), links=LINK)

    assert not sent.refused
    (candidacy,) = await all_of(home, award)
    said = candidacy.nominations[0]
    assert (WHY, (LINK,), (0, 1, 2)) == (said.words, said.links, said.met)


async def test_what_is_ticked_is_changed_on_the_same_boxes(home: Community) -> None:
    """What stands is on the sheet, and its form holds what was ticked."""
    award = await opened(home, criteria=CRITERIA)
    form = await nominate(home, "Ana", "Ben", award)
    receipt = await home.fill_in("Ana", form, met=("0", "2"), links=LINK)
    sheet = await home.press("Ana", receipt, "Change")
    assert "1 · ✓ ticked\nTaught others" in sheet.text
    assert "2 · not ticked\nBuilt something · with a link that shows it" in sheet.text

    change = await home.press("Ana", sheet, "Change it")
    assert {"why": WHY, "links": LINK, "met": ("0", "2")} == change.form.draft
    assert 3 == len(await boxes(home, "Ana", change.form))
    worded = await home.fill_in("Ana", change, why=OTHER, met=("1",))
    assert "To be seen at https://example.org/kiln" in worded.text
    assert not (await home.press("Ana", worded, "Replace what stands")).refused

    (candidacy,) = await all_of(home, award)
    said = candidacy.nominations[0]
    assert (OTHER, (LINK,), (1,)) == (said.words, said.links, said.met)


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_the_longest_sheet_fits_on_every_platform(
    home: Community, locale: str
) -> None:
    """Ten criteria, five links and the most words, twice; the harness measures it."""
    items = tuple(
        Criterion(f"{number} ".ljust(MAX_CRITERION_CHARS, "W"), Evidence.REQUIRED)
        for number in range(MAX_CRITERIA)
    )
    award = await opened(home, "W" * MAX_NAME_CHARS, criteria=items)
    links = "\n".join(
        f"https://example.org/{n}".ljust(MAX_LINK_CHARS, "W") for n in range(MAX_LINKS)
    )
    home.person("A" * 80, locale=locale)
    for why in ("W" * MAX_WHY_CHARS, "V" * MAX_WHY_CHARS):
        form = await nominate(home, "A" * 80, "B" * 80, award, why, links=links)
        assert all(
            len(box) <= 75 for box in (await boxes(home, "A" * 80, form.form)).values()
        )
        done = await home.fill_in("A" * 80, form, met=tuple("0123456789"))
        assert not done.refused
        sends = (a for a in done.message.actions() if a.route.endswith(".send"))
        for send in sends:
            assert not (await home.do(home.call("A" * 80), send, None)).refused
    listed = await home.type("A" * 80, "nominations")
    shown = await home.do(home.call("A" * 80), next(listed.message.actions()), None)
    assert not shown.refused
