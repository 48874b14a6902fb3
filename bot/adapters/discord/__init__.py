"""Laurel on Discord."""
