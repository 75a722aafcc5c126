"""The tables of accounts, one module per noun."""

from samspel.accounts.models.addresses import AddressChange
from samspel.accounts.models.people import Person, PersonManager

__all__ = ["AddressChange", "Person", "PersonManager"]
