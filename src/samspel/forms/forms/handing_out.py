"""Which form is handed out, to whom, and by when it is to be ready."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from samspel.forms.forms.answers import day
from samspel.forms.operations.handing_out import AT_ONCE, MOST
from samspel.forms.queries import receiving
from samspel.kernel.values.identifiers import IdentifierRefused, parse_organization_number
from samspel.registry.models import County, Organizer, OrganizerType, University
from samspel.schemes.models import Edition

# So many lines that name nobody are told; of more only how many they are.
MOST_TOLD: Final = 50
_PICKS: Final = ("county", "kind", "edition")


class HandOutForm(forms.Form):
    """Which form, to whom (picked, named, or both), ready by when. `key` lets a page that is sent twice do it once."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    form = forms.ChoiceField(label=_("Form"), error_messages={"required": _("Choose a form.")})
    county = forms.ModelChoiceField(
        label=_("All organizers in the county"), queryset=County.objects.all(), required=False, empty_label="–"
    )
    kind = forms.ChoiceField(label=_("All organizers of the type"), required=False)
    edition = forms.ModelChoiceField(
        label=_("All organizers that the edition of a programme is for"),
        queryset=Edition.objects.select_related("scheme").defer("document"),
        required=False,
        empty_label="–",
        help_text=_("What is chosen of these three holds at once: those of the type in the county."),
    )
    to = forms.CharField(
        label=_("And these"),
        max_length=100_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One on each line: the name, or the organization number."),
    )
    due_on = day(_("Ready by"))
    about = forms.CharField(
        label=_("What tells it from others"),
        max_length=200,
        required=False,
        help_text=_(
            "Only if the same form is handed out more than once, for example “autumn 2026”. Of a preschool: its name."
        ),
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial.setdefault("key", uuid4())
        self.fields["form"].choices = [("", _("Choose")), *offered]
        self.fields["kind"].choices = [("", "–"), *OrganizerType.choices]
        self.fields["edition"].label_from_instance = lambda one: f"{one.scheme}, {one.valid_from.year}"

    @property
    def is_picked(self) -> bool:
        """Whether anybody is chosen by what she is, and not by name."""
        return any(self.cleaned_data.get(name) for name in _PICKS)

    @property
    def receivers(self) -> list[Organizer | University]:
        """All who are chosen, each once: those named first."""
        return list(dict.fromkeys([*self.cleaned_data["to"], *self.cleaned_data["picked"]]))

    @property
    def asks_once_more(self) -> bool:
        """Whether it is told how many they are before it is done."""
        return self.is_picked or len(self.receivers) > AT_ONCE

    def clean_to(self) -> list[Organizer | University]:
        """Those named, each once; every line that names nobody, or more than one, is told."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["to"].replace("\0", "").splitlines()]
        places = {line: number for number, line in reversed(list(enumerate(lines, start=1))) if line}
        if len(places) > MOST:
            raise forms.ValidationError(_("That is too many at a time. Hand it out to at most 3,000."))
        found = receiving.named(list(places))
        wrong = {line: number for line, number in places.items() if len(found[line]) != 1}
        if wrong:
            raise forms.ValidationError(list(_told(wrong, found)))
        return [found[line][0] for line in sorted(places, key=lambda line: places[line])]

    def clean(self) -> dict[str, Any]:
        """Somebody is chosen."""
        given = super().clean() or {}
        edition, county = given.get("edition"), given.get("county")
        given["picked"] = receiving.picked(
            county=county.pk if county else "", kind=given.get("kind", ""), edition=edition
        )
        if "to" in given and not given["to"] and not given["picked"]:
            words = _("No organizer is such.") if self._picks(given) else _("Say who is to have it.")
            self.add_error("to", words)
        return given

    def _picks(self, given: dict[str, Any]) -> bool:
        return any(given.get(name) for name in _PICKS)


def _told(wrong: dict[str, int], found: dict[str, list[Any]]) -> Iterator[str]:
    """A sentence for each line that names nobody, in their order."""
    in_order = sorted(wrong.items(), key=lambda pair: pair[1])
    for line, number in in_order[:MOST_TOLD]:
        yield _why(line, found[line]) % {"number": number, "line": line[:80]}
    if (more := len(in_order) - MOST_TOLD) > 0:
        yield ngettext("And %(number)d more line.", "And %(number)d more lines.", more) % {"number": more}


def _why(line: str, found: list[Any]) -> str:
    if len(found) > 1:
        return _now("Line %(number)d: several are called “%(line)s”. Write the organization number.")
    try:
        parse_organization_number(line)
    except IdentifierRefused as refused:
        if refused.code == "shape":
            return _now("Line %(number)d: nobody is called “%(line)s”.")
        return _now("Line %(number)d: “%(line)s” is no organization number. Look at the digits.")
    return _now("Line %(number)d: nobody has the number “%(line)s”.")
