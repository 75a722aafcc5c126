"""Why somebody gets a letter, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from samspel.letters.models import NamedList
from samspel.letters.queries.audiences.people import DEPUTY, LISTED, OFFICIAL_ADDRESS
from samspel.letters.queries.handed import Addressed
from samspel.registry.models import Organizer, Role, University

Reason = Mapping[str, str]


def whys(given: Iterable[Addressed | Iterable[Reason]], language: str) -> list[list[str]]:
    """Of each its reasons in words, as "Coordinator at Haparanda"; at most three queries however many."""
    reasons = [tuple(one.reasons if isinstance(one, Addressed) else one) for one in given]
    names = _names(reason.get("place", "") for each in reasons for reason in each)
    with translation.override(language):
        return [[_in_words(reason, names) for reason in each] for each in reasons]


def _in_words(reason: Reason, names: Mapping[str, str]) -> str:
    where = names.get(reason.get("place", ""), "")
    role = reason.get("role", "")
    if role == OFFICIAL_ADDRESS:
        return _("Official address of %(where)s") % {"where": where}
    if role == LISTED:
        return _("On the list %(where)s") % {"where": where}
    held = Role(role).label if role in Role.values else role
    said = _("%(role)s at %(where)s") % {"role": held, "where": where} if where else str(held)
    return _("Deputy: %(task)s") % {"task": said} if reason.get("as") == DEPUTY else said


def _names(places: Iterable[str]) -> dict[str, str]:
    """Names of places, as they stand in reasons."""
    by_kind: dict[str, set[str]] = {}
    for place in set(places):
        kind, _colon, key = place.partition(":")
        by_kind.setdefault(kind, set()).add(key)
    found = {"agency": "Skolverket"} if "agency" in by_kind else {}
    for kind, model in (("organizer", Organizer), ("university", University)):
        if kind in by_kind:
            rows = model.objects.filter(pk__in=by_kind[kind]).values_list("pk", "name")
            found |= {f"{kind}:{pk}": name for pk, name in rows}
    if "list" in by_kind:
        rows = NamedList.objects.filter(key__in=by_kind["list"]).values_list("key", "name")
        found |= {f"list:{key}": name for key, name in rows}
    return found
