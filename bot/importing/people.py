"""Who the people of a file are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import final

from bot.importing.rows import Who
from storage.imports import Met


class Missing(StrEnum):
    """Why nobody is found. Each is a key of `WHY_MISSING`."""

    UNKNOWN = "unknown"
    SEVERAL = "several"
    TAKES_NOTHING = "takes-nothing"


WHY_MISSING = {
    Missing.UNKNOWN: "Laurel has met nobody of this name or id",
    Missing.SEVERAL: "several members have this name; only an id tells them apart",
    Missing.TAKES_NOTHING: "they cannot be given anything",
}

_IDS = {
    "discord": re.compile(r"[0-9]{17,20}"),
    "slack": re.compile(r"[UW][A-Z0-9]{6,20}"),
}
"""How ids of members look, by platform."""

_ANY_ID = re.compile(r"[\w-]{1,64}", re.ASCII)


@final
class People:
    """Finds members by what a file calls them.

    Args:
        met: Everybody whom Laurel has met.
        aliases: By what the file calls somebody, folded, an id or name in Laurel.
        platform: Where the community is.
    """

    def __init__(
        self, met: Iterable[Met], aliases: Mapping[str, str], platform: str
    ) -> None:
        self._aliases = aliases
        self._id = _IDS.get(platform, _ANY_ID)
        self._by_id: dict[str, int | Missing] = {}
        self._by_name: dict[str, int | Missing] = {}
        for member in met:
            self.add(member)

    def add(self, member: Met) -> None:
        """Know one more."""
        found = member.key if member.takes else Missing.TAKES_NOTHING
        self._by_id[member.platform_id] = found
        name = folded(member.name)
        taken = name in self._by_name
        self._by_name[name] = Missing.SEVERAL if taken else found

    def find(self, who: Who) -> int | Missing:
        """Return the key of whom a file names, or why there is none."""
        if self._aliases:
            who = self._known_as(who)
        if who.id:
            return self._by_id.get(who.id, Missing.UNKNOWN)
        found = self._by_id.get(who.name)
        if found is None:
            found = self._by_name.get(folded(who.name), Missing.UNKNOWN)
        return found

    def can_be_met(self, who: Who) -> bool:
        """Return whether a file gives an id, so that somebody can be met by it."""
        return bool(self._id.fullmatch(who.id))

    def _known_as(self, who: Who) -> Who:
        for said in (who.id, who.name):
            if said and (known := self._aliases.get(folded(said))):
                return Who(known, known if known in self._by_id else "")
        return who


def folded(name: str) -> str:
    """Return a name as it is compared: ``@Ana  Ruiz`` is ``ana ruiz``."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(plain.split()).removeprefix("@")
