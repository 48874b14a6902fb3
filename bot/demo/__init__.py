"""A community to try Laurel in, with a quarter of history behind it."""
