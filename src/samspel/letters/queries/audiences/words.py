"""An audience in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samspel.kernel.ui.dates import day_text
from samspel.letters.models import NamedList
from samspel.letters.queries.handed import AudienceFilter, audience_filters
from samspel.letters.rules import audiences as rules
from samspel.letters.rules.audiences import Audience
from samspel.letters.rules.audiences.parts import Filters
from samspel.registry.models import Role


def described(audience: Mapping[str, Any] | Audience, language: str) -> str:
    """Who is meant, in sentences: to whom, narrowed how, which lists, and who is left out."""
    audience = audience if isinstance(audience, Audience) else rules.read(audience)
    with translation.override(language):
        return " ".join(_sentences(audience)) or _("Nobody is chosen.")


def _sentences(audience: Audience) -> list[str]:
    lists = _list_names((*audience.lists, *audience.without.lists))
    said = []
    if audience.to:
        said.append(_("To: %(who)s.") % {"who": ", ".join(recipients(audience))})
    said += _filters(audience.filters)
    if audience.lists:
        said.append(_("Lists: %(names)s.") % {"names": ", ".join(lists.get(key, "?") for key in audience.lists)})
    left_out = [*_filters(audience.without.filters)]
    if audience.without.lists:
        names = ", ".join(lists.get(key, "?") for key in audience.without.lists)
        left_out.append(_("Lists: %(names)s.") % {"names": names})
    return [*said, _("Left out:"), *left_out] if left_out else said


def recipients(audience: Audience) -> list[str]:
    """The kinds of recipients."""
    roles = [str(Role(role).label) for role in audience.roles]
    return [*roles, _("Official addresses of organizers")] if audience.is_official else roles


def _filters(filters: Filters) -> list[str]:
    return [filter_in_words(name, values) for name, values in filters]


def filter_in_words(name: str, values: Sequence[str]) -> str:
    """One filter with what was chosen; "flag": its own name alone."""
    one = audience_filters.get(name)
    if one is None:
        return _("A choice that is not known any more (%(name)s), which leaves nobody.") % {"name": name}
    if one.kind == "flag":
        return f"{one.label}."
    chosen = [_day(value) for value in values] if one.kind == "date" else _chosen(one, values)
    return f"{one.label}: {', '.join(chosen)}."


def _chosen(one: AudienceFilter, values: Sequence[str]) -> list[str]:
    labels = {key: str(label) for key, label in one.choices(timezone.now())} if one.choices else {}
    return [labels.get(value, value) for value in values]


def _day(value: str) -> str:
    try:
        return str(day_text(date.fromisoformat(value)))
    except ValueError:
        return value


def _list_names(keys: Sequence[str]) -> dict[str, str]:
    if not keys:
        return {}
    return {str(key): name for key, name in NamedList.objects.filter(key__in=keys).values_list("key", "name")}
