"""The published schema of Block Kit, asked whether blocks are what it describes.

The schema is not ours to keep: where it is missing only the other rules are checked,
`unchecked` says so, and ``need("specs")`` in the tests of this module decides whether
that may be.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from jsonschema import Draft202012Validator, ValidationError, validators

from tests import needs

_DOCUMENT: Final = "slack-block-kit.schema.json"
_MAX_WORDS: Final = 200
_KINDS: Final = {
    "message": "message_blocks",
    "modal": "modal_view",
    "home": "home_view",
}


def problems(kind: str, payload: object) -> list[str]:
    """Return where ``payload`` is not as the schema has it, a line for each place.

    Args:
        kind: ``message`` for a list of blocks; ``modal`` or ``home`` for a view.
        payload: JSON as Python reads it.
    """
    if unchecked() is not None:
        return []
    return list(_problems(kind, json.dumps(payload, sort_keys=True)))


@lru_cache(maxsize=1)
def unchecked() -> str | None:
    """Return why no schema is asked; None where it is."""
    folder = needs._specs()
    if folder is None or not (folder / _DOCUMENT).is_file():
        return f"{_DOCUMENT} is not here, so no block is checked with it"
    return None


@lru_cache(maxsize=4096)
def _problems(kind: str, text: str) -> tuple[str, ...]:
    found = _validator(kind).iter_errors(json.loads(text))
    return tuple(_line(error) for error in found)


def _line(error: ValidationError) -> str:
    where = "/".join(map(str, error.absolute_path)) or "(whole)"
    said = error.message
    if len(said) > _MAX_WORDS:
        said = f"{said[: _MAX_WORDS // 2]} ... {said[-_MAX_WORDS // 2 :]}"
    return f"{where}: {said}"


@lru_cache(maxsize=1)
def _definitions() -> Mapping[str, Any]:
    folder = needs._specs()
    if folder is None:
        raise LookupError(unchecked())
    read: Mapping[str, Any] = json.loads((folder / _DOCUMENT).read_text())["$defs"]
    return read


@lru_cache(maxsize=4)
def _validator(kind: str) -> Draft202012Validator:
    schema = {"$ref": f"#/$defs/{_KINDS[kind]}", "$defs": _definitions()}
    checker: Draft202012Validator = _Checker(schema)
    return checker


def _one_of(
    validator: Any, branches: Sequence[Any], instance: Any, schema: Any
) -> Iterator[ValidationError]:
    """Choose by ``type``, so that errors say what is wrong, and quickly."""
    kinds = [_types(branch) for branch in branches]
    if not isinstance(instance, dict) or not all(kinds):
        usual = Draft202012Validator.VALIDATORS["oneOf"]
        yield from usual(validator, branches, instance, schema)
        return
    for known, branch in zip(kinds, branches, strict=True):
        if instance.get("type") in known:
            yield from validator.descend(instance, branch)
            return
    yield ValidationError(f"{instance.get('type')!r} has no place here")


def _types(branch: Any) -> frozenset[str]:
    """Return each ``type`` that a branch takes; none where it does not say."""
    if "$ref" in branch:
        return _named_types(branch["$ref"].removeprefix("#/$defs/"))
    wanted = branch.get("properties", {}).get("type", {}).get("const")
    if wanted is not None:
        return frozenset({wanted})
    if "allOf" in branch:
        return _types(branch["allOf"][0])
    return frozenset().union(*map(_types, branch.get("oneOf", ())))


@lru_cache(maxsize=256)
def _named_types(name: str) -> frozenset[str]:
    return _types(_definitions()[name])


_Checker: Any = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {"oneOf": _one_of}
)
