"""Moving an answer that is being written to the version in use: what fits goes over, the rest waits beside it."""

from samspel.forms.operations.carrying.moving import carry_over

__all__ = ["carry_over"]
