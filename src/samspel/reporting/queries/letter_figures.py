"""Figures of the public lists that a letter may hold, each the same as the list shows."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspel.letters.queries.handed import Figure
from samspel.reporting.queries import support
from samspel.reporting.rules.status import Status

NAME: Final = "huvudman_med_stod"


def with_support(at: datetime) -> Figure:
    """How many organizers have support on that day."""
    day = timezone.localdate(at)
    address = f"{reverse('reporting:organizers')}?status={Status.CURRENT}"
    return Figure(support.counts(day)[Status.CURRENT], day, _("Samspel, published selection rounds"), address)
