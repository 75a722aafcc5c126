"""Drafts of appointments: somebody at the agency drafts, the organizer itself confirms."""

from samspel.registry.operations.drafts.drafting import draft
from samspel.registry.operations.drafts.judging import DraftJudged, confirm, decline

__all__ = ["DraftJudged", "confirm", "decline", "draft"]
