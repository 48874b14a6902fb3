"""Neutral answers as a form of the playground holds them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta

from bot.adapters.playground.answers import Filled
from bot.chat import fields
from bot.chat.typed import write_duration
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, RoleRef


def fill(draft: Mapping[str, object]) -> Filled:
    """Return neutral answers as a form holds them."""
    return Filled({name: _written(value) for name, value in draft.items()})


def _written(value: object) -> tuple[str, ...]:
    match value:
        case None:
            return ()
        case bool():
            return ("yes" if value else "no",)
        case tuple():
            return tuple(word for item in value for word in _written(item))
        case Person(ref=ref):
            return (ref.id,)
        case ChannelRef(id=id_) | RoleRef(id=id_):
            return (id_,)
        case timedelta():
            return (write_duration(value),)
        case time():
            return (value.isoformat(timespec="minutes"),)
        case date():
            return (value.isoformat(),)
        case fields.Upload():
            return ()  # a browser lets nobody but its user choose a file
        case _:
            return (str(value),)
