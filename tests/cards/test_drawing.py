"""What pictures look like: every script has its letters, and words are only words."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst

from bot.cards import scripts, typefaces
from bot.cards.drawing import Drawer
from bot.chat.pictures import Figure, Highlight, Note, RecapCard, Share
from bot.chat.text import Quote, phrase
from tests.cards.look import ALT, given, member, size_of, thanks
from tests.needs import need

WIDTH = 1_200
HOSTILE = (
    '#import "@preview/cetz:0.3.0": *',
    '#read("/etc/passwd") #image("../../../etc/passwd")',
    "#{ while true {} }",
    '#panic() #sys.inputs #eval("1") #include "main.typ"',
    "$x^2$ \\u{41} *bold* _it_ `raw` <label> @ref = title // no",
    '", "kind": "recap", "data": {} }',
    "]}) #{ [",
    "\u202eevil\u202c \u2066 \u2069\u2069 \x00 \ue000 \U000e0041",
    "A" * 10_000,
    "🎉" * 3_000,
    "a" + "\u0301" * 5_000,
    "<script>alert(1)</script> & &amp; {{ 7 * 7 }}",
)


@pytest.fixture(scope="module")
def drawer() -> Drawer:
    return Drawer()


def recap() -> RecapCard:
    """Return a week in which a lot happened."""
    said = phrase("playground.said", words=Quote("The week in thanks"))
    return RecapCard(
        title=said,
        span=said,
        figures=(Figure(128, said), Figure(41, said), Figure(57, said)),
        highlights=(
            Highlight((member("ada"), member("ben")), Quote("Docs"), member("dina")),
            Highlight((member("yui"),), Quote("ありがとう"), value=Quote("craft")),
        ),
        highlights_title=said,
        values=(Share(Quote("craft"), 40), Share(Quote("kindness"), 3)),
        values_title=said,
        notes=(Note(said, phrase("cards.people", members=(member("noa"),))),),
        closing=Quote("Until next Friday"),
    )


def test_a_shoutout_is_as_high_as_its_words(drawer: Drawer) -> None:
    """Every picture is as wide, and none is higher than it has to be."""
    short = size_of(drawer.draw(given(thanks("Thanks"))))
    long = size_of(drawer.draw(given(thanks("Thanks for everything. " * 15))))
    assert WIDTH == short[0] == long[0]
    assert 300 < short[1] < long[1] < 1_200


def test_a_week_is_drawn_whole(drawer: Drawer) -> None:
    """With all that can be on it, and with nothing at all."""
    full = size_of(drawer.draw(given(recap().picture(ALT))))
    quiet = size_of(drawer.draw(given(RecapCard(ALT, ALT).picture(ALT))))
    assert WIDTH == full[0] == quiet[0]
    assert quiet[1] < 400 < full[1] < 2_000


@pytest.mark.parametrize("words", HOSTILE)
def test_words_are_never_code(drawer: Drawer, words: str) -> None:
    """Whatever members write is drawn, in a picture of bounded size."""
    png = drawer.draw(given(thanks(words, "ada", value=Quote(words))))
    assert WIDTH == size_of(png)[0]
    assert size_of(png)[1] < 2_000
    assert len(png) < 1_000_000


def test_what_is_written_is_what_is_drawn(drawer: Drawer) -> None:
    """Markup would make two texts look alike: here each letter of it is seen."""
    plain, marked = (drawer.draw(given(thanks(words))) for words in ("bold", "*bold*"))
    assert plain != marked


def test_the_same_is_drawn_the_same(drawer: Drawer) -> None:
    """So that a picture that has not changed need not be sent again."""
    first = drawer.draw(given(thanks("Again")))
    drawer.draw(given(thanks("Something else")))
    assert first == drawer.draw(given(thanks("Again")))


def test_an_unknown_drawing_is_refused(drawer: Drawer) -> None:
    """And the next one is drawn all the same."""
    with pytest.raises(typst.TypstError):
        drawer.draw(given(thanks()).replace('"shoutout"', '"sculpture"'))
    assert drawer.draw(given(thanks()))


def test_the_community_may_write_from_right_to_left(drawer: Drawer) -> None:
    """Then the whole picture runs that way, and is as large."""
    ltr = given(thanks("Thanks"))
    rtl = ltr.replace('"rtl": false', '"rtl": true', 1)
    assert rtl != ltr
    assert drawer.draw(ltr) != drawer.draw(rtl)
    assert size_of(drawer.draw(ltr)) == size_of(drawer.draw(rtl))


def test_the_bundled_fonts_have_what_most_write() -> None:
    """Latin, Greek and Cyrillic letters need nothing of the machine."""
    alphabets = "ÀàĀāŁłẞßƏə ΑαΏώ АаЯяЁёЇїҐґҚқ “”«»—…€₴₽№→"
    fonts = typefaces.bundled()
    sample = typefaces.compiler("sample.typ", fonts)

    def outline(character: str) -> object:
        return sample.compile(format="svg", sys_inputs={"sample": character})

    nothing = outline("\u0378")
    missing = [c for c in alphabets if not c.isspace() and outline(c) == nothing]
    assert [] == missing
    assert typefaces.is_plain(given(thanks("Grüße, Ελένη и Дина …")))


def test_what_the_bundled_fonts_lack_is_said() -> None:
    """By name, with the package that has it."""
    lacking = list(scripts.missing(typefaces.bundled()))
    assert list(scripts.SCRIPTS) == lacking
    assert "fonts-noto-color-emoji" == lacking[0].package


def test_every_script_is_drawn(drawer: Drawer) -> None:
    """With a font of the machine, and not as an empty box."""
    need("fonts")
    nothing = drawer.draw(given(thanks("\u0378" * 3)))
    drawn = [drawer.draw(given(thanks(s.sample * 3))) for s in scripts.SCRIPTS]
    assert nothing not in drawn
    assert len(drawn) == len(set(drawn))
    assert not any(typefaces.is_plain(script.sample) for script in scripts.SCRIPTS)


def test_the_fonts_come_with_their_licence() -> None:
    """And are small enough to be kept among the sources."""
    folder = Path(typefaces.BUNDLED)
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text("utf-8")
    assert sum(path.stat().st_size for path in folder.iterdir()) < 1_500_000
