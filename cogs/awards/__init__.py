"""What people can be nominated for: how moderators make, open and close awards."""
