"""Two rows turn out to be one person: her things are gathered under one of them, and both histories are kept.

Nobody logs in with the address that does not stay: it is told to be unknown, as any other. Who is added by it later
(an appointment, a list of people) is found to be the person that stayed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Protocol

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.accounts import permissions
from samspel.accounts.models import AddressChange, Person
from samspel.accounts.operations.closing import shut
from samspel.kernel.audit import record
from samspel.kernel.handed_down import HandedDown
from samspel.kernel.refusals import Refusal


class Mover(Protocol):
    """Moves an app's rows from one person to another, in the merge's own transaction."""

    def __call__(self, keep: Person, gone: Person, *, by: Any, at: datetime) -> None: ...


movers: HandedDown[Mover] = HandedDown()
"""Each app above that has rows about people adds its mover here, from its extensions."""

_REFUSALS: Final = {
    "same": _("That is one and the same row."),
    "own": _("You cannot merge your own row with another. Ask another administrator."),
    "elsewhere": _("One of them is merged with somebody else already."),
    "emptied": _("The data of one of them have been removed."),
    "closed": _("The account that stays is closed. Open it first, or let the other one stay."),
    "invented": _("One is invented for the demonstration and the other is not."),
    "protected": _(
        "One has protected identity and the other does not. Protect both first, or lift the protection, "
        "so that nobody is shown or hidden by accident."
    ),
    "address": _("The address that stays must be that of one of the two."),
}


class NotMerged(Refusal):
    """The two stay two, and why."""

    code = "not_merged"


@transaction.atomic
def merge(*, keep: Person, gone: Person, by: Any, at: datetime, email: str = "") -> Person:
    """All of `gone` becomes `keep`'s; `gone` is closed and points to `keep`. Done again it changes nothing.

    email: which of the two addresses stays hers (empty: that of `keep`). Raises NotMerged, PermissionDenied.
    """
    keep, gone = _locked(keep, gone)
    permissions.TABLE.require(by, permissions.MERGE, at)
    if gone.merged_into_id == keep.pk:
        return keep
    if obstacle := obstacle_to(keep, gone, by, email):
        raise NotMerged(_REFUSALS[obstacle], code=obstacle)
    for mover in movers:
        mover(keep, gone, by=by, at=at)
    _leave(gone, keep)
    _take_address(keep, gone, email)
    record(action="accounts.person.merged", on=keep, by=by, at=at, gone=gone.key)
    record(action="accounts.person.merged_away", on=gone, by=by, at=at, into=keep.key)
    return keep


def obstacle_to(keep: Person, gone: Person, by: Any, email: str = "") -> str:
    """Why the two cannot be merged, as a code of NotMerged; empty when they can."""
    found = {
        "same": keep.pk == gone.pk,
        # Also the other way round: the tasks of somebody else would become her own.
        "own": by in (keep, gone),
        "elsewhere": bool(keep.merged_into_id or gone.merged_into_id),
        "emptied": bool(keep.anonymized_at or gone.anonymized_at),
        "closed": not keep.is_active,
        "invented": keep.is_invented != gone.is_invented,
        "protected": keep.is_protected != gone.is_protected,
        "address": email.strip().lower() not in ("", keep.email, gone.email),
    }
    return next((code for code, stands in found.items() if stands), "")


def _locked(keep: Person, gone: Person) -> tuple[Person, Person]:
    """Both rows, locked in the order of their keys, so that two merges at once wait instead of blocking each other."""
    rows = Person.objects.select_for_update().filter(pk__in={keep.pk, gone.pk}).order_by("pk")
    found = {row.pk: row for row in rows}
    return found[keep.pk], found[gone.pk]


def _leave(gone: Person, keep: Person) -> None:
    Authenticator.objects.filter(user=gone).delete()
    SocialAccount.objects.filter(user=gone).delete()
    AddressChange.objects.filter(person=gone).delete()
    shut(gone)
    # Those merged into her before are one step from the row that counts, never two.
    Person.objects.filter(merged_into=gone).update(merged_into=keep)
    gone.merged_into = keep
    gone.save(update_fields=["merged_into"])


def _wants(gone: Person, email: str) -> bool:
    return email.strip().lower() == gone.email


def _take_address(keep: Person, gone: Person, email: str) -> None:
    if not _wants(gone, email):
        return
    hers, other = gone.email, keep.email
    gone.email = f"{gone.key}@sammanslagen.invalid"
    gone.save(update_fields=["email"])
    keep.email = hers
    keep.save(update_fields=["email"])
    gone.email = other
    gone.save(update_fields=["email"])
