"""What each member sees of their own: counts, thanks, allowance, time zone."""
