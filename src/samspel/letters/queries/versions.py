"""Which version of the data the archive shows."""

from __future__ import annotations

from django.db.models import Model

from samspel.kernel.kept import Versions
from samspel.letters.models import Frozen, Letter, Picture, Promise
from samspel.letters.queries.handed import live_sources
from samspel.schemes.models import Scheme

OWN = (Letter, Frozen, Picture, Promise, Scheme)


def tables() -> tuple[type[Model], ...]:
    """Every table that a page of the archive reads, those of live blocks among them."""
    return tuple(dict.fromkeys((*OWN, *(table for source in live_sources for table in source.tables))))


archive_versions = Versions(tables)
archive_version = archive_versions.now
