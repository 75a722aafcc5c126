"""Interest in a coordinator, registered on a public page and answered by an officer."""

from samspel.registry.operations.interests.answering import (
    InterestHandled,
    answer_with_draft,
    ask_for_authorization,
    put_aside,
)
from samspel.registry.operations.interests.registering import HasCoordinator, register

__all__ = ["HasCoordinator", "InterestHandled", "answer_with_draft", "ask_for_authorization", "put_aside", "register"]
