"""The whole chat vocabulary on one page."""
