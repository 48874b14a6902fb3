"""Who may have the audit."""

from __future__ import annotations

from collections.abc import Mapping

from tests.battery.rows import ADMINS, Row, press, send

AUDIT: Mapping[str, Row] = {
    "audit.audit": Row(send("audit.audit"), ADMINS),
    # Whoever is admin elsewhere is handed what was decided there.
    "audit.export": Row(press("audit.export", "0"), ADMINS),
}
