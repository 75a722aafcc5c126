"""What reporting knows, without Django."""
