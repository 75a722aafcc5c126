"""What is asked of messages, one module per noun."""

from samspel.post.queries.messages import (
    failed_unseen,
    in_doubt,
    to_forget,
    undelivered,
    waiting,
    words_kept_long_enough,
)
from samspel.post.queries.stranded import STRANDED_AFTER, stranded, stranded_mailings

__all__ = [
    "STRANDED_AFTER",
    "failed_unseen",
    "in_doubt",
    "stranded",
    "stranded_mailings",
    "to_forget",
    "undelivered",
    "waiting",
    "words_kept_long_enough",
]
