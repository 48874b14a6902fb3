"""What could not be delivered, and how it is tried again."""
