"""The look at a template's braces: what is told before anything parses them."""

from __future__ import annotations

import pytest

from bot.pages.findings import Finding, Findings
from bot.pages.scan import (
    MAX_BLOCK_CHARS,
    MAX_BLOCKS,
    MAX_DEPTH,
    MAX_PIECES,
    MAX_SOURCE_CHARS,
    lines_of,
    scan,
)
from bot.pages.variables import Kind, Record, Variables

VARIABLES: Variables = {
    "who": Kind.VALUE,
    "names": Kind.LIST,
    "week": Record({"since": Kind.VALUE}),
}


def found(source: str) -> list[Finding]:
    """Return what is wrong with ``source``, in the order in which it was found."""
    findings = Findings()
    scan(source, VARIABLES, findings)
    return findings.found


def wrong(line: int, code: str, **values: str | int) -> Finding:
    return Finding(line, f"templates.refused-{code}", tuple(values.items()))


GOOD = (
    "only words",
    "{{who}} {{ who }} {{\twho\n}}",
    "{{ names|join(' · ') }}{{ names | join(\"a\") }}",
    "{% if who == 12 and who >= 3 or not (who) %}a{% elif who %}b{% endif %}",
    "{% if who %}a{% else %}c{% endif %}",
    "{% for a in names %}{{ a }}{% else %}b{% endfor %}",
    "{% if who %}{% for a in names %}a{% endfor %}{% endif %}",
    "**bold** and **more**\nand { } and { a and { zebra } and % } and #",
    "e\u0301 \u05e9\u05b8\u05c1 👩\u200d👩\u200d👧 é ½",
    "{{ who }}" * MAX_BLOCKS,
    "{{" + "who ".rjust(MAX_BLOCK_CHARS) + "}}",
    "{{ (((who))) }}",
    "{% if who %}" * MAX_DEPTH + "a" + "{% endif %}" * MAX_DEPTH,
    "a" * MAX_SOURCE_CHARS,
    "a\u200d\u0301b" + "\u0301" * 4,
)


@pytest.mark.parametrize("source", GOOD)
def test_what_is_small_and_simple_enough_is_parsed(source: str) -> None:
    """Up to each limit, and whatever stands outside of braces."""
    assert [] == found(source)


OF_ALL = {
    "": wrong(1, "empty"),
    " \n\t": wrong(1, "empty"),
    "\u200b": wrong(1, "empty"),
    "a" * (MAX_SOURCE_CHARS + 1): wrong(
        1, "long", count=MAX_SOURCE_CHARS + 1, most=MAX_SOURCE_CHARS
    ),
    "{{ who }}" * MAX_BLOCKS + "{%": wrong(
        1, "many", count=MAX_BLOCKS + 1, most=MAX_BLOCKS
    ),
    "\n{% if who " + "\n" * MAX_SOURCE_CHARS + "%}": wrong(
        1, "long", count=MAX_SOURCE_CHARS + 13, most=MAX_SOURCE_CHARS
    ),
}  # fmt: skip


@pytest.mark.parametrize("source", OF_ALL)
def test_what_is_wrong_with_all_of_it_is_told_alone(source: str) -> None:
    """There is nothing in it, or too much to be looked at."""
    assert [OF_ALL[source]] == found(source)


def crowded(pieces: int) -> str:
    """Return a template with so many pieces in its braces, and few in each."""
    most = MAX_PIECES // 10  # 40 in 80 characters
    whole, rest = divmod(pieces, most)
    return "".join(
        f"{{{{{'a,' * (n // 2)}{'a' * (n % 2)}}}}}" for n in [most] * whole + [rest]
    )


def test_so_many_pieces_can_be_read_in_time() -> None:
    """Names, signs and words, and not the spaces between them; one more is too many."""
    assert [] == found(crowded(MAX_PIECES))
    assert [] == found(crowded(MAX_PIECES).replace(",", " , "[:2]))
    expected = wrong(1, "crowded", most=MAX_PIECES)
    assert [expected] == found("\n" + crowded(MAX_PIECES + 1))


TOO_MUCH = {
    "{{" + "who ".rjust(MAX_BLOCK_CHARS + 1) + "}}": "block",
    "{{- who }}": "trim",
    "{{ ((((who)))) }}": "deep",
    "{% zebra %}": "tag",
}


@pytest.mark.parametrize("source", TOO_MUCH)
def test_what_is_not_read_does_not_count(source: str) -> None:
    """It is told for itself, and not as well for being too many pieces."""
    told = [each.code for each in found(crowded(MAX_PIECES) + source)]
    assert [f"templates.refused-{TOO_MUCH[source]}"] == told


REFUSED = {
    # Braces.
    "{{ who": wrong(2, "unclosed", found="{{ who", wanted="}}"),
    "{% if  who\n and": wrong(2, "unclosed", found="{% if who and", wanted="%}"),
    "{{ who %}": wrong(2, "unclosed", found="{{ who %}", wanted="}}"),
    "{{ {{ who }}": wrong(2, "unclosed", found="{{ {{ who }}", wanted="}}"),
    "{{ " + "w" * 40: wrong(2, "unclosed", found="{{ " + "w" * 27, wanted="}}"),
    "who }}": wrong(2, "stray", found="}}", wanted="{{"),
    "who %} who": wrong(2, "stray", found="%}", wanted="{%"),
    "{# {{ who }} #}": wrong(2, "comment", found="{# #}"),
    "{#}": wrong(2, "comment", found="{# #}"),
    "{ who }": wrong(2, "single", found="{ who }", wanted="{{ who }}"),
    "a {week.since} b": wrong(
        2, "single", found="{week.since}", wanted="{{week.since}}"
    ),
    # What stands in them.
    "{{- who }}": wrong(2, "trim", found="{{-"),
    "{{ who -}}": wrong(2, "trim", found="{{-"),
    "{%+ if who %}a{% endif %}": wrong(2, "trim", found="{%+"),
    "{{ who+}}": wrong(2, "trim", found="{{+"),
    "{{X-+}}": wrong(2, "trim", found="{{+"),
    "{{" + "who ".rjust(MAX_BLOCK_CHARS + 1) + "}}": wrong(
        2, "block", count=MAX_BLOCK_CHARS + 1, most=MAX_BLOCK_CHARS
    ),
    "{{ ((((who)))) }}": wrong(2, "deep", found="((((who))))"),
    "{{ who * 3 }}": wrong(2, "sums", found="who * 3"),
    "{{ who ~ who }}": wrong(2, "sums", found="who ~ who"),
    "{{ names[0] }}": wrong(2, "index", found="names[0]"),
    "{{ {who} }}": wrong(2, "index", found="{who}"),
    "{{ “who” }}": wrong(2, "character", found="“"),
    "{{ 'who }}": wrong(2, "character", found="'"),
    "{{ 'a\\n' }}": wrong(2, "character", found="'"),
    "{{ who$ }}": wrong(2, "character", found="$"),
    "{{ 1234567 }}": wrong(2, "character", found="1"),
    "{{ 1a }}": wrong(2, "character", found="1"),
    "{{ é }}": wrong(2, "character", found="é"),
    "{{ who = 1 }}": wrong(2, "character", found="="),
    # Tags.
    "{% macro a() %}": wrong(
        2, "tag", found="macro", known="if, elif, else, endif, for, endfor"
    ),
    "{% %}": wrong(2, "tag", found="{% %}", known="if, elif, else, endif, for, endfor"),
    "{% 'if' %}": wrong(
        2, "tag", found="{% %}", known="if, elif, else, endif, for, endfor"
    ),
    "{% iff who %}": wrong(2, "tag-near", found="iff", nearest="if"),
    "{% if who %}\na": wrong(2, "open", found="if", wanted="{% endif %}"),
    "{% for a in names %}\na": wrong(2, "open", found="for", wanted="{% endfor %}"),
    "{% endif %}": wrong(2, "unopened", found="endif", wanted="if"),
    "{% endfor %}": wrong(2, "unopened", found="endfor", wanted="for"),
    "{% elif who %}": wrong(2, "unopened", found="elif", wanted="if"),
    "{% else %}": wrong(2, "unopened", found="else", wanted="if"),
    "{% if who %}{% endif %}{% endif %}": wrong(
        2, "unopened", found="endif", wanted="if"
    ),
    # Signs outside of them.
    "a **b": wrong(2, "bold", found="**"),
    "**a** **b": wrong(2, "bold", found="**"),
}  # fmt: skip
"""By what is written in the second line: what is wrong with it, and nothing else."""


@pytest.mark.parametrize("source", REFUSED)
def test_what_means_nothing_is_told(source: str) -> None:
    """With its line, what was written there, and what would do."""
    assert [REFUSED[source]] == found(f"words\n{source}")
    assert [REFUSED[source]] == found(f"\n{source}")


@pytest.mark.parametrize("sign", "+-*/%~^&")
def test_nothing_is_calculated(sign: str) -> None:
    """Whatever the sign, and however often; it is told once for each line."""
    written = f"who {sign} who {sign} who"
    if sign == "%":
        written += " "  # or it would close
    expected = [wrong(line, "sums", found=written.strip()) for line in (1, 2)]
    assert expected == found(f"{{{{ {written} }}}}\n{{{{ {written} }}}}")


@pytest.mark.parametrize("sign", "[]{}")
def test_nothing_is_taken_apart_by_brackets(sign: str) -> None:
    """A dot is for that."""
    assert [wrong(1, "index", found=f"who {sign} who")] == found(
        f"{{{{ who {sign} who }}}}"
    )


def test_tags_end_what_they_began() -> None:
    """The inner one first; each is told where it stands."""
    source = "{% if who %}\n{% for a in names %}\n{% endif %}\n{% endfor %}\n"
    expected = [wrong(3, "unopened", found="endif", wanted="if")]
    assert [*expected, wrong(1, "open", found="if", wanted="{% endif %}")] == found(
        source
    )
    elif_ = "{% for a in names %}{% elif who %}{% endfor %}"
    assert [wrong(1, "unopened", found="elif", wanted="if")] == found(elif_)


def test_a_loop_is_in_no_other() -> None:
    """Also where there is a choice between them; one after the other is well."""
    one, end = "{% for a in names %}", "{% endfor %}"
    assert [] == found(f"{one}{end}{one}{end}")
    assert [wrong(2, "nested")] == found(f"{one}\n{one}{end}{end}")
    source = f"{one}\n{{% if who %}}\n{one}{end}{{% endif %}}{end}"
    assert [wrong(3, "nested")] == found(source)


def test_so_many_tags_are_open_at_a_time() -> None:
    """One more is inside of too many others; it is told where it stands."""
    one, end = "{% if who %}\n", "{% endif %}"
    source = one * (MAX_DEPTH + 1) + end * (MAX_DEPTH + 1)
    assert [wrong(MAX_DEPTH + 1, "deep", found="if who")] == found(source)
    assert [] == found((one * MAX_DEPTH + end * MAX_DEPTH) * 2)


def test_tags_are_looked_at_once_all_else_is_well() -> None:
    """What they are cannot be told before."""
    assert [wrong(1, "sums", found="if who + 1")] == found("{% if who + 1 %}")


def test_each_line_is_told_by_its_number() -> None:
    """Also behind a place in braces that goes over several; bold ends in its line."""
    source = "{{\nwho\n}}\n**a\nb**\n{who}"
    expected = [wrong(line, "bold", found="**") for line in (4, 5)]
    assert [*expected, wrong(6, "single", found="{who}", wanted="{{who}}")] == found(
        source
    )
    assert [] == found("**{{ who }}** {{ '**' }} {% if '**' == who %}{% endif %}")
    assert [] == found("{zebra}")


def test_a_note_hides_what_is_in_it_and_nothing_behind_it() -> None:
    """Nor anything at all, where it never ends."""
    note, open_ = wrong(1, "comment", found="{# #}"), {"found": "{{", "wanted": "}}"}
    assert [note] == found("{# {{ #}{{ who }}")
    assert [note] == found("#} {# {{ #} #}")
    assert [note] == found("{# {{#}a")
    assert [note, wrong(1, "unclosed", **open_)] == found("{# {{ who }}{{")
    assert [note, wrong(2, "unclosed", **open_)] == found("{# a #}\n{{")
    stray = wrong(1, "stray", found="}}", wanted="{{")
    assert [note, stray] == found("{# #}}} #}")


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ("\u202e", "U+202E"),
        ("\u200b", "U+200B"),
        ("\x07", "U+0007"),
        ("\ue000", "U+E000"),
    ],
)
def test_what_nobody_can_see_is_told_by_its_number(hidden: str, shown: str) -> None:
    """Each once for a line, where it first stands, wherever that is."""
    expected = [wrong(2, "unseen", found=shown)]
    assert expected == found(f"fine\nnot {hidden} fine\n{hidden}")


def test_what_comes_apart_into_more_is_not_unseen() -> None:
    """A letter with its marks may be kept in another form, and stands all the same."""
    for text in ("e\u0301", "\u212b", "ﬁ", "\u00a0a", "한", "🏴\U000e0067\U000e007f"):
        assert [] == found(text), ascii(text)


def test_more_marks_than_any_language_writes_are_told() -> None:
    """Five on one letter, however they were typed."""
    assert [] == found("fine\ne" + "\u0302" * 4)
    assert [wrong(2, "marks")] == found("fine\nb" + "\u0302" * 5 + "\nfine")
    assert [] == found("fine\ne\u0301" + "\u0302" * 4)  # é is one letter


def test_lines_are_jinjas() -> None:
    """However they end."""
    assert "a\nb\nc\n\nd" == lines_of("a\r\nb\rc\n\rd")
