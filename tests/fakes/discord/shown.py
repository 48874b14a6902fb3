"""What somebody at a screen sees after having done something."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from tests.fakes.discord.deeds import Interaction
from tests.fakes.discord.exchange import (
    DEFER,
    DEFER_UPDATE,
    FORM,
    SAY,
    UPDATE,
)
from tests.fakes.discord.places import EPHEMERAL, LOADING, Json
from tests.fakes.discord.rules import walk

_KINDS = {SAY: "message", FORM: "modal", UPDATE: "edited", DEFER_UPDATE: "edited"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What Discord shows.

    Attributes:
        kind: ``message``, ``modal``, ``edited`` (the message that was clicked
            changed), ``deferred`` (a placeholder, still), ``gone`` (the answer
            was taken down) or ``unanswered`` (three seconds passed).

        message: The answer, or what was changed, as it stood then.

        modal: The form, as the bot sent it.

        took_s: Real seconds until the first answer; 3 where none came.

        deferred: Whether a placeholder stood there first.

        followups: What was said beside, as it stood then.
    """

    kind: str
    interaction: Interaction = field(repr=False)
    took_s: float
    message: Json | None = None
    modal: Json | None = None
    deferred: bool = False
    followups: tuple[Json, ...] = ()

    @property
    def ephemeral(self) -> bool:
        """Whether only the member sees the answer."""
        return bool(self.message and self.message["flags"] & EPHEMERAL)

    @property
    def text(self) -> str:
        """All words of the message, a line for each piece; to look for words in."""
        return words(self.message) if self.message else ""


def words(message: Json) -> str:
    """Return all that can be read in a message, a line for each piece."""
    found = [message.get("content") or ""]
    for each in walk(message.get("components")):
        found += [each.get("content") or "", each.get("label") or ""]
        found += [each.get("placeholder") or "", each.get("name") or ""]
        found += [option["label"] for option in each.get("options") or ()]
        found += [item.get("description") or "" for item in each.get("items") or ()]
    return "\n".join(filter(None, found))


def show(it: Interaction, patience_s: float) -> Shown:
    """Return what stands there now."""
    followups = tuple(deepcopy(one.raw) for one in it.followups)
    deferred = it.answer in {DEFER, DEFER_UPDATE}
    if it.answer is None:
        return Shown("unanswered", it, patience_s)
    if it.original is None:
        return Shown(_KINDS.get(it.answer, "nothing"), it, it.took_s, modal=it.form)
    raw = deepcopy(it.original.raw)
    kind = _KINDS.get(it.answer, "message")
    if it.original.id not in it.original.channel.messages:
        kind = "gone"
    elif raw["flags"] & LOADING or (
        it.answer == DEFER_UPDATE and not it.final.is_set()
    ):
        kind = "deferred"
    elif it.answer == DEFER:
        kind = "message"
    elif it.answer == DEFER_UPDATE and followups:
        kind, raw = "message", followups[-1]
    return Shown(kind, it, it.took_s, raw, None, deferred, followups)
