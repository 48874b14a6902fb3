"""What keeps Laurel's memory safe: backups, and what they are put back with."""
