"""What taking part in a challenge looks like to who does."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.clip import clip
from bot.chat.limits import MAX_OPTIONS
from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Message,
    Node,
    Option,
    Select,
    Tone,
    say,
)
from bot.chat.text import Phrase, Quote, When, phrase
from bot.domain.challenges import Challenge, Scoring
from cogs.checkins.joining import Joined, Left
from cogs.checkins.service import Receipt
from storage.challenges.checkins import CheckInState

MAX_OPTION_NAME_CHARS = 40


def joined(seen: Joined) -> Message:
    """Return what somebody should know of a challenge that they are in."""
    challenge, terms = seen.challenge, seen.challenge.terms
    key = "joined" if seen.anew else "in-already"
    body = [phrase(f"checkins.{key}", title=title_of(challenge)), _when(seen)]
    body.append(phrase("checkins.how", proof=str(terms.proof)))
    if terms.teams:
        body.append(_team_of(seen))
    buttons = []
    if seen.open_today:
        check = Action("checkins.check", (challenge.id,))
        buttons.append(button("check", check, Tone.MAIN))
    if terms.teams:
        buttons.append(button("teams", Action("checkins.teams", (challenge.id,))))
    buttons.append(button("leave", Action("checkins.leave", (challenge.id,))))
    return say(Card(body=tuple(body), tone=Tone.JOY), Buttons(tuple(buttons)))


def left(gone: Left) -> Message:
    """Return that somebody left a challenge, with the way back."""
    key = "left" if gone.was_in else "was-not-in"
    card = Card(body=(phrase(f"checkins.{key}", title=title_of(gone.challenge)),))
    back = button("join", Action("checkins.join", (gone.challenge.id,)))
    return say(card, Buttons((back,)))


def receipt(done: Receipt) -> Message:
    """Return what an entrant should know of a check-in, with the ways on and back."""
    checkin, terms = done.checkin, done.challenge.terms
    waits = checkin.state is CheckInState.WAITING
    title = phrase(
        "checkins.waits" if waits else "checkins.counted",
        day=checkin.day,
        days=terms.days,
    )
    card = Card(
        title=title,
        body=tuple(_told(done)),
        footer=phrase("checkins.of", title=title_of(done.challenge)),
        tone=Tone.PLAIN if waits else Tone.JOY,
    )
    place = button("place", Action("standings.mine", (done.challenge.id,)))
    back = button("take-back", Action("checkins.take-back", (checkin.id,)))
    return say(card, *_catching_up(done), Buttons((place, back)))


def confirm(known: Receipt) -> Message:
    """Ask whether a check-in is to be taken back whose day cannot be done again."""
    checkin = known.checkin
    card = Card(
        title=phrase("checkins.confirm", day=checkin.day),
        body=(phrase("checkins.confirm-what", day=checkin.day),),
    )
    buttons = (
        button(
            "take-back-now",
            Action("checkins.take-back-now", (checkin.id,)),
            Tone.WARNING,
        ),
        button("keep", Action("checkins.keep", (checkin.id,))),
    )
    return say(card, Buttons(buttons))


def taken_back(known: Receipt) -> Message:
    """Return that a check-in counts no more, with the way to do its day again."""
    checkin = known.checkin
    words = phrase(
        "checkins.taken-back",
        day=checkin.day,
        title=title_of(known.challenge),
        again=int(known.again),
    )
    card = Card(body=(words,))
    if not known.again:
        return say(card)
    anew = Action("checkins.check-day", (known.challenge.id, checkin.day))
    return say(card, Buttons((button("check", anew),)))


def title_of(challenge: Challenge) -> Quote:
    """Return what a challenge is called."""
    return Quote(challenge.terms.title)


def button(label: str, action: Action, tone: Tone = Tone.PLAIN) -> Button:
    """Return a button with a label of this slice."""
    return Button(phrase(f"checkins.button-{label}"), action, tone)


def _when(seen: Joined) -> Phrase:
    days = seen.challenge.terms.days
    if seen.begins_at is not None:
        return phrase("checkins.begins", begins=When(seen.begins_at), days=days)
    if seen.today is None:
        return phrase("checkins.days-over")
    open_now = int(seen.open_today)
    return phrase("checkins.day", day=seen.today, days=days, open=open_now)


def _team_of(seen: Joined) -> Phrase:
    if seen.team is None:
        return phrase("checkins.alone")
    return phrase("checkins.team-here", team=team_name(seen.team.id, seen.team.name))


def team_name(team: int, name: str | None) -> Quote | Phrase:
    """Return what a team is called; one whose name is erased has a number."""
    return Quote(name) if name else phrase("checkins.team-unnamed", number=team)


def _told(done: Receipt) -> Iterator[Phrase]:
    score, scoring = done.score, done.challenge.terms.scoring
    if done.checkin.state is CheckInState.WAITING:
        yield phrase("checkins.waits-what")
    else:
        yield phrase("checkins.score", points=score.points, days=score.days)
        yield from _streak(score.streak, scoring)
    if done.next_at is not None:
        yield phrase("checkins.next", begins=When(done.next_at))
    else:
        yield phrase("checkins.last")
    if score.finished:
        yield phrase("checkins.finished")


def _streak(streak: int, scoring: Scoring) -> Iterator[Phrase]:
    if streak < 2:  # noqa: PLR2004  one day is no row
        return
    every = scoring.streak_every
    left = every - streak % every if every and scoring.streak_bonus else 0
    yield phrase(
        "checkins.streak", streak=streak, left=left, bonus=scoring.streak_bonus
    )


def _catching_up(done: Receipt) -> Iterator[Node]:
    if not done.missed:
        return
    options = tuple(
        Option(
            phrase("checkins.missed-day", day=day),
            Action("checkins.check-day", (done.challenge.id, day)),
        )
        for day in done.missed[-MAX_OPTIONS:]
    )
    yield Select(phrase("checkins.missed", count=len(done.missed)), options)


def option_name(name: str | None, team: int) -> Quote | Phrase:
    """Return a team's name as short as options are."""
    known = clip(name, MAX_OPTION_NAME_CHARS) if name else None
    return team_name(team, known)
