"""`samspel appoint`: let a person in and give her a role, the first administrator above all."""

from __future__ import annotations

import click

from samspel.config.cli.program import with_program
from samspel.config.refused import Refused


@click.command("appoint")
@click.argument("mail")
@click.argument("role")
@click.option("--name", required=True, help="Her name, as others are to see it.")
@click.option("--organizer", "number", metavar="ORGNR", help="Where: an organizer; the agency if nothing is said.")
@with_program("appoint")
def command(mail: str, role: str, name: str, number: str | None) -> None:
    """Let a person log in with a code sent to MAIL, and give her ROLE from today on.

    A new installation has nobody: appoint its first administrator and its first education officers here.
    """
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email
    from django.utils import timezone

    from samspel.accounts.operations import add_person
    from samspel.kernel.audit import SYSTEM
    from samspel.registry.models import Role
    from samspel.registry.operations.appointments import appoint

    if role not in Role.values:
        raise Refused(f"{role} is no role. Roles are {', '.join(Role.values)}.")
    try:
        validate_email(mail)
    except ValidationError as error:
        raise Refused(f"{mail} is no mail address.") from error
    now = timezone.now()
    person = add_person(email=mail, name=name, by=SYSTEM, at=now)
    appoint(person=person, role=role, by=SYSTEM, at=now, from_on=timezone.localdate(now), organizer=_organizer(number))
    click.echo(f"{person.name} ({person.email}) is {Role(role).label}, and logs in with a code sent by mail.")


def _organizer(number: str | None):
    from samspel.kernel.values.identifiers import IdentifierRefused, parse_organization_number
    from samspel.registry.models import Organizer

    if number is None:
        return None
    try:
        return Organizer.objects.get(organization_number=parse_organization_number(number))
    except (IdentifierRefused, Organizer.DoesNotExist) as error:
        raise Refused(f"There is no organizer with the number {number}.") from error
