"""Thanks from one member to others: given, undone, taken back."""
