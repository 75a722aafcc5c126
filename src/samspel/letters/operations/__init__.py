"""What changes letters, reminders and promises."""
