"""What moderators and those in a committee are told, in private."""

from __future__ import annotations

from datetime import datetime

from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Message,
    Tone,
    say,
)
from bot.chat.text import Phrase, Quote, When, phrase
from bot.domain.awards import Award
from bot.domain.committees import Size
from bot.domain.refs import ChannelRef
from storage.committees import Committee


def note(key: str, **values: int | When) -> Message:
    """Return one plain sentence."""
    return say(Card(body=(Phrase(key, values),)))


def of_award(key: str, award: Award) -> Message:
    """Return one sentence about an award."""
    return say(Card(body=(phrase(key, award=Quote(award.name)),)))


def begun(place: ChannelRef, draws_at: datetime) -> Message:
    """Return what a moderator reads who had a committee drawn."""
    told = phrase("committees.begun", place=place, at=When(draws_at))
    return say(Card(title=phrase("committees.begun-title"), body=(told,)))


def short(available: int, asked: Size, size: Size) -> Message:
    """Return how many are missing, and what those who are there are enough for."""
    missing = asked.people - available
    body = (
        phrase("committees.short", available=available, missing=missing),
        phrase("committees.short-why"),
    )
    action = Action("committees.fewer", (size.seats, size.backups, size.days))
    label = phrase("committees.fewer-seats", seats=size.seats, backups=size.backups)
    return say(Card(body=body), Buttons((Button(label, action, Tone.MAIN),)))


def seated(committee: Committee) -> Message:
    """Return what somebody reads who has a seat from now on."""
    until = When(committee.ends_at or committee.asked_at)
    body = (
        phrase("committees.seated", until=until),
        phrase("committees.seated-next"),
    )
    card = Card(title=phrase("committees.seated-title"), body=body, tone=Tone.JOY)
    return say(card, Buttons((step_down_now(),)))


def backup(committee: Committee, turn: int) -> Message:
    """Return what somebody reads who may have a seat later."""
    until = When(committee.ends_at or committee.asked_at)
    body = (phrase("committees.backup", turn=turn, until=until),)
    card = Card(title=phrase("committees.backup-title"), body=body)
    return say(card, Buttons((step_down_now(),)))


def invitation(award: Award, ballot: int, waiting: int, closes_at: datetime) -> Message:
    """Return what asks somebody to vote."""
    told = phrase("committees.invited", count=waiting, until=When(closes_at))
    title = phrase("committees.invited-title", award=Quote(award.name))
    return say(Card(title=title, body=(told,)), Buttons((vote_now(ballot),)))


def reminder(award: Award, ballot: int, closes_at: datetime) -> Message:
    """Return what reminds somebody to vote, where too few did."""
    told = phrase("committees.reminded", until=When(closes_at))
    title = phrase("committees.invited-title", award=Quote(award.name))
    return say(Card(title=title, body=(told,)), Buttons((vote_now(ballot),)))


def leaving() -> Message:
    """Ask whether somebody wants to step down."""
    button = Button(
        phrase("committees.leave-yes"), Action("committees.leave"), Tone.WARNING
    )
    return say(Card(body=(phrase("committees.leave-sure"),)), Buttons((button,)))


def voted_last(outcome: Phrase) -> Message:
    """Return what somebody reads whose vote was the last that was waited for."""
    return say(Card(body=(outcome, phrase("committees.voted-last"))))


def vote_now(ballot: int) -> Button:
    """Return what leads to a ballot; for 0, to the one that closes first."""
    action = Action("committees.open", (ballot,))
    return Button(phrase("committees.vote-now"), action, Tone.MAIN)


def step_down_now() -> Button:
    """Return what leads out of a committee."""
    return Button(phrase("committees.step-down-now"), Action("committees.leaving"))
