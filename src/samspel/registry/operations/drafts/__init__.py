"""Drafts of appointments: somebody at the agency drafts, the organizer itself confirms."""

from samspel.registry.operations.drafts.drafting import draft

__all__ = ["draft"]
