"""What a template may do, as a walk over its syntax tree before it is compiled.

Nothing is forbidden here; what is not listed does not pass. Classes are compared by
identity, so that a kind of node which a later Jinja adds is refused as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from jinja2 import nodes

from bot.pages.findings import Findings
from bot.pages.variables import NAME, RESERVED, Kind, Record, Variable, Variables

MAX_SEPARATOR_CHARS = 20
_DEFAULT_SEPARATOR = ", "

_CODES: Mapping[type[nodes.Node], str] = MappingProxyType(
    {
        nodes.Call: "call",
        nodes.CondExpr: "choice",
        nodes.Const: "literal",
        nodes.Compare: "compare-here",
        nodes.Test: "test",
        nodes.TemplateData: "literal",
        nodes.Tuple: "index-here",
    }
)
"""What to say of a kind of expression that does not pass, where it is a usual one."""

_ORDERS = frozenset({"eq", "ne", "lt", "lteq", "gt", "gteq"})
_EQUALITY = frozenset({"eq", "ne"})


def join(values: list[str], separator: str = _DEFAULT_SEPARATOR) -> str:
    """Return ``values`` with ``separator`` between them."""
    return separator.join(values)


def first(values: list[str]) -> str:
    """Return the first of ``values``; empty where there is none."""
    return values[0] if values else ""


def last(values: list[str]) -> str:
    """Return the last of ``values``; empty where there is none."""
    return values[-1] if values else ""


FILTERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {"first": first, "join": join, "last": last, "length": len}
)
"""What may stand behind ``|``. All of it works on lists."""


def walk(tree: nodes.Template, variables: Variables, findings: Findings) -> None:
    """Note what ``tree`` does that a template may not do."""
    _Walk(findings).statements(tree.body, variables)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Looks at every node.

    Attributes:
        in_loop: Whether a loop stands around it.
    """

    findings: Findings
    in_loop: bool = False

    def statements(self, body: Sequence[nodes.Node], known: Variables) -> None:
        """Look at what stands in the template itself, or in a tag."""
        for node in body:
            if type(node) is nodes.Output:
                for each in node.nodes:
                    self._placed(each, known)
            elif type(node) is nodes.If:
                self._if(node, known)
            elif type(node) is nodes.For:
                self._for(node, known)
            else:
                self.findings.add(node.lineno, "other")

    def _if(self, node: nodes.If, known: Variables) -> None:
        self._condition(node.test, known)
        self.statements(node.body, known)
        self.statements(node.elif_, known)
        self.statements(node.else_, known)

    def _for(self, node: nodes.For, known: Variables) -> None:
        target, line = node.target, node.lineno
        if self.in_loop:
            self.findings.add(line, "nested")
            return
        if node.test is not None or node.recursive or type(target) is not nodes.Name:
            self.findings.add(line, "loop")
            return
        name = target.name
        if not NAME.fullmatch(name) or name in RESERVED or name in known:
            self.findings.add(line, "loop-name", found=name)
            return
        item = self._item(node.iter, known)
        if item is not None:
            inside = _Walk(self.findings, in_loop=True)
            inside.statements(node.body, {**known, name: item})
        self.statements(node.else_, known)

    def _item(self, node: nodes.Node, known: Variables) -> Variable | None:
        """Return what each entry of a loop's list is."""
        match self._variable(node, known):
            case Record(many=True, parts=parts):
                return Record(parts)
            case Kind.LIST:
                return Kind.VALUE
            case None:
                return None
            case _:
                self.findings.add(node.lineno, "list", found=_spelled(node))
                return None

    def _placed(self, node: nodes.Node, known: Variables) -> None:
        if type(node) is nodes.TemplateData:
            return
        match self._variable(node, known):
            case Kind.WORD:
                self.findings.add(node.lineno, "word", found=_spelled(node))
            case Record(parts=parts, many=many):
                code = "many-records" if many else "record"
                named = ", ".join(sorted(parts))
                self.findings.add(node.lineno, code, found=_spelled(node), known=named)
            case _:
                pass

    def _condition(self, node: nodes.Node, known: Variables) -> None:
        if type(node) is nodes.And or type(node) is nodes.Or:
            self._condition(node.left, known)
            self._condition(node.right, known)
        elif type(node) is nodes.Not:
            self._condition(node.node, known)
        elif type(node) is nodes.Compare:
            self._comparison(node, known)
        elif self._variable(node, known) == Kind.WORD:
            self.findings.add(node.lineno, "compare", found=_spelled(node))

    def _comparison(self, node: nodes.Compare, known: Variables) -> None:
        left = self._side(node.expr, known)
        right = self._side(node.ops[0].expr, known)
        if left is None or right is None:
            return
        allowed = {Kind.COUNT: _ORDERS, Kind.WORD: _EQUALITY}.get(left, frozenset())
        if left != right or len(node.ops) > 1 or node.ops[0].op not in allowed:
            self.findings.add(node.lineno, "compare", found=_spelled(node.expr))

    def _side(self, node: nodes.Node, known: Variables) -> Kind | None:
        """Return what can be compared; None after a finding."""
        if type(node) is nodes.Const:
            if type(node.value) is int:
                return Kind.COUNT
            if type(node.value) is str:
                return Kind.WORD
        found = self._variable(node, known)
        return Kind.LIST if isinstance(found, Record) else found

    def _variable(self, node: nodes.Node, known: Variables) -> Variable | None:
        """Return what an expression stands for; None after a finding."""
        if type(node) is nodes.Name:
            if node.name in known:
                return known[node.name]
            self.findings.add_unknown(node.lineno, "unknown", node.name, sorted(known))
        elif type(node) is nodes.Getattr:
            return self._part(node, known)
        elif type(node) is nodes.Filter:
            return self._filtered(node, known)
        else:
            self.findings.add(node.lineno, _CODES.get(type(node), "other"))
        return None

    def _part(self, node: nodes.Getattr, known: Variables) -> Variable | None:
        match self._variable(node.node, known):
            case Record(parts=parts, many=False):
                if node.attr in parts:
                    return parts[node.attr]
                self.findings.add_unknown(node.lineno, "part", node.attr, sorted(parts))
            case None:
                pass
            case _:
                shown = _spelled(node.node)
                self.findings.add(
                    node.lineno, "no-parts", found=shown, wanted=f".{node.attr}"
                )
        return None

    def _filtered(self, node: nodes.Filter, known: Variables) -> Variable | None:
        if node.name not in FILTERS:
            self.findings.add_unknown(node.lineno, "filter", node.name, sorted(FILTERS))
            return None
        if node.node is None:
            self.findings.add(node.lineno, "other")
            return None
        if not _has_its_arguments(node):
            self.findings.add(node.lineno, "argument", most=MAX_SEPARATOR_CHARS)
            return None
        whole = self._variable(node.node, known)
        if whole is None:
            return None
        if node.name == "length" and isinstance(whole, Record) and whole.many:
            return Kind.COUNT
        if whole != Kind.LIST:
            self.findings.add(
                node.lineno, "no-list", found=_spelled(node.node), filter=node.name
            )
            return None
        return Kind.COUNT if node.name == "length" else Kind.VALUE


def _has_its_arguments(node: nodes.Filter) -> bool:
    """Whether there are none, or the one short text that ``join`` may take."""
    if node.kwargs or node.dyn_args is not None or node.dyn_kwargs is not None:
        return False
    if not node.args:
        return True
    (given, *more) = node.args
    return (
        node.name == "join"
        and not more
        and type(given) is nodes.Const
        and type(given.value) is str
        and given.value.isprintable()
        and len(given.value) <= MAX_SEPARATOR_CHARS
    )


def _spelled(node: nodes.Node) -> str:
    """Return a name as it was written, with what stands behind its dot."""
    match node:
        case nodes.Name(name=name):
            return name
        case nodes.Getattr(node=whole, attr=attr):
            return f"{_spelled(whole)}.{attr}"
        case nodes.Filter(node=nodes.Node() as whole, name=name):
            return f"{_spelled(whole)}|{name}"
        case nodes.Const(value=value):
            return str(value)
        case _:
            return "…"
