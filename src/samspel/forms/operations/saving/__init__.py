"""Saving what is written, so that nothing anybody wrote is ever lost."""

from samspel.forms.operations.saving.frozen import AnswerFrozen
from samspel.forms.operations.saving.saves import Saved, save
from samspel.forms.operations.saving.writes import write
from samspel.forms.queries.answers import Their

__all__ = ["AnswerFrozen", "Saved", "Their", "save", "write"]
