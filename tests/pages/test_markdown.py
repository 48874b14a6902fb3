"""Nobody's words are markup where a recap is pasted as Markdown."""

from __future__ import annotations

import re

from bot.pages.feeds.markdown import escaped
from tests.hostile import HOSTILE

ACTIVE = re.compile(r"(?<!\\)(?:\\\\)*[`*_\[\]<>&~|#@!]|(?<!\\)://|(?i:www)\.")
OPENS = re.compile(r"(?m)^\s*(?:[-+=]|\d{1,9}[.)])")
OURS = (
    "- a list", "1. a list", "1) a list", "+ a list", "= a heading", "# one",
    "a\n---\nb", "www.evil.example", "https://evil.example", "\\*a*", "\\",
)  # fmt: skip


def test_what_was_typed_reads_as_it_was_typed() -> None:
    """Nothing in it is active, and without the escapes it is the same."""
    for text in (*(each.text for each in HOSTILE), *OURS):
        safe = escaped(text)
        plain = "\n".join(" ".join(each.split()) for each in text.splitlines())

        assert None is ACTIVE.search(safe), safe
        assert None is OPENS.search(safe), safe
        assert plain == re.sub(r"\\(.)", r"\1", safe)
