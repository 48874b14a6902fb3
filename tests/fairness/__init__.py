"""Tests of the process that counts how fairly thanks are spread."""
