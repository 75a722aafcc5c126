"""Looking at pages as another person sees them: what is shut to it, and what a page's view says to be shut.

Who may look, and how it begins and ends, is the business of accounts; here is what every app must be able to ask.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from samspel.kernel.permissions.denials import DeniedInWords

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Look:
    """A look that goes on, as the banner of every page tells it: at whom, until when, and where it is stopped."""

    name: str
    until: datetime
    stop_url: str


class PrivateZone(DeniedInWords):
    """The page lies in somebody's private zone: hers alone, and never shown to who looks as another."""

    title = _("This page is private")
    sentence = _(
        "It is shown to the person herself alone. Whoever looks at Samspel as another does not see it, "
        "whatever the reason."
    )


class OnlyLooking(DeniedInWords):
    """Something was to be done while looking as another."""

    title = _("Nothing was done")
    sentence = _(
        "You are looking at Samspel as another person, and can only look. Stop looking first; what you then do is "
        "done in your own name."
    )


def is_looked_at(person: Any) -> bool:
    """Whether the person of this request is somebody that a system administrator looks as."""
    return getattr(person, "looked_at_by", None) is not None


def private_zone(view: View) -> View:
    """For views of private pages (an organizer's own descriptions, one's own account): 403 in words to a look.

    Stands inside `login_required`, or alone; on a class by `method_decorator(private_zone, name="dispatch")`.
    """

    @wraps(view)
    def wrapper(request: Any, *args: Any, **kwargs: Any) -> Any:
        if is_looked_at(getattr(request, "user", None)):
            raise PrivateZone
        return view(request, *args, **kwargs)

    return wrapper  # type: ignore[return-value]
