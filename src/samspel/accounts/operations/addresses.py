"""Change the address a person is known by: a code sent to the new one shows that it is hers."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from samspel.accounts import permissions
from samspel.accounts.models import AddressChange, Person
from samspel.accounts.operations.correcting import require_living
from samspel.accounts.queries.people import addressee
from samspel.kernel.audit import SYSTEM, record
from samspel.kernel.permissions import AGENCY, holdings_of
from samspel.kernel.refusals import Refusal
from samspel.post.operations import notices
from samspel.post.operations.bounces import clear_trouble

GOOD_FOR: Final = timedelta(minutes=15)
MOST_TRIES: Final = 5
# How long it is kept to whom these mails went.
ADDRESS_KEPT: Final = timedelta(days=30)
_SALT: Final = "samspel.accounts.address_change"


class AddressRefused(Refusal):
    """The address is not taken, or the code does not let it be; `code` says which."""

    code = "address_refused"


_REFUSALS: Final = {
    "shape": _("That is not a mail address."),
    "same": _("That is the address you have already."),
    "agency": _(
        "Somebody with a role at the agency changes her address herself. "
        "If she cannot, end her roles and appoint her anew."
    ),
    "taken": _("The address cannot be used here. Tell your contact at the agency, who can see why."),
    "none": _("There is no code that is still valid. Ask for a new one."),
    "too_many": _("The code was wrong too many times and is no longer valid. Ask for a new one."),
    "wrong": _("That is not the code in the mail. Check it and try again."),
}


@transaction.atomic
def ask(*, person: Person, new_email: str, by: Any, at: datetime) -> None:
    """A code goes to the new address, good for GOOD_FOR; an earlier code no longer is.

    An address that somebody else has is answered in the same way; its owner is told by mail that nothing was changed.
    Raises AddressRefused for what is no address or the one she has, PermissionDenied for anybody but herself.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    permissions.TABLE.require(by, permissions.CORRECT_OWN, at, whose=person)
    require_living(person)
    address = checked(new_email, person)
    code = f"{secrets.randbelow(10**8):08d}"
    _remember(person, address, code, at)
    owner = Person.objects.filter(email=address).first()
    if owner is None:
        _send("code", person, at, to=address, code=f"{code[:4]}-{code[4:]}", minutes=GOOD_FOR.seconds // 60)
    else:
        _send("address_in_use", owner, at)
    record(action="accounts.person.address_asked", on=person, by=by, at=at)


def confirm(*, person: Person, code: str, by: Any, at: datetime) -> Person:
    """The new address is hers. Both addresses are told, and her sessions end, all but the one that this is done in.

    Raises AddressRefused: wrong, too many tries, too late, or taken meanwhile. A wrong try is counted and kept.
    """
    outcome, changed = _tried(person=person, code=code, by=by, at=at)
    if outcome:
        raise AddressRefused(_REFUSALS[outcome], code=outcome)
    return changed


@transaction.atomic
def correct(*, person: Person, new_email: str, by: Any, at: datetime) -> Person:
    """The agency puts an address right, as when she has left the old one. Both are told, and all her sessions end.

    Raises PermissionDenied unless `by` may correct anybody; AddressRefused, also for whoever holds a role at the
    agency: who chose her address could log in as her, and so take what nobody gives herself.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    permissions.TABLE.require(by, permissions.CORRECT, at)
    require_living(person)
    if any(held.place == AGENCY for held in holdings_of(person, at)):
        raise AddressRefused(_REFUSALS["agency"], code="agency")
    address = checked(new_email, person)
    if not _changed(person, address, by, at):
        raise AddressRefused(_REFUSALS["taken"], code="taken")
    return person


def forget_old(*, at: datetime) -> int:
    """Changes that nobody completed are deleted. Returns how many."""
    return AddressChange.objects.filter(good_until__lt=at - timedelta(days=1)).delete()[0]


def checked(address: str, person: Person) -> str:
    """The address as it is kept. Raises AddressRefused."""
    folded = address.strip().lower()
    try:
        validate_email(folded)
    except ValidationError as fault:
        raise AddressRefused(_REFUSALS["shape"], code="shape") from fault
    if len(folded) > 254 or not folded.isprintable():
        raise AddressRefused(_REFUSALS["shape"], code="shape")
    if folded == person.email:
        raise AddressRefused(_REFUSALS["same"], code="same")
    return folded


@transaction.atomic
def _tried(*, person: Person, code: str, by: Any, at: datetime) -> tuple[str, Person]:
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    permissions.TABLE.require(by, permissions.CORRECT_OWN, at, whose=person)
    change = AddressChange.objects.select_for_update().filter(person=person).first()
    if change is None or change.good_until < at or person.merged_into_id or person.anonymized_at:
        return "none", person
    if change.tries >= MOST_TRIES:
        return "too_many", person
    if not constant_time_compare(change.code_digest, _digest(person, change.new_email, code)):
        change.tries += 1
        change.save(update_fields=["tries"])
        return ("too_many" if change.tries >= MOST_TRIES else "wrong"), person
    change.delete()
    return ("" if _changed(person, change.new_email, by, at) else "taken"), person


def _changed(person: Person, address: str, by: Any, at: datetime) -> bool:
    old = addressee(person)
    try:
        with transaction.atomic():
            person.email = address
            person.save(update_fields=["email"])
    except IntegrityError:
        return False
    AddressChange.objects.filter(person=person).delete()
    # What is known of bounces was about an address that is hers no more.
    for known in (old.address, address):
        clear_trouble(address=known, by=SYSTEM, at=at)
    record(action="accounts.person.address_changed", on=person, by=by, at=at)
    _send("address_left", person, at, to=old.address)
    _send("address_new", person, at)
    return True


def _remember(person: Person, address: str, code: str, at: datetime) -> None:
    AddressChange.objects.update_or_create(
        person=person,
        defaults={
            "new_email": address,
            "code_digest": _digest(person, address, code),
            "asked_at": at,
            "good_until": at + GOOD_FOR,
            "tries": 0,
        },
    )


def _digest(person: Person, address: str, code: str) -> str:
    digits = "".join(sign for sign in code if sign.isascii() and sign.isdigit())
    return salted_hmac(_SALT, f"{person.key}:{address}:{digits}", algorithm="sha256").hexdigest()


def _send(name: str, person: Person, at: datetime, *, to: str = "", **context: Any) -> None:
    receiver = addressee(person)
    is_code = name == "code"
    notices.send(
        template=f"accounts/notices/{'address_code' if is_code else name}.html",
        to=replace(receiver, address=to) if to else receiver,
        context=context,
        at=at,
        good_for=GOOD_FOR if is_code else None,
        forget_after=ADDRESS_KEPT,
    )
