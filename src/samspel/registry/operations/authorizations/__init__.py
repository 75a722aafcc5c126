"""Authorizations: a signed paper names an organization's first administrator; an officer accepts or refuses it."""

from samspel.registry.operations.authorizations.handing_in import keepers, submit

__all__ = ["keepers", "submit"]
