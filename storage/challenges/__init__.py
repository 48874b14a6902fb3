"""What is on record of challenges, one module for each family of tables."""
