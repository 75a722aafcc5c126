"""What letters know, in plain Python."""
