"""Where nominations are looked at, decided, told and announced."""
