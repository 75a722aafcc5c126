"""Who may do what in the registry: one table, and predicates that read it. Other apps ask here for roles."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samspel.kernel.audit import SYSTEM
from samspel.kernel.permissions import ANY_STATE, THE_SYSTEM, Deed, Table, holds, require
from samspel.registry.models import Role

__all__ = ["TABLE", "holds", "may_appoint", "may_import", "may_invent", "require"]

IMPORT = "import"
APPOINT_AT_AGENCY = "appoint_at_agency"

_IMPORTERS = frozenset({Role.EDUCATION_OFFICER, Role.ADMINISTRATOR})

TABLE = Table(
    title=_("Organizers, people and official figures"),
    deeds={
        IMPORT: Deed(_("Import official files"), {ANY_STATE: _IMPORTERS}),
        APPOINT_AT_AGENCY: Deed(
            _("Appoint people at the agency"), {ANY_STATE: frozenset({Role.ADMINISTRATOR, THE_SYSTEM})}
        ),
    },
)


def may_import(person: Any, at: datetime) -> bool:
    """Education officers and administrators import official files."""
    return TABLE.allows(person, IMPORT, at)


def may_appoint(person: Any, at: datetime) -> bool:
    """Administrators appoint, and the system itself for upkeep and the demo."""
    return TABLE.allows(person, APPOINT_AT_AGENCY, at)


def may_invent(person: Any) -> bool:
    """Only the system, and only in a demo home, adds organizers that do not exist."""
    return person is SYSTEM and settings.SAMSPEL_IS_DEMO
