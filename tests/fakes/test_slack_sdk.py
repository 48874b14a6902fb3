"""slack_sdk on the double: limits, files, installing, people and places."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import (
    Actor,
    Json,
    Slack,
    Team,
    doubled,
)
from tests.fakes.slack.bolted import Bot, client_of, running, saying
from tests.harness import Clock
from tests.waiting import until


async def test_bolt_behind_http(mia: Actor, team: Team) -> None:
    """Bolt's own verifier finds the signature good, by the true time."""
    async with doubled(lambda: datetime.now(UTC)) as slack:  # noqa: TID251  Bolt's is the true time
        team = slack.add_team("Elm")
        ana = team.add_member("Ana Souza")
        app = AsyncApp(
            client=client_of(slack, team), signing_secret=slack.signing_secret
        )
        bot = Bot(app, saying("over http"))

        async def handle(raw: web.Request) -> web.Response:
            body, headers = await raw.text(), dict[str, Any](raw.headers)
            got = await app.async_dispatch(AsyncBoltRequest(body=body, headers=headers))
            return web.Response(status=got.status, text=got.body)

        door = web.Application()
        door.router.add_post("/slack/events", handle)
        runner = web.AppRunner(door, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        slack.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
        assert await slack.verify_url()
        assert "over http" == (await ana.command("/thank")).text
        assert ("/thank", []) == (bot.heard[-1]["command"], slack.findings)
        await runner.cleanup()


async def test_the_sdk_waits_when_it_is_told_to(slack: Slack, team: Team) -> None:
    """With the handler that is not there by itself."""
    client = client_of(slack, team)
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=2))
    began_s = asyncio.get_running_loop().time()
    for text in "ab":
        await client.chat_postMessage(channel=team.general.id, text=text)
    assert asyncio.get_running_loop().time() - began_s >= 0.9
    assert (1, 2) == (slack.rate_limited, len(team.general.messages))


async def test_a_picture_is_uploaded_waited_for_and_shown(
    slack: Slack, team: Team, mia: Actor
) -> None:
    """With alternative text it is never shared by itself, and not ready at once."""
    client = client_of(slack, team)
    slack.world.processing_s = 0.2
    uploaded = await client.files_upload_v2(
        channel=team.general.id, content=b"png", filename="a.png", alt_txt="a tree"
    )
    file_id = uploaded["file"]["id"]
    assert {} == team.general.messages
    block = {"type": "image", "alt_text": "a tree", "slack_file": {"id": file_id}}
    message: Json = {"channel": team.general.id, "text": "a tree", "blocks": [block]}
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postMessage(**message)

    async def ready() -> bool:
        return bool((await client.files_info(file=file_id))["file"]["mimetype"])

    await until(ready)
    await client.chat_postMessage(**message)
    assert 1 == len(slack.sees(mia, team.general))


async def test_a_file_without_alternative_text_is_shared(
    slack: Slack, team: Team, mia: Actor
) -> None:
    """In a direct message, whose id a first message tells."""
    client = client_of(slack, team)
    opened = await client.conversations_open(users=mia.id)
    await client.files_upload_v2(
        channel=opened["channel"]["id"], content="a,b", filename="a.csv"
    )
    (message,) = slack.direct(mia)
    assert ["a.csv"] == [each["name"] for each in message["files"]]


async def test_a_team_lets_the_app_in(slack: Slack, clock: Clock) -> None:
    """A code works once, for ten minutes, with the app's own secret."""
    team = slack.add_team("Elm", installed=False)
    ana = team.add_member("Ana Souza", admin=True)
    client = AsyncWebClient(base_url=slack.api)
    back = "https://laurel.example/back"
    page = (
        f"{slack.authorize_url}?client_id={slack.client_id}&scope=chat:write,commands"
    )
    page += f"&state=s1&redirect_uri={back}"

    async def exchange(code: str, secret: str) -> Json:
        got = await client.oauth_v2_access(
            client_id=slack.client_id,
            client_secret=secret,
            code=code,
            redirect_uri=back,
        )
        return dict(got.data)  # type: ignore[arg-type]

    address, _, query = ana.approves(page).partition("?code=")
    code = query.removesuffix("&state=s1")
    assert back == address
    with pytest.raises(SlackApiError, match="bad_client_secret"):
        await exchange(code, "none")
    told = await exchange(code, slack.client_secret)
    assert (team.id, team.bot_token) == (told["team"]["id"], told["access_token"])
    assert ("chat:write,commands", ana.id) == (told["scope"], told["authed_user"]["id"])
    with pytest.raises(SlackApiError, match="invalid_code"):
        await exchange(code, slack.client_secret)
    late = ana.approves(page).partition("?code=")[2].partition("&")[0]
    clock.move(minutes=11)
    with pytest.raises(SlackApiError, match="invalid_code"):
        await exchange(late, slack.client_secret)
    assert "error=access_denied&state=s1" == ana.refuses(page).partition("?")[2]


async def test_an_organisation_lets_the_app_in_everywhere(
    slack: Slack, clock: Clock
) -> None:
    """One token for all its teams; interactions say which."""
    org = slack.add_org()
    elm = slack.add_team("Elm", installed=False, org=org)
    oak = slack.add_team("Oak", installed=False, org=org)
    ana = elm.add_member("Ana Souza", owner=True)
    bo = oak.add_member("Bo")
    page = f"{slack.authorize_url}?client_id={slack.client_id}&scope=chat:write"
    code = ana.approves(page, org_wide=True).partition("?code=")[2].partition("&")[0]
    client = AsyncWebClient(base_url=slack.api)
    told = await client.oauth_v2_access(
        client_id=slack.client_id, client_secret=slack.client_secret, code=code
    )
    assert (None, org, True) == (
        told["team"],
        told["enterprise"]["id"],
        told["is_enterprise_install"],
    )
    async with running(slack, oak) as bot:
        bot.handle = saying("here")
        assert "here" == (await bo.command("/thank")).text
    assert (oak.id, org, "true") == (
        bot.heard[0]["team_id"],
        bot.heard[0]["enterprise_id"],
        bot.heard[0]["is_enterprise_install"],
    )


async def test_people_and_places_are_told_of(
    slack: Slack, team: Team, mia: Actor
) -> None:
    """Roles, guests, strangers, groups, members, as the methods tell of them."""
    client = client_of(slack, team)
    guest = team.add_member("Kim", guest=True)
    other = slack.add_team("Elm", installed=False).add_member("Zoe")
    wall = team.add_channel("wall", members=[mia])
    with pytest.raises(SlackApiError, match="user_not_found"):
        await client.users_info(user=other.id)
    team.share(wall, other.team, other)
    told = [
        (await client.users_info(user=each.id, include_locale=True))["user"]
        for each in (mia, guest, other)
    ]
    assert [(False, None), (True, None), (False, True)] == [
        (each["is_restricted"], each.get("is_stranger")) for each in told
    ]
    group = team.add_usergroup("mentors", [mia])
    held = await client.usergroups_users_list(usergroup=group.id)
    assert ([mia.id], "en-US") == (held["users"], told[0]["locale"])
    members = (await client.conversations_members(channel=wall.id))["members"]
    assert sorted([mia.id, other.id, team.bot_user_id]) == members
    named = (await client.conversations_list())["channels"]
    assert ["general", "wall"] == [each["name"] for each in named]
    assert (await client.conversations_info(channel=wall.id))["channel"][
        "is_ext_shared"
    ]


async def test_an_app_leaves_by_its_own_wish(slack: Slack, team: Team) -> None:
    """With its id and secret; its token is gone then."""
    client = client_of(slack, team)
    told = await client.team_info()
    assert ("Willow", team.id) == (told["team"]["name"], told["team"]["id"])
    me = await client.auth_test()
    assert (
        team.bot_user_id == (await client.bots_info(bot=me["bot_id"]))["bot"]["user_id"]
    )
    with pytest.raises(SlackApiError, match="bad_client_secret"):
        await client.apps_uninstall(client_id=slack.client_id, client_secret="none")
    await client.apps_uninstall(
        client_id=slack.client_id, client_secret=slack.client_secret
    )
    with pytest.raises(SlackApiError, match="token_revoked"):
        await client.auth_test()
