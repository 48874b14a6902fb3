"""What a template may do: all that is listed here, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jinja2 import Environment, nodes

from bot.pages.allowed import FILTERS, MAX_SEPARATOR_CHARS, _spelled, walk
from bot.pages.findings import Finding, Findings
from bot.pages.variables import Kind, Record, Variables
from tests.pages.recap import TEMPLATES
from tests.pages.recap import VARIABLES as RECAP

VARIABLES: Variables = {
    "who": Kind.VALUE,
    "many": Kind.COUNT,
    "more": Kind.COUNT,
    "period": Kind.WORD,
    "names": Kind.LIST,
    "week": Record({"since": Kind.VALUE, "kind": Kind.WORD, "values": Kind.LIST}),
    "posts": Record({"title": Kind.VALUE, "count": Kind.COUNT}, many=True),
}
KNOWN = "many, more, names, period, posts, week, who"
JINJA = Environment(autoescape=True)


def looked_at(tree: nodes.Template, variables: Variables = VARIABLES) -> Findings:
    findings = Findings()
    walk(tree, variables, findings)
    return findings


def found(source: str) -> list[Finding]:
    """Return what is wrong with ``source``, in the order in which it was found."""
    return looked_at(JINJA.parse(source)).found


def wrong(line: int, code: str, **values: str | int) -> Finding:
    return Finding(line, f"templates.refused-{code}", tuple(values.items()))


SHOWN = (
    "who", "many", "names", "week.since", "week.values", "names|first", "names|last",
    "names|length", "names|join", f"names|join('{'x' * MAX_SEPARATOR_CHARS}')",
    "week.values|join('')", "posts|length",
)  # fmt: skip
ASKED = (
    "who", "many", "names", "week", "posts", "names|first", "posts|length", "not who",
    "who and not many or (names and week.since)", "many < 3", "many <= 3", "many > 3",
    "many >= 3", "many == 3", "many != 3", "3 < many", "many == more",
    "names|length > 2", "period == 'weekly'", "'a' != period", "week.kind == period",
)  # fmt: skip
LOOPS = (
    "{% for a in names %}{{ a }}{% if a %}b{% endif %}{% else %}{{ who }}{% endfor %}",
    "{% for a in week.values %}{{ who }}{{ a }}{% endfor %}",
    "{% for a in posts %}{{ a.title }}{% if a.count > many %}b{% endif %}{% endfor %}",
    "{% for a in names %}{% endfor %}{% for a in posts %}{{ a.title }}{% endfor %}",
    "{% if who %}{% for a in names %}{{ a }}{% endfor %}{% endif %}",
    "{% if who %}a{% elif many %}{{ who }}{% else %}{{ many }}{% endif %}",
)
IN_IF = "{{% if {} %}}a{{% endif %}}"
GOOD = (
    "only words",
    *map("{{{{ {} }}}}".format, SHOWN),
    *map(IN_IF.format, ASKED),
    *LOOPS,
)


@pytest.mark.parametrize("source", GOOD)
def test_what_is_listed_passes(source: str) -> None:
    """Names, parts, four filters, choices, comparisons, and a loop."""
    assert [] == found(source)


UNCOMPARED = (
    "many == period", "who == who", "names == names", "week == week", "who == 1",
    "1 == who", "names|first > 3",
)  # fmt: skip
REFUSED = {
    # Values that cannot be shown.
    "{{ period }}": wrong(2, "word", found="period"),
    "{{ week.kind }}": wrong(2, "word", found="week.kind"),
    "{{ week }}": wrong(2, "record", found="week", known="kind, since, values"),
    "{{ posts }}": wrong(2, "many-records", found="posts", known="count, title"),
    # Names.
    "{{ zebra }}": wrong(2, "unknown", found="zebra", known=KNOWN),
    "{{ mani }}": wrong(2, "unknown-near", found="mani", nearest="many"),
    "{{ zebra.since }}": wrong(2, "unknown", found="zebra", known=KNOWN),
    "{{ week.zebra }}": wrong(2, "part", found="zebra", known="kind, since, values"),
    "{{ week.sins }}": wrong(2, "part-near", found="sins", nearest="since"),
    "{{ who.since }}": wrong(2, "no-parts", found="who", wanted=".since"),
    "{{ posts.title }}": wrong(2, "no-parts", found="posts", wanted=".title"),
    "{{ week.since.a }}": wrong(2, "no-parts", found="week.since", wanted=".a"),
    "{{ (names|first).a }}": wrong(2, "no-parts", found="names|first", wanted=".a"),
    # Filters.
    "{{ names|zebra }}": wrong(
        2, "filter", found="zebra", known="first, join, last, length"
    ),
    "{{ names|lenght }}": wrong(2, "filter-near", found="lenght", nearest="length"),
    "{{ who|first }}": wrong(2, "no-list", found="who", filter="first"),
    "{{ many|length }}": wrong(2, "no-list", found="many", filter="length"),
    "{{ week|length }}": wrong(2, "no-list", found="week", filter="length"),
    "{{ posts|first }}": wrong(2, "no-list", found="posts", filter="first"),
    "{{ names|first|last }}": wrong(2, "no-list", found="names|first", filter="last"),
    # Kinds of expression that pass nowhere.
    "{{ who() }}": wrong(2, "call"),
    "{{ who if many }}": wrong(2, "choice"),
    "{{ 'a' }}": wrong(2, "literal"),
    "{{ many > 1 }}": wrong(2, "compare-here"),
    "{{ many is odd }}": wrong(2, "test"),
    "{{ who, many }}": wrong(2, "index-here"),
    "{{ not who }}": wrong(2, "other"),
    "{{ who and many }}": wrong(2, "other"),
    "{{ many + 1 }}": wrong(2, "other"),
    "{{ names[0] }}": wrong(2, "other"),
    "{{ [who] }}": wrong(2, "other"),
    "{% set a = 1 %}": wrong(2, "other"),
    "{% filter upper %}a{% endfilter %}": wrong(2, "other"),
    # Choices.
    IN_IF.format("period"): wrong(2, "compare", found="period"),
    IN_IF.format("zebra or who"): wrong(2, "unknown", found="zebra", known=KNOWN),
    IN_IF.format("who and zebra"): wrong(2, "unknown", found="zebra", known=KNOWN),
    IN_IF.format("not zebra"): wrong(2, "unknown", found="zebra", known=KNOWN),
    IN_IF.format("zebra == 1"): wrong(2, "unknown", found="zebra", known=KNOWN),
    IN_IF.format("1 == zebra"): wrong(2, "unknown", found="zebra", known=KNOWN),
    IN_IF.format("1.5 < many"): wrong(2, "literal"),
    IN_IF.format("true == many"): wrong(2, "literal"),
    IN_IF.format("period < 'a'"): wrong(2, "compare", found="period"),
    IN_IF.format("many in names"): wrong(2, "compare", found="many"),
    IN_IF.format("1 < many < 3"): wrong(2, "compare", found="1"),
    IN_IF.format("(who()) == many"): wrong(2, "call"),
    # Loops.
    "{% for a in who %}{% endfor %}": wrong(2, "list", found="who"),
    "{% for a in week %}{% endfor %}": wrong(2, "list", found="week"),
    "{% for a in names|join %}{% endfor %}": wrong(2, "list", found="names|join"),
    "{% for a in zebra %}{{ b }}{% endfor %}": wrong(
        2, "unknown", found="zebra", known=KNOWN
    ),
    "{% for a in names if a %}{% endfor %}": wrong(2, "loop"),
    "{% for a in names recursive %}{% endfor %}": wrong(2, "loop"),
    "{% for a, b in names %}{% endfor %}": wrong(2, "loop"),
    "{% for who in names %}{% endfor %}": wrong(2, "loop-name", found="who"),
    "{% for loop in names %}{% endfor %}": wrong(2, "loop-name", found="loop"),
    "{% for Each in names %}{% endfor %}": wrong(2, "loop-name", found="Each"),
    "{% for a in names %}{% for b in names %}{% endfor %}{% endfor %}": wrong(
        2, "nested"
    ),
    "{% for a in posts %}{{ a }}{% endfor %}": wrong(
        2, "record", found="a", known="count, title"
    ),
    "{% for a in names %}{{ a.b }}{% endfor %}": wrong(
        2, "no-parts", found="a", wanted=".b"
    ),
    "{% for a in names %}{% else %}{{ a }}{% endfor %}": wrong(
        2, "unknown", found="a", known=KNOWN
    ),
    "{% for a in names %}{{ zebra }}{% endfor %}": wrong(
        2, "unknown", found="zebra", known=f"a, {KNOWN}"
    ),
}  # fmt: skip
"""By what is written in the second line: what is wrong with it, and nothing else."""


@pytest.mark.parametrize("source", REFUSED)
def test_what_is_not_listed_is_refused(source: str) -> None:
    """With the line, what was written there, and what there is."""
    assert [REFUSED[source]] == found(f"words\n{source}")


@pytest.mark.parametrize("asked", UNCOMPARED)
def test_only_numbers_and_words_for_choosing_are_compared(asked: str) -> None:
    """Each with its like, wherever it stands."""
    left = asked.split(" ", maxsplit=1)[0]
    assert [wrong(2, "compare", found=left)] == found("\n" + IN_IF.format(asked))


ARGUMENTS = (
    "join(3)", "join(who)", "join('a', 'b')", "join(d='a')", "join(*names)",
    "join(**week)", "first('a')", "length('a')", "join('a\\nb')",
    f"join('{'x' * (MAX_SEPARATOR_CHARS + 1)}')",
)  # fmt: skip


@pytest.mark.parametrize("filtered", ARGUMENTS)
def test_only_join_takes_something_and_that_is_short_and_seen(filtered: str) -> None:
    """One text in one line."""
    (finding,) = found(f"\n{{{{ names|{filtered} }}}}")
    assert wrong(2, "argument", most=MAX_SEPARATOR_CHARS) == finding


def test_all_of_it_is_looked_at() -> None:
    """Before a choice and behind it, in each of its branches, in a loop and after."""
    source = """\
{% if z1 %}
{{ z2 }}
{% elif z3 %}
{{ z4 }}
{% else %}
{{ z5 }}
{% endif %}
{% for a in names %}
{% if z6 %}
{{ z7 }}
{% endif %}
{% else %}
{{ z8 }}
{% endfor %}
{% for b in zebra %}
{{ b }}
{% else %}
{{ z9 }}
{% endfor %}
{{ who }} {{ z10 }}
"""
    lines = [each.line for each in found(source)]
    assert [1, 2, 3, 4, 6, 9, 10, 13, 15, 18, 20] == lines


def test_a_loop_that_is_refused_hides_what_is_in_it() -> None:
    """What would be found there is mostly the same mistake again."""
    for source in (
        "{% for who in names %}{{ z }}{% endfor %}",
        "{% for a, b in names %}{{ a }}{% endfor %}",
    ):
        assert 1 == len(found(source))


def _every(tree: nodes.Node) -> Iterator[nodes.Node]:
    yield tree
    for each in tree.iter_child_nodes():
        yield from _every(each)


@pytest.mark.parametrize("source", TEMPLATES)
def test_a_kind_of_node_that_a_later_jinja_adds_is_refused(source: str) -> None:
    """Also one that is much like a kind that passes: nobody has looked at it yet."""
    assert [] == looked_at(JINJA.parse(source), RECAP).found
    kinds: set[type[nodes.Node]] = set()
    for place, known in enumerate(_every(JINJA.parse(source))):
        if isinstance(known, nodes.Template | nodes.Operand):
            continue  # what stands around all, and a sign beside a value
        tree = JINJA.parse(source)
        node = [*_every(tree)][place]
        # Jinja lets nobody make new kinds, so this goes past its own class of classes.
        later: Any = type.__new__(nodes.NodeType, "Later", (type(node),), {})
        node.__class__ = later
        # A name that is written to is read by its loop alone.
        assert looked_at(tree, RECAP).found, node
        kinds.add(type(known))
    assert nodes.Name in kinds


def test_a_filter_of_nothing_is_refused() -> None:
    """Jinja makes one for a block; wherever it stood, there would be no list."""
    bare = nodes.Filter(None, "first", [], [], None, None, lineno=2)
    tree = nodes.Template([nodes.Output([bare], lineno=2)], lineno=1)
    assert [wrong(2, "other")] == looked_at(tree).found


def test_what_has_no_name_is_shown_by_an_ellipsis() -> None:
    """Nothing that passes so far as to be named is such; a later Jinja may differ."""
    assert "…|first" == _spelled(
        nodes.Filter(nodes.List([]), "first", [], [], None, None)
    )


def test_filters_work_on_lists_and_on_none() -> None:
    """An empty list has no first, and nothing stands between fewer than two."""
    names = ["a", "b", "c"]
    assert ["a", "c", "a, b, c", 3] == [
        FILTERS[name](names) for name in ("first", "last", "join", "length")
    ]
    assert ["", "", "", 0] == [
        FILTERS[name]([]) for name in ("first", "last", "join", "length")
    ]
    assert "a·b·c" == FILTERS["join"](names, "·")
