"""How an admin chooses what Laurel does in their community."""
