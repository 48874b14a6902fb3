"""Seasons: the dates that a community counts by, and the last board of each."""
