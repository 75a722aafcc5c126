"""Many people with roles at once: looked at, chosen among, carried out in one go, and let go of."""

from samspel.registry.operations.bulk.applying import ChoicesLacking, apply
from samspel.registry.operations.bulk.clearing import clear_expired, discard
from samspel.registry.operations.bulk.proposing import BatchClosed, ListRefused, choose, propose

__all__ = [
    "BatchClosed",
    "ChoicesLacking",
    "ListRefused",
    "apply",
    "choose",
    "clear_expired",
    "discard",
    "propose",
]
