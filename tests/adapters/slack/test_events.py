"""What Slack tells by itself: of homes, members, channels and of being sent away."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.events import (
    Granted,
    Heard,
    HomeOpened,
    Seen,
    Withdrawn,
    heard,
    keys_of,
)
from bot.adapters.slack.people import SLACK
from bot.adapters.slack.raw import Json, MalformedError
from bot.chat.news import ChannelGone, Left
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from tests.adapters.slack.sent import ANA, BO, GENERAL, HOME, event, message, user

OF_ORGANISATION: Json = {
    "team_id": None,
    "enterprise_id": "E0GROVE",
    "authorizations": [
        {"enterprise_id": "E0GROVE", "team_id": None, "is_enterprise_install": True}
    ],
}
GONE = ChannelGone(ChannelRef(HOME, GENERAL))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (event("app_home_opened", user=ANA, tab="home"),
         HomeOpened(MemberRef(HOME, ANA))),
        (event("app_home_opened", user=ANA, tab="messages"), None),
        (event("app_uninstalled"), Left(HOME)),
        (event("tokens_revoked", tokens={"oauth": [], "bot": ["U0LAUREL"]}),
         Left(HOME)),
        (event("tokens_revoked", tokens={"oauth": [ANA]}), None),
        (event("tokens_revoked", tokens={"oauth": [ANA], "bot": []}), None),
        (event("channel_deleted", channel=GENERAL), GONE),
        (event("channel_archive", channel=GENERAL, user=ANA), GONE),
        (event("group_deleted", channel=GENERAL), GONE),
        (event("group_archive", channel=GENERAL), GONE),
        (event("team_join", user=user(BO)), Seen(MemberRef(HOME, BO), user(BO))),
        (event("user_change", user=user(BO)), Seen(MemberRef(HOME, BO), user(BO))),
        (event("message", **{k: v for k, v in message().items() if k != "type"}), None),
        (event("something_new"), None),
        (event("team_access_granted", team_ids=["T0OAK", "T0ELM"]) | OF_ORGANISATION,
         Granted("E0GROVE", ("T0OAK", "T0ELM"))),
        (event("team_access_revoked", team_ids=["T0OAK"]) | OF_ORGANISATION,
         Withdrawn(("T0OAK",))),
        (event("app_uninstalled") | OF_ORGANISATION,
         Left(CommunityRef(SLACK, "E0GROVE"))),
    ],
)  # fmt: skip
def test_an_event_is_told(raw: Json, expected: Heard | None) -> None:
    """A member's own token that is taken back is no news; the bot's is."""
    assert expected == heard(raw)


def test_a_channel_that_is_gone_is_known_again() -> None:
    """By when it happened, which is the same under every id."""
    first = event("channel_archive", channel=GENERAL)
    for raw in (first, first | {"event_id": "Ev1"}):
        gone = heard(raw)
        assert isinstance(gone, ChannelGone)
        assert "1772798400.000200" == gone.sign


def test_an_event_is_known_again() -> None:
    """By its id, and, under another id, by what it is about and when it happened."""
    first = event("app_home_opened", user=ANA)
    keys = set(keys_of(first))
    assert 2 == len(keys)
    assert keys & set(keys_of(first | {"event_id": "Ev1"}))
    later = event("app_home_opened", user=ANA, event_ts="1772798401.0")
    assert not keys & set(keys_of(later | {"event_id": "Ev1"}))
    somebody_else = event("app_home_opened", user=BO)
    assert not keys & set(keys_of(somebody_else | {"event_id": "Ev1"}))
    assert not keys & set(
        keys_of(event("user_change", user=user()) | {"event_id": "E"})
    )
    bare = {"team_id": HOME.id, "event": {"type": "x"}}
    assert () == keys_of(bare)
    granted = event("team_access_granted", team_ids=["T0OAK"]) | OF_ORGANISATION
    assert 2 == len(keys_of(granted))


@pytest.mark.parametrize(
    "raw",
    [
        {},
        event("channel_deleted"),
        event("channel_deleted", channel={"id": GENERAL}),
        event("app_home_opened"),
        event("user_change", user=ANA),
        event("team_access_granted") | OF_ORGANISATION,
        event("team_access_granted", team_ids=["T0OAK"]),
        event("team_access_revoked", team_ids=[7]) | OF_ORGANISATION,
        event("x") | {"event": None},
        event("x") | {"team_id": None, "authorizations": []},
    ],
)
def test_what_slack_does_not_send_is_told(raw: Json) -> None:
    """One kind of error."""
    with pytest.raises(MalformedError):
        heard(raw)


ANYTHING: st.SearchStrategy[Any] = (
    st.none() | st.integers() | st.sampled_from([ANA, GENERAL, "tokens_revoked"])
)


@given(
    st.sampled_from(["app_home_opened", "tokens_revoked", "user_change", "x"]),
    st.dictionaries(
        st.sampled_from(["user", "channel", "tokens", "tab", "ts", "event_ts", "type"]),
        ANYTHING | st.dictionaries(st.sampled_from(["id", "bot"]), ANYTHING),
    ),
)
def test_no_event_breaks_the_reader(kind: str, inner: Json) -> None:
    """Told, of no use, or malformed."""
    raw = event(kind)
    raw["event"] |= inner
    for ask in (heard, keys_of):
        with contextlib.suppress(MalformedError):
            ask(raw)
