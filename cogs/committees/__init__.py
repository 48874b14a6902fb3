"""Committees drawn by lot, and their secret ballots."""
