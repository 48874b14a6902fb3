"""Draws pictures, one after the other, in whichever process this is.

What is drawn comes as data and is never part of a template: what members wrote is set
as it is. Templates read what stands beside them and nothing else.
"""

from __future__ import annotations

import typst

from bot.cards import typefaces

_MAIN = "main.typ"

_PIXELS_PER_INCH = 144.0
"""Twice as many as points, for screens that are as fine."""


class Drawer:
    """Draws with the bundled fonts, and with the machine's where those do not do."""

    def __init__(self) -> None:
        self._plain = typefaces.compiler(_MAIN, typefaces.bundled())
        self._wide: typst.Compiler | None = None

    def draw(self, given: str) -> bytes:
        """Return the picture that ``given`` asks for, as PNG.

        Args:
            given: JSON, as `bot.cards.showing` makes it.

        Raises:
            typst.TypstError: If it cannot be drawn.
        """
        drawn = self._compiler_for(given).compile(
            format="png", ppi=_PIXELS_PER_INCH, sys_inputs={"given": given}
        )
        return drawn if isinstance(drawn, bytes) else b""

    def _compiler_for(self, given: str) -> typst.Compiler:
        # Most words need no other fonts, and to look for those of the machine takes
        # longer than to draw. What is escaped can be anything.
        if "\\u" not in given and typefaces.is_plain(given):
            return self._plain
        if self._wide is None:
            self._wide = typefaces.compiler(_MAIN, typefaces.every())
        return self._wide
