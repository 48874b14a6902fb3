"""What an answer can be, before it is brought to anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.adapters.slack.message import Payload
from bot.chat.raw import Json
from bot.chat.responses import Ask, Call
from bot.chat.routes import RouteSpec
from bot.chat.text import Phrase


@dataclass(frozen=True, slots=True)
class Said:
    """A message for the member, or for all.

    Attributes:
        redraws: Whether it stands in place of the private message that was pressed.

        notice: The same as a view that says one thing, where it is one.

        handed: What is said of its files where they are: in direct messages.

        unhanded: What is said where they cannot be brought there.
    """

    payload: Payload
    private: bool = True
    redraws: bool = False
    notice: Json | None = None
    handed: Json = field(default_factory=dict)
    unhanded: Json = field(default_factory=dict)

    @property
    def can_be_pressed(self) -> bool:
        """Whether it is more than words: something to press, or to keep."""
        blocks = self.payload.body["blocks"]
        return bool(self.payload.files) or any(
            block.get("type") == "actions" or "accessory" in block for block in blocks
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """A form for the member."""

    call: Call
    ask: Ask
    view: Json


@dataclass(frozen=True, slots=True)
class Objected:
    """What is wrong with a form that the member still has before them.

    Attributes:
        faults: Sentences by field; under None what is no field's.

        beside: The same by block, where all of it can stand beside a question.
    """

    call: Call
    route: RouteSpec
    ask: Ask
    faults: Mapping[str | None, Phrase]
    beside: Mapping[str, str] = field(default_factory=dict)


Answer = Said | Opened | Objected
