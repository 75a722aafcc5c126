"""Why somebody got a letter, in words: what stands at the foot of the mail, and where she reads what she has got."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from samspel.kernel import permissions as gate
from samspel.kernel.permissions import Place
from samspel.letters.models import LetterKind, NamedList
from samspel.letters.queries.handed import Addressed

Reasons = Iterable[Mapping[str, str]]


class Why:
    """Sentences for many recipients: roles, places and lists are named in a fixed number of queries."""

    def __init__(self, reasons: Iterable[Mapping[str, str]]) -> None:
        given = list(reasons)
        self.roles: dict[str, Any] = gate.names_of_roles()
        self.places = gate.names_of_places(place_of(one.get("place", "")) for one in given)
        keys = {one.get("place", "").removeprefix("list:") for one in given if one.get("role") == "list"}
        self.lists = (
            {str(key): name for key, name in NamedList.objects.filter(key__in=keys).values_list("key", "name")}
            if keys
            else {}
        )

    @classmethod
    def of(cls, recipients: Iterable[Addressed]) -> Why:
        """For those a letter goes to."""
        return cls(reason for one in recipients for reason in one.reasons)

    def in_words(self, reasons: Reasons, language: str, *, kind: str) -> str:
        """One sentence with all the reasons."""
        with override(language):
            told = [words for one in reasons if (words := self._words(one))]
            because = list(dict.fromkeys(told)) or [_("you are among those it was written to")]
            if kind == LetterKind.NEWS:
                return _("You get this news because %(because)s.") % {"because": _joined(because)}
            return _(
                "You get this letter because %(because)s. It comes with the task, and is not unsubscribed from."
            ) % {"because": _joined(because)}

    def short(self, reasons: Reasons) -> str:
        """The reasons as a row of a list, in the language in use."""
        return ", ".join(dict.fromkeys(self._short(one) for one in reasons))

    def _words(self, reason: Mapping[str, str]) -> str:
        role, place = reason.get("role", ""), self.places.get(place_of(reason.get("place", "")), "")
        if role == "list":
            name = self.lists.get(reason.get("place", "").removeprefix("list:"), "")
            return _("you stand on the list “%(name)s”") % {"name": name} if name else _("you stand on a list of ours")
        if role in self.roles:
            words = {"role": _lower(str(self.roles[role])), "place": place}
            return _("you are %(role)s, %(place)s") % words if place else _("you are %(role)s") % words
        return _("this is the official address of %(place)s") % {"place": place} if place else ""

    def _short(self, reason: Mapping[str, str]) -> str:
        role, place = reason.get("role", ""), self.places.get(place_of(reason.get("place", "")), "")
        if role == "list":
            return self.lists.get(reason.get("place", "").removeprefix("list:"), "") or _("A list")
        return ", ".join(filter(None, [str(self.roles.get(role, "")) or _("Official address"), place]))


def place_of(text: str) -> Place:
    """`organizer:17` as the place it is; the agency for anything else."""
    kind, _colon, number = text.partition(":")
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    return (kind, int(number)) if kind in ("organizer", "university") and is_number else gate.AGENCY


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else _("%(first)s and %(last)s") % {
        "first": ", ".join(parts[:-1]), "last": parts[-1],
    }  # fmt: skip
