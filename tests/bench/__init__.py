"""How fast Laurel is here, against what it has to be: ``make bench``."""
