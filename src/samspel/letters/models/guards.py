"""Triggers that keep what has been sent as it was sent."""

import pgtrigger


def append_only(name: str) -> pgtrigger.Protect:
    """Rows that are added, and never changed or removed."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)
