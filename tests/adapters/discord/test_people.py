"""Members as Discord shows them become people as Laurel knows them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.people import DISCORD, person_of, role_of
from bot.adapters.discord.raw import Json, MalformedError
from bot.domain.people import Person, Role
from bot.domain.refs import CommunityRef, MemberRef, RoleRef
from tests.adapters.discord.sent import ANA, GUILD, LAUREL, member, user
from tests.fakes.discord.openapi import problems

HOME = CommunityRef(DISCORD, GUILD)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def test_the_examples_are_what_discord_documents() -> None:
    """A user and a member of these tests hold against Discord's own document."""
    assert [] == problems("UserResponse", user())
    whole = member(user=user(), mute=False, deaf=False)
    del whole["permissions"]  # which interactions alone have
    assert [] == problems("GuildMemberResponse", whole)


def test_a_member_is_told_whole() -> None:
    """Name, role, locale, groups and the day they joined, as Discord shows them."""
    shown = member(
        nick="Ana, at work",
        permissions=str(1 << 13 | 1 << 10),
        roles=["31", "32"],
        joined_at="2025-03-06T13:00:00.123000+01:00",
    )
    expected = Person(
        MemberRef(HOME, ANA),
        "Ana, at work",
        role=Role.MODERATOR,
        locale="pt-BR",
        joined_at=datetime(2025, 3, 6, 12, 0, 0, 123_000, tzinfo=UTC),
        groups=(RoleRef(HOME, GUILD), RoleRef(HOME, "31"), RoleRef(HOME, "32")),
    )
    assert expected == person_of(HOME, user(), shown, "pt-BR")


@pytest.mark.parametrize(
    ("nick", "everywhere", "name"),
    [
        ("Here", "Everywhere", "Here"),
        (None, "Everywhere", "Everywhere"),
        ("", "Everywhere", "Everywhere"),
        (None, None, "user.101"),
    ],
)
def test_a_name_is_the_one_that_others_read(
    nick: str | None, everywhere: str | None, name: str
) -> None:
    """The name in this guild, else the display name, else the handle."""
    shown = person_of(HOME, user(global_name=everywhere), member(nick=nick))
    assert name == shown.name


def test_who_is_not_in_the_guild_is_not_here() -> None:
    """Discord resolves users whose id was typed, members or not."""
    shown = person_of(HOME, user(), None)
    assert not shown.here
    assert (Role.MEMBER, None, ()) == (shown.role, shown.joined_at, shown.groups)


@pytest.mark.parametrize(
    ("bits", "role"),
    [
        (0, Role.MEMBER),
        (1 << 10 | 1 << 11 | 1 << 28, Role.MEMBER),
        (1 << 13, Role.MODERATOR),
        (1 << 40, Role.MODERATOR),
        (1 << 5, Role.ADMIN),
        (1 << 3, Role.ADMIN),
        ((1 << 53) - 1, Role.ADMIN),
    ],
)
def test_permissions_decide_the_role(bits: int, role: Role) -> None:
    """Who manages the server is an admin; who keeps order in it, a moderator."""
    assert role == role_of(bits)
    assert role == person_of(HOME, user(), member(permissions=str(bits))).role


def test_apps_are_apps() -> None:
    """Bots, and Discord's own account, cannot be thanked or thank."""
    assert person_of(HOME, user(LAUREL), member()).bot
    assert person_of(HOME, user(system=True), member()).bot
    assert not person_of(HOME, user(), member()).bot


def test_a_locale_that_is_none_is_left_out() -> None:
    """What is stored as a language looks like one."""
    assert person_of(HOME, user(), member(), "no/such thing").locale is None
    assert person_of(HOME, user(), member(), "").locale is None
    assert "es-419" == person_of(HOME, user(), member(), "es-419").locale


@pytest.mark.parametrize(
    ("whose", "shown"),
    [
        ({"id": 101}, {}),
        ({"id": "../../1"}, {}),
        ({"id": "9" * 21}, {}),
        ({"username": None, "global_name": None}, {}),
        ({"bot": "yes"}, {}),
        ({}, {"nick": 7}),
        ({}, {"roles": "31"}),
        ({}, {"roles": [31]}),
        ({}, {"permissions": 1024}),
        ({}, {"permissions": "0x8"}),
        ({}, {"permissions": "9" * 5_000}),
        ({}, {"joined_at": "last year"}),
        ({}, {"joined_at": "0001-01-01T00:00:00+14:00"}),
    ],
)
def test_what_discord_does_not_send_is_told(whose: Json, shown: Json) -> None:
    """One kind of error, whatever is wrong."""
    with pytest.raises(MalformedError):
        person_of(HOME, user(**whose), member(**shown))


@given(
    st.dictionaries(st.sampled_from(sorted(user())), JSON, max_size=3),
    st.dictionaries(st.sampled_from(sorted(member())), JSON, max_size=3),
    st.text(max_size=8) | st.none(),
)
def test_no_member_breaks_the_reader(
    whose: Json, shown: Json, locale: str | None
) -> None:
    """Whatever stands where, it is a person or one kind of error."""
    try:
        found = person_of(HOME, user(**whose), member(**shown), locale)
    except MalformedError:
        return
    assert found.ref.community == HOME
