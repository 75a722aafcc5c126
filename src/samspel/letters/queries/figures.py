"""Figures that a letter may hold: which there are, and what they are at a moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.letters.queries.handed import Figure, FigureSource, figure_sources
from samspel.letters.rules import figures
from samspel.letters.rules.documents import TEXT, LetterDocument
from samspel.registry.models import Appointment, Organizer, Role
from samspel.registry.queries.holdings import in_force


def sources() -> dict[str, FigureSource]:
    """Name to source, in the order a writer reads them."""
    return {source.name: source for source in figure_sources}


def places_in(document: LetterDocument) -> list[figures.Place]:
    """The figures that a letter asks for, in either language, each once."""
    return figures.places(*_texts(document))


def unknown_in(document: LetterDocument) -> list[str]:
    """Those it asks for that nobody has, as they are written."""
    return figures.unknown(sources(), *_texts(document))


def found(document: LetterDocument, at: datetime) -> dict[str, Figure]:
    """Name to figure as it is at a moment: each asked for once, however often it stands there."""
    known = sources()
    names = dict.fromkeys(place.name for place in places_in(document))
    return {name: known[name].find(at) for name in names if name in known}


def in_words(document: LetterDocument, values: Mapping[str, int], language: str) -> dict[figures.Place, str]:
    """Each place to the words that stand there, in a language."""
    ways: Collection[str] = ("", figures.OVER)
    places = [place for place in places_in(document) if place.name in values and place.way in ways]
    return {place: figures.words(values[place.name], place.way, language) for place in places}


def _texts(document: LetterDocument) -> list[str]:
    words = [document.subject, document.lead, *(block.words for block in document.blocks if block.kind == TEXT)]
    return [text for one in words for text in (one.sv, one.en)]


def own_sources() -> list[FigureSource]:
    """Those that letters' own records and the floors below can answer."""
    return [
        FigureSource("huvudman_med_samordnare", gettext_lazy("Organizers that have appointed a coordinator"),
                     organizers_with_coordinator),
        FigureSource("samordnare", gettext_lazy("Coordinators who are appointed now"), coordinators),
        FigureSource("huvudman", gettext_lazy("Organizers in all"), organizers),
    ]  # fmt: skip


def organizers_with_coordinator(at: datetime) -> Figure:
    """How many organizers have a coordinator on that day."""
    count = _coordinating(at).values("organizer").distinct().count()
    return _figure(count, at, _("Samspel, appointed coordinators"))


def coordinators(at: datetime) -> Figure:
    """How many people are coordinators on that day, each counted once."""
    return _figure(_coordinating(at).values("person").distinct().count(), at, _("Samspel, appointed coordinators"))


def organizers(at: datetime) -> Figure:
    """How many organizers there are, those not ended by that day."""
    day = timezone.localdate(at)
    count = Organizer.objects.exclude(ended_on__lte=day).count()
    return _figure(count, at, _("Samspel, the register of organizers"))


def _coordinating(at: datetime) -> Any:
    return Appointment.objects.filter(in_force(timezone.localdate(at)), role=Role.COORDINATOR, organizer__isnull=False)


def _figure(value: int, at: datetime, source: str) -> Figure:
    return Figure(value, timezone.localdate(at), source, reverse("reporting:organizers"))
