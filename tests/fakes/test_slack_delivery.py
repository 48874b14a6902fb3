"""How Slack's doors deliver: sockets, signed HTTP, retries, faults by switch."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import pytest
from aiohttp import web

from tests.fakes.slack import Actor, Json, Slack, Team, deeds, sockets
from tests.fakes.slack.raw import Link, Raw
from tests.harness import Clock
from tests.waiting import until


def taken(slack: Slack) -> list[str]:
    """Return the findings, and forget them."""
    found = list(slack.findings)
    slack.findings.clear()
    return found


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Slack's three seconds be a tenth of one."""
    monkeypatch.setattr(sockets, "PATIENCE_S", 0.1)


@pytest.mark.slow
async def test_a_command_is_taken_in_within_three_seconds(
    slack: Slack, raw: Raw, mia: Actor
) -> None:
    """Real ones; then Slack says that it did not work, and the double says so too."""
    await raw.dial()
    began_s = asyncio.get_running_loop().time()
    shown = await mia.command("/thank")
    took_s = asyncio.get_running_loop().time() - began_s
    assert ("unanswered", 3.0, 3) == (shown.kind, shown.acked_s, round(took_s))
    assert ["command /thank was not taken in"] == taken(slack)


@pytest.mark.usefixtures("quick")
async def test_a_late_acknowledgement_is_none(
    slack: Slack, raw: Raw, mia: Actor
) -> None:
    """It is found, as is one for what was never sent, and one said twice."""
    link = await raw.dial()
    await mia.command("/thank")
    await link.acknowledge(await link.next())
    await link.acknowledge({"envelope_id": "none"})
    await until(lambda: len(slack.findings) == 3)
    taken(slack)

    async def again(told: Json) -> None:
        await link.acknowledge(link.heard[-1])

    await raw.during(mia.command("/thank", settle_s=0.1), again)
    (finding,) = taken(slack)
    assert finding.endswith("is acknowledged twice")


@pytest.mark.usefixtures("quick")
async def test_an_event_comes_again_until_it_is_taken_in(team: Team, raw: Raw) -> None:
    """Each time in an envelope of its own, with the same event in it."""
    link = await raw.dial()
    team.archive(team.general)
    envelopes = [await link.next() for _ in range(3)]
    await link.acknowledge(envelopes[-1])
    assert [(0, ""), (1, "timeout"), (2, "timeout")] == [
        (each["retry_attempt"], each["retry_reason"]) for each in envelopes
    ]
    assert (3, 1) == (
        len({each["envelope_id"] for each in envelopes}),
        len({each["payload"]["event_id"] for each in envelopes}),
    )
    assert envelopes[0]["payload"]["event"]["type"] == "channel_archive"


@pytest.mark.usefixtures("quick")
async def test_an_event_that_nobody_takes_in_is_found(
    slack: Slack, team: Team, raw: Raw
) -> None:
    """After the fourth time it does not come again."""
    link = await raw.dial()
    team.rename_channel(team.general, "lobby")
    assert [0, 1, 2, 3] == [(await link.next())["retry_attempt"] for _ in range(4)]
    await until(lambda: bool(slack.findings))
    assert ["event channel_rename was never taken in"] == taken(slack)


async def test_events_and_deeds_can_come_more_than_once(
    slack: Slack, team: Team, raw: Raw, mia: Actor
) -> None:
    """Events under one id or several; commands in two envelopes."""
    link = await raw.dial()

    async def ids(count: int) -> list[str]:
        found = []
        for _ in range(count):
            envelope = await link.next()
            await link.acknowledge(envelope)
            found.append(str(envelope["payload"].get("event_id")))
        return found

    slack.faults.duplicate_events(copies=3)
    team.archive(team.general)
    assert 1 == len(set(await ids(3)))
    slack.faults.duplicate_events(copies=3, fresh_ids=True)
    team.unarchive(team.general)
    assert 3 == len(set(await ids(3)))
    slack.faults.duplicate_deeds()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(mia.command("/thank", settle_s=0))
        await ids(2)
    commands = [each["payload"] for each in link.heard[-2:]]
    assert commands[0] == commands[1]


async def test_what_was_on_a_cut_socket_comes_on_the_next(
    slack: Slack, team: Team, raw: Raw
) -> None:
    """An event is lost only when nobody takes it in; a socket's end is no answer."""
    link = await raw.dial()
    team.archive(team.general)
    await link.next()
    other = await raw.dial()
    slack.faults.cut()
    assert "closed" == (await link.next())["type"]
    assert "closed" == (await other.next())["type"]
    third = await raw.dial()
    envelope = await third.next()
    await third.acknowledge(envelope)
    assert "channel_archive" == envelope["payload"]["event"]["type"]


async def test_a_socket_that_is_to_go_gets_nothing_more(
    slack: Slack, raw: Raw, mia: Actor
) -> None:
    """Warned, asked, then closed; a new one gets what comes meanwhile."""
    old = await raw.dial()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(slack.faults.refresh(grace_s=0.3))
        reasons = [(await old.next())["reason"] for _ in range(2)]
        assert ["warning", "refresh_requested"] == reasons
        new = await raw.dial()
        for _ in range(2):
            shown = tasks.create_task(mia.command("/thank", settle_s=0))
            await new.acknowledge(await new.next())
            assert "nothing" == (await shown).kind
    assert ("closed", 1) == ((await old.next())["type"], slack.connections)


async def test_ten_sockets_and_no_more(slack: Slack, raw: Raw) -> None:
    """The eleventh hears why, and is closed; envelopes go to each in turn."""
    slack.web_api.limits.per_minute["apps.connections.open"] = 99
    for _ in range(10):
        await raw.dial()
    reply = await raw.call("apps.connections.open", token=slack.app_token)
    link = Link(await raw.session.ws_connect(reply.body["url"]))
    assert "too_many_websockets" == (await link.next())["reason"]
    assert "closed" == (await link.next())["type"]
    assert 10 == slack.connections


async def test_a_ticket_opens_one_socket(slack: Slack, raw: Raw) -> None:
    """An address is used up; only the app's own token gets one."""
    url = (await raw.call("apps.connections.open", token=slack.app_token)).body["url"]
    raw.links.append(Link(await raw.session.ws_connect(url)))
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await raw.session.ws_connect(url)
    assert "invalid_auth" == (await raw.call("apps.connections.open")).error


async def test_a_silent_socket_says_nothing_at_all(slack: Slack, raw: Raw) -> None:
    """Not even to a ping; that is how a watchdog can tell."""
    url = (await raw.call("apps.connections.open", token=slack.app_token)).body["url"]
    link = Link(await raw.session.ws_connect(url, autoping=False))
    raw.links.append(link)
    await link.next()
    await link.socket.ping(b"1")
    assert aiohttp.WSMsgType.PONG is (await link.socket.receive()).type
    slack.faults.silence()
    await link.socket.ping(b"2")
    await until(lambda: slack.sockets.pings == 2)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await link.socket.receive()


@asynccontextmanager
async def answering(
    slack: Slack, answer: Callable[[web.Request, bytes], web.Response]
) -> AsyncIterator[None]:
    """Have the app at an address that answers so."""

    async def handle(raw: web.Request) -> web.Response:
        return answer(raw, await raw.read())

    app = web.Application()
    app.router.add_post("/slack/events", handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    try:
        yield
    finally:
        await runner.cleanup()


async def test_http_is_signed(slack: Slack, mia: Actor, clock: Clock) -> None:
    """Version, time and body under the app's secret; a command is a form."""
    seen: list[dict[str, Any]] = []

    def answer(raw: web.Request, body: bytes) -> web.Response:
        at = raw.headers["X-Slack-Request-Timestamp"]
        base = b"v0:" + at.encode() + b":" + body
        key = slack.signing_secret.encode()
        told = hmac.new(key, base, hashlib.sha256).hexdigest()
        assert f"v0={told}" == raw.headers["X-Slack-Signature"]
        assert str(int(clock().timestamp())) == at
        seen.append(parse_qs(body.decode()))
        return web.json_response({"text": "thanks"})

    async with answering(slack, answer):
        shown = await mia.command("/thank", "you")
    assert ("message", "thanks", True) == (shown.kind, shown.text, shown.ephemeral)
    assert (["/thank"], ["you"]) == (seen[0]["command"], seen[0]["text"])


async def test_http_tells_that_it_comes_again(
    slack: Slack, team: Team, raw: Raw
) -> None:
    """The first try, and then three with their number and reason."""
    seen: list[tuple[str, str]] = []

    def answer(raw: web.Request, body: bytes) -> web.Response:
        headers = raw.headers
        number = headers.get("X-Slack-Retry-Num", "")
        seen.append((number, headers.get("X-Slack-Retry-Reason", "")))
        return web.Response(status=500 if len(seen) < 3 else 200)

    async with answering(slack, answer):
        team.archive(team.general)
        await until(lambda: len(seen) == 3)
    assert [("", ""), ("1", "http_error"), ("2", "http_error")] == seen


async def test_an_address_is_verified_by_a_challenge(slack: Slack) -> None:
    """Echoed, it is the app's; otherwise not."""

    def echo(raw: web.Request, body: bytes) -> web.Response:
        return web.json_response({"challenge": json.loads(body)["challenge"]})

    async with answering(slack, echo):
        assert await slack.verify_url()
    async with answering(slack, lambda raw, body: web.Response(text="")):
        assert not await slack.verify_url()


async def test_a_message_can_be_taken_after_the_caller_gave_up(
    slack: Slack, team: Team, raw: Raw
) -> None:
    """Late acceptance: no answer, and yet it stands there in the end."""
    slack.faults.hang(late=True, wait_s=0.2, path="postMessage")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await raw.post(team.general.id)
    assert {} == team.general.messages
    await until(lambda: len(team.general.messages) == 1)


@pytest.mark.parametrize("accept", [True, False])
async def test_a_connection_can_end_instead_of_an_answer(
    slack: Slack, team: Team, raw: Raw, *, accept: bool
) -> None:
    """With or without the message being kept; once."""
    slack.faults.reset(accept=accept, path="chat")
    with pytest.raises(aiohttp.ClientError):
        await raw.post(team.general.id)
    assert (accept, 0) == (bool(team.general.messages), slack.faults.armed)
    assert 0 == slack.requests[-1].status


async def test_answers_can_be_errors_limits_and_slow(
    slack: Slack, team: Team, raw: Raw
) -> None:
    """Each by its switch, where and as often as said."""
    place = team.general.id
    slack.faults.status(503, times=1)
    slack.faults.error("fatal_error", times=1, path="chat")
    slack.faults.rate_limit(7)
    assert 503 == (await raw.call("auth.test")).status
    assert "fatal_error" == (await raw.post(place)).error
    assert "7" == (await raw.post(place)).headers["Retry-After"]
    slack.faults.slow(0.2)
    began_s = asyncio.get_running_loop().time()
    assert 200 == (await raw.post(place)).status
    assert asyncio.get_running_loop().time() - began_s >= 0.2
    told = [(each.status, each.error) for each in slack.requests]
    assert [(503, ""), (200, "fatal_error"), (429, "ratelimited"), (200, "")] == told


async def test_slack_can_be_away_and_back_at_the_same_address(
    slack: Slack, raw: Raw
) -> None:
    """Connections are refused meanwhile."""
    link = await raw.dial()
    await slack.faults.cut_everything()
    assert "closed" == (await link.next())["type"]
    with pytest.raises(aiohttp.ClientConnectionError):
        await raw.call("auth.test")
    await slack.faults.mend()
    assert 200 == (await raw.call("auth.test")).status


async def test_an_uninstalled_app_hears_of_it_and_of_nothing_more(
    team: Team, raw: Raw
) -> None:
    """Tokens first, then the whole app; and then nothing."""
    link = await raw.dial()
    team.uninstall()
    team.archive(team.general)
    told = [await link.next() for _ in range(2)]
    for each in told:
        await link.acknowledge(each)
    kinds = {each["payload"]["event"]["type"] for each in told}
    assert {"tokens_revoked", "app_uninstalled"} == kinds
    assert "token_revoked" == (await raw.call("auth.test")).error


async def test_an_app_hears_only_what_it_asked_for(
    slack: Slack, team: Team, raw: Raw, mia: Actor
) -> None:
    """What people write is told with message.channels alone."""
    link = await raw.dial()
    await mia.says("nobody listens")
    events = {"bot_events": ["message.channels"]}
    slack.register({"settings": {"event_subscriptions": events}})
    await mia.says("hello")
    team.archive(team.general)
    envelope = await link.next()
    await link.acknowledge(envelope)
    event = envelope["payload"]["event"]
    assert ("message", "hello", "channel") == (
        event["type"],
        event["text"],
        event["channel_type"],
    )
    assert deeds.PATIENCE_S == 3.0
