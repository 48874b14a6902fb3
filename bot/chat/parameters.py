"""What a cog's method takes, read from how it is annotated."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, get_type_hints


def parameters_of(handler: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    """Return what ``handler`` takes, by name, its annotations evaluated."""
    return _parameters(getattr(handler, "__func__", handler))


def names_of(handler: Callable[..., Any]) -> Sequence[str]:
    """Return the names of what ``handler`` takes, which need no annotations."""
    return _names(getattr(handler, "__func__", handler))


@cache
def _names(function: Callable[..., Any]) -> Sequence[str]:
    return [name for name in inspect.signature(function).parameters if name != "self"]


@cache
def _parameters(function: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    # Once for each function: to evaluate what is written takes as long as all else
    # that happens at a start, and every test starts.
    hints = get_type_hints(function, include_extras=True)
    return {
        name: parameter.replace(annotation=hints[name])
        for name, parameter in inspect.signature(function).parameters.items()
        if name != "self"
    }
