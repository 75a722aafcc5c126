"""Who a letter is for: the kinds of recipients, every filter that an app hands down, lists, and who is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.letters.models import NamedList
from samspel.letters.queries.filters import FLAG
from samspel.letters.queries.handed import AudienceFilter, audience_filters
from samspel.letters.rules.audiences import OFFICIAL, Audience, LeftOut
from samspel.letters.rules.audiences.parts import ROLE, Filters
from samspel.registry.models import Role
from samspel.registry.rules import roles

# Where roles are held, in the order they are offered.
_WHERE: Final = ((roles.ORGANIZER, _("At organizers")), (roles.UNIVERSITY, _("At universities")))
_AGENCY: Final = _("At the agency")
CHOSEN: Final = "f"
LEFT_OUT: Final = "w"


@dataclass(frozen=True)
class Group:
    """A filter's field, and whether something is chosen in it."""

    field: Any
    label: Any
    is_open: bool
    id: str


class AudienceForm(forms.Form):
    """An audience as fields. `audience` is what was typed, once the form is valid."""

    to = forms.MultipleChoiceField(
        label=_("To"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("That is no kind of recipient.")},
    )
    lists = forms.MultipleChoiceField(
        label=_("Named lists"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody on them gets the letter, whatever the choices above."),
        error_messages={"invalid_choice": _("There is no such list any more.")},
    )
    without_lists = forms.MultipleChoiceField(
        label=_("Not those on these lists"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("There is no such list any more.")},
    )

    def __init__(self, *args: Any, audience: Audience, at: datetime, **more: Any) -> None:
        super().__init__(*args, initial=_initial(audience), **more)
        self.filters = audience_filters.items()
        self.fields["to"].choices = list(_recipients())
        named = [(str(key), name) for key, name in _lists()]
        for name in ("lists", "without_lists"):
            self.fields[name].choices = named
        for name, one in self.filters:
            for prefix in (CHOSEN, LEFT_OUT):
                self.fields[_field_name(prefix, name)] = _field(one, at)
        self.has_lists = bool(named)

    @property
    def audience(self) -> Audience:
        """What was chosen."""
        given = self.cleaned_data
        return Audience(
            to=tuple(given["to"]),
            filters=self._chosen(CHOSEN),
            lists=tuple(given["lists"]),
            without=LeftOut(self._chosen(LEFT_OUT), tuple(given["without_lists"])),
        )

    def groups(self) -> list[Group]:
        """The filters that narrow."""
        return list(self._groups(CHOSEN))

    def left_out(self) -> list[Group]:
        """The filters that leave out."""
        return list(self._groups(LEFT_OUT))

    def leaves_out(self) -> bool:
        """Whether anybody is left out, or is to be and cannot."""
        field = self["without_lists"]
        return any(group.is_open for group in self.left_out()) or bool(field.value() or field.errors)

    def _groups(self, prefix: str) -> Iterator[Group]:
        for name, one in self.filters:
            field = self[_field_name(prefix, name)]
            has_value = bool(field.value()) and field.value() not in ("", False)
            yield Group(field, one.label, has_value or bool(field.errors), f"{prefix}-{name.replace('.', '-')}")

    def _chosen(self, prefix: str) -> Filters:
        found = ((name, _values(self.cleaned_data.get(_field_name(prefix, name)))) for name, _one in self.filters)
        return tuple((name, values) for name, values in found if values)


def _field_name(prefix: str, name: str) -> str:
    return f"{prefix}_{name.replace('.', '_')}"


def _field(one: AudienceFilter, at: datetime) -> forms.Field:
    if one.kind == "flag":
        return forms.BooleanField(label=one.label, required=False)
    if one.kind == "date":
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        errors = {"invalid": _("Write a day as 2026-11-21.")}
        return forms.DateField(label=one.label, required=False, widget=widget, error_messages=errors)
    return forms.MultipleChoiceField(
        label=one.label,
        required=False,
        choices=list(one.choices(at)) if one.choices else [],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("That cannot be chosen any more.")},
    )


def _values(given: Any) -> tuple[str, ...]:
    if given is True:
        return (FLAG,)
    if isinstance(given, list):
        return tuple(given)
    return (given.isoformat(),) if given else ()


def _initial(audience: Audience) -> dict[str, Any]:
    found: dict[str, Any] = {
        "to": list(audience.to),
        "lists": list(audience.lists),
        "without_lists": list(audience.without.lists),
    }
    for prefix, filters in ((CHOSEN, audience.filters), (LEFT_OUT, audience.without.filters)):
        for name, values in filters:
            one = audience_filters.get(name)
            is_many = one is not None and one.kind == "choices"
            found[_field_name(prefix, name)] = list(values) if is_many else values[0]
    return found


def _recipients() -> Iterator[tuple[Any, Any]]:
    """Official addresses first, then roles by where they are held; a role that is held at several stands once."""
    met: set[str] = set()
    for where, label in _WHERE:
        found = [role for role in roles.given_at(where) if role not in met]
        met |= set(found)
        named = [(f"{ROLE}{role}", Role(role).label) for role in found]
        official = [(OFFICIAL, _("Official addresses of organizers"))] if where == roles.ORGANIZER else []
        yield label, [*official, *named]
    rest = [role for role in roles.given_at(roles.AGENCY) if role not in met]
    yield _AGENCY, [(f"{ROLE}{role}", Role(role).label) for role in rest]


def _lists() -> list[tuple[Any, str]]:
    return list(NamedList.objects.filter(ended_at=None).values_list("key", "name"))
