"""Cogs that only tests and pictures use."""
