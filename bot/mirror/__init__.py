"""The community's calendar on the platform's own."""
