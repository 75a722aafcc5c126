"""What post knows without a database."""
