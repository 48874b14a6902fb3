"""What is wrong in a file of settings, said so that it can be mended."""

from __future__ import annotations

import errno
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

_MAX_BYTES = 1_000_000
_WAYS_OUT = {
    errno.EACCES: "; it has to belong to whoever runs Laurel",
    errno.EISDIR: "; a file is wanted there",
    errno.ELOOP: "; put the file itself there",
}
# Only what looks like one of our names is said back: a token that was put in the wrong
# place is not repeated in an error.
_PLAIN_KEY = re.compile(r"[A-Za-z_]{1,40}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file of settings.

    Attributes:
        file: Name of the file, without its folder.
        line: Where it is, counted from 1; None when it is in no one line.
        key: Path of the key, such as ``log.level``; empty for the whole file.
        words: What is wrong and what would be right. Never a secret's value.
    """

    file: str
    line: int | None
    key: str
    words: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.key, self.words) if part)


class ConfigError(Exception):
    """The settings cannot be used.

    Attributes:
        problems: Everything that is wrong, file by file and from top to bottom.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Report:
    """Collects what is wrong in one file.

    Args:
        file: The file; its name alone is shown.
    """

    def __init__(self, file: Path) -> None:
        self._file = file.name
        self._problems: list[Problem] = []

    def add(self, words: str, *, key: str = "", line: int | None = None) -> None:
        """Notes one problem."""
        self._problems.append(Problem(self._file, line, key, words))

    def in_order(self) -> list[Problem]:
        """Everything noted, from top to bottom; what is in no one line goes first."""
        return sorted(self._problems, key=lambda each: (each.line or 0, each.key))


def shown(name: str) -> str:
    """A name as it may be said back."""
    return name if _PLAIN_KEY.fullmatch(name) else "(a name of no setting)"


def nearest(name: str, known: Mapping[str, object]) -> str:
    """The known name that was likely meant, as the end of a sentence, or nothing."""
    lowered = {each.lower(): each for each in known}
    near = get_close_matches(name.lower(), lowered, n=1, cutoff=0.5)
    return f"; did you mean {lowered[near[0]]}?" if near else ""


def text_of(file: Path, report: Report) -> str:
    """What the file says; nothing when it is absent or cannot be read."""
    try:
        with file.open("rb") as opened:
            content = opened.read(_MAX_BYTES + 1)
        if len(content) <= _MAX_BYTES:
            return content.decode("utf-8-sig")  # some editors begin with a mark
        report.add("is larger than a megabyte, so it is no file of settings")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        report.add("is not UTF-8 text; save it as UTF-8", line=line)
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        report.add(f"cannot be read: {reason}{_WAYS_OUT.get(error.errno or 0, '')}")
    return ""
