"""How fairly thanks are spread, for moderators."""
