"""What a member sees of what they do: in time, once, in words."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.slack.adapter import Slack
from bot.chat.adapter import Place
from bot.chat.catalogue import Catalogue
from bot.chat.fields import Suggestion
from bot.chat.message import Card, File, say
from bot.chat.responses import Refuse, Replace, Say
from bot.chat.table import RouteTable
from bot.chat.text import Quote, phrase
from bot.domain.people import Role
from bot.domain.refs import ChannelRef
from tests.adapters.slack.conftest import (
    Site,
    delivered,
    options_of,
    serving,
    slowly,
    taken_in,
)
from tests.fakes.slack import Attachment, Json
from tests.waiting import until

SHORT, LONG = "Merci", "For the tea."
PHRASED = Say(say(Card(body=(phrase("vocabulary.footer"),))))


async def asked(site: Site) -> Json:
    """Return the private message of every node."""
    shown = await site.ana.command("/vocabulary", "nodes")
    await until(lambda: any(m.get("files") for m in site.slack.direct(site.ana)))
    return next(m for m in shown.messages if m.get("is_ephemeral"))


async def test_a_command_is_answered_to_its_member_alone(site: Site) -> None:
    """What was typed reaches the route, and the answer is private."""
    shown = await site.ana.command("/vocabulary", f"people {site.bo.mention()}")
    assert ("message", True) == (shown.kind, shown.ephemeral)
    assert f"<@{site.bo.id}>" in shown.text
    ((route, call, answers),) = site.ear.calls
    assert "vocabulary.who" == route
    assert site.ref(site.bo) == (answers or {})["person"].ref  # type: ignore[attr-defined]
    assert (site.ref(site.ana), "Ana") == (call.actor.ref, call.actor.name)
    assert (Role.MEMBER, site.clock()) == (call.actor.role, call.at)
    assert [] == site.bo.sees(site.team.general)


async def test_an_answer_for_the_room_is_seen_by_all(site: Site) -> None:
    """A route that is not private answers aloud, in the community's language."""
    site.memory.places[site.here] = Place("es", ZoneInfo("UTC"))
    shown = await site.ana.command("/vocabulary", "aloud")
    assert not shown.ephemeral
    assert 1 == len(site.bo.sees(site.team.general))
    assert "Algo" in shown.text or "Todo" in shown.text, shown.text


async def test_a_private_answer_is_in_its_reader_s_language(site: Site) -> None:
    """Whoever reads Spanish is answered in Spanish, wherever they are."""
    form = await site.bo.command("/vocabulary", "words Hola")
    shown = await site.bo.submit(form, {"short": "Hola", "long": LONG})
    assert "Corto" in shown.text or "Breve" in shown.text, shown.text


async def test_what_a_line_leaves_open_is_asked_in_a_form(site: Site) -> None:
    """A form opens that holds what was understood, and is sent in whole."""
    form = await site.ana.command("/vocabulary", "choices craft")
    assert "view" == form.kind
    assert "Craft" in form.text or "craft" in form.text
    shown = await site.ana.submit(form, {"tea": "sencha", "checks": ["warm", "sweet"]})
    assert ("message", True) == (shown.kind, shown.ephemeral)
    assert ("craft", ("warm", "sweet")) == (
        (site.ear.calls[-1][2] or {})["choice"],
        (site.ear.calls[-1][2] or {})["checks"],
    )


async def test_words_that_nobody_could_place_are_shown(site: Site) -> None:
    """Nothing that was typed is dropped in silence."""
    form = await site.ana.command(
        "/vocabulary", f"people {site.bo.mention()} and then some"
    )
    assert "view" == form.kind
    assert "and then some" in form.text


async def test_options_are_offered_while_somebody_types(site: Site) -> None:
    """A looked-up choice offers what fits the words so far."""
    teas = [f"tea-{number:02}" for number in range(40)]
    site.ear.offers["vocabulary-teas"] = [Suggestion(t, Quote(t)) for t in teas]
    form = await site.ana.command("/vocabulary", "choices craft")
    found = await site.ana.suggest(form, "tea", "-3")
    assert [(f"tea-3{n}", f"tea-3{n}") for n in range(10)] == found


async def test_options_that_come_too_late_are_not_waited_for(site: Site) -> None:
    """Whoever types sees nothing rather than an error."""
    teas = [f"tea-{number:02}" for number in range(40)]
    site.ear.offers["vocabulary-teas"] = [Suggestion(t, Quote(t)) for t in teas]
    form = await site.ana.command("/vocabulary", "choices craft")
    with slowly(site) as opened:
        assert [] == await site.ana.suggest(form, "tea", "-3")
        opened.set()


async def test_a_button_redraws_the_private_message_it_stands_on(site: Site) -> None:
    """`Replace` changes what was pressed, and says nothing anew."""
    first = await asked(site)
    shown = await site.ana.click(first, "Redraw")
    assert "replaced" == shown.kind
    assert shown.message is not None
    assert first["ts"] == shown.message["ts"]
    assert "Redrawn once" in shown.text


async def test_a_button_on_a_public_message_answers_in_private(site: Site) -> None:
    """What everybody sees is never redrawn for one who pressed."""
    first = await site.ana.command("/vocabulary", "aloud")
    shown = await site.bo.click(first, "Redraw")
    assert ("message", True) == (shown.kind, shown.ephemeral)


async def test_a_select_does_what_its_option_says(site: Site) -> None:
    """An option carries an action as a button does."""
    shown = await site.ana.pick(await asked(site), "Redraw this")
    assert "Redrawn once" in shown.text


async def test_a_form_opens_and_comes_back(site: Site) -> None:
    """A button whose route asks opens its form, and the answers arrive."""
    form = await site.ana.click(await asked(site), "Ask me")
    assert "view" == form.kind
    shown = await site.ana.submit(form, {"words": "Something else"})
    assert "Something else" in shown.text
    assert {"words": "Something else"} == site.ear.calls[-1][2]


async def test_a_form_of_a_private_message_can_redraw_it(site: Site) -> None:
    """`Replace` after a form changes the message whose button opened it."""
    first = await asked(site)
    form = await site.ana.click(first, "Ask me")
    site.ear.says["vocabulary.correct"] = Replace(PHRASED.message)
    shown = await site.ana.submit(form, {"words": "Something else"})
    assert shown.message is not None
    assert ("replaced", first["ts"]) == (shown.kind, shown.message["ts"])


async def test_a_prefilled_form_holds_its_draft(site: Site) -> None:
    """What `Ask` brings stands in the form, and is sent as it stands."""
    form = await site.ana.click(await asked(site), "Ask me, filled in")
    shown = await site.ana.submit(form, {})
    assert "Nobody says no" in shown.text


async def test_what_is_wrong_stands_beside_its_field(site: Site) -> None:
    """A refusal at a field keeps the form open, and sending it again works."""
    form = await site.ana.click(await asked(site), "Ask me")
    refused = await site.ana.submit(form, {"words": "no"})
    assert ("errors", ["words"]) == (refused.kind, list(refused.errors))
    shown = await site.ana.submit(form, {"words": "yes"})
    assert "yes" in shown.text
    assert "sencha" in shown.text


@pytest.mark.parametrize("at", [None, "gone"])
async def test_what_is_wrong_with_a_whole_form_stands_on_it(
    site: Site, at: str | None
) -> None:
    """A refusal at no field, or at one it does not ask, redraws the form as it was."""
    form = await site.ana.click(await asked(site), "Ask me")
    site.ear.says["vocabulary.correct"] = Refuse(phrase("common.busy"), at=at)
    refused = await site.ana.submit(form, {"words": "Kept words"})
    assert "view" == refused.kind
    assert "try again in a minute" in refused.text
    site.ear.says.clear()
    shown = await site.ana.submit(refused, {})
    assert "Kept words" in shown.text


async def test_a_refused_command_opens_its_form(site: Site) -> None:
    """The form holds what was typed, and the reason stands at the field."""
    site.ear.says["vocabulary.who"] = Refuse(phrase("common.busy"), at="person")
    form = await site.ana.command("/vocabulary", f"people {site.bo.mention()}")
    assert "view" == form.kind
    assert "try again in a minute" in form.text
    site.ear.says.clear()
    shown = await site.ana.submit(form, {})
    assert f"<@{site.bo.id}>" in shown.text


async def test_a_refused_command_can_be_edited(site: Site) -> None:
    """Where no field is at fault, a button opens the form as it was typed."""
    site.ear.says["vocabulary.who"] = Refuse(phrase("common.busy"))
    refused = await site.ana.command("/vocabulary", f"people {site.bo.mention()}")
    assert refused.ephemeral
    site.ear.says.clear()
    form = await site.ana.click(refused, "Edit again")
    shown = await site.ana.submit(form, {})
    assert f"<@{site.bo.id}>" in shown.text
    assert ("replaced", 1) == (shown.kind, len(site.ana.sees(site.team.general)))


async def test_a_form_that_is_kept_no_longer_is_told_of(site: Site) -> None:
    """After a day, or for somebody else, the button says that it is gone."""
    site.ear.says["vocabulary.who"] = Refuse(phrase("common.busy"))
    refused = await site.ana.command("/vocabulary", f"people {site.bo.mention()}")
    site.memory.forms.clear()
    shown = await site.ana.click(refused, "Edit again")
    assert "no longer here" in shown.text


async def test_a_form_that_takes_a_while_is_announced(site: Site) -> None:
    """The trigger lives three seconds: a view opens first, and is drawn anew."""

    def opened(site: Site) -> bool:
        return "views.open" in {each.method for each in site.slack.requests}

    first = await asked(site)
    with slowly(site, opened):
        shown = await site.ana.click(first, "Ask me")
        assert shown.view is not None
        view = site.slack.world.views[shown.view["id"]]
        await until(lambda: view.raw.get("submit"))
    methods = [r.method for r in site.slack.requests if r.method.startswith("views.")]
    assert ["views.open", "views.update"] == methods
    said = await site.ana.submit(view.raw, {"words": "Waited for"})
    assert "Waited for" in said.text


async def test_a_slow_form_closes_and_is_answered_later(site: Site) -> None:
    """Whoever sent a form in does not look at an error; the answer follows."""
    form = await site.ana.click(await asked(site), "Ask me")
    with slowly(site):
        shown = await site.ana.submit(form, {"words": "Slow words"})
    assert "Slow words" in shown.text


async def test_a_slow_refusal_of_a_form_can_be_edited(site: Site) -> None:
    """The form is closed by then; a button opens it as it was filled in."""
    form = await site.ana.click(await asked(site), "Ask me")
    with slowly(site):
        refused = await site.ana.submit(form, {"words": "no"})
    assert refused.ephemeral
    again = await site.ana.click(refused, "Edit again")
    shown = await site.ana.submit(again, {"words": "yes"})
    assert "yes" in shown.text


async def test_a_form_whose_trigger_is_over_is_offered_by_a_button(site: Site) -> None:
    """Where Slack opens no form any more, a button with a trigger of its own does."""
    site.slack.tolerate("expired_trigger_id")
    site.slack.faults.error("expired_trigger_id", times=1, path=r"views\.open")
    first = await asked(site)
    shown = await site.ana.click(first, "Ask me, filled in")
    assert ("message", True) == (shown.kind, shown.ephemeral)
    form = await site.ana.click(shown, "Fill it in")
    said = await site.ana.submit(form, {})
    assert "Nobody says no" in said.text


async def test_a_menu_entry_quotes_its_message(site: Site) -> None:
    """What somebody said is handed over with the entry of the menu."""
    said = await site.bo.says("Ana watered *everything*")
    shown = await site.ana.menu("Say it back", said)
    assert "watered" in shown.text
    target = site.ear.calls[-1][1].target
    assert target is not None
    assert site.ref(site.bo) == target.author.ref
    assert target.link is not None
    assert re.fullmatch(r"https://willow\.slack\.com/archives/C\w+/p\d+", target.link)


async def test_a_file_is_handed_in(site: Site) -> None:
    """What was uploaded is fetched before the route runs."""
    form = await site.ana.command("/vocabulary", "words Merci")
    file = Attachment("teas.csv", b"sencha", "text/csv")
    shown = await site.ana.submit(form, {"short": SHORT, "long": LONG, "file": file})
    assert "teas.csv" in shown.text
    upload = (site.ear.calls[-1][2] or {})["file"]
    assert b"sencha" == upload.content  # type: ignore[attr-defined]


async def test_a_file_is_handed_over_directly(site: Site) -> None:
    """No private answer of Slack's holds a file, so it comes as a direct message."""
    file = File("mine.csv", "text/csv", b"a,b")
    site.ear.says["vocabulary.nodes"] = Say(
        say(Card(body=(phrase("vocabulary.footer"),)), file)
    )
    await site.ana.command("/vocabulary", "nodes")
    await until(
        lambda: any(m.get("files") for m in site.slack.direct(site.ana)),
    )


async def test_a_command_that_is_delivered_twice_is_run_once(site: Site) -> None:
    """A repeated envelope is acknowledged, and has its answer already."""
    site.slack.faults.duplicate_deeds()
    await site.ana.command("/vocabulary", f"people {site.bo.mention()}")
    await delivered(site.slack)
    assert 1 == len(site.ear.calls)
    assert 1 == len(site.ana.sees(site.team.general))


async def test_a_form_that_is_delivered_twice_is_run_once(site: Site) -> None:
    """Both deliveries hear the same answer."""
    form = await site.ana.click(await asked(site), "Ask me")
    site.slack.faults.duplicate_deeds()
    before = len(site.ear.calls)
    refused = await site.ana.submit(form, {"words": "no"})
    assert "errors" == refused.kind
    assert before + 1 == len(site.ear.calls)


async def test_a_command_of_an_old_manifest_is_told_of(site: Site) -> None:
    """What Laurel does not know any more is answered in words."""
    shown = await site.ana.forge(
        "slash_commands", {"command": "/kudos", "text": "hello"}
    )
    assert "another time" in shown.text
    assert [] == site.ear.calls


async def test_a_word_that_no_group_has_is_told_of(site: Site) -> None:
    """The words that there are, are named."""
    shown = await site.ana.command("/vocabulary", "nothing")
    assert "/vocabulary people" in shown.text


async def test_a_button_that_leads_nowhere_is_told_of(site: Site) -> None:
    """Another version drew it."""
    shown = await site.ana.click(await asked(site), "An old button")
    assert "from another time" in shown.text


async def test_whoever_may_not_is_told_before_a_form(site: Site) -> None:
    """A role is checked; the moderators are who is in the moderators' channel."""
    shown = await site.ana.command("/vocabulary", "guarded")
    assert "admins" in shown.text
    ada = site.team.add_member("Ada Two", admin=True)
    shown = await ada.command("/vocabulary", "guarded")
    assert "admins" not in shown.text


async def test_moderators_are_the_members_of_their_channel(site: Site) -> None:
    """Whoever is in the moderators' channel may do what moderators may."""
    room = site.team.add_channel("mods", private=True, members=[site.bo])
    place = Place("en", ZoneInfo("UTC"), ChannelRef(site.here, room.id))
    site.memory.places[site.here] = place
    for who, role in ((site.bo, Role.MODERATOR), (site.ana, Role.MEMBER)):
        await who.command("/vocabulary", "nodes")
        assert role == site.ear.calls[-1][1].actor.role


async def test_an_address_that_is_used_up_is_gone_round(site: Site) -> None:
    """After half an hour an answer still reaches whoever asked."""
    form = await site.ana.click(await asked(site), "Ask me")
    site.clock.move(minutes=45)
    shown = await site.ana.submit(form, {"words": "Much later"})
    assert "Much later" in shown.text


async def test_a_member_of_a_room_without_laurel_is_written_to(site: Site) -> None:
    """Where Laurel may say nothing, what is late comes as a direct message."""
    site.slack.tolerate("not_in_channel")
    site.slack.faults.error("not_in_channel", path=r"chat\.postEphemeral")
    form = await site.ana.click(await asked(site), "Ask me")
    site.clock.move(minutes=45)
    await site.ana.submit(form, {"words": "Much later"}, settle_s=0)
    await until(
        lambda: any("Much later" in str(m) for m in site.slack.direct(site.ana))
    )


async def test_everything_is_acknowledged_at_once(site: Site) -> None:
    """However long a route takes: this one goes on when Slack has heard."""
    with slowly(site, taken_in):
        shown = await site.ana.command("/vocabulary", "nodes")
    assert "message" == shown.kind


async def test_a_route_that_breaks_is_told_of(site: Site) -> None:
    """An answer that cannot be drawn is an error, and the member reads of it."""
    site.ear.says["vocabulary.nodes"] = Say(
        say(*(Card(title=phrase("vocabulary.footer")) for _ in range(200)))
    )
    shown = await site.ana.command("/vocabulary", "nodes")
    assert "not your doing" in shown.text


async def test_a_form_of_a_channel_that_was_archived_is_answered(site: Site) -> None:
    """Where nothing can be said any more, the member is written to."""
    room = site.team.add_channel("short-lived", members=[site.ana])
    form = await site.ana.command("/vocabulary", "words", room)
    site.slack.tolerate("is_archived")
    site.team.archive(room)
    await site.ana.submit(form, {"short": SHORT, "long": LONG}, settle_s=0)
    await until(lambda: any(SHORT in str(m) for m in site.slack.direct(site.ana)))


async def test_whom_slack_does_not_tell_of_is_answered_all_the_same(
    site: Site,
) -> None:
    """While nobody can be looked up, whoever acts is an ordinary member."""
    site.slack.faults.error("internal_error", path=r"users\.info|usergroups|members")
    chidi = site.team.add_member("Chidi", admin=True)
    shown = await chidi.command("/vocabulary", "nodes")
    assert "message" == shown.kind
    assert Role.MEMBER == site.ear.calls[-1][1].actor.role


async def test_a_press_in_an_answer_after_a_new_start_still_works(
    site: Site, words: Catalogue, table: RouteTable
) -> None:
    """Nothing of an answer lives in memory alone."""
    first = await asked(site)
    await site.adapter.stop()
    again = Slack(options_of(site.slack), site.purse, words, site.memory, site.clock)
    async with serving(again, table, site.ear):
        await site.slack.connected()
        shown = await site.ana.click(first, "Redraw")
    assert ("replaced", True) == (shown.kind, "Redrawn once" in shown.text)
