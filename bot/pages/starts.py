"""What Laurel says itself, as templates: where a community's own words start from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from bot.chat.limits import MAX_TEXT_ANSWER_CHARS
from bot.chat.routes import DeclarationError
from bot.pages.lint import lint
from bot.pages.spec import TemplateSpec


class Starts:
    """Reads ``root/<tag>/<name>.jinja``.

    Attributes:
        fallback: The tag of the language that has every one.
    """

    def __init__(self, root: Path, fallback: str = "en") -> None:
        self._root = root
        self.fallback = fallback

    def of(self, name: str, tag: str) -> str:
        """Return what Laurel says in the language ``tag``, else in the fallback."""
        found = _read(self._root / tag / f"{name}.jinja")
        return found or _read(self._root / self.fallback / f"{name}.jinja")

    def check(self, specs: Sequence[TemplateSpec], tags: Iterable[str]) -> None:
        """Check that each language has each, and that each could be kept as it is.

        Raises:
            DeclarationError: If not; it names every flaw.
        """
        if flaws := [
            f"locales/{tag}/{spec.name}.jinja: {flaw}"
            for tag in sorted(tags)
            for spec in specs
            for flaw in self._flaws(spec, tag)
        ]:
            raise DeclarationError("\n".join(flaws))

    def _flaws(self, spec: TemplateSpec, tag: str) -> list[str]:
        source = _read(self._root / tag / f"{spec.name}.jinja")
        if not source:
            return ["is missing"]
        if len(source) > MAX_TEXT_ANSWER_CHARS:
            return [f"is longer than {MAX_TEXT_ANSWER_CHARS}, so no form could hold it"]
        return [f"line {each.line}: {each.code}" for each in lint(source, spec)]


@cache
def _read(path: Path) -> str:
    """Return what is in a file of the program; empty where there is none."""
    return path.read_text("utf-8").strip() if path.is_file() else ""
