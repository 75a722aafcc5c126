"""What is asked of messages, one module per noun."""

from samspel.post.queries.messages import BATCH, STRANDED_AFTER, stranded, to_forget, undelivered, waiting

__all__ = ["BATCH", "STRANDED_AFTER", "stranded", "to_forget", "undelivered", "waiting"]
