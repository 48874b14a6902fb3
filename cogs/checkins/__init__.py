"""Taking part in a challenge: joining, checking in each day, and teams."""
