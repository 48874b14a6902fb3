"""Which scripts there are fonts for, beside those that come with Laurel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import typst

from bot.cards.typefaces import compiler


@dataclass(frozen=True, slots=True)
class Script:
    """Something that people write with.

    Attributes:
        sample: One character of it.

        package: What has it on Debian and Ubuntu.
    """

    name: str
    sample: str
    package: str


SCRIPTS = (
    Script("emoji", "🎉", "fonts-noto-color-emoji"),
    Script("Chinese", "谢", "fonts-noto-cjk"),
    Script("Japanese", "ひ", "fonts-noto-cjk"),
    Script("Korean", "감", "fonts-noto-cjk"),
    Script("Arabic", "ش", "fonts-noto-core"),
    Script("Hebrew", "ת", "fonts-noto-core"),
    Script("Devanagari", "ध", "fonts-noto-core"),
    Script("Bengali", "ধ", "fonts-noto-core"),
    Script("Gurmukhi", "ਧ", "fonts-noto-core"),
    Script("Gujarati", "ધ", "fonts-noto-core"),
    Script("Tamil", "ந", "fonts-noto-core"),
    Script("Telugu", "ధ", "fonts-noto-core"),
    Script("Kannada", "ಧ", "fonts-noto-core"),
    Script("Malayalam", "ന", "fonts-noto-core"),
    Script("Sinhala", "ස", "fonts-noto-core"),
    Script("Thai", "ข", "fonts-noto-core"),
    Script("Lao", "ຂ", "fonts-noto-core"),
    Script("Khmer", "អ", "fonts-noto-core"),
    Script("Burmese", "က", "fonts-noto-core"),
    Script("Georgian", "მ", "fonts-noto-core"),
    Script("Armenian", "շ", "fonts-noto-core"),
    Script("Ethiopic", "አ", "fonts-noto-core"),
)


def missing(fonts: typst.Fonts) -> Iterator[Script]:
    """Yield what ``fonts`` cannot draw."""
    sample = compiler("sample.typ", fonts)

    def outline(character: str) -> object:
        return sample.compile(format="svg", sys_inputs={"sample": character})

    # No font has an unassigned character, so it shows what stands for a missing one.
    nothing = outline("\u0378")
    for script in SCRIPTS:
        if outline(script.sample) == nothing:
            yield script
