"""What is wrong with a template, told to whoever writes it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.chat.clip import clip
from bot.domain.errors import RuleError

MAX_FINDINGS = 10
"""As many as somebody mends at a time."""

_MAX_SHOWN_CHARS = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that has to be different.

    Attributes:
        line: Counted from 1.

        code: Key of the sentence, which says what is wrong, why and what would do.

        values: What else the sentence names.
    """

    line: int
    code: str
    values: tuple[tuple[str, str | int], ...] = ()

    def error(self, at: str | None = None) -> RuleError:
        """Return it as what a rule says no with, ``at`` a field."""
        return RuleError(self.code, at, line=self.line, **dict(self.values))


@dataclass(slots=True)
class Findings:
    """Collects what is wrong."""

    found: list[Finding] = field(default_factory=list)

    def add(self, line: int, code: str, /, **values: str | int) -> None:
        """Note what is wrong in ``line``, once for each kind; long words are cut."""
        key = f"templates.refused-{code}"
        if any((line, key) == (each.line, each.code) for each in self.found):
            return
        shown = {
            name: clip(value, _MAX_SHOWN_CHARS) if isinstance(value, str) else value
            for name, value in values.items()
        }
        self.found.append(Finding(line, key, tuple(shown.items())))

    def add_unknown(
        self, line: int, code: str, found: str, known: Iterable[str]
    ) -> None:
        """Note a name that nothing has; what is spelled most like it is suggested."""
        names = list(known)
        near = difflib.get_close_matches(found[:_MAX_SHOWN_CHARS], names, n=1)
        if near:
            self.add(line, f"{code}-near", found=found, nearest=near[0])
        else:
            self.add(line, code, found=found, known=", ".join(names))

    def first(self) -> tuple[Finding, ...]:
        """Return what comes first, line by line."""
        ordered = sorted(self.found, key=lambda each: each.line)
        return tuple(ordered[:MAX_FINDINGS])
