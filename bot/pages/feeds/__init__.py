"""What is read outside chat: one agenda and one recap, in the shape of each reader."""
