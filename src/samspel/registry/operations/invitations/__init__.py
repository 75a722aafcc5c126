"""Invitations: somebody is asked into an organization by those who run it; her link works once, for two weeks."""

from samspel.registry.operations.invitations.answering import InvitationClosed, WrongPerson, accept, opened
from samspel.registry.operations.invitations.expiring import announce
from samspel.registry.operations.invitations.inviting import InvitationRefused, invite, remind, renew, withdraw
from samspel.registry.operations.invitations.tokens import digest_of, token_of

__all__ = [
    "InvitationClosed",
    "InvitationRefused",
    "WrongPerson",
    "accept",
    "announce",
    "digest_of",
    "invite",
    "opened",
    "remind",
    "renew",
    "token_of",
    "withdraw",
]
