"""Draws boards for the README that stand in no room: in the dark, and in Arabic."""

from __future__ import annotations

from pathlib import Path

from bot.cards.drawing import Drawer
from bot.chat.pictures import BoardCard, Standing
from bot.chat.text import Phrase, Quote, phrase
from tests.cards.look import ALT, given

DARK = ("Seven-day creator challenge", "Day 3 of 7", "Equal points: the first is ahead")
ARABIC = (
    "تحدّي الإبداع في سبعة أيام",
    "اليوم الثالث من سبعة",
    "عند التساوي يتقدّم من وصل أوّلًا",
)

IN_ENGLISH = (
    ("Siobhán Ní Dhuibhne", 35, "35 points", "3 days, 3 in a row"),
    ("小川 千夏", 35, "35 points", "3 days, 3 in a row"),
    ("Ελένη Μαραγκού", 35, "35 points", "3 days, 3 in a row"),
    ("Björn Åkervall", 20, "20 points", "2 days, 2 in a row"),
    ("سلمى الخشّاب", 10, "10 points", "1 day"),
)
IN_ARABIC = (
    ("سلمى الخشّاب", 35, "٣٥ نقطة", "ثلاثة أيام متتالية"),
    ("يوسف البنّاء", 35, "٣٥ نقطة", "ثلاثة أيام متتالية"),
    ("Siobhán Ní Dhuibhne", 20, "٢٠ نقطة", "يومان متتاليان"),
    ("ليلى القيسي", 20, "٢٠ نقطة", "يومان"),
    ("小川 千夏", 10, "عشر نقاط", "يوم واحد"),
)

Told = tuple[str, int, str, str]


def take(folder: Path) -> None:
    """Draw them into ``folder``."""
    drawer = Drawer()
    dark = given(_board(DARK, IN_ENGLISH, dark=True).picture(ALT))
    (folder / "board-dark.png").write_bytes(drawer.draw(dark))
    arabic = given(_board(ARABIC, IN_ARABIC).picture(ALT))
    mirrored = arabic.replace('"rtl": false', '"rtl": true', 1)
    (folder / "board-arabic.png").write_bytes(drawer.draw(mirrored))


def _board(
    words: tuple[str, str, str], people: tuple[Told, ...], *, dark: bool = False
) -> BoardCard:
    title, span, closing = map(_said, words)
    places = tuple(
        Standing(rank, Quote(name), points, _said(told), _said(how))
        for rank, (name, points, told, how) in enumerate(people, 1)
    )
    return BoardCard(title, span, places, closing=closing, dark=dark)


def _said(words: str) -> Phrase:
    return phrase("playground.said", words=Quote(words))
