"""One command, all processes: starts them, watches them, restarts what ended, stops them in order."""
