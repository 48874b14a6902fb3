"""Templates: what they say, what they refuse, and that values stay values."""

from __future__ import annotations

import pytest
from fluent.syntax import FluentParser, ast

from bot.chat import wire
from bot.chat.message import Card, say
from bot.chat.refusals import sentence
from bot.chat.text import Part, Phrase, Quote
from bot.domain.errors import RuleError
from bot.features import LOCALES
from bot.pages.guarded import MAX_OUTPUT_CHARS, check, render
from bot.pages.variables import Context, Kind, Record, Variables
from tests.pages.recap import (
    ENGLISH,
    NOTHING,
    QUIET,
    SPANISH,
    TEMPLATES,
    VARIABLES,
    WEEK,
    context,
    highlight,
    member,
    said,
    speech,
)


def parts(source: str, filled: Context | None = None) -> list[Part]:
    (paragraph,) = render(source, filled or context()).paragraphs()
    return list(speech().parts(paragraph))


@pytest.mark.parametrize("source", TEMPLATES)
def test_a_good_template_has_no_findings(source: str) -> None:
    """What a community would write is let through."""
    assert () == check(source, VARIABLES)


def test_a_week_is_told() -> None:
    """Places are filled, choices made, the loop gone through, lines tidied up."""
    assert (
        said(render(ENGLISH, context()))
        == """\
The Lantern Choir, March 2, 2026 to March 8, 2026
1,234 thanks went round this week.

• @Dai to @Elif and @Femi: “You carried the piano.”
• @Gus to @Hana: “The soup was worth the walk.”

First time: @Ana · @Ben · @Cleo (3)
Next: Soup night, Mon, Mar 9, 6:00\u202fPM"""
    )


def test_a_quiet_time_is_told() -> None:
    """What is absent leaves nothing behind, and an empty list has its own words."""
    assert (
        said(render(ENGLISH, QUIET))
        == """\
, to
A quiet time. Rest is part of the work.

No highlights, and nobody minds."""
    )


def test_lists_and_numbers_are_the_readers() -> None:
    """How a list is joined and a number written is decided when it is read."""
    told = said(render(SPANISH, context()), "es")
    assert "1.234 gracias entre 2 personas" in told
    assert "Se notó: Kindness y Craft." in told
    told = said(render("{{ thanks }} {{ newcomers }}", context()))
    assert "1,234 @Ana, @Ben, and @Cleo" == told


def test_what_members_wrote_stays_a_quote() -> None:
    """A name that looks like a template, or markup, is neither."""
    evil = "{{ thanks }} **x** <b> @everyone \ue000\ue001"
    filled = context(
        community=Quote(evil), highlights=(highlight("Dai", "Elif", reason=evil),)
    )
    source = (
        "{{ community }} {% for one in highlights %}"
        "{{ one.giver }} {{ one.reason }} {{ one.receivers }}{% endfor %}"
    )
    assert [
        Part(Quote(evil)),
        Part(" "),
        Part(member("Dai")),
        Part(" "),
        Part(Quote(evil)),
        Part(" "),
        Part(member("Elif")),
    ] == parts(source, filled)


def test_stars_make_bold_across_values() -> None:
    """As in Laurel's own sentences, wherever the template has them."""
    assert [
        Part("a "),
        Part("b ", strong=True),
        Part(member("Ana"), strong=True),
        Part(" c"),
    ] == parts("a **b {{ newcomers|first }}** c")


def test_a_rendered_template_travels() -> None:
    """It waits in the outbox as any other message does."""
    message = say(Card(body=render(ENGLISH, context()).paragraphs()))
    assert message == wire.decode_message(wire.encode(message))


def test_what_is_too_long_is_cut_and_says_so() -> None:
    """At the end of a character, with an ellipsis, never over the limit."""
    many = tuple(highlight("Dai", "Elif", reason="ö" * 500) for _ in range(50))
    source = "{% for each in highlights %}{{ each.reason }} {% endfor %}"
    passage = render(source, context(highlights=many))
    told = [speech().plain(each) for each in passage.paragraphs()]
    assert passage.cut
    assert MAX_OUTPUT_CHARS >= sum(map(len, told)) > MAX_OUTPUT_CHARS - 10
    assert told[-1].endswith("…")
    short = render("Everybody is here, {{ community }}.", context(), max_chars=20)
    assert "Everybody is here,…" == said(short).replace(" …", "…")
    assert not render(source, context()).cut


def test_paragraphs_end_where_lines_do() -> None:
    """As few as there can be, each within the limit of a card."""
    source = "\n".join(f"{'word ' * 60}{number}" for number in range(12))
    passage = render(source, context())
    told = [speech().plain(each) for each in passage.paragraphs()]
    assert 2 == len(told)
    assert [len(each.split("\n")) for each in told] == [6, 6]
    one_line = render("word " * 700 + "{{ community }}", context())
    assert 2 == len(one_line.paragraphs())


def test_html_is_text() -> None:
    """A template has no markup of its own but bold."""
    source = "<b>{{ community }}</b> &amp; [a](https://example.com) {% if thanks %}<i>"
    drawn = parts(source + "{% endif %}")
    assert "<b>" == drawn[0].content
    assert "</b> &amp; [a](https://example.com) <i>" == drawn[2].content


LOOP = "{% for b in newcomers %}{% endfor %}"
LINT = {
    "empty": ("\n  \n", 1),
    "long": ("x" * 4_001, 1),
    "many": ("{{ thanks }}" * 101, 1),
    "crowded": (("{% if " + "not " * 20 + "thanks %}x{% endif %}\n") * 20, 1),
    "unseen": ("Hello\n\u202eolleh", 2),
    "marks": ("fine\ne" + "\u0301\u0302" * 5, 2),
    "unclosed": ("Hello {{ thanks\nand more", 1),
    "stray": ("one\nthanks }} two", 2),
    "single": ("Hello\n\n{ thanks } thanks", 3),
    "comment": ("a\n{# who was it? #}", 2),
    "trim": ("{{- thanks }}", 1),
    "tag": ("a\n{% macro a() %}{% endmacro %}", 2),
    "tag-near": ("{% iff thanks %}", 1),
    "open": ("a\n{% if thanks %}b", 2),
    "unopened": ("a {% endfor %}", 1),
    "block": (f"{{{{ {'thanks' * 20} }}}}", 1),
    "deep": ("{% if thanks %}" * 6 + "a" + "{% endif %}" * 6, 1),
    "nested": ("{% for a in newcomers %}\n" + LOOP + "{% endfor %}", 2),
    "sums": ("{{ thanks + 1 }}", 1),
    "index": ("{{ newcomers[0] }}", 1),
    "index-here": ("{{ newcomers, thanks }}", 1),
    "character": ("{{ “thanks” }}", 1),
    "syntax": ("a\n{{ thanks people }}", 2),
    "call": ("{{ community() }}", 1),
    "choice": ("{{ thanks if people }}", 1),
    "test": ("{{ thanks is defined }}", 1),
    "compare-here": ("{{ thanks > 1 }}", 1),
    "literal": ("{{ 'thanks' }}", 1),
    "unknown": ("\n\n{{ zebra }}", 3),
    "unknown-near": ("{{ thank }}", 1),
    "part": ("{{ week.number }}", 1),
    "part-near": ("{{ week.sinc }}", 1),
    "no-parts": ("{{ thanks.real }}", 1),
    "filter": ("{{ newcomers|upper }}", 1),
    "filter-near": ("{{ newcomers|lenght }}", 1),
    "argument": ("{{ newcomers|join(3) }}", 1),
    "no-list": ("{{ community|first }}", 1),
    "word": ("{{ period }}", 1),
    "record": ("{{ week }}", 1),
    "many-records": ("{{ highlights }}", 1),
    "list": ("{% for a in thanks %}{% endfor %}", 1),
    "loop": ("{% for a in newcomers if a %}{% endfor %}", 1),
    "loop-name": ("{% for thanks in newcomers %}{% endfor %}", 1),
    "compare": ("{% if thanks == 'many' %}a{% endif %}", 1),
    "bold": ("a\n**b", 2),
    "other": ("{{ not thanks }}", 1),
}  # fmt: skip
"""By what is wrong: a template that has it, and in which line."""


def told_of(source: str, tag: str = "en") -> dict[str, tuple[int, str]]:
    return {
        each.code.removeprefix("templates.refused-"): (
            each.line,
            speech(tag).plain(sentence(each.error("source"))),
        )
        for each in check(source, VARIABLES)
    }


@pytest.mark.parametrize("code", LINT)
def test_lint_says_where_what_why_and_what_would_do(code: str) -> None:
    """In the words of whoever writes sentences, in every language."""
    source, line = LINT[code]
    for tag, where in (("en", "Line"), ("es", "Línea")):
        found = told_of(source, tag)
        assert code in found
        told_line, told = found[code]
        assert line == told_line
        assert told.startswith(f"{where} {line}: ") or code in ABOUT_ALL
        assert told.count(". ") >= 1 or told.count("? ") >= 1 or "-near" in code


ABOUT_ALL = {"empty", "long", "many", "crowded"}
"""What is wrong with a whole template, and so is in no line."""


def test_every_sentence_of_the_lint_is_tried() -> None:
    """And none is there for nothing."""
    resource = FluentParser().parse((LOCALES / "en/templates.ftl").read_text("utf-8"))
    keys = {each.id.name for each in resource.body if isinstance(each, ast.Message)}
    refusals = {key.removeprefix("refused-") for key in keys if "refused" in key}
    assert refusals == LINT.keys()


def test_lint_suggests_what_was_meant() -> None:
    """The nearest name, or all there are."""
    assert "Did you mean thanks?" in told_of("{{ thank }}")["unknown-near"][1]
    told = told_of("{% for a in highlights %}{{ a.why }}{% endfor %}")["part"][1]
    assert "What there is: giver, reason, receivers." in told
    assert "write {{ thanks }}." in told_of("{ thanks }")["single"][1]


def test_lint_tells_everything_at_once_but_not_too_much() -> None:
    """Line by line, ten at most."""
    source = "{{ zebra }}\nfine\n{{ period }}\n{{ thanks.x }}"
    assert [1, 3, 4] == [each.line for each in check(source, VARIABLES)]
    assert 10 == len(check("{{ zebra }}\n" * 40, VARIABLES))


def test_a_template_is_checked_again_when_it_is_used() -> None:
    """What was kept before the rules became tighter is refused, with the reason."""
    with pytest.raises(RuleError) as refused:
        render("{{ zebra }}", context())
    assert "templates.refused-unknown" == refused.value.code
    assert 1 == refused.value.values["line"]


def test_lines_are_counted_however_they_end() -> None:
    """Windows, and the Macs of long ago."""
    for end in ("\n", "\r\n", "\r"):
        found = check(f"one{end}two{end}{{{{ zebra }}}}", VARIABLES)
        assert [3] == [each.line for each in found]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.VALUE, "plain words"),
        (Kind.VALUE, 3),
        (Kind.COUNT, True),
        (Kind.COUNT, "3"),
        (Kind.COUNT, None),
        (Kind.WORD, Quote("x")),
        (Kind.LIST, (Quote("x"), "x")),
        (Kind.LIST, (Quote("x"),) * 51),
        (Kind.LIST, Quote("x")),
        (Record({"a": Kind.COUNT}), {"a": 1, "b": 2}),
        (Record({"a": Kind.COUNT}), {}),
        (Record({"a": Kind.COUNT}), ({"a": 1},)),
        (Record({"a": Kind.COUNT}, many=True), {"a": 1}),
        (Record({"a": Kind.COUNT}, many=True), ({"a": "x"},)),
        (Record({"a": Kind.COUNT}, many=True), ({"a": 1},) * 51),
        (Record({"a": Kind.LIST}, many=True), ({"a": (Quote("x"),) * 50},) * 50),
        (Kind.COUNT, object()),
    ],
)
def test_a_context_holds_what_was_declared(kind: Kind | Record, value: object) -> None:
    """Another kind, too many, or a name too few: the program is wrong, and hears it."""
    with pytest.raises(TypeError):
        Context({"a": kind}, {"a": value})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    "name", ["_slots", "loop", "self", "A", "é", "a-b", "", "x" * 31]
)
def test_a_variable_has_a_plain_name(name: str) -> None:
    """None that means something to Jinja, or that nobody could type."""
    for variables in ({name: Kind.COUNT}, {"a": Record({name: Kind.COUNT})}):
        with pytest.raises(TypeError):
            check("Hello", variables)


def test_a_name_too_many_or_too_few_is_an_error() -> None:
    """A context is whole."""
    fewer = {name: value for name, value in WEEK.items() if name != "thanks"}
    for values in (fewer, {**NOTHING, "more": 1}):
        with pytest.raises(TypeError, match="missing or not declared"):
            Context(VARIABLES, values)


def test_parts_named_like_methods_are_parts() -> None:
    """A dot finds what was declared and never what Python's dictionaries can do."""
    variables: Variables = {"week": Record({"items": Kind.COUNT, "keys": Kind.VALUE})}
    filled = Context(variables, {"week": {"items": 3, "keys": Quote("four")}})
    assert "3 four" == said(render("{{ week.items }} {{ week.keys }}", filled))


def test_a_phrase_of_laurels_can_be_placed() -> None:
    """It is spoken in the reader's language."""
    variables: Variables = {"answer": Kind.VALUE}
    passage = render(
        "{{ answer }}", Context(variables, {"answer": Phrase("common.yes")})
    )
    assert "Yes" == said(passage)
    assert "Sí" == said(passage, "es")
