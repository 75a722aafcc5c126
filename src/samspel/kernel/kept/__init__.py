"""Public pages kept in memory under the version of the data they show."""

from samspel.kernel.kept.answers import SHELF, Answer, Shelf, kept_under
from samspel.kernel.kept.versions import Versions

__all__ = ["SHELF", "Answer", "Shelf", "Versions", "kept_under"]
