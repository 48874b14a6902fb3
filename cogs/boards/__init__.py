"""Who was thanked, and who thanked others."""
