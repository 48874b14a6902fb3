"""What is looked at before a release: ``python -m tests.release``."""
