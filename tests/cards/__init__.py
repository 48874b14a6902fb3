"""Pictures of messages: what is drawn, and what becomes of what cannot be."""
