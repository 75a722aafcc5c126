"""What changes people and their accounts, one module per noun."""

from samspel.accounts.operations.logins import BY_CODE, BY_DEMO, note_login, note_logout
from samspel.accounts.operations.people import add_person, change_language

__all__ = ["BY_CODE", "BY_DEMO", "add_person", "change_language", "note_login", "note_logout"]
