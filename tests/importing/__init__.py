"""The rules, which need nothing else to be tried."""
