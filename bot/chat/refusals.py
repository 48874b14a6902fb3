"""What a rule says no with, in words."""

from __future__ import annotations

from datetime import datetime

from bot.chat.text import Phrase, Quote, Value, When
from bot.domain.errors import RuleError, RuleValue
from bot.domain.words import clean


def sentence(rule: RuleError) -> Phrase:
    """Return what ``rule`` says; strings in it are words of members."""
    return Phrase(rule.code, {name: _value(v) for name, v in rule.values.items()})


def _value(value: RuleValue) -> Value:
    match value:
        case str():
            return Quote(clean(value, multiline=True))
        case datetime():
            return When(value)
        case _:
            return value
