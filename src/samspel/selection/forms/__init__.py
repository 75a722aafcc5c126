"""The forms of the rounds."""
