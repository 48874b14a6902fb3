"""Nominations: who should get an award, and why."""
