"""Pages of case files and of the shared mailbox."""
