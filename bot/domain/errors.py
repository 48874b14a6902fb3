"""How a rule says no."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain.refs import ChannelRef, MemberRef

RuleValue = str | int | datetime | MemberRef | ChannelRef


class RuleError(Exception):
    """Something that the rules do not allow, told without prose.

    Attributes:
        code: Key of the sentence in the catalogue, such as
            ``shoutouts.refused-self``.

        at: Name of the field that is at fault; None when no single one is.

        values: What the sentence names. Strings are members' own words.
    """

    def __init__(
        self, code: str, /, at: str | None = None, **values: RuleValue
    ) -> None:
        super().__init__(code)
        self.code = code
        self.at = at
        self.values: Mapping[str, RuleValue] = values
