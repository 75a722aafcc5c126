"""Who was offered support, for those who write letters: by programme, edition, round and answer.

Of published rounds alone: who writes letters learns nothing here that is not public.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspel.letters.queries.handed import AudienceFilter
from samspel.registry.models import Organizer
from samspel.schemes.queries import name_of
from samspel.selection.models import Offer, Response, Round, RoundState

SCHEME: Final = "selection.scheme"
EDITION: Final = "selection.edition"
ROUND: Final = "selection.round"
STATUS: Final = "selection.status"

_SUPPORTED: Final = "supported"
_ENDED: Final = "ended"
_STATUSES: Final = (
    (Response.NONE.value, _("Offered, and has not answered")),
    (Response.DECLINED.value, _("Declined the offer")),
    (_SUPPORTED, _("Accepted, and has support now")),
    (_ENDED, _("Has had support, which has ended")),
)


def offered(chosen: Mapping[str, Sequence[str]], at: datetime) -> QuerySet[Organizer]:
    """Organizers with one published offer that everything chosen fits."""
    offers = Offer.objects.filter(round__state=RoundState.ACCEPTED, round__published_at__isnull=False)
    if schemes := chosen.get(SCHEME):
        offers = offers.filter(round__edition__scheme__in=schemes)
    if editions := chosen.get(EDITION):
        offers = offers.filter(round__edition__slug__in=editions)
    if rounds := chosen.get(ROUND):
        offers = offers.filter(round__slug__in=rounds)
    if statuses := chosen.get(STATUS):
        offers = offers.filter(_of_status(statuses, at))
    return Organizer.objects.filter(pk__in=offers.values("organizer"))


def _of_status(statuses: Sequence[str], at: datetime) -> Q:
    on = timezone.localdate(at)
    accepted = Q(response=Response.ACCEPTED)
    means = {
        Response.NONE.value: Q(response=Response.NONE),
        Response.DECLINED.value: Q(response=Response.DECLINED),
        _SUPPORTED: accepted & (Q(ended_on=None) | Q(ended_on__gt=on)),
        _ENDED: accepted & Q(ended_on__lte=on),
    }
    found = Q(pk__in=[])
    for status in statuses:
        found |= means.get(status, Q(pk__in=[]))
    return found


def _published() -> list[Round]:
    rounds = Round.objects.filter(state=RoundState.ACCEPTED, published_at__isnull=False)
    return list(rounds.select_related("edition__scheme").defer("snapshot", "result", "rules", "edition__document"))


def _schemes(at: datetime) -> list[tuple[str, Any]]:
    schemes = {one.edition.scheme_id: one.edition.scheme for one in _published()}
    return [(slug, name_of(scheme, _language())) for slug, scheme in sorted(schemes.items())]


def _editions(at: datetime) -> list[tuple[str, Any]]:
    editions = {one.edition.slug: one.edition for one in _published()}
    return [
        (slug, f"{name_of(one.scheme, _language())}, {one.valid_from.year}") for slug, one in sorted(editions.items())
    ]


def _rounds(at: datetime) -> list[tuple[str, Any]]:
    return [(one.slug, one.title) for one in _published()]


def _all_statuses(at: datetime) -> list[tuple[str, Any]]:
    return list(_STATUSES)


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "sv"


FILTERS: Final = (
    AudienceFilter(SCHEME, _("Offered support in the programme"), choices=_schemes, together=offered),
    AudienceFilter(EDITION, _("Offered support in the edition"), choices=_editions, together=offered),
    AudienceFilter(ROUND, _("Offered support in the selection round"), choices=_rounds, together=offered),
    AudienceFilter(STATUS, _("How the offer stands"), choices=_all_statuses, together=offered),
)
