"""Words that somebody types who wishes us ill: families of tricks, in many scripts.

Read a family's name and one of its lines to see what it tries. Each is tried with an
ordinary word of each script, since what is safe in one may not be in another.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SCRIPTS: Mapping[str, str] = {
    "latin": "thanks",
    "vietnamese": "cảm ơn",
    "cyrillic": "спасибо",
    "arabic": "شكراً",
    "hebrew": "תודה",
    "devanagari": "धन्यवाद",
    "thai": "ขอบคุณ",
    "han": "谢谢",
    "hangul": "고맙습니다",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈👍🏽🇺🇳❤️",
}
"""A word of each; the last is a family, a flag of joiners, a skin tone, a flag."""

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "pings": (
        "@everyone WORD",
        "@here, WORD",
        "<@123456789012345678> WORD",
        "<@&123456789012345678> WORD",
        "<@U012AB3CD> WORD",
        "<!channel> WORD",
        "<!here|WORD>",
        "<!subteam^S012AB3CD|@WORD>",
        "@Ana @Laurel WORD",
    ),
    "links": (
        "[WORD](https://evil.example)",
        "[https://bank.example](https://evil.example/WORD)",
        "<https://evil.example|https://bank.example/WORD>",
        "javascript:alert('WORD')",
        "//evil.example/WORD",
    ),
    "markup": (
        "<script>alert('WORD')</script>",
        "<img src=x onerror=alert(1)> WORD",
        "</bdi></p></article><h1>WORD</h1>",
        '" onmouseover="alert(1)" x=\'WORD',
        "' autofocus onfocus='alert(1) WORD",
        "&lt;b&gt;WORD&lt;/b&gt; &#60;b&#62; &amp;amp;",
        "<!--WORD--><![CDATA[WORD]]>",
        "<bdi dir=rtl>WORD</bdi>",
    ),
    "formatting": (
        "**WORD** __WORD__ ~~WORD~~ ||WORD||",
        "`WORD` ```WORD```",
        "> # WORD",
        "*WORD* _WORD_ ~WORD~",
    ),
    "templates": (
        "{{ 7 * 7 }} {% raw %} WORD",
        "{ $giver } { NUMBER(1) } WORD",
        "${7*7} #{7*7} WORD",
        "%s %(name)s {0.__class__} WORD",
    ),
    "formulas": (
        "=HYPERLINK('https://evil.example','WORD')",
        "+1+cmd|' /C calc'!A1 WORD",
        "-1 WORD",
        "＝1+1 WORD",  # noqa: RUF001  which spreadsheets take for the other one
    ),
    "direction": (
        "\u202eWORD\u202c",
        "\u2066WORD",
        "gpj.\u202dWORD\u200f.exe",
    ),
    "unseen": (
        "\0WORD\0",
        "\u200b\ufeff\u00adWORD\u3164\u2800",
        "\ue000WORD\ue001\uf8ff",
        "\x1b[31mWORD\x1b[0m\x07",
        "W\udc00\ud800ORD WORD",
        "WORD" + "\u0301" * 60,
    ),
    "new lines": (
        "WORD\r\nSet-Cookie: a=b",
        "WORD\n2026-01-01T00:00:00Z ERROR forged",
        "WORD\u2028WORD\u2029WORD\x85WORD",
        "WORD\r\nBEGIN:VALARM\r\nACTION:AUDIO",
    ),
    "statements": (
        "'; DROP TABLE shoutouts; -- WORD",
        '", "role": "admin", "x": "WORD',
        "\\u0000 \\x00 \\ WORD \\",
        "1:shoutouts.undo:1 WORD %3A",
    ),
}


@dataclass(frozen=True, slots=True)
class Hostile:
    """One line.

    Attributes:
        harmless: The ordinary word in it, for comparing.
    """

    family: str
    script: str
    text: str
    harmless: str

    def __str__(self) -> str:
        return f"{self.family} in {self.script}: {self.text!a}"


def _corpus() -> Iterator[Hostile]:
    for family, tricks in FAMILIES.items():
        for trick in tricks:
            for script, word in SCRIPTS.items():
                yield Hostile(family, script, trick.replace("WORD", word), word)


HOSTILE: tuple[Hostile, ...] = tuple(_corpus())


def some(count: int) -> tuple[Hostile, ...]:
    """Return at least ``count`` of them, spread over all families and scripts."""
    step = max(1, len(HOSTILE) // count)
    # In step with the scripts, it would meet but a few of them.
    while math.gcd(step, len(SCRIPTS)) > 1:
        step -= 1
    return HOSTILE[::step]
