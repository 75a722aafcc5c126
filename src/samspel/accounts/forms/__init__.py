"""Forms of the account and of login."""
