"""What changes messages, one module per noun."""

from samspel.post.operations.messages import DELIVER, TOO_LATE, deliver, forget, give_up, queue_stranded, write

__all__ = ["DELIVER", "TOO_LATE", "deliver", "forget", "give_up", "queue_stranded", "write"]
