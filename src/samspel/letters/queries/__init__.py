"""What is read of letters, reminders and promises."""
