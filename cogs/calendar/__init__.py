"""What is coming: moments, themed weeks and windows, seen and planned."""
