"""Doubles of what stands on the other side of a wire."""
