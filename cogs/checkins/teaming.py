"""What happens when somebody makes a team, joins one or leaves it: units of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.responses import Call
from bot.domain.challenges import Challenge, State
from bot.domain.errors import RuleError
from bot.domain.lookalikes import skeleton
from cogs.checkins import rules
from cogs.checkins.rules import Actor
from storage import activity
from storage.activity import Fact
from storage.challenges import entrants, teams
from storage.challenges.teams import Named, Team
from storage.database import Transaction

MIN_NAME_CHARS = 2
MAX_NAME_CHARS = 40

MAX_LISTED = 24
"""How many teams are offered: as many as a list holds."""

_OURS = tuple(map(skeleton, ("Laurel", "Laurel Bot")))


@dataclass(frozen=True, slots=True)
class Teams:
    """What an entrant should know of the teams of a challenge.

    Attributes:
        mine: None for none.

        others: With room, the oldest first; nothing where the member is in one.

        leavable: Whether they can leave theirs.
    """

    challenge: Challenge
    mine: Team | None
    others: Sequence[Team]
    leavable: bool


def look(tx: Transaction, call: Call, which: str | None) -> Teams:
    """Return the teams of a challenge that the actor takes part in.

    Raises:
        RuleError: If they do not, it is over, or it is not for teams.
    """
    actor = rules.actor_of(tx, call)
    return _seen(tx, actor, _challenge(tx, actor, which))


def make(tx: Transaction, call: Call, which: str, name: str) -> Teams:
    """Have the actor make a team of their own.

    Raises:
        RuleError: As in `look`; if they are in one, or if the name is taken, or is one
            that a reader would take for another.
    """
    actor = rules.actor_of(tx, call)
    challenge = _challenge(tx, actor, which)
    _check_alone(tx, actor, challenge, "name")
    folded = skeleton(name)
    _check_name(tx, actor, challenge, name, folded)
    named = Named(name, folded, challenge.terms.team_max)
    key = actor.member.key
    if teams.make(tx, actor.community, challenge.id, key, named, call.at) is None:
        raise RuleError("checkins.refused-team-name", "name", name=name)
    _tell(tx, actor, challenge, 1, call)
    return _seen(tx, actor, challenge)


def join(tx: Transaction, call: Call, which: str, team: int) -> Teams:
    """Have the actor be in a team. Doing so again changes nothing.

    Raises:
        RuleError: As in `look`; if they are in another, or it is full or gone.
    """
    actor = rules.actor_of(tx, call)
    challenge = _challenge(tx, actor, which)
    found = teams.get(tx, actor.community, team)
    if found is None or found.challenge != challenge.id or not found.size:
        raise RuleError("checkins.refused-team-gone", "team")
    if _team_of(tx, actor, challenge) != team:
        _check_alone(tx, actor, challenge, "team")
        key, most = actor.member.key, challenge.terms.team_max
        seat = teams.Seat(challenge.id, team, key)
        if not teams.join(tx, actor.community, seat, most):
            raise RuleError("checkins.refused-team-full", "team", most=most)
        _tell(tx, actor, challenge, 1, call)
    return _seen(tx, actor, challenge)


def leave(tx: Transaction, call: Call, which: str) -> Teams:
    """Have the actor be in no team. Doing so again changes nothing.

    Raises:
        RuleError: As in `look`; or if the challenge runs and others are in it.
    """
    actor = rules.actor_of(tx, call)
    challenge = _challenge(tx, actor, which)
    if (seen := _seen(tx, actor, challenge)).mine and not seen.leavable:
        raise RuleError("checkins.refused-team-settled")
    if teams.leave(tx, actor.community, challenge.id, actor.member.key):
        _tell(tx, actor, challenge, -1, call)
    return _seen(tx, actor, challenge)


def _tell(
    tx: Transaction, actor: Actor, challenge: Challenge, amount: int, call: Call
) -> None:
    """Have the log say that a team has one more, or one less: boards follow it."""
    key, about = actor.member.key, f"challenges:{challenge.id}"
    fact = Fact("challenges.teamed", key, key, amount, call.id, about)
    activity.add(tx, actor.community, fact, call.at)


def offered(tx: Transaction, call: Call) -> Sequence[Team]:
    """Return the teams with room in what the actor takes part in without one."""
    actor = rules.reader_of(tx, call)
    if actor is None:
        return ()
    mine = (each for each in rules.mine(tx, actor) if each.terms.teams)
    alone = (each for each in mine if _team_of(tx, actor, each) is None)
    return [team for each in alone for team in _with_room(tx, actor, each)]


def join_named(tx: Transaction, call: Call, team: str) -> Teams:
    """Have the actor be in a team that is named by its id as text.

    Raises:
        RuleError: As in `join`.
    """
    actor = rules.actor_of(tx, call)
    found = None
    if team.isascii() and team.isdecimal() and len(team) <= rules.MAX_ID_DIGITS:
        found = teams.get(tx, actor.community, int(team))
    if found is None:
        raise RuleError("checkins.refused-team-gone", "team")
    return join(tx, call, str(found.challenge), found.id)


def _challenge(tx: Transaction, actor: Actor, which: str | None) -> Challenge:
    challenge = rules.meant(tx, actor, which)
    rules.check_joined(rules.course(tx, actor, challenge))
    if not challenge.terms.teams:
        raise RuleError("checkins.refused-no-teams", title=challenge.terms.title)
    return challenge


def _seen(tx: Transaction, actor: Actor, challenge: Challenge) -> Teams:
    mine = None
    if (team := _team_of(tx, actor, challenge)) is not None:
        mine = teams.get(tx, actor.community, team)
    others = () if mine else _with_room(tx, actor, challenge)
    # Who is alone in theirs takes nothing from anybody by leaving it.
    leavable = mine is not None and (challenge.state is State.OPEN or mine.size == 1)
    return Teams(challenge, mine, others[:MAX_LISTED], leavable)


def _with_room(tx: Transaction, actor: Actor, challenge: Challenge) -> Sequence[Team]:
    most = challenge.terms.team_max
    return teams.with_room(tx, actor.community, challenge.id, most, MAX_LISTED)


def _team_of(tx: Transaction, actor: Actor, challenge: Challenge) -> int | None:
    entrant = entrants.entrant(tx, challenge.id, actor.member.key)
    return entrant.team if entrant else None


def _check_alone(tx: Transaction, actor: Actor, challenge: Challenge, at: str) -> None:
    if _team_of(tx, actor, challenge) is not None:
        raise RuleError("checkins.refused-in-team", at)


def _check_name(
    tx: Transaction, actor: Actor, challenge: Challenge, name: str, folded: str
) -> None:
    """Check that nobody takes a name for somebody else's.

    Raises:
        RuleError: If it looks like another team's, a moderator's or Laurel's.
    """
    same = teams.named(tx, actor.community, challenge.id, folded)
    if same is not None:
        raise RuleError("checkins.refused-team-name", "name", name=same.name or name)
    others = teams.trusted_names(tx, actor.community, actor.member.key)
    if folded in {*_OURS, *map(skeleton, others)}:
        raise RuleError("checkins.refused-team-poses", "name", name=name)
