"""Members are told neutrally: who they are, what they may do, where they belong."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.people import (
    Standing,
    handles_of,
    name_of,
    person_called,
    person_of,
    standing_of,
)
from bot.adapters.slack.raw import Json, MalformedError
from bot.domain.people import Person, Role
from bot.domain.refs import MemberRef, RoleRef
from tests.adapters.slack.sent import ANA, BO, DAN, ELSEWHERE, HOME, TEAM, user


def test_a_member_is_a_person() -> None:
    """With the language that they read, and the user groups that they are in."""
    expected = Person(
        MemberRef(HOME, ANA),
        "Ana Souza",
        locale="en-US",
        groups=(RoleRef(HOME, "S0M"),),
    )
    assert expected == person_of(HOME, user(), groups=["S0M"])


@pytest.mark.parametrize(
    ("changed", "handed", "role"),
    [
        ({}, {}, Role.MEMBER),
        ({"is_admin": True}, {}, Role.ADMIN),
        ({"is_owner": True}, {}, Role.ADMIN),
        ({"is_primary_owner": True}, {}, Role.ADMIN),
        ({}, {"installer": True}, Role.ADMIN),
        ({}, {"moderator": True}, Role.MODERATOR),
        ({"is_admin": True}, {"moderator": True}, Role.ADMIN),
        ({"is_restricted": True}, {"moderator": True}, Role.MODERATOR),
        ({"is_admin": True, "team_id": ELSEWHERE}, {"installer": True}, Role.MEMBER),
        ({"is_owner": True, "is_stranger": True}, {"moderator": True}, Role.MEMBER),
        ({"is_owner": True, "deleted": True}, {}, Role.MEMBER),
    ],
)
def test_roles_are_of_this_workspace(
    changed: Json, handed: dict[str, Any], role: Role
) -> None:
    """Whoever is an admin of another organisation is not one here."""
    assert role == person_of(HOME, user(**changed), **handed).role


@pytest.mark.parametrize(
    ("changed", "standing", "here"),
    [
        ({}, Standing.MEMBER, True),
        ({"is_restricted": True}, Standing.GUEST, True),
        ({"is_ultra_restricted": True}, Standing.GUEST, True),
        ({"team_id": ELSEWHERE}, Standing.EXTERNAL, True),
        ({"is_stranger": True}, Standing.EXTERNAL, True),
        ({"deleted": True, "team_id": ELSEWHERE}, Standing.GONE, False),
        ({"team_id": ELSEWHERE, "enterprise_user": {"teams": [TEAM]}},
         Standing.MEMBER, True),
        ({"team_id": ELSEWHERE, "enterprise_user": {"teams": ["T1"]}},
         Standing.EXTERNAL, True),
        ({"team_id": None}, Standing.MEMBER, True),
    ],
)  # fmt: skip
def test_guests_and_externals_are_told_apart(
    changed: Json,
    standing: Standing,
    here: bool,  # noqa: FBT001
) -> None:
    """Of one organisation with several workspaces, all who are in this one belong."""
    found = user(**changed)
    assert standing == standing_of(HOME, found)
    assert here is person_of(HOME, found).here


def test_bots_are_known() -> None:
    """Slackbot too, of which Slack does not say so."""
    assert person_of(HOME, user(is_bot=True)).bot
    assert person_of(HOME, user("USLACKBOT")).bot
    assert not person_of(HOME, user(is_app_user=True)).bot


@pytest.mark.parametrize(
    ("profile", "real", "name"),
    [
        ({"display_name": "ana ☕", "real_name": "Ana Souza"}, "x", "ana ☕"),
        ({"display_name": "", "real_name": "Ana Souza"}, "x", "Ana Souza"),
        ({}, "Ana S.", "Ana S."),
        (None, None, "ana.souza"),
    ],
)
def test_a_name_is_the_one_that_others_read(
    profile: Json | None, real: str | None, name: str
) -> None:
    """The one that they show; else the full one; else the handle."""
    assert name == name_of(user(profile=profile, real_name=real))
    assert ANA == name_of({"id": ANA})


def test_a_language_that_is_none_is_not_taken() -> None:
    """What is no tag does not go near a catalogue."""
    assert person_of(HOME, user(locale="../x")).locale is None
    assert person_of(HOME, user(locale=None)).locale is None


def test_a_name_that_two_share_is_nobodys() -> None:
    """Nor is one of somebody who left; of one person all names count."""
    dan = {"display_name": "DANNY", "real_name": "Dan"}
    other = {"display_name": "Danny", "real_name": "Dan Other"}
    users = [
        user(DAN, profile=dan, real_name="Dan", name="dan"),
        user(BO, profile=other, real_name="Dan Other", name="dan.other"),
        user(ANA, deleted=True),
    ]
    shared = {"DANNY": "", "Danny": ""}
    assert shared | {"dan": DAN, "Dan Other": BO, "dan.other": BO} == handles_of(users)


def test_whoever_slack_does_not_tell_of_is_an_ordinary_member() -> None:
    """With the name that is at hand, or none but the id."""
    assert Person(MemberRef(HOME, ANA), "ana") == person_called(HOME, ANA, "ana")
    assert ANA == person_called(HOME, ANA, "").name
    with pytest.raises(MalformedError):
        person_called(HOME, "<@U1>", "x")


VALUES: st.SearchStrategy[Any] = st.none() | st.booleans() | st.text(max_size=5)


@given(
    st.dictionaries(
        st.sampled_from([*user(), "is_stranger", "enterprise_user"]),
        VALUES | st.dictionaries(st.sampled_from(["teams", "real_name"]), VALUES),
    )
)
def test_no_user_breaks_the_reader(changed: Json) -> None:
    """A person, or one kind of error."""
    with contextlib.suppress(MalformedError):
        person_of(HOME, user(**changed))
    with contextlib.suppress(MalformedError):
        handles_of([user(**changed), user(BO)])
