"""What the register knows: plain Python, no Django."""
