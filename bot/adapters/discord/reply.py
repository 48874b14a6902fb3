"""The answers to one interaction: Discord takes one first, and others after it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from enum import Enum, auto
from functools import partial

from bot.adapters.discord.errors import TooLateError
from bot.adapters.discord.raw import Json
from bot.adapters.discord.rest import Rest
from bot.chat.adapter import OutcomeUnknownError
from bot.chat.message import File

KEPT = "again:"
"""What the custom id of a button begins with that opens a form that was kept."""

EPHEMERAL = 1 << 6
"""The flag of a message that only one member sees."""

_COMMAND, _COMPONENT, _TYPING, _FORM = 2, 3, 4, 5
_MESSAGE, _LATER, _UPDATE_LATER, _UPDATE, _CHOICES, _MODAL = 4, 5, 6, 7, 8, 9
"""Kinds of interactions, and of first answers, as Discord numbers them."""


class _Stage(Enum):
    NEW = auto()
    PLACEHOLDER = auto()
    """A message that says that Laurel is thinking, waiting to be drawn."""

    HELD = auto()
    """The message that was pressed waits to be drawn anew."""

    ANSWERED = auto()


class Reply:
    """Answers one interaction; which way depends on what was answered before."""

    def __init__(self, rest: Rest, raw: Json) -> None:
        self._rest = rest
        self._raw = raw
        self._stage = _Stage.NEW
        self._private = True
        self._doubted = False  # whether the placeholder stands is not known

    @property
    def is_typing(self) -> bool:
        """Whether the member is typing, and nothing but options can be answered."""
        return self._raw.get("type") == _TYPING

    @property
    def can_open(self) -> bool:
        """Whether a form can still be opened: as the first answer, and not to one."""
        return self._stage is _Stage.NEW and self._raw.get("type") != _FORM

    @property
    def pressed_alone(self) -> bool:
        """Whether it came from a message that only the member sees."""
        message = self._raw.get("message") or {}
        return bool(int(message.get("flags") or 0) & EPHEMERAL)

    @property
    def _corrects(self) -> bool:
        """Whether it is a form that a refusal, for the member alone, opened again."""
        message = self._raw.get("message") or {}
        from_form = self._raw.get("type") == _FORM and self.pressed_alone
        return from_form and any(map(_opens_again, message.get("components") or ()))

    async def wait(self, *, private: bool) -> None:
        """Let the member know that the answer takes a while; ``private`` as it is."""
        if self._stage is not _Stage.NEW:
            return
        stage, kind, data = _Stage.PLACEHOLDER, _LATER, None
        if private and self.pressed_alone:
            stage, kind = _Stage.HELD, _UPDATE_LATER
        elif private:
            data = {"flags": EPHEMERAL}
        try:
            await self._rest.respond(self._raw, kind, data)
        except OutcomeUnknownError:
            self._stage, self._private, self._doubted = stage, private, True
            raise
        self._stage, self._private = stage, private

    async def say(
        self, message: Json, files: Sequence[File] = (), *, private: bool
    ) -> None:
        """Answer with a message; in place of the refusal that it was corrected from."""
        await self._either(partial(self._say, message, files, private=private))

    async def redraw(self, message: Json, files: Sequence[File] = ()) -> None:
        """Draw in place of the private message that was pressed; anew without one."""
        await self._either(partial(self._redraw, message, files))

    async def _either(self, answer: Callable[[], Awaitable[None]]) -> None:
        """Answer as if a placeholder in doubt stood; as the first, where it does not.

        The other way round, one that stands would be left there for good.
        """
        doubted, self._doubted = self._doubted, False
        try:
            await answer()
        except TooLateError as error:
            if not doubted or not error.expired:
                raise
            self._stage = _Stage.NEW
            await answer()

    async def _say(
        self, message: Json, files: Sequence[File] = (), *, private: bool
    ) -> None:
        stage = self._stage
        if private and self._corrects and stage in {_Stage.NEW, _Stage.HELD}:
            await self._redraw(message, files)
            return
        if stage is _Stage.NEW:
            await self._rest.respond(
                self._raw, _MESSAGE, _flagged(message, private=private), files
            )
        elif stage is _Stage.PLACEHOLDER and private == self._private:
            await self._rest.rewrite(self._raw, message, files)
        else:
            if stage is _Stage.PLACEHOLDER:  # whose visibility nobody can change
                await self._rest.withdraw(self._raw)
            await self._rest.add(self._raw, _flagged(message, private=private), files)
        self._stage = _Stage.ANSWERED

    async def _redraw(self, message: Json, files: Sequence[File] = ()) -> None:
        if self._stage is _Stage.HELD:
            await self._rest.rewrite(self._raw, _whole(message), files)
            self._stage = _Stage.ANSWERED
        elif self._stage is _Stage.NEW and self.pressed_alone:
            await self._rest.respond(self._raw, _UPDATE, _whole(message), files)
            self._stage = _Stage.ANSWERED
        else:
            await self._say(message, files, private=True)

    async def open(self, form: Json) -> None:
        """Open a form; only where `can_open`."""
        await self._rest.respond(self._raw, _MODAL, form)
        self._stage = _Stage.ANSWERED

    async def offer(self, choices: Sequence[Json]) -> None:
        """Answer with options to whoever types."""
        await self._rest.respond(self._raw, _CHOICES, {"choices": list(choices)})


def _whole(message: Json) -> Json:
    """Return ``message`` with none of the files that stood there, which would stay."""
    return {"attachments": [], **message}


def _opens_again(component: Json) -> bool:
    """Return whether ``component`` is a button under a refusal, or holds it."""
    if str(component.get("custom_id") or "").startswith(KEPT):
        return True
    return any(map(_opens_again, component.get("components") or ()))


def _flagged(message: Json, *, private: bool) -> Json:
    if not private:
        return message
    return {**message, "flags": int(message.get("flags") or 0) | EPHEMERAL}
