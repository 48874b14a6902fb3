"""Words that moderators edit, rendered so that whatever they write does no harm.

A template is looked at three times. `scan` bounds it, so that parsing is quick; `walk`
lets pass what is on a short list, before anything is compiled, since Jinja folds
constants then and ``9**(9**9)`` would never come back; and what is left runs in an
immutable sandbox that has no globals, no tests, four filters, and no way to an
attribute. What comes out is text and values, never markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Never

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context as Scope
from jinja2.runtime import Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.pages.allowed import FILTERS, walk
from bot.pages.findings import Finding, Findings
from bot.pages.passages import Passage, put_together, weight
from bot.pages.scan import MAX_SOURCE_CHARS, lines_of, scan
from bot.pages.variables import Context, Slots, Variables, check_names, plain

MAX_OUTPUT_CHARS = 4_000

_MAX_RAW_CHARS = 4 * MAX_OUTPUT_CHARS
"""What may come out before spaces are folded."""

_SLOTS = "_slots"
"""Where a template's scope has the values; no variable can be called so."""


def check(source: str, variables: Variables) -> tuple[Finding, ...]:
    """Return what is wrong with ``source``, line by line; nothing if it may be used.

    Takes at most 50 ms, whatever is written.

    Raises:
        TypeError: If a variable has a name that no template could name.
    """
    _, findings = examine(source, variables)
    return findings


@dataclass(frozen=True, slots=True)
class Prepared:
    """A template that was checked, to be filled as often as one likes.

    Attributes:
        named: The variables that it names.
    """

    template: Template
    named: frozenset[str]

    def fill(self, context: Context, max_chars: int = MAX_OUTPUT_CHARS) -> Passage:
        """Return it filled from ``context``, cut as `render` does."""
        most = min(max_chars, MAX_OUTPUT_CHARS)
        values, slots = plain(context)
        drawn: list[str] = []
        seen_chars = raw_chars = 0
        for piece in self.template.generate({**values, _SLOTS: slots}):
            drawn.append(piece)
            seen_chars += weight(piece, slots)
            raw_chars += len(piece)
            if seen_chars > most or raw_chars > _MAX_RAW_CHARS:
                break
        return put_together("".join(drawn), slots, most)


def prepare(source: str, variables: Variables) -> Prepared:
    """Return ``source`` ready to be filled; it is checked anew.

    Raises:
        RuleError: If `check` has findings, as it may where rules became tighter since
            the template was kept; it tells the first one.
    """
    prepared, findings = examine(source, variables)
    if prepared is None:
        raise findings[0].error()
    return prepared


def render(source: str, context: Context, max_chars: int = MAX_OUTPUT_CHARS) -> Passage:
    """Return ``source`` filled from ``context``; it is checked anew.

    What is over ``max_chars``, or over `MAX_OUTPUT_CHARS`, is cut off: a post that
    comes in time and ends in an ellipsis is better than none.

    Raises:
        RuleError: As for `prepare`.
    """
    return prepare(source, context.variables).fill(context, max_chars)


def examine(
    source: str, variables: Variables
) -> tuple[Prepared | None, tuple[Finding, ...]]:
    """Return ``source`` ready to be filled, or else None and what is wrong with it.

    Raises:
        TypeError: As for `check`.
    """
    check_names(variables)
    findings = Findings()
    if len(source) <= MAX_SOURCE_CHARS:
        source = lines_of(source)
    scan(source, variables, findings)
    tree = None if findings.found else _parsed(source, findings)
    if tree is not None:
        walk(tree, variables, findings)
    if tree is None or findings.found:
        return None, findings.first()
    names = {each.name for each in tree.find_all(nodes.Name)}
    template = Template.from_code(_SANDBOX, _SANDBOX.compile(tree), {})
    return Prepared(template, frozenset(names & variables.keys())), ()


def _parsed(source: str, findings: Findings) -> nodes.Template | None:
    try:
        return _SANDBOX.parse(source)
    except TemplateSyntaxError as error:
        line = error.lineno
    except RecursionError:
        line = 1
    lines = source.split("\n")
    findings.add(line, "syntax", found=lines[min(line, len(lines)) - 1].strip())
    return None


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own sandbox, narrowed: it is the last of the guards and not the first."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    intercepted_unops = frozenset(ImmutableSandboxedEnvironment.default_unop_table)

    def getattr(self, obj: object, attribute: str) -> object:
        """Return the entry of a plain dictionary, and never an attribute."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """Return the entry of a plain dictionary, and of nothing else."""
        if type(obj) is dict and argument in obj:
            return obj[argument]
        return self.undefined(obj=obj, name=str(argument))

    def call(self, *_args: object, **_kwargs: object) -> Never:
        """Refuse to call anything."""
        raise SecurityError("templates call nothing")

    def call_binop(self, *_args: object) -> Never:
        """Refuse to calculate."""
        raise SecurityError("templates do not calculate")

    def call_unop(self, *_args: object) -> Never:
        """Refuse to calculate."""
        raise SecurityError("templates do not calculate")


@pass_context
def _placed(scope: Scope, value: object) -> str:
    """Return what Jinja writes for ``value``: itself, or what stands for it."""
    slots = scope[_SLOTS]
    if isinstance(value, Undefined) or not isinstance(slots, Slots):
        return str(value)
    match value:
        case str():
            return value
        case int():
            return slots.add(value)
        case list():
            return slots.listed(value)
        case _:
            raise SecurityError(f"a {type(value).__name__} cannot be shown")


def _sandbox() -> ImmutableSandboxedEnvironment:
    sandbox = _Sandbox(
        undefined=StrictUndefined,
        autoescape=False,  # it is text: each platform escapes it in its own way
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,
        finalize=_placed,
    )
    sandbox.globals.clear()
    sandbox.tests.clear()
    sandbox.filters.clear()
    sandbox.filters.update(FILTERS)
    return sandbox


_SANDBOX = _sandbox()
