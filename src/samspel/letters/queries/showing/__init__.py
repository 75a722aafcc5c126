"""A letter as it is shown: in one language, with its figures, its dates and its promises as they stand."""

from samspel.letters.queries.showing.letters import ShownFigure, ShownLetter, shown
from samspel.letters.queries.showing.mails import Mail, mail_of

__all__ = ["Mail", "ShownFigure", "ShownLetter", "mail_of", "shown"]
