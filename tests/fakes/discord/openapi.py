"""Discord's own OpenAPI document, asked whether a payload is what it describes.

The document is not ours to keep: where it is missing nothing is checked, `unchecked`
says so, and ``need("specs")`` in the tests of this module decides whether that may be.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

from jsonschema import Draft202012Validator, ValidationError, validators
from referencing import Registry, Resource
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from tests import needs

_DOCUMENT: Final = "discord-openapi.json"
_MAX_WORDS: Final = 200
_LEFT_OUT: Final = frozenset({"tts", "nsfw"})
"""Keys that Discord documents and takes everywhere, and its document forgets."""


def problems(name: str, payload: object) -> list[str]:
    """Return what is wrong with ``payload``, a line for each; none where all is well.

    Args:
        name: A schema (``MessageCreateRequest``), an operation whose request this is
            (``POST /channels/1/messages``), or one whose answer it is, with its
            status (``POST /channels/1/messages 200``).
        payload: JSON as Python reads it.

    Raises:
        LookupError: If Discord has no such schema or operation.
    """
    if unchecked() is not None:
        return []
    pointer = _pointer(name)
    if pointer is None:
        return [] if payload is None else ["(whole): no body belongs here"]
    found = _validator(pointer).iter_errors(payload)
    return [_line(error) for error in found]


@lru_cache(maxsize=1)
def unchecked() -> str | None:
    """Return why nothing is checked; None where it is."""
    folder = needs._specs()
    if folder is None or not (folder / _DOCUMENT).is_file():
        return f"Discord's {_DOCUMENT} is not here, so no payload is checked with it"
    return None


def _line(error: ValidationError) -> str:
    where = "/".join(map(str, error.absolute_path)) or "(whole)"
    said = error.message
    if len(said) > _MAX_WORDS:
        said = f"{said[: _MAX_WORDS // 2]} ... {said[-_MAX_WORDS // 2 :]}"
    return f"{where}: {said}"


@lru_cache(maxsize=1)
def _document() -> Mapping[str, Any]:
    folder = needs._specs()
    if folder is None:
        raise LookupError(unchecked())
    read: Mapping[str, Any] = json.loads((folder / _DOCUMENT).read_text())
    return read


@lru_cache(maxsize=1)
def _registry() -> Registry[Any]:
    resource: Resource[Any] = DRAFT202012.create_resource(_document())
    registry: Registry[Any] = Registry().with_resource("urn:discord", resource)
    return registry


@lru_cache(maxsize=4096)
def _resolved(pointer: str) -> Any:
    """Return what stands at a pointer, and at what it points to in turn."""
    found = _registry().resolver("urn:discord").lookup(pointer).contents
    if isinstance(found, Mapping) and set(found) == {"$ref"}:
        return _resolved(found["$ref"])
    return found


@lru_cache(maxsize=4096)
def _validator(pointer: str) -> Draft202012Validator:
    checker: Draft202012Validator = _Checker({"$ref": pointer})
    return checker


@lru_cache(maxsize=4096)
def _pointer(name: str) -> str | None:
    if " " not in name:
        if name not in _document()["components"]["schemas"]:
            raise LookupError(f"Discord has no schema {name}")
        return f"#/components/schemas/{name}"
    method, path, *status = name.split(" ")
    template = _template(method.lower(), path.partition("?")[0])
    place = f"#/paths/{_escaped(template)}/{method.lower()}"
    if status:
        return _answer(place, status[0])
    return _schema(f"{place}/requestBody")


def _template(method: str, path: str) -> str:
    """Return the path of the document that fits, the most literal where several do."""
    parts = path.strip("/").split("/")
    fitting = [
        template
        for template, operations in _document()["paths"].items()
        if method in operations and _fits(template.strip("/").split("/"), parts)
    ]
    if not fitting:
        raise LookupError(f"Discord has no {method.upper()} {path}")
    literal: str = min(fitting, key=lambda template: template.count("{"))
    return literal


def _fits(template: Sequence[str], parts: Sequence[str]) -> bool:
    return len(template) == len(parts) and all(
        wanted.startswith("{") or wanted == part
        for wanted, part in zip(template, parts, strict=True)
    )


def _answer(place: str, status: str) -> str | None:
    answers = _resolved(f"{place}/responses")
    for known in (status, f"{status[0]}XX"):
        if known in answers:
            return _schema(f"{place}/responses/{known}")
    raise LookupError(f"{place} has no answer {status}")


def _schema(pointer: str) -> str | None:
    """Return the pointer to the JSON schema of a body; None where it has no body."""
    try:
        body = _resolved(pointer)
    except (LookupError, Unresolvable):
        return None
    at = _registry().resolver("urn:discord").lookup(pointer).contents
    base = at["$ref"] if set(at) == {"$ref"} else pointer
    if "application/json" not in body.get("content", {}):
        return None
    return f"{base}/content/{_escaped('application/json')}/schema"


def _escaped(part: str) -> str:
    return quote(part.replace("~", "~0").replace("/", "~1"), safe="~")


def _ref(
    validator: Any, ref: str, instance: object, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    yield from validator.descend(instance, _resolved(ref))


def _one_of(
    validator: Any,
    branches: Sequence[Mapping[str, Any]],
    instance: object,
    schema: Mapping[str, Any],
) -> Iterator[ValidationError]:
    """Judge by the branch that is meant, so that its errors can be read."""
    if "const" in branches[0]:
        known = [branch["const"] for branch in branches]
        if instance not in known:
            yield ValidationError(f"{instance!r} is none of {known}")
        return
    meant = _meant(branches, instance)
    if not meant:
        kind = instance.get("type") if isinstance(instance, Mapping) else instance
        yield ValidationError(f"nothing of type {kind!r} may stand here")
        return
    tried = [list(validator.descend(instance, branch)) for branch in meant]
    yield from min(tried, key=len)


def _meant(
    branches: Sequence[Mapping[str, Any]], instance: object
) -> list[Mapping[str, Any]]:
    plain = [_resolved(b["$ref"]) if "$ref" in b else b for b in branches]
    if instance is None:
        return [b for b in plain if b.get("type") == "null" or "null" in _types(b)]
    rest = [b for b in plain if b.get("type") != "null"]
    if not isinstance(instance, Mapping):
        fitting = [b for b in rest if not list(_type(_PLAIN, _types(b), instance, b))]
        return fitting or rest
    if "type" not in instance:
        return rest
    return [b for b in rest if instance["type"] in _kinds(b, instance["type"])]


def _types(schema: Mapping[str, Any]) -> Sequence[str]:
    types = schema.get("type", ())
    return (types,) if isinstance(types, str) else types


def _kinds(branch: Mapping[str, Any], asked: object) -> Sequence[object]:
    """Return the values of ``type`` that mark the branch; the asked one if none do."""
    marked = branch.get("properties", {}).get("type", {})
    return marked.get("enum") or (asked,)


def _all_of(
    validator: Any,
    parts: Sequence[Mapping[str, Any]],
    instance: object,
    schema: Mapping[str, Any],
) -> Iterator[ValidationError]:
    """Judge by all parts as one, or each would call the others' keys unknown."""
    plain = [_resolved(p["$ref"]) if "$ref" in p else p for p in parts]
    if not all("properties" in part for part in plain):
        for part in plain:
            yield from validator.descend(instance, part)
        return
    whole = {
        "type": "object",
        "properties": {k: v for part in plain for k, v in part["properties"].items()},
        "required": [key for part in plain for key in part.get("required", ())],
    }
    yield from validator.descend(instance, whole)


def _properties(
    validator: Any,
    properties: Mapping[str, Any],
    instance: object,
    schema: Mapping[str, Any],
) -> Iterator[ValidationError]:
    if not isinstance(instance, Mapping):
        return
    for key, value in instance.items():
        if key in properties:
            yield from validator.descend(value, properties[key], path=key)
        elif "additionalProperties" not in schema and key not in _LEFT_OUT:
            yield ValidationError(f"unknown key {key!r}")


def _type(
    validator: Any,
    types: str | Sequence[str],
    instance: object,
    schema: Mapping[str, Any],
) -> Iterator[ValidationError]:
    """Take a snowflake as number or digits, as Discord does."""
    wanted = (types,) if isinstance(types, str) else types
    if not wanted or any(validator.is_type(instance, kind) for kind in wanted):
        return
    if "integer" in wanted and isinstance(instance, str) and instance.isdecimal():
        return
    if schema.get("format") == "snowflake" and type(instance) is int:
        return
    yield ValidationError(f"{instance!r} is not of type {' or '.join(wanted)}")


_PLAIN: Final = Draft202012Validator({})
_Checker: Final[type[Draft202012Validator]] = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {
        "$ref": _ref,
        "oneOf": _one_of,
        "anyOf": _one_of,
        "allOf": _all_of,
        "properties": _properties,
        "type": _type,
    },
)
