"""A chat in the browser: everything can be tried with no account and no token."""
