"""The neutral fields as the inputs of an HTML form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, assert_never

from markupsafe import Markup

from bot.adapters.playground.answers import TYPED, Filled
from bot.adapters.playground.visit import Visit
from bot.chat import fields
from bot.chat.message import Action
from bot.chat.routes import RouteSpec
from bot.chat.text import Phrase, Quote, phrase

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Offer:
    """One entry of a select, a radio group or a picker."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One question, ready to be shown.

    Attributes:
        widget: Which macro of the template draws it.

        value: What stands in it.

        offers: What can be chosen; in a picker, what is chosen already.

        source: Where a picker finds its options: ``person``, ``channel`` or
            ``lookup:<key>``.

        most: Largest number, or most characters, or most entries of a picker.
    """

    name: str
    label: str
    hint: str | None
    required: bool
    widget: str
    error: Markup | None = None
    value: str = ""
    offers: tuple[Offer, ...] = ()
    source: str = ""
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form, ready to be shown.

    Attributes:
        id: One-time; the operation that its sending is, however often it is sent.

        place: ``composer`` for a command that is being typed, else ``dialog``.

        pressed: Id of the post whose button opened it; empty where none did.

        target: Id of the post that a message action was chosen on, or empty.

        note: What is wrong with the whole of it.
    """

    id: str
    place: str
    title: str
    command: str
    help: str | None
    submit: str
    wire: str
    inputs: tuple[Input, ...]
    pressed: str = ""
    target: str = ""
    note: Markup | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """A form to be drawn: for which route, and how it was come to."""

    id: str
    action: Action
    place: str = "dialog"
    pressed: str = ""
    target: str = ""


def draw_form(
    visit: Visit,
    route: RouteSpec,
    blank: Blank,
    filled: Filled,
    errors: Mapping[str, Phrase] = _NOTHING,
    boxes: Mapping[str, Sequence[fields.Suggestion]] = _NOTHING,
) -> Form:
    """Return the form of ``route``, holding what was ``filled`` in already.

    Args:
        visit: Who sees it.
        route: What is asked.
        blank: Where it goes.
        filled: What stands in it.
        errors: What is wrong, by field; under the empty name, with the whole.
        boxes: What was looked up, by field; where nothing was found, nothing is asked.
    """
    brush = visit.brush()
    inputs = [
        replace(
            _Drawing(visit, route, filled, boxes).input(each),
            error=brush.inline(errors[each.name]) if each.name in errors else None,
        )
        for each in route.fields
        if not _is_empty(each, boxes)
    ]
    catalogue = visit.catalogue

    def words(part: str) -> str | None:
        key = f"{route.key}.{part}"
        return brush.plain(phrase(key)) if catalogue.has(key) else None

    command = f"/{route.command}" if route.command else ""
    return Form(
        id=blank.id,
        place=blank.place,
        title=words("title") or command or brush.plain(phrase("forms.title")),
        command=command,
        help=words("help"),
        submit=words("submit") or brush.plain(phrase("forms.send")),
        wire=blank.action.encode(),
        inputs=tuple(inputs),
        pressed=blank.pressed,
        target=blank.target,
        note=brush.inline(errors[""]) if "" in errors else None,
    )


def label_of(visit: Visit, route: RouteSpec) -> Callable[[str, str], str]:
    """Return what says the label of an option, by field name and value."""
    brush = visit.brush()

    def label(name: str, value: str) -> str:
        key = f"{route.key}.{name}-{value}"
        if value in {"yes", "no"} and not visit.catalogue.has(key):
            key = f"forms.{value}"
        return brush.plain(phrase(key))

    return label


def label_text(visit: Visit, found: fields.Suggestion) -> str:
    """Return the label of what a lookup found."""
    label = found.label
    return label.text if isinstance(label, Quote) else visit.brush().plain(label)


@dataclass(frozen=True, slots=True)
class _Drawing:
    visit: Visit
    route: RouteSpec
    filled: Filled
    boxes: Mapping[str, Sequence[fields.Suggestion]]

    def input(self, asked: fields.AnyField) -> Input:
        """Return one input."""
        base = self._base(asked)
        match asked:
            case fields.Person():
                return self._picker(base, "person", 1)
            case fields.People(max_people=most):
                return self._picker(base, "person", most)
            case fields.Text(multiline=multiline, min_chars=least, max_chars=most):
                kind = "area" if multiline else "text"
                return replace(base, widget=kind, least=least, most=most)
            case fields.Choice(options=()):
                return self._picker(base, f"lookup:{asked.lookup}", 1)
            case fields.Choice(options=options):
                return replace(
                    base, widget="select", offers=self._offers(base, options)
                )
            case fields.Checks(options=()):
                return replace(base, widget="checks", offers=self._boxes(base))
            case fields.Checks(options=options):
                return replace(
                    base, widget="checks", offers=self._offers(base, options)
                )
            case fields.Integer(minimum=least, maximum=most):
                return replace(base, widget="number", least=least, most=most)
            case fields.Date():
                return replace(base, widget="date")
            case fields.Time():
                return replace(base, widget="time")
            case fields.Duration():
                hint = base.hint or self._own("duration-hint")
                return replace(base, widget="text", hint=hint)
            case fields.Channel():
                return self._picker(base, "channel", 1)
            case fields.Role():
                return replace(base, widget="select", offers=self._groups(base))
            case fields.YesNo():
                offers = self._offers(base, ("yes", "no"))
                return replace(base, widget="radios", offers=offers)
            case fields.FileUpload(max_bytes=most):
                hint = base.hint or self._own("file-hint", kilobytes=most // 1_000)
                return replace(base, widget="file", hint=hint)
            case _ as never:
                assert_never(never)

    def _base(self, asked: fields.AnyField) -> Input:
        key = f"{self.route.key}.{asked.name}"
        brush = self.visit.brush()
        hint = phrase(f"{key}-hint")
        return Input(
            name=asked.name,
            label=brush.plain(phrase(key)),
            hint=brush.plain(hint) if self.visit.catalogue.has(hint.key) else None,
            required=asked.required,
            widget="text",
            value=self.filled.first(asked.name),
        )

    def _own(self, name: str, **values: int) -> str:
        return self.visit.brush().plain(phrase(f"forms.{name}", **values))

    def _offers(self, base: Input, options: tuple[str, ...]) -> tuple[Offer, ...]:
        label = label_of(self.visit, self.route)
        chosen = self.filled.words.get(base.name, ())
        return tuple(Offer(o, label(base.name, o), o in chosen) for o in options)

    def _boxes(self, base: Input) -> tuple[Offer, ...]:
        chosen = self.filled.words.get(base.name, ())
        return tuple(
            Offer(each.value, label_text(self.visit, each), each.value in chosen)
            for each in self.boxes.get(base.name, ())
        )

    def _groups(self, base: Input) -> tuple[Offer, ...]:
        named = self.visit.directory.groups.items()
        by_name = sorted(named, key=lambda group: group[1].casefold())
        return tuple(Offer(id_, name, id_ == base.value) for id_, name in by_name)

    def _picker(self, base: Input, source: str, most: int) -> Input:
        chosen = [each for each in self.filled.words.get(base.name, ()) if each]
        typed = self.filled.first(base.name + TYPED)
        offers = tuple(Offer(id_, self._chosen(source, id_, typed)) for id_ in chosen)
        return replace(
            base,
            widget="picker",
            source=source,
            offers=offers,
            most=most,
            value=typed if most > 1 or not offers else offers[0].label,
        )

    def _chosen(self, source: str, id_: str, typed: str) -> str:
        known = self.visit.directory
        if source == "person":
            try:
                return "@" + known.person(id_).name
            except KeyError:
                return "@?"
        if source == "channel":
            return "#" + known.rooms[id_].name if id_ in known.rooms else "#?"
        return typed or id_


def _is_empty(
    asked: fields.AnyField, boxes: Mapping[str, Sequence[fields.Suggestion]]
) -> bool:
    """Return whether there is nothing that could be ticked."""
    looked_up = isinstance(asked, fields.Checks) and bool(asked.lookup)
    return looked_up and not boxes.get(asked.name)
