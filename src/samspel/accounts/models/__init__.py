"""The tables of accounts, one module per noun."""

from samspel.accounts.models.addresses import AddressChange
from samspel.accounts.models.logins import AssertionSeen
from samspel.accounts.models.people import Person, PersonManager

__all__ = ["AddressChange", "AssertionSeen", "Person", "PersonManager"]
