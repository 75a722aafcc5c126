"""Authorizations: a signed paper names an organization's first administrator; an officer accepts or refuses it."""

from samspel.registry.operations.authorizations.handing_in import keepers, submit
from samspel.registry.operations.authorizations.judging import AuthorizationJudged, accept, refuse

__all__ = ["AuthorizationJudged", "accept", "keepers", "refuse", "submit"]
