"""Jobs of letters, one module per noun; each is imported here, so that a worker knows them."""

from samspel.letters.tasks import links, lists, reminders, sending, telling

__all__ = ["links", "lists", "reminders", "sending", "telling"]
