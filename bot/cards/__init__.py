"""Pictures of messages, drawn by typst in a process of its own."""
