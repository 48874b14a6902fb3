"""Where moderators look at what members checked in with, and members answer."""
