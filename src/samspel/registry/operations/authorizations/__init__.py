"""Authorizations: a signed paper names an organization's first administrator; an officer accepts or refuses it."""

from samspel.registry.operations.authorizations.handing_in import submit
from samspel.registry.operations.authorizations.judging import AuthorizationJudged, accept, refuse
from samspel.registry.operations.authorizations.shelves import judged, keepers

__all__ = ["AuthorizationJudged", "accept", "judged", "keepers", "refuse", "submit"]
