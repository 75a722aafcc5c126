"""`samspel appoint`: let a person in and give her a role, the first administrator above all."""

from __future__ import annotations

from typing import Any

import click

from samspel.config.cli.program import with_program
from samspel.config.refused import Refused


@click.command("appoint")
@click.argument("mail")
@click.argument("role")
@click.option("--name", required=True, help="Her name, as others are to see it.")
@click.option("--organizer", "number", metavar="ORGNR", help="Where: an organizer; the agency if nothing is said.")
@click.option("--unit", metavar="CODE", help="At which school unit of the organizer: for a principal.")
@click.option("--university", "slug", metavar="SLUG", help="Where: a university, as in its address.")
@click.option("--title", default="", help="What she is called at work.")
@with_program("appoint")
def command(
    mail: str,
    role: str,
    name: str,
    number: str | None,
    unit: str | None = None,
    slug: str | None = None,
    title: str = "",
) -> None:
    """Let a person log in with a code sent to MAIL, and give her ROLE from today on.

    A new installation has nobody: appoint its first administrator and its first education officers here.
    """
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.db import transaction
    from django.utils import timezone

    from samspel.accounts.operations import add_person
    from samspel.kernel.audit import SYSTEM
    from samspel.registry.models import Role
    from samspel.registry.operations.appointments import AppointmentRefused, appoint

    if role not in Role.values:
        raise Refused(f"{role} is no role. Roles are {', '.join(Role.values)}.")
    try:
        validate_email(mail)
    except ValidationError as error:
        raise Refused(f"{mail} is no mail address.") from error
    now = timezone.now()
    place = _place(number, unit, slug)
    try:
        with transaction.atomic():
            person = add_person(email=mail, name=name, by=SYSTEM, at=now)
            appoint(person=person, role=role, by=SYSTEM, at=now, from_on=timezone.localdate(now), title=title, **place)
    except AppointmentRefused as refusal:
        raise Refused(str(refusal)) from refusal
    click.echo(f"{person.name} ({person.email}) is {Role(role).label}, and logs in with a code sent by mail.")


def _place(number: str | None, unit: str | None, slug: str | None) -> dict[str, Any]:
    """The organizer with its unit, the university, or (nothing said) the agency."""
    from samspel.registry.models import SchoolUnit, University

    if slug is not None:
        if number is not None or unit is not None:
            raise Refused("Say an organizer or a university, not both.")
        try:
            return {"university": University.objects.get(slug=slug)}
        except University.DoesNotExist as error:
            raise Refused(f"There is no university {slug}.") from error
    if number is None and unit is not None:
        raise Refused("Say with --organizer whose school unit it is.")
    try:
        found = SchoolUnit.objects.get(code=unit) if unit is not None else None
    except SchoolUnit.DoesNotExist as error:
        raise Refused(f"There is no school unit with the code {unit}.") from error
    return {"organizer": _organizer(number), "school_unit": found}


def _organizer(number: str | None):
    from samspel.kernel.values.identifiers import IdentifierRefused, parse_organization_number
    from samspel.registry.models import Organizer

    if number is None:
        return None
    try:
        return Organizer.objects.get(organization_number=parse_organization_number(number))
    except (IdentifierRefused, Organizer.DoesNotExist) as error:
        raise Refused(f"There is no organizer with the number {number}.") from error
