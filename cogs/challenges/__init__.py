"""Challenges: what a community sets itself to do, from the first idea to the end."""
