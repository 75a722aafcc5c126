"""Load editions from their files, and freeze one when it is first used."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.kernel.audit import SYSTEM, record
from samspel.kernel.handed_down import HandedDown
from samspel.kernel.refusals import Refusal
from samspel.schemes.models import Edition, Scheme
from samspel.schemes.rules import editions as rules

Loaded = Callable[..., None]
"""Takes `edition`, `by` and `at`, in the transaction that the edition is made or renewed in."""

loaded: HandedDown[Loaded] = HandedDown()
"""What higher apps do when an edition is made or renewed: note what it names of theirs."""

SHIPPED = Path(__file__).resolve().parent.parent / "editions"

# The order in which schemes are shown; a scheme that is not here comes after, by name.
ORDER = ["riktade-insatser", "samverkan-for-basta-skola", "samordnarinsatsen"]


class EditionInUse(Refusal):
    """A frozen edition cannot be changed: what uses it must be able to trust it."""

    code = "edition_in_use"


def shipped_documents() -> list[dict[str, Any]]:
    """The documents of the editions that come with the program, in the order of their file names."""
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(SHIPPED.glob("*.toml"))]


@transaction.atomic
def load(*, document: dict[str, Any], by: Any, at: datetime) -> Edition:
    """Make or renew an edition from its document; the same document again changes nothing.

    Raises rules.EditionRefused with every problem, EditionInUse if the edition is frozen and differs.
    """
    found = rules.read(document)
    digest = rules.digest(document)
    scheme, _made = Scheme.objects.get_or_create(slug=found.scheme, defaults=_scheme_facts(found))
    edition = Edition.objects.select_for_update().filter(slug=found.slug).first()
    if edition is not None and edition.digest == digest:
        return edition
    if edition is not None and edition.frozen_at is not None:
        raise EditionInUse(_("The edition is in use and cannot be changed. Give the new one a name of its own."))
    edition, _made = Edition.objects.update_or_create(
        slug=found.slug,
        defaults={
            "scheme": scheme,
            "valid_from": found.valid_from,
            # Through the canonical bytes, so that what is stored is what was digested.
            "document": json.loads(rules.canonical(document)),
            "digest": digest,
            "loaded_at": at,
        },
    )
    record(action="schemes.edition.loaded", on=edition, by=by, at=at, digest=digest)
    for follow in loaded:
        follow(edition=edition, by=by, at=at)
    return edition


def _scheme_facts(found: rules.EditionRules) -> dict[str, Any]:
    order = ORDER.index(found.scheme) + 1 if found.scheme in ORDER else len(ORDER) + 1
    return {"name_sv": found.name.sv, "name_en": found.name.en, "order": order}


def load_shipped(*, at: datetime, documents: Iterable[dict[str, Any]] | None = None) -> list[Edition]:
    """Load the shipped editions as the system; one that is in use stays as it is, whatever a newer version says."""
    found = []
    for document in shipped_documents() if documents is None else documents:
        try:
            found.append(load(document=document, by=SYSTEM, at=at))
        except EditionInUse:
            found.append(Edition.objects.get(slug=document["slug"]))
    return found


@transaction.atomic
def freeze(*, edition: Edition, by: Any, at: datetime) -> Edition:
    """Freeze an edition at its first use; later uses change nothing. Called by the operation that uses it."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.frozen_at is None:
        edition.frozen_at = at
        edition.save(update_fields=["frozen_at"])
        record(action="schemes.edition.frozen", on=edition, by=by, at=at, digest=edition.digest)
    return edition
