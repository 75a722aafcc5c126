"""What changes messages, one module per noun."""

from samspel.post.operations.claims import BOUNCES, NO_LONGER_TRUE, TOO_LATE
from samspel.post.operations.delivery import DELIVER_MAILING, deliver, deliver_mailing
from samspel.post.operations.messages import DELIVER, forget, write
from samspel.post.operations.sweeping import DOUBT_TOO_LATE, WORKER_DIED, find_doubtful, queue_stranded

__all__ = [
    "BOUNCES",
    "DELIVER",
    "DELIVER_MAILING",
    "DOUBT_TOO_LATE",
    "NO_LONGER_TRUE",
    "TOO_LATE",
    "WORKER_DIED",
    "deliver",
    "deliver_mailing",
    "find_doubtful",
    "forget",
    "queue_stranded",
    "write",
]
