"""The memory, on a real file."""
