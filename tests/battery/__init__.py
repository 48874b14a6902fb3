"""The long tests: kills, storms, hostile words. Short here, full by `make battery`."""
