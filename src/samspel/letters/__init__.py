"""Letters: one letter to many, approved, archived and followed; reminders, promises and what is passed on."""
