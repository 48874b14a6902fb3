"""How the tables of boards answer for a member."""

from __future__ import annotations

from storage.boards import credited, ledger, seasons, totals
from storage.claims import AnyClaim

CLAIMS: tuple[AnyClaim, ...] = (
    *seasons.CLAIMS,
    *ledger.CLAIMS,
    *credited.CLAIMS,
    *totals.CLAIMS,
)
"""All of them."""
