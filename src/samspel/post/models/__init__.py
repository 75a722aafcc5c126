"""The tables of post, one module per noun."""

from samspel.post.models.addresses import AddressTrouble, BounceSeen, DomainPace
from samspel.post.models.messages import Mailing, Message, MessageState, Sender

__all__ = ["AddressTrouble", "BounceSeen", "DomainPace", "Mailing", "Message", "MessageState", "Sender"]
