"""What teams look like to who is in one, or could be."""

from __future__ import annotations

from bot.chat.message import Action, Buttons, Card, Message, Node, Option, Select, say
from bot.chat.text import phrase
from cogs.checkins.cards import button, option_name, team_name, title_of
from cogs.checkins.teaming import Teams
from storage.challenges.teams import Team


def teams(seen: Teams) -> Message:
    """Return the team that somebody is in, or those that they can join."""
    return _mine(seen, seen.mine) if seen.mine else _others(seen)


def _mine(seen: Teams, mine: Team) -> Message:
    terms = seen.challenge.terms
    body = [
        phrase(
            "checkins.in-team",
            team=team_name(mine.id, mine.name),
            size=mine.size,
            most=terms.team_max,
        )
    ]
    if (missing := terms.team_min - mine.size) > 0:
        body.append(phrase("checkins.team-small", count=missing))
    elif not seen.leavable:
        body.append(phrase("checkins.team-stays"))
    nodes: list[Node] = [
        Card(
            title=phrase("checkins.teams-of", title=title_of(seen.challenge)),
            body=tuple(body),
        )
    ]
    if seen.leavable:
        away = Action("checkins.leave-team", (seen.challenge.id,))
        nodes.append(Buttons((button("leave-team", away),)))
    return say(*nodes)


def _others(seen: Teams) -> Message:
    terms, number = seen.challenge.terms, seen.challenge.id
    least, most = terms.team_min, terms.team_max
    key = "teams-open" if seen.others else "teams-none"
    card = Card(
        title=phrase("checkins.teams-of", title=title_of(seen.challenge)),
        body=(phrase(f"checkins.{key}", least=least, most=most),),
    )
    nodes: list[Node] = [card]
    if seen.others:
        options = tuple(
            Option(
                phrase(
                    "checkins.team-option",
                    team=option_name(each.name, each.id),
                    size=each.size,
                    most=most,
                ),
                Action("checkins.join-team", (number, each.id)),
            )
            for each in seen.others
        )
        nodes.append(Select(phrase("checkins.team-pick"), options))
    make = button("make-team", Action("checkins.make-team", (number,)))
    return say(*nodes, Buttons((make,)))
