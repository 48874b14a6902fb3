"""Tests, laid out as the house is; tests/stories is the place to start."""
