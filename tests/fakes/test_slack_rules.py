"""What Slack does not take, each with the word it says."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.fakes.slack import Actor, Json, Slack, Team, deeds, pings
from tests.fakes.slack.raw import Raw
from tests.harness import Clock
from tests.waiting import until


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


BUTTON = {"type": "button", "text": plain("Undo"), "action_id": "undo"}
ROW = {"type": "actions", "elements": [BUTTON]}
TWICE = {"type": "actions", "elements": [BUTTON, BUTTON]}
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}


def modal(**more: Any) -> Json:
    drawn = {"type": "modal", "title": plain("Thank"), "blocks": [SECTION, ROW]}
    return drawn | more


def taken(slack: Slack) -> list[str]:
    """Return the findings, and forget them."""
    found = list(slack.findings)
    slack.findings.clear()
    return found


async def test_a_message_with_bad_blocks_is_refused_and_found(
    slack: Slack, team: Team, raw: Raw
) -> None:
    """The word is invalid_blocks, the reasons come along, and nothing is posted."""
    reply = await raw.post(team.general.id, blocks=[TWICE])
    assert ("invalid_blocks", 1) == (reply.error, len(taken(slack)))
    assert "twice" in reply.body["response_metadata"]["messages"][0]
    assert {} == team.general.messages


@pytest.mark.parametrize(
    ("args", "word"),
    [
        ({"text": " "}, "no_text"),
        ({"channel": "C404"}, "channel_not_found"),
        ({"channel": "U404"}, "channel_not_found"),
        ({"metadata": {"event_type": "a b", "event_payload": {}}}, "invalid_meta"),
        ({"metadata": {"event_type": "a", "event_payload": 1}}, "invalid_meta"),
        (
            {"metadata": {"event_type": "a", "event_payload": {"a": "a" * 9000}}},
            "metadata_too_large",
        ),
        (
            {"blocks": [{"type": "section", "text": plain("a" * 2900)}] * 5},
            "msg_blocks",
        ),
        ({"blocks": "nothing"}, "invalid_json"),
        ({"text": ["a"]}, "invalid_arguments"),
    ],
)
async def test_a_message_that_cannot_be_is_refused(
    slack: Slack, team: Team, raw: Raw, args: Json, word: str
) -> None:
    """Slack's own words."""
    reply = await raw.call(
        "chat.postMessage", {"channel": team.general.id, "text": "a", **args}
    )
    assert reply.error.startswith(word)
    assert {} == team.general.messages
    taken(slack)


async def test_a_deleted_channel_can_still_be_named(
    slack: Slack, team: Team, raw: Raw
) -> None:
    """An id that once was is an id; one that never was is not."""
    wall = team.add_channel("wall")
    team.delete_channel(wall)

    def naming(channel_id: str) -> Json:
        leaf = {"type": "channel", "channel_id": channel_id}
        section = {"type": "rich_text_section", "elements": [leaf]}
        return {"type": "rich_text", "elements": [section]}

    place = team.general.id
    assert "" == (await raw.post(place, blocks=[naming(wall.id)])).error
    never = team.add_channel("b").id
    assert "invalid_blocks" == (await raw.post(never, blocks=[naming("C404")])).error
    assert 1 == len(taken(slack))


async def test_blocks_need_a_text_that_says_it_all(
    slack: Slack, team: Team, raw: Raw
) -> None:
    """What a notification shows is never left out; and never too long."""
    await raw.post(team.general.id, text="", blocks=[SECTION])
    assert ["blocks without a text that says it all"] == taken(slack)
    await raw.post(team.add_channel("b").id, text="a" * 4001)
    assert ["a text of 4001 characters (advised)"] == taken(slack)
    slack.tolerate("msg_too_long")
    reply = await raw.post(team.add_channel("c").id, text="a" * 40_001)
    assert 40_000 == len(reply.body["message"]["text"])


async def test_one_message_a_second_in_a_channel(
    slack: Slack, team: Team, raw: Raw, clock: Clock
) -> None:
    """429 with Retry-After; another channel is free, and so is the next second."""
    wall = team.add_channel("wall")
    assert 200 == (await raw.post(wall.id)).status
    early = await raw.post(wall.id)
    assert (429, "ratelimited", "1") == (
        early.status,
        early.error,
        early.headers["Retry-After"],
    )
    assert 200 == (await raw.post(team.general.id)).status
    clock.move(seconds=1)
    assert 200 == (await raw.post(wall.id)).status
    assert (1, 2) == (slack.rate_limited, len(wall.messages))


async def test_a_second_passes_in_real_time_too(team: Team, raw: Raw) -> None:
    """A bot that waits, while a test holds the clock, gets through."""
    began_s = asyncio.get_running_loop().time()

    async def accepted() -> bool:
        return 200 == (await raw.post(team.general.id)).status

    await until(accepted)
    await until(accepted)
    assert asyncio.get_running_loop().time() - began_s >= 0.9


async def test_each_method_has_its_tier(team: Team, raw: Raw, clock: Clock) -> None:
    """Fifty edits a minute and team; the next minute is free."""
    ts = (await raw.post(team.general.id)).body["ts"]
    edit = {"channel": team.general.id, "ts": ts, "text": "b"}
    statuses = [(await raw.call("chat.update", edit)).status for _ in range(51)]
    assert [200] * 50 + [429] == statuses
    clock.move(minutes=1)
    assert 200 == (await raw.call("chat.update", edit)).status


async def test_scopes_are_asked_for(slack: Slack, raw: Raw, mia: Actor) -> None:
    """What the app was not let in for is refused with what was needed."""
    raw.team.install(["chat:write"])
    reply = await raw.call("users.info", {"user": mia.id})
    assert ("missing_scope", "users:read", "chat:write") == (
        reply.error,
        reply.body["needed"],
        reply.body["provided"],
    )
    assert 1 == len(taken(slack))
    fine = await raw.call("auth.test")
    assert "chat:write" == fine.headers["X-OAuth-Scopes"]


@pytest.mark.parametrize(
    ("token", "word"), [("", "not_authed"), ("xoxb-none", "invalid_auth")]
)
async def test_a_token_is_asked_for(
    slack: Slack, raw: Raw, token: str, word: str
) -> None:
    """None is another word than a wrong one."""
    assert word == (await raw.call("auth.test", token=token)).error
    assert (1, word == "not_authed") == (slack.invalid_requests, bool(taken(slack)))


async def test_a_revoked_token_opens_nothing(slack: Slack, raw: Raw) -> None:
    """Neither by switch nor by the app's own wish."""
    slack.faults.revoke(raw.team)
    assert "token_revoked" == (await raw.call("auth.test")).error
    raw.team.install()
    assert (await raw.call("auth.revoke")).body["revoked"]
    assert "token_revoked" == (await raw.post(raw.team.general.id)).error


async def test_an_unknown_method_is_a_finding(slack: Slack, raw: Raw) -> None:
    """A misspelt method is not taken for a quiet no."""
    assert "unknown_method" == (await raw.call("chat.postMassage")).error
    assert 1 == len(taken(slack))


async def test_metadata_is_told_only_to_who_asks(
    team: Team, raw: Raw, mia: Actor
) -> None:
    """It is kept, told with include_all_metadata, and never seen by people."""
    hidden = {"event_type": "laurel_post", "event_payload": {"id": "d1"}}
    await raw.post(team.general.id, metadata=hidden)
    args: Json = {"channel": team.general.id}
    (quiet,) = (await raw.call("conversations.history", args)).body["messages"]
    args["include_all_metadata"] = True
    (loud,) = (await raw.call("conversations.history", args)).body["messages"]
    assert ("metadata" in quiet, hidden) == (False, loud["metadata"])
    assert "metadata" not in raw.slack.sees(mia, team.general)[0]


async def test_history_is_told_in_pages_the_newest_first(
    team: Team, raw: Raw, mia: Actor, clock: Clock
) -> None:
    """Between oldest and latest, which are not in it; private answers never are."""
    every = []
    for text in "abcd":
        clock.move(seconds=2)
        every.append((await raw.post(team.general.id, text)).body["ts"])
    private = {"channel": team.general.id, "user": mia.id, "text": "for you"}
    await raw.call("chat.postEphemeral", private)
    args: Json = {"channel": team.general.id, "oldest": every[0], "limit": 2}
    one = (await raw.call("conversations.history", args)).body
    args["cursor"] = one["response_metadata"]["next_cursor"]
    two = (await raw.call("conversations.history", args)).body
    assert (["d", "c"], True) == ([m["text"] for m in one["messages"]], one["has_more"])
    assert (["b"], False) == ([m["text"] for m in two["messages"]], two["has_more"])


async def test_history_can_be_limited(
    slack: Slack, team: Team, raw: Raw, clock: Clock
) -> None:
    """Once a minute, fifteen messages."""
    slack.profile_history = "limited"
    for _ in range(17):
        clock.move(seconds=1)
        await raw.post(team.general.id)
    args = {"channel": team.general.id, "limit": 200}
    told = (await raw.call("conversations.history", args)).body
    assert (15, True) == (len(told["messages"]), told["has_more"])
    early = await raw.call("conversations.history", args)
    assert (429, "60") == (early.status, early.headers["Retry-After"])
    clock.move(minutes=1)
    assert 200 == (await raw.call("conversations.history", args)).status


async def test_history_can_be_out_of_bounds(slack: Slack, raw: Raw) -> None:
    """Without the scope there is no probe."""
    slack.profile_history = "none"
    raw.team.install()
    args = {"channel": raw.team.general.id}
    reply = await raw.call("conversations.history", args)
    assert ("missing_scope", "channels:history") == (reply.error, reply.body["needed"])
    assert 1 == len(taken(slack))


async def test_places_refuse_in_slacks_words(
    slack: Slack, team: Team, raw: Raw, mia: Actor, gil: Actor
) -> None:
    """Outside, archived, hidden, closed, gone: each has its own."""
    wall = team.add_channel("wall", bot_in=False)
    den = team.add_channel("den", private=True, bot_in=False)
    assert "not_in_channel" == (await raw.post(wall.id)).error
    assert "channel_not_found" == (await raw.post(den.id)).error
    team.invite(wall)
    team.archive(wall)
    assert "is_archived" == (await raw.post(wall.id)).error
    team.delete_channel(wall)
    assert "channel_not_found" == (await raw.post(wall.id)).error
    slack.faults.close_dms(mia)
    assert "messages_tab_disabled" == (await raw.post(mia.id)).error
    team.remove_member(gil)
    assert "user_disabled" == (await raw.post(gil.id)).error
    private = {"channel": team.general.id, "user": "U404", "text": "a"}
    assert "user_not_found" == (await raw.call("chat.postEphemeral", private)).error
    slack.tolerate("unacknowledged")


async def test_only_ones_own_messages_can_be_changed(
    team: Team, raw: Raw, mia: Actor
) -> None:
    """And no private answer at all, but through its response_url."""
    hers = await mia.says("hello")
    place = {"channel": team.general.id}
    args: Json = place | {"ts": hers["ts"], "text": "b"}
    assert "cant_update_message" == (await raw.call("chat.update", args)).error
    assert "cant_delete_message" == (await raw.call("chat.delete", args)).error
    private = place | {"user": mia.id, "text": "for you"}
    ts = (await raw.call("chat.postEphemeral", private)).body["message_ts"]
    args |= {"ts": ts}
    assert "message_not_found" == (await raw.call("chat.update", args)).error
    assert "message_not_found" == (await raw.call("chat.delete", args)).error


async def test_an_edit_without_blocks_takes_them_away(team: Team, raw: Raw) -> None:
    """And metadata stays unless it is sent."""
    hidden = {"event_type": "a", "event_payload": {}}
    channel = team.general.id
    ts = (await raw.post(channel, blocks=[SECTION], metadata=hidden)).body["ts"]
    await raw.call("chat.update", {"channel": channel, "ts": ts, "text": "b"})
    message = team.general.messages[ts]
    assert ("b", False, hidden) == (
        message.raw["text"],
        "blocks" in message.raw,
        message.metadata,
    )


async def test_pings_are_seen_wherever_they_stand(mia: Actor, gil: Actor) -> None:
    """In rich text, in mrkdwn and in the text; not in plain text."""
    leaf = {"type": "user", "user_id": mia.id}
    section = {"type": "rich_text_section", "elements": [leaf]}
    message = {
        "text": f"<!here> &lt;@{gil.id}&gt;",
        "blocks": [
            {"type": "rich_text", "elements": [section]},
            {"type": "section", "text": plain("<!channel>")},
            {"type": "section", "text": {"type": "mrkdwn", "text": "<!subteam^S1>"}},
        ],
    }
    assert {"here", mia.id, "S1"} == pings(message)


async def test_a_trigger_opens_one_view_within_three_seconds(
    slack: Slack, raw: Raw, mia: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second time, too late, or made up: each has its own word."""
    await raw.dial()
    words: list[str] = []

    async def act(told: Json) -> None:
        args = {"trigger_id": told["trigger_id"], "view": modal()}
        words.append((await raw.call("views.open", args)).error)
        words.append((await raw.call("views.open", args)).error)

    assert "view" == (await raw.during(mia.command("/a"), act)).kind
    assert ["", "exchanged_trigger_id"] == words
    monkeypatch.setattr(deeds, "PATIENCE_S", -1.0)
    await raw.during(mia.command("/a", settle_s=0.2), act)
    made_up = {"trigger_id": "1.2.a", "view": modal()}
    words.append((await raw.call("views.open", made_up)).error)
    assert [*["expired_trigger_id"] * 2, "invalid_trigger_id"] == words[2:]
    assert 4 == len(taken(slack))


async def test_a_response_url_works_five_times_within_half_an_hour(
    slack: Slack, raw: Raw, mia: Actor, clock: Clock
) -> None:
    """Both ends are findings: a bot must know when to turn elsewhere."""
    await raw.dial()
    urls: list[str] = []

    async def act(told: Json) -> None:
        urls.append(told["response_url"])
        await raw.respond(urls[-1], text="done")

    shown = await raw.during(mia.command("/a"), act)
    assert ("message", True, "done") == (shown.kind, shown.ephemeral, shown.text)
    replies = [(await raw.respond(urls[0], text="more")).status for _ in range(5)]
    assert [200] * 4 + [404] == replies
    await raw.during(mia.command("/a"), act)
    clock.move(minutes=31)
    late = await raw.respond(urls[1], text="late")
    assert (404, "expired_url") == (late.status, late.error)
    assert 2 == len(taken(slack))


async def test_a_view_is_updated_by_id_and_hash(raw: Raw, mia: Actor) -> None:
    """A hash of before is a conflict; what was written in stays."""
    await raw.dial()

    async def act(told: Json) -> None:
        args = {"trigger_id": told["trigger_id"], "view": modal()}
        await raw.call("views.open", args)

    shown = await raw.during(mia.command("/a"), act)
    assert shown.view is not None
    args: Json = {"view_id": shown.view["id"], "hash": shown.view["hash"]}
    args["view"] = modal(title=plain("Two"))
    assert "Two" == (await raw.call("views.update", args)).body["view"]["title"]["text"]
    assert "hash_conflict" == (await raw.call("views.update", args)).error
    await mia.closes(shown)
    assert "not_found" == (await raw.call("views.update", args)).error


async def test_three_views_lie_on_each_other_at_most(
    slack: Slack, raw: Raw, mia: Actor
) -> None:
    """The fourth is refused."""
    await raw.dial()
    view = modal()
    errors: list[str] = []

    async def lay(told: Json, method: str = "views.push") -> None:
        args = {"trigger_id": told["trigger_id"], "view": view}
        errors.append((await raw.call(method, args)).error)

    async def first(told: Json) -> None:
        await lay(told, "views.open")

    shown = await raw.during(mia.shortcut("thank"), first)
    for _ in range(3):
        shown = await raw.during(mia.click(shown, "Undo", settle_s=0.3), lay)
    assert ["", "", "", "push_limit_reached"] == errors
    assert 1 == len(taken(slack))


async def test_people_are_refused_in_slacks_words(
    slack: Slack, team: Team, raw: Raw, mia: Actor
) -> None:
    """A bot has no direct messages; who is not there sees nothing private."""
    robot = team.add_member("Kiln Watch", bot=True)
    wall = team.add_channel("wall", members=[])
    assert "cannot_dm_bot" == (await raw.post(robot.id)).error
    opened = await raw.call("conversations.open", {"users": robot.id})
    assert "cannot_dm_bot" == opened.error
    private = {"channel": wall.id, "user": mia.id, "text": "a"}
    reply = await raw.call("chat.postEphemeral", private)
    assert "user_not_in_channel" == reply.error
    team.kick(wall)
    history = await raw.call("conversations.history", {"channel": wall.id})
    assert "not_in_channel" == history.error
    slack.tolerate("unacknowledged")


async def test_an_external_id_is_taken_once(slack: Slack, raw: Raw, mia: Actor) -> None:
    """Among the views that stand; and it names its view."""
    await raw.dial()
    errors: list[str] = []

    async def act(told: Json) -> None:
        view = modal(external_id="one")
        args = {"trigger_id": told["trigger_id"], "view": view}
        errors.append((await raw.call("views.open", args)).error)

    shown = await raw.during(mia.shortcut("a"), act)
    again = {"external_id": "one", "view": modal(title=plain("Two"))}
    assert 200 == (await raw.call("views.update", again)).status
    again["view"] = modal(external_id="one")
    view_id = {"view_id": (shown.view or {})["id"]}
    assert "" == (await raw.call("views.update", view_id | again)).error
    await raw.during(mia.shortcut("a", settle_s=0.1), act)
    assert ["", "duplicate_external_id"] == errors
    assert 1 == len(taken(slack))


async def test_a_home_is_published_over_the_one_that_was_seen(
    raw: Raw, mia: Actor
) -> None:
    """With its hash, it is not drawn over a newer one; and only for somebody."""
    args: Json = {"user_id": mia.id, "view": {"type": "home", "blocks": [SECTION]}}
    seen = (await raw.call("views.publish", args)).body["view"]["hash"]
    assert "" == (await raw.call("views.publish", args)).error
    late = await raw.call("views.publish", args | {"hash": seen})
    assert "hash_conflict" == late.error
    nobody = await raw.call("views.publish", args | {"user_id": "U404"})
    assert "user_not_found" == nobody.error


async def test_an_upload_is_as_long_as_was_said(
    slack: Slack, team: Team, raw: Raw
) -> None:
    """And complete before it is completed, and read with the scope for it alone."""
    wanted = {"filename": "a.png", "length": 3}
    told = (await raw.call("files.getUploadURLExternal", wanted)).body
    done = {"files": [{"id": told["file_id"]}]}
    early = await raw.call("files.completeUploadExternal", done)
    assert "file_upload_not_completed" == early.error
    url = told["upload_url"]
    async with raw.session.post(url, data=b"four") as got:
        assert 400 == got.status
    assert 1 == len(taken(slack))
    async with raw.session.post(url, data=b"abc") as got:
        assert (200, "OK - 3") == (got.status, await got.text())
    assert "" == (await raw.call("files.completeUploadExternal", done)).error
    file = (await raw.call("files.info", {"file": told["file_id"]})).body["file"]
    headers = {"Authorization": f"Bearer {team.bot_token}"}
    async with raw.session.get(file["url_private"], headers=headers) as got:
        assert b"abc" == await got.read()
    async with raw.session.get(file["url_private"]) as got:
        assert "text/html" == got.content_type


async def test_what_a_person_wrote_is_not_replaced(
    slack: Slack, team: Team, raw: Raw, mia: Actor
) -> None:
    """A message action can answer it alone."""
    await raw.dial()
    statuses: list[int] = []

    async def act(told: Json) -> None:
        url = told["response_url"]
        reply = await raw.respond(url, text="mine now", replace_original=True)
        statuses.append(reply.status)
        statuses.append((await raw.respond(url, text="for you")).status)

    message = await mia.says("hello")
    shown = await raw.during(mia.menu("too", message), act)
    assert ([400, 200], "for you") == (statuses, shown.text)
    assert "hello" == slack.sees(mia, team.general)[0]["text"]
