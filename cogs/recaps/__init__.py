"""What a community reads every week or month of who was thanked for what."""
