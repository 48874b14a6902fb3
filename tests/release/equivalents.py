"""Changes that change nothing that anybody could see, each with the reason.

No test can notice them, so they count neither as noticed nor as missed. A reason
stands beside the very lines that were changed and what became of them: where they are
written anew, the reason is gone with it, and the change counts again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_COLUMN = re.compile(r"""\[(["'])\w+\1\]""")
_WAIT = "due_at = self._clock() + timedelta(seconds=max(wait_s, retry_after_s or {}))"
_ANY_CASE = "SQLite finds a column by its name in either case"

REASONS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        (_WAIT.format(0), _WAIT.format(1)): "the shortest wait is longer than either",
        (
            "self._wakes, self._looking = 0, False",
            "self._wakes, self._looking = 1, False",
        ): "wakes are only compared with each other",
        ("case _: pass", ""): "what nothing else fits is left alone either way",
        ("self._wakes += 1", "self._wakes -= 1"): "any other number is another",
        ("self._wakes += 1", "self._wakes += 2"): "any other number is another",
        (
            "settle: Settle | None = None",
            'settle: Settle | None = ""',
        ): "neither notes anything",
        ("failed = None", 'failed = ""'): "no row has either for its id",
        (
            "head: Delivery | None = None",
            'head: Delivery | None = ""',
        ): "neither is a message",
        ("self._stopping = False", "self._stopping = None"): "neither is a yes",
        ("self._looking = False", "self._looking = None"): "neither is a yes",
        (
            "autoescape=False,  # it is text: each platform escapes it in its own way",
            "autoescape=None,  # it is text: each platform escapes it in its own way",
        ): "neither is a yes",
        (
            "autoescape=False,  # it is text: each platform escapes it in its own way",
            "",
        ): "Jinja escapes nothing unless it is told to",
        ("optimized=False,", "optimized=None,"): "neither is a yes",
        ("optimized=False,", ""): "nothing constant passes the walk",
        ("optimized=False,", "optimized=True,"): "nothing constant passes the walk",
        (
            "template = Template.from_code(_SANDBOX, _SANDBOX.compile(tree), {})",
            "template = Template.from_code(_SANDBOX, _SANDBOX.compile(tree), None)",
        ): "there are no globals either way",
        (
            'return source.count("\\n", 0, at) + 1',
            'return source.count("\\n", None, at) + 1',
        ): "both are the beginning",
        (
            'seen = set(clean("".join(f"1{char}" for char in chars)))',
            'seen = set(clean("XXXX".join(f"1{char}" for char in chars)))',
        ): "a letter that anybody can see is seen as well",
        (
            'return "\\n" * block[0].count("\\n")',
            'return "XX\\nXX" * block[0].count("\\n")',
        ): "letters are not looked at in a line, only stars and braces",
    }
)
"""By what stands there and what became of it, without the spaces before each line."""


def reason(difference: str) -> str | None:
    """Return why a change is none, by its unified difference; None where it is one."""
    gone, came = (_lines(difference, sign) for sign in "-+")
    old, new = " ".join(gone), " ".join(came)
    if old != new and _lowered(old) == _lowered(new):
        return _ANY_CASE
    return REASONS.get((old, new))


def _lines(difference: str, sign: str) -> list[str]:
    lines = (line for line in difference.splitlines() if line.startswith(sign))
    return [line[1:].strip() for line in lines if not line.startswith(sign * 3)]


def _lowered(line: str) -> str:
    return _COLUMN.sub(lambda found: found[0].lower(), line)
