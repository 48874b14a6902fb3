"""What Laurel says itself as templates, and what a purpose asks of words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat.routes import DeclarationError
from bot.chat.text import Phrase, Quote
from bot.domain.refs import MemberRef
from bot.features import LOCALES, TEMPLATES
from bot.pages.guarded import prepare
from bot.pages.lint import lint
from bot.pages.spec import Template, TemplateSpec
from bot.pages.starts import Starts
from bot.pages.variables import Context, Kind
from tests.harness import COMMUNITY, words
from tests.pages.recap import said

SPEC = TemplateSpec(
    "tea.time", {"who": Kind.LIST, "what": Kind.VALUE}, needed=frozenset({"who"})
)
GOOD = "{{ who }}: {{ what }}\n"
BY_NAME = {each.spec.name: each for each in TEMPLATES}


def put(folder: Path, tag: str, source: str) -> None:
    """Write what Laurel says in one language."""
    (folder / tag).mkdir(exist_ok=True)
    (folder / tag / "tea.time.jinja").write_text(source, "utf-8")


@pytest.mark.parametrize("name", BY_NAME)
@pytest.mark.parametrize("tag", sorted(words().languages))
def test_every_language_has_every_start(name: str, tag: str) -> None:
    """It could be kept as it is, and says something, in its own language."""
    template: Template = BY_NAME[name]
    source = Starts(LOCALES).of(name, tag)

    assert () == lint(source, template.spec)
    sample = template.sample(MemberRef(COMMUNITY, "ana"))
    assert len(said(prepare(source, sample.variables).fill(sample), tag)) > 10
    others = {Starts(LOCALES).of(name, each) for each in words().languages}
    assert len(words().languages) == len(others)


@pytest.mark.parametrize("name", BY_NAME)
def test_what_can_be_edited_fits_on_buttons_and_has_a_name(name: str) -> None:
    """In every language; what is needed is there to be named."""
    spec = BY_NAME[name].spec
    assert len(name) <= 16
    assert spec.needed <= spec.variables.keys()
    assert [] == [
        t for t, each in words().languages.items() if not each.has(spec.title)
    ]


def test_a_start_that_nobody_could_keep_is_found_when_laurel_starts(
    tmp_path: Path,
) -> None:
    """One that is missing, too long for a form, refused, or lacks what is needed."""
    put(tmp_path, "en", GOOD)
    put(tmp_path, "es", "{{ zebra }}")
    put(tmp_path, "fr", "x" * 3_001)
    put(tmp_path, "de", "{{ what }}")
    with pytest.raises(DeclarationError) as told:
        Starts(tmp_path).check([SPEC], ["en", "es", "fr", "de", "it"])

    assert [
        "locales/de/tea.time.jinja: line 1: templates.lacking",
        "locales/es/tea.time.jinja: line 1: templates.refused-unknown",
        "locales/fr/tea.time.jinja: is longer than 3000, so no form could hold it",
        "locales/it/tea.time.jinja: is missing",
    ] == str(told.value).splitlines()


def test_a_language_without_a_start_says_it_in_the_fallback(tmp_path: Path) -> None:
    """As it does with every other sentence."""
    put(tmp_path, "en", GOOD)

    assert GOOD.strip() == Starts(tmp_path).of("tea.time", "es")


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        (GOOD, []),
        ("{% if what %}{{ who }}{% endif %}", []),
        ("{% for one in who %}{{ one }}{% endfor %}", []),
        ("{{ what }}", ["templates.lacking"]),
        ("{% for who in what %}{% endfor %}", ["templates.refused-loop-name"]),
        ("{{ what }}{{ zebra }}", ["templates.refused-unknown"]),
        ("{{ 'who' }}", ["templates.refused-literal"]),
    ],
)
def test_what_is_needed_has_to_be_named(source: str, codes: list[str]) -> None:
    """In braces; the word alone names nothing."""
    assert codes == [each.code for each in lint(source, SPEC)]


def test_what_words_name_is_known() -> None:
    """Wherever in braces it stands, and what a loop calls its own is not among it."""
    variables = {"who": Kind.LIST, "what": Kind.VALUE, "many": Kind.COUNT}
    source = "{% for one in who %}{{ one }}{% if many > 1 %}, {% endif %}{% endfor %}"
    prepared = prepare(source, variables)

    assert {"who", "many"} == prepared.named
    filled = Context(
        variables, {"who": (Quote("a"), Phrase("common.yes")), "what": None, "many": 2}
    )
    assert "a, Yes," == said(prepared.fill(filled))
    assert "a, Yes," == said(prepared.fill(filled))
