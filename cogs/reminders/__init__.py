"""Where entrants of a challenge are reminded of what they have not done yet today."""
