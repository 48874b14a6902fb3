"""The one place where words are cut short."""

from __future__ import annotations

import regex

_ELLIPSIS = "…"
_GRAPHEME = regex.compile(r"\X")


def clip(text: str, max_chars: int) -> str:
    """Return ``text`` in at most ``max_chars`` code points.

    What is longer ends in an ellipsis and is cut between two grapheme clusters, so
    that no flag, family or accent falls apart.
    """
    if len(text) <= max_chars:
        return text
    end = 0
    for cluster in _GRAPHEME.finditer(text):
        if cluster.end() > max_chars - len(_ELLIPSIS):
            break
        end = cluster.end()
    return text[:end].rstrip() + _ELLIPSIS
