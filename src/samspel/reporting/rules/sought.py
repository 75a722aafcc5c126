"""What a reader asks of the list and the map."""

from dataclasses import dataclass

SUPPORT, EXERCISES, BOTH = "support", "exercises", "both"
EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class Sought:
    """The filters as they were filled in; empty text where nothing was.

    `status` is one of rules.status.Status, or EVERYONE for the whole register. `rounds` says whether support,
    exercises or both are meant; a named round is shown whatever it is.
    """

    scheme: str = ""
    round: str = ""
    status: str = ""
    rounds: str = SUPPORT
    type: str = ""
    county: str = ""
    text: str = ""
    letter: str = ""

    @property
    def is_everyone(self) -> bool:
        """Whether organizers without any support are meant too."""
        return self.status == EVERYONE
