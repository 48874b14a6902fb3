"""Bolt and slack_sdk themselves, as an app of our own, on the double."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest

from tests.fakes.slack import (
    Actor,
    Attachment,
    Json,
    NotPossibleError,
    Slack,
    Team,
)
from tests.fakes.slack.bolted import Bot, Heard, client_of, opening, running, saying
from tests.waiting import until


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def asked(name: str, element: Json, **more: Any) -> Json:
    """Return a question; block and element are both called by its name."""
    told = {"type": "input", "block_id": name, "label": plain(name.title())}
    return told | {"element": element | {"action_id": name}} | more


WHY = asked("why", {"type": "plain_text_input", "min_length": 2, "max_length": 20})
TO = asked("to", {"type": "multi_users_select", "max_selected_items": 2})
VALUE = asked(
    "value", {"type": "external_select", "min_query_length": 0}, optional=True
)
PROOF = asked("proof", {"type": "file_input"}, optional=True)
FORM: Json = {
    "type": "modal",
    "callback_id": "thank",
    "title": plain("Say thank you"),
    "submit": plain("Send"),
    "notify_on_close": True,
    "blocks": [WHY, TO, VALUE, PROOF],
}
LOADING: Json = {
    "type": "modal",
    "title": plain("A moment"),
    "blocks": [{"type": "section", "text": plain("Looking")}],
}
UNDO: Json = {
    "type": "button",
    "text": plain("Undo"),
    "action_id": "undo",
    "value": "7",
}
PICK: Json = {
    "type": "static_select",
    "action_id": "pick",
    "options": [{"text": plain(each), "value": each[0]} for each in ("One", "Two")],
}
BLOCKS = [{"type": "actions", "block_id": "row", "elements": [UNDO, PICK]}]
MANIFEST: Json = {
    "features": {
        "slash_commands": [{"command": "/thank", "description": "d"}],
        "shortcuts": [
            {"name": "Thank too", "type": "message", "callback_id": "too"},
            {"name": "Thank", "type": "global", "callback_id": "thank"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "users:read"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
}


@pytest.fixture
async def bot(slack: Slack, team: Team) -> AsyncIterator[Bot]:
    async with running(slack, team) as bot:
        yield bot


async def test_a_command_is_answered_and_its_answer_is_pressed(
    slack: Slack, team: Team, bot: Bot, mia: Actor, gil: Actor
) -> None:
    """She alone sees it; the button comes with its value, and no private message."""
    bot.handle = saying("shared", blocks=BLOCKS)
    shown = await mia.command("/thank", f"{gil.mention()} for the docs")
    assert ("message", True) == (shown.kind, shown.ephemeral)
    assert (f"<@{gil.id}|gil.prado> for the docs", mia.id) == (
        bot.heard[0]["text"],
        bot.heard[0]["user_id"],
    )
    assert ([], 1) == (
        slack.sees(gil, team.general),
        len(slack.sees(mia, team.general)),
    )
    bot.handle = saying("gone", replace_original=True)
    shown = await mia.click(shown, "Undo")
    (told,) = bot.heard[1]["actions"]
    assert ("replaced", "gone", "7") == (shown.kind, shown.text, told["value"])
    assert (True, False) == (
        bot.heard[1]["container"]["is_ephemeral"],
        "message" in bot.heard[1],
    )
    assert shown.acked_s < 1


async def test_an_option_is_picked_in_a_public_message(
    team: Team, bot: Bot, mia: Actor
) -> None:
    """The message comes along, and can be deleted."""
    bot.handle = saying("vote", response_type="in_channel", blocks=BLOCKS)
    shown = await mia.command("/thank")
    assert not shown.ephemeral
    bot.handle = saying("", delete_original=True)
    shown = await mia.pick(shown, "Two")
    (told,) = bot.heard[1]["actions"]
    assert ("deleted", "T") == (shown.kind, told["selected_option"]["value"])
    assert {} == team.general.messages


async def test_a_form_is_filled_in_refused_and_sent_again(
    bot: Bot, mia: Actor, gil: Actor
) -> None:
    """Errors stand beside the field; what was written stays."""
    bot.handle = opening(FORM)
    form = await mia.command("/thank")
    assert ("view", "Say thank you") == (form.kind, form.text.split("\n")[0])

    async def refuse(heard: Heard) -> None:
        await heard.ack(response_action="errors", errors={"why": "Who, and why?"})

    bot.handle = refuse
    refused = await mia.submit(form, {"why": "docs", "To": [gil]})
    assert ("errors", {"why": "Who, and why?"}) == (refused.kind, refused.errors)

    async def accept(heard: Heard) -> None:
        await heard.ack()
        place = mia.team.general.id
        await heard.client.chat_postEphemeral(channel=place, user=mia.id, text="done")

    bot.handle = accept
    shown = await mia.submit(refused, {"why": "the docs"})
    values = bot.heard[-1]["view"]["state"]["values"]
    assert ("the docs", [gil.id]) == (
        values["why"]["why"]["value"],
        values["to"]["to"]["selected_users"],
    )
    assert ("message", "done", True) == (shown.kind, shown.text, shown.ephemeral)
    with pytest.raises(NotPossibleError):
        await mia.submit(shown)


async def test_a_loading_view_gives_way_to_the_form(bot: Bot, mia: Actor) -> None:
    """One looks at what comes after it."""

    async def handle(heard: Heard) -> None:
        trigger = heard.body["trigger_id"]
        opened = await heard.client.views_open(trigger_id=trigger, view=LOADING)
        await heard.ack()
        await heard.client.views_update(view_id=opened["view"]["id"], view=FORM)

    bot.handle = handle
    shown = await mia.shortcut("thank")
    assert ("view", "thank") == (shown.kind, shown.view and shown.view["callback_id"])


async def test_what_can_be_chosen_is_looked_up(bot: Bot, mia: Actor) -> None:
    """As typed; what was offered is then sent in."""
    bot.handle = opening(FORM)
    form = await mia.command("/thank")

    async def offer(heard: Heard) -> None:
        text = heard.body["value"] + "ft"
        await heard.ack(options=[{"text": plain(text), "value": "v1"}])

    bot.handle = offer
    (found,) = await mia.suggest(form, "value", "cra")
    assert (("craft", "v1"), "value") == (found, bot.heard[-1]["action_id"])
    bot.handle = None
    shown = await mia.submit(
        form, {"why": "docs", "to": [mia], "value": found}, settle_s=0.05
    )
    values = bot.heard[-1]["view"]["state"]["values"]
    assert ("closed", "v1") == (
        shown.kind,
        values["value"]["value"]["selected_option"]["value"],
    )


async def test_a_file_is_handed_in_and_fetched(
    slack: Slack, team: Team, bot: Bot, mia: Actor
) -> None:
    """Only with the token; Slack shows others a page to sign in."""
    bot.handle = opening(FORM)
    form = await mia.command("/thank")
    bot.handle = None
    proof = Attachment("a b.png", b"picture", "image/png")
    await mia.submit(form, {"why": "docs", "to": [mia], "proof": proof}, settle_s=0.05)
    (file,) = bot.heard[-1]["view"]["state"]["values"]["proof"]["proof"]["files"]
    client = client_of(slack, team)
    held = await client.api_call("files.info", params={"file": file["id"]})
    assert ("a b.png", 7) == (held["file"]["name"], held["file"]["size"])


@pytest.mark.parametrize(
    "answers",
    [
        {"to": []},
        {"why": ""},
        {"why": "a"},
        {"why": "a" * 21},
        {"nothing": 1},
        {"to": "abc"},
        {"to": ["U1", "U2", "U3"]},
    ],
)
async def test_slacks_client_does_not_send_what_is_wrong(
    bot: Bot, mia: Actor, answers: Json
) -> None:
    """Empty, too short or long, not asked for, too many: the bot never hears of it."""
    bot.handle = opening(FORM)
    form = await mia.command("/thank")
    with pytest.raises(NotPossibleError):
        await mia.submit(form, {"why": "docs", "to": [mia], **answers})
    assert 1 == len(bot.heard)


async def test_only_what_the_manifest_names_can_be_used(
    slack: Slack, team: Team, bot: Bot, mia: Actor
) -> None:
    """Commands, shortcuts by name, scopes and events are those of the manifest."""
    slack.register(MANIFEST)
    message = await mia.says("well done")
    await mia.menu("Thank too", message, settle_s=0)
    await mia.shortcut("Thank", settle_s=0)
    assert [("message_action", "too"), ("shortcut", "thank")] == [
        (each["type"], each["callback_id"]) for each in bot.heard
    ]
    assert "well done" == bot.heard[0]["message"]["text"]
    with pytest.raises(NotPossibleError):
        await mia.command("/other")
    with pytest.raises(NotPossibleError):
        await mia.shortcut("Thank too")
    assert {"commands", "chat:write", "users:read"} == team.install().scopes


async def test_a_home_is_drawn_when_it_is_opened(bot: Bot, mia: Actor) -> None:
    """And its buttons have a view about them, but no address to answer at."""

    async def handle(heard: Heard) -> None:
        await heard.ack()
        view = {"type": "home", "blocks": BLOCKS}
        await heard.client.views_publish(user_id=heard.body["event"]["user"], view=view)

    bot.handle = handle
    shown = await mia.opens_home()
    assert "home" == shown.kind

    async def answer(heard: Heard) -> None:
        await heard.ack()
        await heard.client.chat_postMessage(channel=mia.id, text="by message")

    bot.handle = answer
    shown = await mia.click(shown, "Undo")
    assert ("message", "by message") == (shown.kind, shown.text)
    assert ("home", False) == (
        bot.heard[-1]["view"]["type"],
        "response_url" in bot.heard[-1],
    )


async def test_bolt_comes_back_after_a_refresh_a_cut_and_silence(
    slack: Slack, bot: Bot, mia: Actor
) -> None:
    """A command after each is answered."""
    bot.handle = saying("here")
    for disturb in (slack.faults.refresh, slack.faults.cut, slack.faults.silence):
        opened = slack.sockets.opened
        result = disturb()
        if result is not None:
            await result
        await until(partial(_more_than, slack, opened))
        await slack.connected()
        assert "here" == (await mia.command("/thank")).text


async def test_somebody_from_outside_presses_a_button(
    slack: Slack, team: Team, bot: Bot, mia: Actor
) -> None:
    """Theirs is another team, and commands are not for them."""
    other = slack.add_team("Elm", installed=False).add_member("Zoe")
    wall = team.add_channel("wall", members=[mia])
    team.share(wall, other.team, other)
    zoe = Actor(slack.world, other.user, team)
    bot.handle = saying("vote", response_type="in_channel", blocks=BLOCKS)
    await mia.command("/thank", channel=wall)
    bot.handle = saying("yours")
    shown = await zoe.click(slack.sees(zoe, wall)[0], "Undo")
    told = bot.heard[-1]
    assert ("yours", other.team.id, team.id) == (
        shown.text,
        told["user"]["team_id"],
        told["message"]["team"],
    )
    with pytest.raises(NotPossibleError):
        await zoe.command("/thank", channel=wall)


async def test_a_form_can_ask_where_to_be_answered(
    team: Team, bot: Bot, mia: Actor
) -> None:
    """The channel that was picked comes with an address."""
    where = {"type": "conversations_select", "response_url_enabled": True}
    bot.handle = opening(FORM | {"blocks": [asked("where", where)]})
    form = await mia.shortcut("thank")
    wall = team.add_channel("wall")

    async def answer(heard: Heard) -> None:
        await heard.ack()
        await heard.respond(text="shared there")

    bot.handle = answer
    shown = await mia.submit(form, {"where": wall})
    (told,) = bot.heard[-1]["response_urls"]
    assert (wall.id, "shared there") == (told["channel_id"], shown.text)
    assert shown.message is not None
    assert wall.id == shown.message["channel"]


async def test_a_view_that_is_closed_is_told_where_it_asked(
    bot: Bot, mia: Actor
) -> None:
    """And cannot be used any more."""
    bot.handle = opening(FORM)
    form = await mia.shortcut("thank")
    bot.handle = None
    await mia.closes(form)
    assert "view_closed" == bot.heard[-1]["type"]
    with pytest.raises(NotPossibleError):
        await mia.submit(form, {"why": "docs", "to": [mia]})


async def test_a_wrong_answer_to_a_form_is_found(
    slack: Slack, bot: Bot, mia: Actor
) -> None:
    """An error beside nothing, and words where none belong."""
    bot.handle = opening(FORM)
    form = await mia.shortcut("thank")

    async def astray(heard: Heard) -> None:
        await heard.ack(response_action="errors", errors={"elsewhere": "no"})

    bot.handle = astray
    await mia.submit(form, {"why": "docs", "to": [mia]})
    assert ["an error stands beside 'elsewhere', which asks nothing"] == slack.findings
    slack.findings.clear()

    async def long(heard: Heard) -> None:
        view = FORM | {"title": plain("a" * 25)}
        await heard.ack(response_action="update", view=view)

    bot.handle = long
    await mia.submit(form, {"why": "docs", "to": [mia]}, settle_s=0.1)
    assert 1 == len(slack.findings)
    assert "response_action update: invalid_arguments" in slack.findings[0]
    slack.findings.clear()


def _more_than(slack: Slack, opened: int) -> bool:
    return slack.sockets.opened > opened
