"""Published offers, as the public may see them: never a draft, a ranking, a pair or a comparison."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samspel.kernel.ui.components import Badge
from samspel.kernel.values.sorting import search_key
from samspel.registry.models import Organizer, OrganizerMember
from samspel.reporting.rules import alphabet, sought
from samspel.reporting.rules.sought import Sought
from samspel.reporting.rules.status import Status, status_on
from samspel.schemes.models import Scheme
from samspel.selection.models import Offer, Response, Round, RoundState

STATUS_LABELS = {
    Status.OFFERED: pgettext_lazy("status of support", "Offered"),
    Status.CURRENT: pgettext_lazy("status of support", "Current"),
    Status.ENDED: pgettext_lazy("status of support", "Ended"),
    Status.DECLINED: pgettext_lazy("status of support", "Declined"),
}
EXERCISE_LABEL = _("Exercise")
_KINDS = {Status.OFFERED: "info", Status.CURRENT: "success", Status.ENDED: "neutral", Status.DECLINED: "neutral"}

_ROUND_FIELDS = ("slug", "title", "is_exercise", "is_invented", "published_at")
# What is read of a round with an offer: never its frozen document or its rules.
_OFFER_FIELDS = (
    "organizer_id",
    "round_id",
    "response",
    "made_at",
    "ended_on",
    "round__slug",
    "round__title",
    "round__is_exercise",
    "round__published_at",
    "round__edition__scheme__slug",
    "round__edition__scheme__name_sv",
    "round__edition__scheme__name_en",
)


@dataclass(frozen=True)
class Support:
    """One published offer as shown: its round and scheme, when it was made, and where it stands today."""

    round_slug: str
    round_title: str
    scheme_slug: str
    scheme_name: str
    is_exercise: bool
    status: Status
    offered_on: date
    ended_on: date | None

    @property
    def label(self) -> str:
        """The status in words; an exercise is only that."""
        return str(EXERCISE_LABEL if self.is_exercise else STATUS_LABELS[self.status])

    @property
    def badge(self) -> Badge:
        """The status as a badge."""
        return status_badge(self.status, self.is_exercise)


def status_badge(status: Status, is_exercise: bool) -> Badge:
    """A status as a badge; an exercise is only that."""
    if is_exercise:
        return Badge(EXERCISE_LABEL, "warning")
    return Badge(STATUS_LABELS[status], _KINDS[status])


def published_rounds() -> QuerySet[Round]:
    """Rounds whose offers are public, the latest first."""
    rounds = Round.objects.filter(published_at__isnull=False, state=RoundState.ACCEPTED)
    return rounds.only(*_ROUND_FIELDS).order_by("-published_at", "slug")


def published_offers() -> QuerySet[Offer]:
    """Every offer of a published round; a no among them stays in the round's own list, and out of list and map."""
    return Offer.objects.filter(round__published_at__isnull=False, round__state=RoundState.ACCEPTED)


def offers(asked: Sought, *, on: date) -> QuerySet[Offer]:
    """The offers that list and map show for what was asked, on a day; those declined are left out."""
    found = published_offers().exclude(response=Response.DECLINED)
    if asked.scheme:
        found = found.filter(round__edition__scheme=asked.scheme)
    if asked.round:
        found = found.filter(round__slug=asked.round)
    elif asked.rounds != sought.BOTH:
        found = found.filter(round__is_exercise=asked.rounds == sought.EXERCISES)
    if asked.status and not asked.is_everyone:
        found = found.filter(has_status(Status(asked.status), on), round__is_exercise=False)
    return found


def has_status(status: Status, on: date) -> Q:
    """The condition of `rules.status.status_on` in the database's words."""
    accepted = Q(response=Response.ACCEPTED)
    return {
        Status.OFFERED: Q(response=Response.NONE),
        Status.DECLINED: Q(response=Response.DECLINED),
        Status.CURRENT: accepted & (Q(ended_on__isnull=True) | Q(ended_on__gte=on)),
        Status.ENDED: accepted & Q(ended_on__lt=on),
    }[status]


def organizers(asked: Sought, *, on: date) -> QuerySet[Organizer]:
    """The organizers meant, in Swedish order, each with `shown_offers` (see `supports_of`), without the letter."""
    found = offers(asked, on=on)
    organizers = _described(asked)
    if not asked.is_everyone:
        organizers = organizers.filter(Exists(found.filter(organizer=OuterRef("pk"))))
    with_offers = Prefetch("offers", _readable(found), to_attr="shown_offers")
    return organizers.select_related("county", "municipality").prefetch_related(with_offers)


def under_letter(organizers: QuerySet[Organizer], letter: str) -> QuerySet[Organizer]:
    """Those of them that stand under a letter of the list."""
    if not letter:
        return organizers
    if sign := alphabet.sign_of(letter):
        return organizers.filter(sort_key__startswith=sign)
    return organizers.exclude(sort_key__regex=r"^[a-z{|}]")


def letters(organizers: QuerySet[Organizer]) -> list[str]:
    """The letters that have somebody under them."""
    signs = organizers.order_by().annotate(sign=Left("sort_key", 1)).values_list("sign", flat=True)
    return alphabet.in_order(signs.distinct())


def supports_of(organizer: Organizer, on: date) -> list[Support]:
    """What an organizer of `organizers` has, the latest round first."""
    return [support(offer, on) for offer in organizer.shown_offers]


def support(offer: Offer, on: date) -> Support:
    """An offer as shown on a day."""
    scheme = offer.round.edition.scheme
    return Support(
        round_slug=offer.round.slug,
        round_title=offer.round.title,
        scheme_slug=scheme.slug,
        scheme_name=scheme_name(scheme),
        is_exercise=offer.round.is_exercise,
        status=status_on(on, response=offer.response, ended_on=offer.ended_on),
        offered_on=timezone.localdate(offer.made_at),
        ended_on=offer.ended_on,
    )


def scheme_name(scheme: Scheme) -> str:
    """The scheme's name in the language being read."""
    return scheme.name_en if get_language() == "en" else scheme.name_sv


def counts(on: date) -> dict[str, int]:
    """How many organizers have real support by status, exercises never among them: offered, current, ended."""
    real = published_offers().filter(round__is_exercise=False)
    wanted = {
        str(status): Count("organizer", filter=has_status(status, on), distinct=True)
        for status in (Status.OFFERED, Status.CURRENT, Status.ENDED)
    }
    return real.aggregate(**wanted)


def _readable(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    return (
        offers.select_related("round__edition__scheme")
        .only(*_OFFER_FIELDS)
        .order_by("-round__published_at", "round__slug", "pk")
    )


def _described(asked: Sought) -> QuerySet[Organizer]:
    organizers = Organizer.objects.order_by("sort_key", "organization_number")
    if asked.type:
        organizers = organizers.filter(type=asked.type)
    if asked.county:
        serving = OrganizerMember.objects.filter(organizer=OuterRef("pk"), municipality__county=asked.county)
        organizers = organizers.filter(Q(county=asked.county) | Exists(serving))
    return _named(organizers, asked.text)


def _named(organizers: QuerySet[Organizer], text: str) -> QuerySet[Organizer]:
    digits = text.replace("-", "").replace(" ", "")
    if len(digits) >= 6 and digits.isdigit():
        return organizers.filter(organization_number__contains=digits)
    for word in search_key(text).split():
        organizers = organizers.filter(search_key__contains=word)
    return organizers
