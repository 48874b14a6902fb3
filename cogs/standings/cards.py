"""What boards look like, to everybody and to one reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.chat import pictures
from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Line,
    Message,
    Node,
    Picture,
    Tone,
    say,
)
from bot.chat.pictures import BoardCard
from bot.chat.text import Phrase, Quote, Value, When, phrase
from cogs.standings.service import Board, Known, Own, Phase, Standing
from storage.challenges.disputes import Answer, Dispute, Reply
from storage.challenges.results import Placed
from storage.challenges.scores import TeamPlace

_TONES = {Phase.FINAL: Tone.JOY, Phase.CALLED_OFF: Tone.WARNING}


def board(shown: Board, *, dark: bool = False, own: bool = False) -> Message:
    """Return a board; with ``own``, for one reader alone."""
    head = Card(
        title=phrase("standings.title", challenge=_title(shown)),
        body=tuple(_about(shown)),
        picture=picture(shown, dark=dark) if shown.places else None,
        tone=_TONES.get(shown.phase, Tone.PLAIN),
    )
    nodes: list[Node] = [head]
    if shown.teams:
        lines = tuple(map(_team_line, shown.teams))
        nodes.append(Card(title=phrase("standings.teams"), lines=lines))
    if shown.places:
        title = phrase("standings.members") if shown.teams else None
        lines = tuple(map(_line, shown.places))
        footer = phrase("standings.ties") if _ties(shown.places) else None
        nodes.append(Card(title=title, lines=lines, footer=footer))
    return say(*nodes, Buttons(tuple(_ways(shown, own=own))))


def picture(shown: Board, *, dark: bool = False) -> Picture:
    """Return the picture of a board, which says in words all that it shows."""
    ties = _ties(shown.places) or _ties(shown.teams)
    card = BoardCard(
        title=_title(shown),
        span=_span(shown),
        places=tuple(map(_drawn, shown.places)),
        places_title=phrase("standings.members") if shown.teams else None,
        teams=tuple(map(_drawn_team, shown.teams)),
        teams_title=phrase("standings.teams"),
        closing=phrase("standings.ties-drawn") if ties else None,
        dark=dark,
    )
    return card.picture(_alt(shown))


def mine(own: Own) -> Message:
    """Return where the reader stands, with what they can do next."""
    shown = own.board
    card = Card(
        title=phrase("standings.own", challenge=_title(shown)),
        body=tuple(_own_words(own)),
        lines=tuple(map(_line, own.around)),
    )
    ways = Buttons(tuple(_own_ways(own)))
    return say(card, ways) if ways.items else say(card)


def answered(challenge: str, placed: Placed | None, reply: Reply) -> Message:
    """Return what whoever disputed is told."""
    parted = "-parted" if reply.part else ""
    body = [
        phrase(f"standings.told-{reply.answer}{parted}", challenge=Quote(challenge)),
        phrase("standings.quoted", words=Quote(reply.reason)),
    ]
    if reply.answer is Answer.CORRECTED and placed is not None:
        body.append(phrase("standings.told-place", counted=_counted(placed)))
    title = phrase(f"standings.told-{reply.answer}-title")
    return say(Card(title=title, body=tuple(body)))


def overdue(challenge: str, count: int) -> Message:
    """Return what moderators are told of a result that cannot stand yet."""
    title = phrase("standings.overdue-title", challenge=Quote(challenge))
    body = (phrase("standings.overdue", count=count), phrase("standings.overdue.next"))
    return say(Card(title=title, body=body, tone=Tone.WARNING))


def settled(key: str, said: Dispute) -> Message:
    """Return what whoever answered hears."""
    body = [phrase(key)]
    if said.answered is not None and said.answered.part:
        body.append(phrase("standings.parted-you"))
    return say(Card(body=tuple(body)))


def note(key: str, **values: Quote | When | int) -> Message:
    """Return one sentence."""
    return say(Card(body=(phrase(key, **values),)))


def _title(shown: Board) -> Quote:
    return Quote(shown.challenge.terms.title)


def _span(shown: Board) -> Phrase:
    if shown.phase is Phase.RUNNING:
        days = shown.challenge.terms.days
        return phrase("standings.span-running", day=shown.day, days=days)
    return phrase(f"standings.span-{shown.phase}")


def _about(shown: Board) -> Iterator[Phrase]:
    yield phrase("standings.stage", span=_span(shown), count=shown.entrants)
    match shown.phase:
        case Phase.LOOKING:
            yield phrase("standings.looking", count=shown.waiting)
        case Phase.OPEN if shown.until is not None:
            yield phrase("standings.open", until=When(shown.until))
        case Phase.ANSWERING:
            yield phrase("standings.answering")
        case _:
            pass
    if shown.parted:
        yield phrase("standings.parted", count=shown.parted)
    yield phrase("standings.in-points" if shown.places else "standings.empty")


def _ways(shown: Board, *, own: bool) -> Iterator[Button]:
    number = shown.challenge.id
    if shown.phase is Phase.RUNNING and not own:
        check = Action("checkins.check", (number,))
        yield Button(phrase("standings.check"), check, Tone.MAIN)
    yield Button(phrase("standings.mine-button"), Action("standings.mine", (number,)))
    if shown.phase is Phase.OPEN:
        yield _object(number)


def _object(challenge: int) -> Button:
    act = Action("standings.object", (challenge,))
    return Button(phrase("standings.object-button"), act)


def _own_words(own: Own) -> Iterator[Phrase]:
    match own.known:
        case Known.OUTSIDE:
            joinable = own.board.challenge.state.joinable
            yield phrase(f"standings.outside-{'yes' if joinable else 'no'}")
        case Known.NOTHING:
            running = own.board.phase is Phase.RUNNING
            yield phrase(f"standings.nothing-{'yes' if running else 'no'}")
        case Known.HIDDEN:
            yield phrase("standings.own-hidden", counted=_tally(own))
        case Known.PLACED:
            yield phrase("standings.own-placed", counted=_tally(own))
    if own.disputes:
        yield from _last_word(own.disputes[-1])


def _last_word(said: Dispute) -> Iterator[Phrase]:
    """Yield what became of what the reader said against their place."""
    if said.answered is None:
        yield phrase("standings.own-waiting")
    elif said.answered.reason:
        reason = Quote(said.answered.reason)
        yield phrase(f"standings.own-{said.answered.answer}", words=reason)


def _own_ways(own: Own) -> Iterator[Button]:
    number, shown = own.board.challenge.id, own.board
    if own.known is Known.OUTSIDE:
        if shown.challenge.state.joinable:
            join = Action("checkins.join", (number,))
            yield Button(phrase("standings.join"), join, Tone.MAIN)
        return
    if shown.phase is Phase.RUNNING:
        check = Action("checkins.check", (number,))
        yield Button(phrase("standings.check"), check, Tone.MAIN)
    if shown.phase is Phase.OPEN:
        yield _object(number)


def _line(standing: Standing) -> Line:
    who = standing.who or phrase("standings.somebody")
    text = phrase("standings.line", who=who, detail=_detail(standing))
    return Line(standing.rank, text, standing.points, standing.yours)


def _team_line(team: TeamPlace) -> Line:
    text = phrase("standings.line", who=_team(team), detail=_team_detail(team))
    return Line(team.rank, text, team.points)


def _team(team: TeamPlace) -> Quote | Phrase:
    return Quote(team.name) if team.name else phrase("standings.team-nameless")


def _detail(standing: Standing) -> Phrase:
    return phrase("standings.detail", days=standing.days, streak=standing.streak)


def _team_detail(team: TeamPlace) -> Phrase:
    return phrase("standings.team-detail", size=team.size, days=team.days)


def _tally(own: Own) -> Phrase:
    return phrase("standings.counted", points=points(own.points), days=own.days)


def _counted(placed: Placed) -> Phrase:
    return phrase("standings.counted", points=points(placed.points), days=placed.days)


def points(count: int) -> Phrase:
    """Return a number of points in words."""
    return phrase("standings.points", count=count)


def _drawn(standing: Standing) -> pictures.Standing:
    if standing.who is None:
        raise LookupError("a board names everybody whom it shows")
    return pictures.Standing(
        rank=standing.rank,
        who=standing.who,
        points=standing.points,
        told=points(standing.points),
        detail=_detail(standing),
    )


def _drawn_team(team: TeamPlace) -> pictures.Standing:
    return pictures.Standing(
        rank=team.rank,
        who=_team(team),
        points=team.points,
        told=points(team.points),
        detail=_team_detail(team),
    )


def _alt(shown: Board) -> Phrase:
    named: dict[str, Value] = {
        "challenge": _title(shown),
        "span": _span(shown),
        "places": tuple(map(_alt_place, shown.places)),
    }
    if not shown.teams:
        return phrase("standings.alt", **named)
    teams = tuple(map(_alt_team, shown.teams))
    return phrase("standings.alt-teams", teams=teams, **named)


def _alt_place(standing: Standing) -> Phrase:
    who = standing.who or phrase("standings.somebody")
    told = points(standing.points)
    return phrase("standings.alt-place", rank=standing.rank, who=who, points=told)


def _alt_team(team: TeamPlace) -> Phrase:
    told = points(team.points)
    return phrase("standings.alt-place", rank=team.rank, who=_team(team), points=told)


def _ties(ranked: Sequence[Standing] | Sequence[TeamPlace]) -> bool:
    shared = Counter(each.points for each in ranked)
    return any(count > 1 for count in shared.values())
