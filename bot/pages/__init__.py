"""Jinja2's one door: HTML that escapes whatever it is given."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


class Pages:
    """Renders the templates of one folder.

    Every value is escaped, and a template that names what it was not given is an
    error rather than a blank.
    """

    def __init__(self, folder: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )

    def render(self, name: str, context: Mapping[str, object]) -> str:
        """Return the template ``name`` filled from ``context``.

        Raises:
            jinja2.TemplateError: If the template asks for what is not there.
        """
        return self._environment.get_template(name).render(context)
