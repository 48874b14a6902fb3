"""The double is as strict as Discord, and remembers what a bot should not have done."""

from __future__ import annotations

import asyncio

import pytest

from tests.fakes.conftest import Hand
from tests.fakes.discord import Actor, Discord, Guild, Json, NotPossibleError
from tests.harness import Clock
from tests.needs import need

EPHEMERAL, LOADING, V2 = 1 << 6, 1 << 7, 1 << 15
HELLO: Json = {"name": "hello", "description": "d", "type": 1}
BUTTON = {"type": 2, "style": 1, "label": "Undo", "custom_id": "1:undo"}
SAID: Json = {"content": "Hi", "components": [{"type": 1, "components": [BUTTON]}]}
FORM: Json = {
    "custom_id": "1:form",
    "title": "T",
    "components": [
        {
            "type": 18,
            "label": "Why",
            "component": {"type": 4, "style": 1, "custom_id": "why"},
        }
    ],
}


@pytest.fixture
async def live(hand: Hand) -> Hand:
    """A bot that is connected and has published a command."""
    await hand.publish(HELLO)
    await hand.connect()
    return hand


async def test_a_wrong_token_is_refused(hand: Hand, discord: Discord) -> None:
    """It counts towards the ban that Discord gives in the end."""
    reply = await hand.ask("GET", "/users/@me", token="guess")
    assert (401, 1) == (reply.status, discord.invalid_requests)
    for _ in range(49):
        await hand.ask("GET", "/users/@me", token="guess")
    assert ["50 invalid requests: a ban draws near"] == discord.findings
    discord.findings.clear()


async def test_a_route_that_is_not_there(hand: Hand, discord: Discord) -> None:
    """What the double does not know is told, and never answered kindly."""
    reply = await hand.ask("POST", "/channels/1/pins")
    assert (404, 1) == (reply.status, len(discord.findings))
    discord.findings.clear()


async def test_the_double_judges_itself(
    hand: Hand, discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that is not as Discord's document says is a finding too."""
    need("specs")
    plain = type(discord.world.me).json
    without = {"username"}
    monkeypatch.setattr(
        type(discord.world.me),
        "json",
        lambda user: {k: v for k, v in plain(user).items() if k not in without},
    )
    await hand.ask("GET", "/users/@me")
    (found,) = discord.findings
    assert "the double itself" in found
    assert "'username' is a required property" in found
    discord.findings.clear()


async def test_an_interaction_is_answered_once(
    live: Hand, discord: Discord, ana: Actor
) -> None:
    """The second answer is refused, also where it would have been right alone."""
    replies = []

    async def twice(told: Json) -> None:
        replies.append(await live.answer(told, 4, SAID))
        replies.append(await live.answer(told, 4, SAID))

    shown = await live.during(ana.slash("hello"), twice)
    assert ("message", "Hi") == (shown.kind, (shown.message or {})["content"])
    assert [200, 400] == [reply.status for reply in replies]
    assert 40060 == replies[1].code
    assert "40060" in discord.findings[0]
    discord.findings.clear()


async def test_an_answer_after_three_seconds_is_too_late(
    live: Hand, discord: Discord, ana: Actor
) -> None:
    """The member reads that the app did not respond, and the token is of no use."""
    replies = []

    async def late(told: Json) -> None:
        await asyncio.sleep(3.05)
        replies.append(await live.answer(told, 4, SAID))

    shown = await live.during(ana.slash("hello"), late)
    assert ("unanswered", 10062) == (shown.kind, replies[0].code)
    assert ["was not answered", "10062"] == [
        "was not answered" if "was not" in each else each.split()[2]
        for each in discord.findings
    ]
    discord.findings.clear()


async def test_what_a_test_wants_is_no_finding(
    live: Hand, discord: Discord, ana: Actor
) -> None:
    """Only the error codes that it names."""
    discord.tolerate(40060)

    async def twice(told: Json) -> None:
        await live.answer(told, 4, SAID)
        await live.answer(told, 4, SAID)

    await live.during(ana.slash("hello"), twice)
    assert [] == discord.findings


@pytest.mark.parametrize(("kind", "data"), [(7, SAID), (6, None), (8, {"choices": []})])
async def test_an_answer_that_does_not_fit_a_command(
    live: Hand, discord: Discord, ana: Actor, kind: int, data: Json | None
) -> None:
    """A command has no message to redraw and no choices to offer."""
    replies = []

    async def wrong(told: Json) -> None:
        replies.append(await live.answer(told, kind, data))
        await live.answer(told, 4, SAID)

    await live.during(ana.slash("hello"), wrong)
    assert (400, 1) == (replies[0].status, len(discord.findings))
    discord.findings.clear()


async def test_a_form_opens_no_form(live: Hand, discord: Discord, ana: Actor) -> None:
    """Discord answers a form with a message alone."""

    async def open_it(told: Json) -> None:
        assert 200 == (await live.answer(told, 9, FORM)).status

    async def again(told: Json) -> None:
        assert 400 == (await live.answer(told, 9, FORM)).status
        await live.answer(told, 4, SAID)

    form = await live.during(ana.slash("hello"), open_it)
    await live.during(ana.submit(form, {"why": "x"}), again)
    assert 1 == len(discord.findings)
    discord.findings.clear()


async def test_a_token_lives_fifteen_minutes(
    live: Hand, discord: Discord, ana: Actor, clock: Clock
) -> None:
    """By the clock that was handed in."""
    told: list[Json] = []

    async def answer(it: Json) -> None:
        told.append(it)
        await live.answer(it, 4, SAID)

    await live.during(ana.slash("hello"), answer)
    clock.move(minutes=15)
    path = live.original(told[0])
    assert 200 == (await live.ask("PATCH", path, {"content": "x"})).status
    clock.move(seconds=1)
    reply = await live.ask("PATCH", path, {"content": "y"})
    assert (401, 50027, 1) == (reply.status, reply.code, len(discord.findings))
    discord.findings.clear()


async def test_a_placeholder_gives_way_to_the_first_follow_up(
    live: Hand, discord: Discord, ana: Actor, bo: Actor
) -> None:
    """It keeps its own visibility; what follows has each its own."""
    hook = f"/webhooks/{discord.application_id}"

    async def late(told: Json) -> None:
        reply = await live.answer(told, 5, {"flags": EPHEMERAL})
        assert reply.body["interaction"]["response_message_loading"]
        await live.ask("POST", f"{hook}/{told['token']}", {"content": "One"})
        await live.ask("POST", f"{hook}/{told['token']}", {"content": "Two"})

    shown = await live.during(ana.slash("hello"), late)
    assert ("message", True, True) == (shown.kind, shown.deferred, shown.ephemeral)
    here = ana.guild.general
    assert ["One", "Two"] == [each["content"] for each in discord.sees(ana, here)]
    assert ["Two"] == [each["content"] for each in discord.sees(bo, here)]
    assert EPHEMERAL == discord.sees(ana, here)[0]["flags"]


async def test_a_placeholder_waits_to_be_settled(live: Hand, ana: Actor) -> None:
    """Who does not wait for the answer sees that the app is thinking."""

    async def defer(told: Json) -> None:
        await live.answer(told, 5)

    shown = await live.during(ana.slash("hello", settle=False), defer)
    assert "deferred" == shown.kind
    assert (shown.message or {})["flags"] & LOADING


async def test_answers_are_read_changed_and_taken_down(
    live: Hand, discord: Discord, ana: Actor
) -> None:
    """By the token alone; what is private is not among the channel's messages."""
    paths: list[str] = []

    async def answer(told: Json) -> None:
        paths.append(live.original(told))
        early = await live.ask("PATCH", paths[0], {"content": "x"})
        assert 10015 == early.code
        await live.answer(told, 4, {**SAID, "flags": EPHEMERAL})

    shown = await live.during(ana.slash("hello"), answer)
    stands = (shown.message or {})["id"]
    assert stands == (await live.ask("GET", paths[0])).body["id"]
    channel = f"/channels/{ana.guild.general.id}/messages"
    assert 10008 == (await live.ask("GET", f"{channel}/{stands}")).code
    assert [] == (await live.ask("GET", channel)).body
    assert 204 == (await live.ask("DELETE", paths[0])).status
    assert 10008 == (await live.ask("GET", paths[0])).code
    assert [] == discord.sees(ana, ana.guild.general)


async def test_each_channel_has_a_bucket(
    hand: Hand, discord: Discord, guild: Guild
) -> None:
    """Headers say what is left; what is too many is refused as Discord does."""
    left = [
        (await hand.post(guild.general, {"content": "x"})).headers[
            "X-RateLimit-Remaining"
        ]
        for _ in range(5)
    ]
    assert ["4", "3", "2", "1", "0"] == left
    reply = await hand.post(guild.general, {"content": "x"})
    assert (429, 1, 1) == (reply.status, discord.rate_limited, discord.invalid_requests)
    assert 0 < reply.body["retry_after"] <= 5
    assert {"Via", "Retry-After", "X-RateLimit-Bucket"} <= set(reply.headers)
    other = guild.add_channel("wall")
    assert 200 == (await hand.post(other, {"content": "x"})).status


async def test_fifty_requests_a_second_in_all(hand: Hand, discord: Discord) -> None:
    """Answers to interactions are not counted among them."""
    discord.rest.buckets.limits["GET /users/@me"] = (1000, 1.0)
    replies = [await hand.ask("GET", "/users/@me") for _ in range(51)]
    assert 429 == replies[-1].status, "51 requests took a second"
    assert replies[-1].body["global"]
    unknown = await hand.ask("POST", "/interactions/1/t/callback", {"type": 5})
    assert 10062 == unknown.code
    discord.findings.clear()


async def test_who_installed_is_told_to_those_who_may_ask(
    hand: Hand, discord: Discord
) -> None:
    """The audit log needs its permission."""
    guild = discord.add_guild("Elm", installer="Ida")
    path = f"/guilds/{guild.id}/audit-logs?action_type=28&limit=1"
    assert 50013 == (await hand.ask("GET", path)).code
    guild.roles[guild.id].permissions |= 1 << 7
    (entry,) = (await hand.ask("GET", path)).body["audit_log_entries"]
    assert "Ida" == discord.world.users[entry["user_id"]].name


async def test_a_client_lets_nobody_do_what_cannot_be_done(
    live: Hand, guild: Guild, ana: Actor
) -> None:
    """A test that asks for it is wrong, and is told so."""
    await live.publish(
        {**HELLO, "contexts": [0]},
        {**HELLO, "name": "staff", "default_member_permissions": "8192"},
        {
            **HELLO,
            "name": "typed",
            "options": [
                {"type": 3, "name": "why", "description": "d", "max_length": 3},
                {"type": 4, "name": "many", "description": "d", "max_value": 5},
                {"type": 6, "name": "who", "description": "d"},
            ],
        },
        {
            **HELLO,
            "name": "asks",
            "options": [{"type": 3, "name": "a", "description": "d", "required": True}],
        },
    )
    hidden = guild.add_channel("hidden", hidden_from=[ana])
    for deed in (
        ana.slash("nothing"),
        ana.slash("staff"),
        ana.slash("asks"),
        ana.slash("asks", {"a": "x", "b": "y"}),
        ana.slash("typed", {"why": "long"}),
        ana.slash("typed", {"many": 6}),
        ana.slash("typed", {"many": True}),
        ana.slash("typed", {"who": "Bo"}),
        ana.autocomplete("typed", {"why": "x"}, "why"),
        ana.slash("hello", channel=ana.dm),
        ana.slash("hello", channel=hidden),
        ana.menu("hello", ana),
        ana.click("123", "Undo"),
    ):
        with pytest.raises(NotPossibleError):
            await deed
