"""Everything that stands against words that somebody wrote for one purpose."""

from __future__ import annotations

from bot.pages.findings import Finding
from bot.pages.guarded import examine
from bot.pages.spec import TemplateSpec


def lint(source: str, spec: TemplateSpec) -> tuple[Finding, ...]:
    """Return what is wrong with ``source`` as words of ``spec``; nothing if they do.

    Takes as long as `bot.pages.guarded.check`.
    """
    prepared, found = examine(source, spec.variables)
    if prepared is None:
        return found
    missing = spec.needed - prepared.named
    if not missing:
        return ()
    named = ", ".join(sorted(f"{{{{ {name} }}}}" for name in missing))
    return (Finding(1, "templates.lacking", (("names", named),)),)
