"""What Laurel answers over HTTP, and where."""
