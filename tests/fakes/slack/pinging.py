"""Whom a message calls: Slack notifies by mention, wherever the mention stands."""

from __future__ import annotations

import re
from typing import Final

from tests.fakes.slack.places import Json
from tests.fakes.slack.rules import walk

_MARKED: Final = re.compile(
    r"<(?:@([UW]\w+)|!(here|channel|everyone)|!subteam\^(S\w+))"
)
_LEAVES: Final = {"user": "user_id", "usergroup": "usergroup_id", "broadcast": "range"}


def pings(message: Json) -> set[str]:
    """Return the ids, and ``here``, ``channel`` or ``everyone``, that it calls.

    Args:
        message: As a reader sees it. Beside blocks its text calls nobody, but is
            looked at all the same: it is what a notification shows.
    """
    found = _marked(message.get("text") or "")
    for each in walk(message.get("blocks") or []):
        kind = each.get("type")
        if kind in _LEAVES:
            found.add(str(each[_LEAVES[kind]]))
        if kind in {"mrkdwn", "markdown"}:
            found |= _marked(each["text"])
    return found


def _marked(text: str) -> set[str]:
    return {next(filter(None, match.groups())) for match in _MARKED.finditer(text)}
