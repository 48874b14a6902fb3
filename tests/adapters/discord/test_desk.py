"""What a member sees of each interaction: in time, once, in words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.chat.adapter import Place
from bot.chat.message import Action, Card, say
from bot.chat.responses import Ask, Refuse, Replace, Say
from bot.chat.text import phrase
from bot.domain.people import Role
from tests.adapters.discord.conftest import NEWS, Site, slowly
from tests.fakes.discord.typing_in import Attachment
from tests.waiting import until

SHORT, LONG = "Merci", "For the tea."
PHRASED = Say(say(Card(body=(phrase("vocabulary.footer"),))))


def held() -> tuple[asyncio.Event, Callable[[str], Awaitable[None]]]:
    """Return a gate that keeps every route waiting, and what opens it."""
    opened = asyncio.Event()

    async def gate(named: str) -> None:
        if named not in NEWS:
            await opened.wait()

    return opened, gate


async def test_a_command_is_answered_to_its_member_alone(site: Site) -> None:
    """What was typed arrives in neutral types, and the answer is private."""
    shown = await site.ana.slash(
        "vocabulary words", {"short": SHORT, "long": LONG, "amount": 3}
    )
    assert ("message", True) == (shown.kind, shown.ephemeral)
    assert SHORT in shown.text
    ((route, call, answers),) = site.ear.calls
    assert "vocabulary.words" == route
    assert {"short": SHORT, "long": LONG, "amount": 3} == answers
    assert (site.ref(site.ana), Role.MEMBER) == (call.actor.ref, call.actor.role)
    assert call.at == site.clock()
    assert [] == site.bo.sees(site.guild.general)


async def test_an_answer_for_the_room_is_seen_by_all(site: Site) -> None:
    """A route that is not private answers aloud, in the community's language."""
    site.memory.places[site.here] = Place("es", ZoneInfo("UTC"))
    shown = await site.ana.slash("vocabulary aloud")
    assert not shown.ephemeral
    assert 1 == len(site.bo.sees(site.guild.general))
    assert "Algo" in shown.text or "Todo" in shown.text, shown.text


async def test_a_private_answer_is_in_its_reader_s_language(site: Site) -> None:
    """Whoever reads Spanish is answered in Spanish, wherever they are."""
    shown = await site.bo.slash("vocabulary words", {"short": "Hola", "long": LONG})
    assert "Corto" in shown.text or "Breve" in shown.text, shown.text


async def test_options_are_offered_while_somebody_types(site: Site) -> None:
    """A looked-up choice offers what fits the words so far."""
    typed = {"choice": "craft", "tea": "sen"}
    found = await site.ana.autocomplete("vocabulary choices", typed, focused="tea")
    assert [("Sencha", "sencha")] == found


async def test_options_that_come_too_late_are_not_waited_for(site: Site) -> None:
    """Whoever types sees nothing rather than an error."""
    typed = {"choice": "craft", "tea": "sen"}
    with slowly(site) as opened:
        found = await site.ana.autocomplete("vocabulary choices", typed, focused="tea")
        opened.set()
    assert [] == found


async def test_a_button_redraws_the_private_message_it_stands_on(site: Site) -> None:
    """`Replace` changes what was pressed, and says nothing anew."""
    first = await site.ana.slash("vocabulary nodes")
    shown = await site.ana.click(first, "Redraw")
    assert "edited" == shown.kind
    assert shown.message is not None
    assert first.message is not None
    assert first.message["id"] == shown.message["id"]
    assert "Redrawn once" in shown.text


async def test_a_button_on_a_public_message_answers_in_private(site: Site) -> None:
    """What everybody sees is never redrawn for one who pressed."""
    first = await site.ana.slash("vocabulary aloud")
    shown = await site.bo.click(first, "Redraw")
    assert ("message", True) == (shown.kind, shown.ephemeral)


async def test_a_slow_redraw_keeps_the_message_until_it_is_there(site: Site) -> None:
    """A press that takes a while is acknowledged without a placeholder."""
    first = await site.ana.slash("vocabulary nodes")
    with slowly(site):
        shown = await site.ana.click(first, "Redraw")
    assert shown.deferred
    assert "edited" == shown.kind
    assert "Redrawn once" in shown.text


async def test_a_select_does_what_its_option_says(site: Site) -> None:
    """An option carries an action as a button does."""
    first = await site.ana.slash("vocabulary nodes")
    shown = await site.ana.pick(first, "Redraw this")
    assert "Redrawn once" in shown.text


async def test_a_form_opens_and_comes_back(site: Site) -> None:
    """A button whose route asks opens its form, and the answers arrive."""
    first = await site.ana.slash("vocabulary nodes")
    form = await site.ana.click(first, "Ask me")
    assert "modal" == form.kind
    shown = await site.ana.submit(form, {"words": "Something else"})
    assert "Something else" in shown.text
    assert {"words": "Something else"} == site.ear.calls[-1][2]


async def test_a_prefilled_form_holds_its_draft(site: Site) -> None:
    """What `Ask` brings stands in the form, and is sent as it stands."""
    first = await site.ana.slash("vocabulary nodes")
    form = await site.ana.click(first, "Ask me, filled in")
    shown = await site.ana.submit(form, {})
    assert "Nobody says no" in shown.text


async def test_a_command_that_cannot_be_typed_whole_opens_its_form(site: Site) -> None:
    """Boxes are asked in a form, which holds what was typed."""
    form = await site.ana.slash("vocabulary choices", {"choice": "craft"})
    assert "modal" == form.kind
    shown = await site.ana.submit(form, {"tea": "sencha", "checks": ["warm", "sweet"]})
    assert "craft" in shown.text
    assert ("warm", "sweet") == (site.ear.calls[-1][2] or {})["checks"]


async def test_a_refused_command_can_be_edited(site: Site) -> None:
    """The refusal names the question; its button opens the form as it was typed."""
    site.ear.says["vocabulary.words"] = Refuse(phrase("common.busy"), at="short")
    refused = await site.ana.slash("vocabulary words", {"short": SHORT, "long": LONG})
    assert refused.ephemeral
    assert "Short words" in refused.text
    site.ear.says.clear()
    form = await site.ana.click(refused, "Edit again")
    shown = await site.ana.submit(form, {})
    assert SHORT in shown.text
    assert LONG in shown.text
    assert ("edited", 1) == (shown.kind, len(site.ana.sees(site.guild.general)))


async def test_a_refused_form_can_be_edited(site: Site) -> None:
    """The same for a form, whose carried argument is not lost either."""
    first = await site.ana.slash("vocabulary nodes")
    form = await site.ana.click(first, "Ask me")
    refused = await site.ana.submit(form, {"words": "no"})
    assert "the one thing" in refused.text
    form = await site.ana.click(refused, "Edit again")
    shown = await site.ana.submit(form, {"words": "yes"})
    assert "yes" in shown.text
    assert "sencha" in shown.text


async def test_a_form_that_is_kept_no_longer_is_told_of(site: Site) -> None:
    """After a day, or for somebody else, the button says that it is gone."""
    site.ear.says["vocabulary.words"] = Refuse(phrase("common.busy"))
    refused = await site.ana.slash("vocabulary words", {"short": SHORT, "long": LONG})
    site.memory.forms.clear()
    shown = await site.ana.click(refused, "Edit again")
    assert "no longer here" in shown.text


async def test_a_button_for_a_command_that_asks_opens_its_form(site: Site) -> None:
    """Nothing was asked yet, so what is missing is no fault."""
    first = await site.ana.slash("vocabulary nodes")
    assert first.message is not None
    wire = Action("vocabulary.words").encode()
    data = {"custom_id": wire, "component_type": 2, "id": 9}
    form = await site.ana.forge(3, data, message=first)
    assert "modal" == form.kind


async def test_whoever_waits_sees_that_laurel_thinks(site: Site) -> None:
    """A slow route shows a placeholder of its own visibility, then the answer."""
    with slowly(site):
        shown = await site.ana.slash("vocabulary words", {"short": SHORT, "long": LONG})
    assert (True, True) == (shown.deferred, shown.ephemeral)
    assert SHORT in shown.text


async def test_a_slow_public_answer_stays_public(site: Site) -> None:
    """The placeholder of a route that answers aloud is seen by all."""
    with slowly(site):
        shown = await site.ana.slash("vocabulary aloud")
    assert (True, False) == (shown.deferred, shown.ephemeral)


async def test_a_slow_refusal_of_a_public_route_is_private(site: Site) -> None:
    """The placeholder goes, and only the member reads why not."""
    site.ear.says["vocabulary.aloud"] = Refuse(phrase("common.busy"))
    with slowly(site):
        shown = await site.ana.slash("vocabulary aloud")
        await until(lambda: shown.interaction.followups)
    (said,) = shown.interaction.followups
    assert said.raw["flags"] & 64
    assert [] == site.bo.sees(site.guild.general)


async def test_a_form_that_comes_late_is_offered_by_a_button(site: Site) -> None:
    """Discord opens no form after a placeholder; a button does."""
    site.ear.says["vocabulary.words"] = Ask(
        Action("vocabulary.correct", ("mate",)), {"words": "Slow words"}
    )
    with slowly(site):
        shown = await site.ana.slash("vocabulary words", {"short": SHORT, "long": LONG})
    assert shown.deferred
    assert shown.ephemeral
    site.ear.says.clear()
    form = await site.ana.click(shown, "Fill it in")
    said = await site.ana.submit(form, {})
    assert "Slow words" in said.text


async def test_a_form_after_a_form_is_offered_by_a_button(site: Site) -> None:
    """Discord opens no form in answer to one either."""
    first = await site.ana.slash("vocabulary nodes")
    form = await site.ana.click(first, "Ask me")
    site.ear.says["vocabulary.correct"] = Ask(Action("vocabulary.correct", ("mate",)))
    shown = await site.ana.submit(form, {"words": "yes"})
    site.ear.says.clear()
    form = await site.ana.click(shown, "Fill it in")
    assert "modal" == form.kind


async def test_a_menu_entry_quotes_its_message(site: Site) -> None:
    """What somebody said is handed over with the entry of the menu."""
    said = await site.bo.says("Ana watered **everything**")
    shown = await site.ana.menu("Say it back", said)
    assert "watered" in shown.text
    target = site.ear.calls[-1][1].target
    assert target is not None
    assert site.ref(site.bo) == target.author.ref


async def test_a_file_is_handed_over(site: Site) -> None:
    """What was uploaded is fetched before the route runs."""
    file = Attachment("tea.txt", b"leaves", "text/plain")
    typed = {"short": SHORT, "long": LONG, "file": file}
    shown = await site.ana.slash("vocabulary words", typed)
    assert "tea.txt" in shown.text
    upload = (site.ear.calls[-1][2] or {})["file"]
    assert b"leaves" == getattr(upload, "content", None)


async def test_a_file_that_is_too_large_is_not_fetched(site: Site) -> None:
    """The member hears how large it may be; the rest of the form is kept."""
    file = Attachment("tea.bin", b"x" * 1_000_001)
    typed = {"short": SHORT, "long": LONG, "file": file}
    shown = await site.ana.slash("vocabulary words", typed)
    assert "too large" in shown.text
    assert [] == site.ear.calls
    form = await site.ana.click(shown, "Edit again")
    assert SHORT in str(form.modal)


@pytest.mark.parametrize(
    ("kind", "data", "told"),
    [
        (2, {"id": "77", "name": "forgotten", "type": 1, "options": []}, "Type /"),
        (3, {"custom_id": "1:vocabulary.gone", "component_type": 2}, "another time"),
        (3, {"custom_id": "9:what", "component_type": 2}, "another time"),
    ],
)
async def test_what_nobody_knows_any_more_is_told_of(
    site: Site, kind: int, data: dict[str, object], told: str
) -> None:
    """Commands and buttons of other versions are answered in words."""
    first = await site.ana.slash("vocabulary nodes")
    shown = await site.ana.forge(kind, data, message=first if kind == 3 else None)
    assert told in shown.text
    assert shown.ephemeral


async def test_a_form_that_nobody_knows_any_more_is_told_of(site: Site) -> None:
    """A form that another version opened changes nothing, and says so."""
    first = await site.ana.slash("vocabulary nodes")
    form = await site.ana.click(first, "Ask me")
    assert form.modal is not None
    form.modal["custom_id"] = "0:old"
    shown = await site.ana.submit(form, {"words": "yes"})
    assert "open it again" in shown.text


async def test_what_cannot_be_read_is_told_of(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    """An interaction that Discord does not document is logged with its id."""
    shown = await site.ana.forge(2, {"id": "77", "name": 7, "type": 1})
    assert shown.interaction.id in shown.text
    (told,) = (r for r in caplog.records if r.levelname in {"WARNING", "ERROR"})
    assert "interaction not understood" == told.message
    assert shown.interaction.id == getattr(told, "interaction", "")


async def test_direct_messages_take_no_commands(site: Site) -> None:
    """Who writes to Laurel alone is told where to do it."""
    data = {"id": "77", "name": "vocabulary", "type": 1, "options": []}
    shown = await site.ana.forge(2, data, channel=site.ana.dm)
    assert "server" in shown.text
    assert [] == site.ear.calls


async def test_an_interaction_is_handled_once(site: Site) -> None:
    """One that Discord delivers again is not run again."""
    site.discord.faults.duplicate_dispatch()
    await site.ana.slash("vocabulary words", {"short": SHORT, "long": LONG})
    assert 1 == len(site.ear.calls)


async def test_a_bug_is_told_of_with_a_number(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever goes wrong in drawing, the member is answered and the log has it."""
    unknown = say(Card(body=(phrase("vocabulary.nowhere"),)))
    site.ear.says["vocabulary.words"] = Say(unknown)
    shown = await site.ana.slash("vocabulary words", {"short": SHORT, "long": LONG})
    assert shown.interaction.id in shown.text
    assert "discord event failed" in caplog.messages


@pytest.mark.parametrize("code", [10062, 40060])
async def test_an_answer_that_discord_does_not_take_is_logged(
    site: Site, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Quietly, with the interaction's id; what was done stands."""
    body = {"code": code, "message": "Too late"}
    site.discord.faults.status(404, times=1, path="/callback", body=body)
    with caplog.at_level("INFO"):
        async with asyncio.TaskGroup() as tasks:
            typed = tasks.create_task(
                site.ana.slash("vocabulary words", {"short": SHORT, "long": LONG})
            )
            await until(lambda: "answer not taken" in caplog.messages)
            (it,) = site.discord.world.interactions.values()
            it.first.set()  # there is nothing more to wait for
    shown = typed.result()
    quiet = [r for r in caplog.records if r.message == "answer not taken"]
    assert [shown.interaction.id] == [getattr(r, "interaction", "") for r in quiet]
    assert [] == [r for r in caplog.records if r.levelname == "ERROR"]
    assert 1 == len(site.ear.calls)


async def test_an_answer_after_fifteen_minutes_is_written_directly(site: Site) -> None:
    """When the interaction takes no answer any more, the member still hears."""
    site.ear.says["vocabulary.words"] = PHRASED
    site.discord.tolerate(50027)
    with slowly(site, lambda _site: False) as opened:
        shown = await site.ana.slash(
            "vocabulary words", {"short": SHORT, "long": LONG}, settle=False
        )
    assert shown.deferred
    site.clock.move(minutes=16)
    opened.set()
    await until(lambda: site.discord.direct(site.ana))
    (said,) = site.discord.direct(site.ana)
    assert "quiet words" in str(said)


async def test_what_is_under_way_is_answered_before_the_end(site: Site) -> None:
    """Stopping waits for members who wait, and tells new ones to come back."""
    opened, site.ear.gate = held()
    waiting = asyncio.create_task(  # noqa: TID251  awaited below
        site.ana.slash("vocabulary words", {"short": SHORT, "long": LONG})
    )
    await until(lambda: site.ear.calls)
    stopping = asyncio.create_task(site.adapter.stop())  # noqa: TID251  awaited below
    await asyncio.sleep(0)
    late = await site.bo.slash("vocabulary words", {"short": SHORT, "long": LONG})
    opened.set()
    shown = await waiting
    await stopping
    assert SHORT in shown.text
    assert (True, 1) == (SHORT not in late.text, len(site.ear.calls))


async def test_replace_after_a_command_is_said_in_private(site: Site) -> None:
    """Nothing was pressed, so there is nothing to redraw."""
    site.ear.says["vocabulary.aloud"] = Replace(PHRASED.message)
    shown = await site.ana.slash("vocabulary aloud")
    assert ("message", True) == (shown.kind, shown.ephemeral)


async def test_times_are_in_the_member_s_zone(site: Site) -> None:
    """Discord draws instants itself, whatever zone; days are the reader's."""
    site.memory.zones[site.ref(site.ana)] = ZoneInfo("Asia/Tokyo")
    shown = await site.ana.slash("vocabulary nodes")
    soon = site.clock() + timedelta(hours=5)
    assert f"<t:{int(soon.timestamp())}:R>" in shown.text
