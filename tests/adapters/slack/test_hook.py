"""Slack's calls over HTTP: what it signed is taken, all else is turned away."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters.slack import hook
from bot.adapters.slack.hook import MAX_BODY_BYTES, Signatures
from bot.adapters.slack.manifest import EVENTS_PATH, manifest
from bot.chat.catalogue import Catalogue
from bot.chat.news import Left
from bot.chat.table import RouteTable
from bot.web.server import served
from tests.adapters.slack.conftest import Site, settled
from tests.fakes.slack import Slack as Double
from tests.fakes.slack.http_door import signed
from tests.harness import START, Clock
from tests.waiting import until

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@dataclass(repr=False)
class Post:
    """The web port, with Slack's door in it."""

    site: Site
    url: str
    session: aiohttp.ClientSession

    async def call(
        self,
        body: bytes,
        kind: str = FORM,
        *,
        late: timedelta = timedelta(0),
        headers: dict[str, str] | None = None,
        secret: str | None = None,
    ) -> int:
        """Return the status that a call is answered with."""
        secret = self.site.slack.signing_secret if secret is None else secret
        made = signed(secret, body, self.site.clock() - late)
        sent = {"Content-Type": kind, **made, **(headers or {})}
        async with self.session.post(
            self.url, data=io.BytesIO(body), headers=sent
        ) as answer:
            await answer.read()
            return answer.status


@pytest.fixture
async def post(
    slack: Double, clock: Clock, words: Catalogue, table: RouteTable
) -> AsyncIterator[Post]:
    secret = slack.signing_secret
    slack.register(manifest(table, words, url="https://laurel.example"))
    async with (
        settled(
            slack, clock, words, table, app_token=None, signing_secret=secret
        ) as site,
        served(None, 0, routes=site.adapter.routes()) as home,
        aiohttp.ClientSession() as session,
    ):
        url = home.rstrip("/") + EVENTS_PATH
        slack.deliver_to(url)
        yield Post(site, url, session)
        slack.deliver_to(None)


async def test_slack_s_own_calls_are_taken(post: Post) -> None:
    """Commands, presses, forms and events work as over a socket."""
    site = post.site
    assert await site.slack.verify_url()
    shown = await site.ana.command("/vocabulary", "choices craft")
    assert "view" == shown.kind
    shown = await site.ana.submit(shown, {"tea": "mate"})
    assert ("message", True) == (shown.kind, shown.ephemeral)
    first = await site.ana.command("/vocabulary", "nodes")
    message = next(m for m in first.messages if m.get("is_ephemeral"))
    form = await site.ana.click(message, "Ask me")
    assert "errors" == (await site.ana.submit(form, {"words": "no"})).kind
    site.team.uninstall()
    await until(lambda: Left(site.here) in site.ear.news)


async def test_no_socket_is_opened_for_it(post: Post) -> None:
    """Where Slack calls, Laurel does not."""
    assert 0 == post.site.slack.connections
    assert None is post.site.adapter.trouble


@pytest.mark.parametrize("late_s", [301, -301])
async def test_what_is_stale_is_turned_away(post: Post, late_s: int) -> None:
    """What was signed more than five minutes ago, or is yet to be, may be anybody's."""
    late = timedelta(seconds=late_s)
    assert 401 == await post.call(b"command=/vocabulary", late=late)


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v1=é"},
        {"X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Request-Timestamp": "٣"},
        {"X-Slack-Request-Timestamp": "9" * 400},
        {"X-Slack-Request-Timestamp": "-1"},
    ],
)
async def test_what_is_forged_is_turned_away(
    post: Post, headers: dict[str, str]
) -> None:
    """Whatever stands where the signature should."""
    assert 401 == await post.call(b"command=/vocabulary", headers=headers)
    assert [] == post.site.ear.calls


async def test_what_another_secret_signed_is_turned_away(post: Post) -> None:
    """Another app's calls are not ours."""
    assert 401 == await post.call(b"command=/vocabulary", secret="another")


async def test_what_is_played_again_is_turned_away(post: Post) -> None:
    """The same call, signature and all, is taken once."""
    body = urlencode({"command": "/kudos", "team_id": post.site.team.id}).encode()
    assert [200, 401] == [await post.call(body) for _ in range(2)]


async def test_what_is_no_form_and_no_json_is_turned_away(post: Post) -> None:
    """Slack sends nothing else, and packs nothing."""
    assert 415 == await post.call(b"hello", "text/plain")
    packed = gzip.compress(b"\0" * 10_000_000)
    encoded = {"Content-Encoding": "gzip"}
    assert 415 == await post.call(packed, headers=encoded)


async def test_what_is_too_large_is_turned_away(post: Post) -> None:
    """Whether or not it says how large it is."""
    assert 413 == await post.call(b"a" * (MAX_BODY_BYTES + 1))

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(17):
            yield b"a" * 64 * 1024

    sent = {"Content-Type": FORM}
    async with post.session.post(post.url, data=chunks(), headers=sent) as answer:
        assert 413 == answer.status


async def test_whoever_stalls_is_hung_up_on(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A body that never ends holds nobody up."""
    monkeypatch.setattr(hook, "_BODY_PATIENCE_S", 0.3)

    async def drip() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"a"
            await asyncio.sleep(0.1)

    sent = {"Content-Type": FORM}
    async with post.session.post(post.url, data=drip(), headers=sent) as answer:
        assert 408 == answer.status


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe", FORM),
        (b"payload=%7B", FORM),
        (b"payload=[]", FORM),
        (b"{", JSON),
        (b"[" * 100_000, JSON),
        (b'"text"', JSON),
    ],
)
async def test_what_slack_never_sends_is_turned_away(
    post: Post, body: bytes, kind: str
) -> None:
    """Signed or not, it is no call of Slack's."""
    assert 400 == await post.call(body, kind)


SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ("type", "team", "user", "view", "event", "actions", "id", "channel")
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
KINDS = st.sampled_from(
    (
        "block_actions", "view_submission", "view_closed", "message_action", "shortcut",
        "block_suggestion", "event_callback", "interactive_message", "url_verification",
    )
)  # fmt: skip


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(kind=KINDS, rest=st.dictionaries(st.sampled_from(
    ("team", "user", "view", "event", "actions", "channel", "container", "message",
     "trigger_id", "callback_id", "action_id", "block_id", "value", "authorizations",
     "event_id", "team_id", "response_url")), SHAPES, max_size=9))  # fmt: skip
async def test_no_shape_breaks_the_door(
    post: Post, caplog: pytest.LogCaptureFixture, kind: str, rest: dict[str, object]
) -> None:
    """Whatever is signed, the answer says so and is no error of ours."""
    post.site.clock.move(seconds=1)
    body = json.dumps({"type": kind, **rest}).encode()
    status = await post.call(body, JSON)
    assert status in {200, 400}, (status, kind, rest)
    assert [] == [each for each in caplog.records if each.levelno >= logging.ERROR]


def test_what_was_seen_is_forgotten_once_it_is_stale() -> None:
    """Signatures are remembered for as long as they would be taken."""
    clock = Clock()
    known = Signatures("secret", clock)
    for number in range(500):
        body = f"call={number}".encode()
        made = signed("secret", body, clock())
        stamp, signature = (
            made["X-Slack-Request-Timestamp"],
            made["X-Slack-Signature"],
        )
        assert known.fit(body, stamp, signature)
        assert not known.fit(body, stamp, signature)
        clock.move(seconds=10)
    assert len(known._seen) < 70
    assert START < clock()
