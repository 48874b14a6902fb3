"""What reads the catalogue quickly reads what Fluent's own parser reads."""

from __future__ import annotations

import pytest
from fluent.syntax import FluentParser
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.reading import read
from tests.harness import words

TELLING = '{}[]*.#-="$\\ \n\r\tabZ_09é\U0001f33f'
"""Characters that mean something to the parser, and some that do not."""

MADE_OF = st.lists(
    st.sampled_from(["\n", "\r\n", "key", " = ", "words", "{ $x }", "\n    .of"])
    | st.sampled_from(['{ "}" }', "{ $n ->\n   *[other] one\n}", "\n    ", "# told\n"])
    | st.text(TELLING, max_size=6)
).map("".join)


@pytest.mark.parametrize("tag", sorted(words().languages))
def test_every_file_is_read_alike(tag: str) -> None:
    """To the last node, as a parser that takes each character for itself."""
    for name, text in words().languages[tag]._texts.items():
        assert FluentParser().parse(text).equals(read(text)), name


@given(MADE_OF)
@example("key = a\r\n b\rc { $x }\r\n    .of = d")
@example("a\u0300 = name\n1 = none\n-term = { -term.x }")
def test_whatever_is_typed_is_read_alike(text: str) -> None:
    """What is no message of Fluent's is told in the same places."""
    assert FluentParser().parse(text).equals(read(text))


def test_a_difference_would_be_found() -> None:
    """Planted: a space that is gone."""
    assert not FluentParser().parse("key = a  b").equals(read("key = a b"))
