"""Where everybody stands in a challenge, and how it ends."""
