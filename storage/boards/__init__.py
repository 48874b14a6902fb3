"""Who was thanked and who thanked others: what counts, and what it comes to."""
