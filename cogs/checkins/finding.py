"""What is offered while somebody chooses, and what a message is checked in with."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.clip import clip
from bot.chat.responses import Call
from bot.domain import evidence
from bot.domain.challenges import Challenge
from bot.domain.errors import RuleError
from bot.domain.words import clean
from cogs.checkins import rules
from storage.database import Transaction

MAX_WORDS_CHARS = 1_000
"""Longest words that a check-in comes with."""


def mine(tx: Transaction, call: Call) -> tuple[Challenge, ...]:
    """Return what the actor takes part in that is under way, the newest first."""
    actor = rules.reader_of(tx, call)
    return rules.mine(tx, actor) if actor else ()


def quoted(tx: Transaction, call: Call) -> Mapping[str, object]:
    """Return answers to the form that check in with a message of the actor's own.

    Raises:
        RuleError: If it is somebody else's, or they take part in nothing.
    """
    target = call.target
    if target is None:
        raise RuleError("common.unknown-button")
    if target.author.ref != call.actor.ref:
        raise RuleError("checkins.refused-not-your-words")
    joined = mine(tx, call)
    if not joined:
        raise RuleError("checkins.refused-none")
    answers: dict[str, object] = {}
    if words := clip(clean(target.text, multiline=True), MAX_WORDS_CHARS):
        answers["words"] = words
    # Where the platform runs on this very machine, its links lead nowhere else.
    if target.link and evidence.is_link(target.link):
        answers["link"] = target.link
    if len(joined) == 1:
        answers["which"] = str(joined[0].id)
    return answers
