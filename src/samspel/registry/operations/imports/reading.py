"""Reads the files of an import: archives opened, every fault collected before anything is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from samspel.registry.models import Municipality, Organizer, OrganizerType
from samspel.registry.operations.imports.refusals import ImportRefused
from samspel.registry.operations.imports.reports import FileReport
from samspel.registry.operations.imports.staging import Gathering
from samspel.registry.rules.official import Kind, Known, federation_key, read_many

NamedFile = tuple[str, bytes]
Heard = Callable[[FileReport], None]
"""Told of each file as it has been read; a progress bar, say."""


def nobody(_report: FileReport) -> None:
    """Listens to nothing."""


def known_now() -> Known:
    """What the registry knows, for the parser's checks: two small queries."""
    federations = Organizer.objects.filter(type=OrganizerType.MUNICIPAL_FEDERATION)
    return Known(
        municipalities=dict(Municipality.objects.values_list("code", "name")),
        federations={
            federation_key(name): number for name, number in federations.values_list("name", "organization_number")
        },
    )


def gather(files: Iterable[NamedFile], *, heard: Heard = nobody) -> Gathering:
    """Everything the files bring, those in archives too; the same bytes twice are taken once.

    Raises ImportRefused with all faults of all files, if there is one in any of them.
    """
    gathering = Gathering()
    seen: set[str] = set()
    for file in read_many(files, known_now()):
        if file.digest not in seen:
            seen.add(file.digest)
            gathering.add(file)
            heard(gathering.files[-1])
    if not gathering.files:
        raise ImportRefused([], _("Nothing was imported: no file was given."))
    if gathering.is_faulty:
        raise ImportRefused(gathering.files)
    if sum(file.kind == Kind.SCHOOL_UNIT_REGISTER for file in gathering.files) > 1:
        raise ImportRefused(
            gathering.files,
            _("Nothing was imported: there are two extracts of the school-unit register. Import one at a time."),
        )
    return gathering
