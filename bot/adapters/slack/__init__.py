"""Laurel on Slack."""
