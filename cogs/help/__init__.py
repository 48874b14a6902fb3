"""What Laurel can do, for whoever asks."""
