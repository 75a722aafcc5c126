"""The one gate that every operation passes after its app's permissions have judged."""

from django.core.exceptions import PermissionDenied


def require(is_allowed: bool) -> None:
    """Raises PermissionDenied unless allowed."""
    if not is_allowed:
        raise PermissionDenied
