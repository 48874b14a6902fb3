"""Every declaration of every cog, checked against each other once at start-up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, get_args

from bot.chat import fields
from bot.chat.answers import ANSWER_TYPES
from bot.chat.limits import (
    COMMAND_NAME,
    MAX_CHECKS,
    MAX_COMMAND_WORDS,
    MAX_MESSAGE_ACTIONS,
    MAX_OPTIONS,
    MAX_QUESTIONS,
    MAX_TEXT_ANSWER_CHARS,
    SLACK_BUILT_INS,
)
from bot.chat.message import Action
from bot.chat.parameters import parameters_of
from bot.chat.routes import (
    DeclarationError,
    DrawSpec,
    FollowSpec,
    LookupSpec,
    OccurrenceSpec,
    RouteSpec,
    Spec,
    specs_of,
)

S = TypeVar("S")

_DRAWN = re.compile(r"[a-z]+:[a-z-]+:")
"""What the keys begin with of messages that are drawn at delivery."""


class Routes(Mapping[str, RouteSpec]):
    """Routes by their keys; asked for a key that one had, it returns that one.

    Raises:
        DeclarationError: If two declarations share a key, now or ever.
    """

    def __init__(self, routes: Sequence[RouteSpec]) -> None:
        named = [(key, route) for route in routes for key in (route.key, *route.was)]
        self._keys = tuple(route.key for route in routes)
        self._by_key = {
            key: route for key, (_, route) in _by_key(named, lambda n: n[0]).items()
        }

    def __getitem__(self, key: str) -> RouteSpec:
        """Return the route that is, or was, called ``key``."""
        return self._by_key[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the keys that there are now."""
        return iter(self._keys)

    def __len__(self) -> int:
        """Return how many routes there are."""
        return len(self._keys)


@dataclass(frozen=True, slots=True)
class RouteTable:
    """What the bot can do, by key."""

    routes: Mapping[str, RouteSpec]
    lookups: Mapping[str, LookupSpec]
    occurrences: Mapping[str, OccurrenceSpec]
    follows: tuple[FollowSpec, ...]
    draws: Mapping[str, DrawSpec]

    @property
    def commands(self) -> tuple[RouteSpec, ...]:
        """What can be typed after a slash, sorted by name."""
        typed = (route for route in self.routes.values() if route.command)
        return tuple(sorted(typed, key=lambda route: route.command or ""))

    @property
    def message_actions(self) -> tuple[RouteSpec, ...]:
        """What stands in the menu of every message."""
        return tuple(r for r in self.routes.values() if r.on_message)

    def check_action(self, action: Action) -> RouteSpec:
        """Return the route of ``action``.

        Raises:
            DeclarationError: If there is none, or it takes other arguments.
        """
        route = self.routes.get(action.route)
        if route is None:
            raise DeclarationError(f"no route is called {action.route!r}")
        if len(route.args) != len(action.args):
            raise DeclarationError(
                f"{route.key} carries {len(route.args)} arguments, "
                f"the button {len(action.args)}"
            )
        return route


def build_table(cogs: Iterable[object]) -> RouteTable:
    """Return the table of everything that ``cogs`` declare.

    Raises:
        DeclarationError: If two declarations share a name, or one breaks a limit
            of the strictest platform.
    """
    specs: list[Spec] = [spec for cog in cogs for spec in specs_of(cog)]
    routes = [spec for spec in specs if isinstance(spec, RouteSpec)]
    lookups = [spec for spec in specs if isinstance(spec, LookupSpec)]
    occurrences = [spec for spec in specs if isinstance(spec, OccurrenceSpec)]
    draws = [spec for spec in specs if isinstance(spec, DrawSpec)]
    table = RouteTable(
        routes=Routes(routes),
        lookups=_by_key(lookups, lambda spec: spec.key),
        occurrences=_by_key(occurrences, lambda spec: spec.kind),
        follows=tuple(spec for spec in specs if isinstance(spec, FollowSpec)),
        draws=_by_key(draws, lambda spec: spec.posts),
    )
    for posts in table.draws:
        if not _DRAWN.fullmatch(posts):
            raise DeclarationError(f"{posts!r} is not slice:what:")
    _check_command_names(table)
    for route in routes:
        _check_route(route, table)
    if len(table.message_actions) > MAX_MESSAGE_ACTIONS:
        raise DeclarationError(f"more than {MAX_MESSAGE_ACTIONS} message actions")
    return table


def _by_key(specs: list[S], key: Callable[[S], str]) -> dict[str, S]:
    counted = Counter(map(key, specs))
    if twice := [name for name, count in counted.items() if count > 1]:
        raise DeclarationError(f"declared twice: {', '.join(twice)}")
    return {key(spec): spec for spec in specs}


def _check_command_names(table: RouteTable) -> None:
    names = [route.command or "" for route in table.commands]
    if len(set(names)) < len(names):
        raise DeclarationError(f"two commands share a name: {', '.join(names)}")
    single = {name for name in names if " " not in name}
    for name in names:
        words = name.split(" ")
        if len(words) > MAX_COMMAND_WORDS or not all(
            map(COMMAND_NAME.fullmatch, words)
        ):
            raise DeclarationError(f"/{name}: not a name on every platform")
        if len(words) > 1 and words[0] in single:
            raise DeclarationError(f"/{words[0]} is both a command and a group")
        if words[0] in SLACK_BUILT_INS:
            raise DeclarationError(f"/{words[0]} belongs to Slack")


def _check_route(route: RouteSpec, table: RouteTable) -> None:
    if len(route.fields) > MAX_QUESTIONS:
        raise DeclarationError(f"{route.key}: more than {MAX_QUESTIONS} questions")
    if route.on_message and (route.args or route.fields):
        raise DeclarationError(f"{route.key}: a menu entry asks and carries nothing")
    takes = parameters_of(route.handler)
    for asked in route.fields:
        where = f"{route.key}: {asked.name!r}"
        if not re.fullmatch(COMMAND_NAME, asked.name.replace("_", "-")):
            raise DeclarationError(f"{where} is no name on every platform")
        _check_field(asked, where, table)
        if isinstance(asked, fields.Checks) and asked.lookup and not route.args:
            raise DeclarationError(f"{where}: nothing is carried to look boxes up by")
        answer = get_args(takes[asked.name].annotation)[0]
        expected = ANSWER_TYPES[type(asked)]
        if answer != (expected if asked.required else expected | None):
            raise DeclarationError(f"{where} is answered with {expected}")


def _check_field(asked: fields.AnyField, where: str, table: RouteTable) -> None:
    match asked:
        case fields.Choice(options=options, lookup=key):
            if bool(options) == bool(key) or len(options) > MAX_OPTIONS:
                raise DeclarationError(f"{where} needs 1 to {MAX_OPTIONS} options")
            if key and key not in table.lookups:
                raise DeclarationError(f"{where}: no lookup is called {key!r}")
        case fields.Checks(options=options, lookup=key):
            if bool(options) == bool(key) or len(options) > MAX_CHECKS:
                raise DeclarationError(f"{where} needs 1 to {MAX_CHECKS} boxes")
            if key and key not in table.lookups:
                raise DeclarationError(f"{where}: no lookup is called {key!r}")
            if key and asked.required:
                raise DeclarationError(f"{where} cannot be required: it may find none")
        case fields.Text(max_chars=most):
            if most > MAX_TEXT_ANSWER_CHARS:
                raise DeclarationError(f"{where} is longer than any platform takes")
        case _:
            pass
