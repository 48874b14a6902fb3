"""Counts how fairly thanks are spread, in a process beside this one."""
