"""The last guard by itself, and how much of a template is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from jinja2 import Template, UndefinedError, nodes
from jinja2.exceptions import SecurityError

from bot.chat.text import Quote
from bot.domain.errors import RuleError
from bot.pages import guarded
from bot.pages.findings import Finding
from bot.pages.guarded import (
    MAX_OUTPUT_CHARS,
    Prepared,
    check,
    examine,
    prepare,
    render,
)
from bot.pages.scan import MAX_SOURCE_CHARS
from bot.pages.variables import Context, Given, Kind, Record, Slots, Variables
from tests.pages.recap import said

VARIABLES: Variables = {
    "who": Kind.VALUE,
    "many": Kind.COUNT,
    "names": Kind.LIST,
    "week": Record({"since": Kind.VALUE}),
}
VALUES: Mapping[str, Given] = {
    "who": Quote("Ana"),
    "many": 3,
    "names": (Quote("Ben"), Quote("Cleo")),
    "week": {"since": Quote("then")},
}


@pytest.fixture(autouse=True)
def sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have each test use one that is made anew."""
    monkeypatch.setattr(guarded, "_SANDBOX", guarded._sandbox())


def filled(**changed: Given) -> Context:
    return Context(VARIABLES, {**VALUES, **changed})


def drawn(source: str, **changed: Given) -> str:
    return said(render(source, filled(**changed)))


def alone(source: str, **values: object) -> str:
    """Return what the sandbox draws of what nobody looked at before."""
    tree = guarded._SANDBOX.parse(source)
    template = Template.from_code(guarded._SANDBOX, guarded._SANDBOX.compile(tree), {})
    return template.render({**values, guarded._SLOTS: Slots()})


@pytest.mark.parametrize(
    "source",
    ["{{ who() }}", "{{ 'a'.join('b') }}", "{{ range(3) }}", "{{ week.items() }}"],
)
def test_the_sandbox_calls_nothing(source: str) -> None:
    """Neither what it was given, nor what Jinja gives everybody."""
    with pytest.raises((SecurityError, UndefinedError)):
        alone(source, who=len, week={"since": ""})


def test_the_sandbox_says_what_it_does_not_do() -> None:
    """It is read in a log by whoever looks how anybody came so far."""
    with pytest.raises(SecurityError, match=r"^templates call nothing$"):
        alone("{{ who() }}", who=len)
    for source in ("{{ 1 + many }}", "{{ -many }}", "{{ +many }}"):
        with pytest.raises(SecurityError, match=r"^templates do not calculate$"):
            alone(source, many=1)
    with pytest.raises(SecurityError, match=r"^a dict cannot be shown$"):
        alone("{{ week }}", week={})


@pytest.mark.parametrize("sign", ["+", "-", "*", "/", "//", "%", "**"])
def test_the_sandbox_calculates_nothing(sign: str) -> None:
    """Not even with what cannot grow."""
    with pytest.raises(SecurityError):
        alone(f"{{{{ many {sign} many }}}}", many=1)


@pytest.mark.parametrize(
    ("named", "part"),
    [
        ("week.keys", "keys"),
        ("week.__class__", "__class__"),
        ("names.append", "append"),
        ("names[0]", "0"),
        ("who.upper", "upper"),
    ],
)
def test_the_sandbox_finds_entries_and_no_attributes(named: str, part: str) -> None:
    """Of plain dictionaries, and of nothing else; it says what there is not."""
    with pytest.raises(UndefinedError, match=rf"object' has no attribute '{part}'$"):
        alone(f"{{{{ {named} }}}}", week={"since": "then"}, names=["a"], who="b")
    assert "then" == alone("{{ week.since }}", week={"since": "then"})
    assert "then" == alone("{{ week['since'] }}", week={"since": "then"})


def test_the_sandbox_knows_four_filters_and_nothing_more() -> None:
    """No globals and no tests; and it writes text, not markup."""
    sandbox = guarded._SANDBOX
    assert {"first", "join", "last", "length"} == set(sandbox.filters)
    assert ({}, {}) == (sandbox.globals, sandbox.tests)
    assert "<b>" == alone("{{ who }}", who="<b>")


def test_a_name_that_is_not_there_is_an_error() -> None:
    """And no empty place in what a community reads."""
    with pytest.raises(UndefinedError, match="who"):
        alone("{{ who }}")


def test_tags_leave_no_lines_behind() -> None:
    """Nor the spaces before them: a template is written to be read."""
    source = "a\n  {% if many %}\nb\n  {% endif %}\nc"
    assert "a\nb\nc" == alone(source, many=1)


# What is wrong.


def wrong(line: int, code: str, **values: str | int) -> tuple[Finding, ...]:
    return (Finding(line, f"templates.refused-{code}", tuple(values.items())),)


@pytest.mark.parametrize(
    ("source", "line", "shown"),
    [
        ("a\n {{ who many }} b\nc", 2, "{{ who many }} b"),
        ("a\n\n{{ }}", 3, "{{ }}"),
        ("{% if %}{% endif %}", 1, "{% if %}{% endif %}"),
        ("a\r\n{{ who many }}\r", 2, "{{ who many }}"),
    ],
)
def test_what_cannot_be_parsed_is_shown(source: str, line: int, shown: str) -> None:
    """The whole line, as it was written."""
    assert wrong(line, "syntax", found=shown) == check(source, VARIABLES)


def test_what_goes_too_deep_is_told_as_what_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No parser takes the process along, whatever a later one does with itself."""

    def parse(_source: str) -> nodes.Template:
        raise RecursionError

    monkeypatch.setattr(guarded._SANDBOX, "parse", parse)
    assert wrong(1, "syntax", found="a") == check("a\nb", VARIABLES)


def test_what_is_too_long_is_not_even_rewritten() -> None:
    """It is counted as it came; the longest that may be is not."""
    source = "\r\n" * (MAX_SOURCE_CHARS // 2) + "a"
    expected = wrong(1, "long", count=len(source), most=MAX_SOURCE_CHARS)
    assert expected == check(source, VARIABLES)
    whole = "\r" * (MAX_SOURCE_CHARS - 2) + "**"
    assert wrong(MAX_SOURCE_CHARS - 1, "bold", found="**") == check(whole, VARIABLES)


def test_either_it_is_ready_or_it_says_why_not() -> None:
    """And tells which variables it names: not its own, nor parts of others."""
    source = "{% for one in names %}{{ one }}{% endfor %}{{ week.since }}"
    ready, findings = examine(source, VARIABLES)
    assert ready is not None
    assert (frozenset({"names", "week"}), ()) == (ready.named, findings)
    nothing, findings = examine("{{ zebra }}\n{{ many + 1 }}", VARIABLES)
    assert None is nothing
    assert [2] == [each.line for each in findings]
    with pytest.raises(RuleError, match="sums"):
        prepare("{{ zebra }}\n{{ many + 1 }}", VARIABLES)


# How much is drawn.


def test_as_much_as_may_be_is_drawn_and_no_more() -> None:
    """To the character; spaces at the ends of lines take no room."""
    whole = "a" * 50
    passage = render(whole, filled(), max_chars=50)
    assert (whole, False) == (said(passage), passage.cut)
    passage = render(whole + "b", filled(), max_chars=50)
    assert (49 * "a" + "…", True) == (said(passage), passage.cut)
    spaced = render(f"{whole}      \n\n\n\n", filled(), max_chars=50)
    assert (whole, False) == (said(spaced), spaced.cut)


def test_nobody_may_draw_more_than_fits_into_a_message() -> None:
    """Whatever is asked for."""
    source = "{% for one in names %}{{ one }}{% endfor %}"
    names = tuple(Quote("a" * 1_000) for _ in range(5))
    passage = render(source, filled(names=names), max_chars=MAX_OUTPUT_CHARS * 2)
    assert passage.cut
    assert MAX_OUTPUT_CHARS == passage.chars


class Endless(Template):
    """Never comes to its end, and counts what was drawn of it."""

    drawn = 0
    piece = ""

    def generate(self, *_args: object, **_kwargs: object) -> Iterator[str]:
        while True:
            Endless.drawn += 1
            yield Endless.piece


@pytest.mark.parametrize(("piece", "pieces"), [("abcde", 11), (" " * 1_000, 17)])
def test_no_more_is_drawn_than_can_be_shown(
    monkeypatch: pytest.MonkeyPatch, piece: str, pieces: int
) -> None:
    """Over fifty characters, or four times what fits into a message, it is stopped."""
    monkeypatch.setattr(Endless, "drawn", 0)
    monkeypatch.setattr(Endless, "piece", piece)
    assert MAX_OUTPUT_CHARS == 4_000
    endless = Endless.__new__(Endless, "")
    Prepared(endless, frozenset()).fill(filled(), max_chars=50)
    assert pieces == Endless.drawn


@pytest.mark.parametrize(("spaces", "cut"), [(310, False), (330, True)])
def test_what_is_mostly_spaces_comes_to_an_end(spaces: int, *, cut: bool) -> None:
    """They are folded afterwards, so they are counted while they are drawn."""
    source = f"{{% for one in names %}}{' ' * spaces}{{% endfor %}}{{{{ who }}}}"
    told = drawn(source, names=tuple(Quote("a") for _ in range(50)))
    assert ("" if cut else "Ana") == told.strip()


def test_values_are_drawn_as_what_they_are() -> None:
    """A number as readers write it, a list as one, nothing for none."""
    assert "1,234 Ben and Cleo" == drawn("{{ many }} {{ names }}", many=1_234)
    assert "[]" == f"[{drawn('a{{ names }}{{ who }}', names=(), who=None)[1:]}]"
    assert "3" == drawn(
        "{% if who %}{{ who }}{% else %}{{ many }}{% endif %}", who=None
    )
