"""What each member allows, and what is kept about them: handed over, or erased."""
