"""By which rules things go here, for everybody, as they are and as they were."""
