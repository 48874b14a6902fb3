"""Which fonts there are to draw with.

The process that draws begins with the first picture, which waits for what is imported
here: little.
"""

from __future__ import annotations

import re
from pathlib import Path

import typst

BUNDLED = Path(__file__).parent / "fonts"
"""Inter in three weights, with Latin, Greek and Cyrillic letters."""

_DRAWINGS = Path(__file__).parent / "drawings"
_NO_PACKAGES = str(_DRAWINGS / "none")

# What the bundled fonts were cut down to.
_PLAIN = re.compile(
    r"[ -~\u00a0-\u024f\u0259\u02b0-\u02ff\u0300-\u036f\u0370-\u03ff\u0400-\u052f"
    r"\u1e00-\u1fff\u2000-\u209f\u20a0-\u20bf\u2190-\u2199\u2212\n]*"
)


def is_plain(text: str) -> bool:
    """Return whether the bundled fonts have every character of ``text``."""
    return _PLAIN.fullmatch(text) is not None


def bundled() -> typst.Fonts:
    """Return the fonts that come with Laurel."""
    return _fonts(system=False)


def every() -> typst.Fonts:
    """Return those, and the fonts of this machine; looking for them takes a while."""
    return _fonts(system=True)


def _fonts(*, system: bool) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=system,
        include_embedded_fonts=False,
        font_paths=[str(BUNDLED)],
    )


def compiler(main: str, with_fonts: typst.Fonts) -> typst.Compiler:
    """Return what draws ``main``, which reads nothing but what stands beside it."""
    return typst.Compiler(
        str(_DRAWINGS / main),
        root=str(_DRAWINGS),
        font_paths=with_fonts,
        package_path=_NO_PACKAGES,
        package_cache_path=_NO_PACKAGES,
    )
