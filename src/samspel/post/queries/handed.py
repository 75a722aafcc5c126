"""What the apps above hand down to post: whether what a message says still holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from samspel.kernel.handed_down import HandedDown
from samspel.post.models import Message

StillTrue = Callable[[Message, datetime], bool]

still_true: HandedDown[StillTrue] = HandedDown()
"""By kind of message: asked just before it is handed over, in the transaction that claims it.

Who is asked may lock what the message is about, so that it does not change meanwhile. What is no longer true is never
sent: it ends as failed, seen, and nobody is asked to look at it.
"""
