"""What case files know without a database."""
