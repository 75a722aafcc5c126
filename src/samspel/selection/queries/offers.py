"""The offers of a round, and who is next."""

from __future__ import annotations

from django.db.models import QuerySet

from samspel.selection.models import Offer, OfferKind, Response, Round
from samspel.selection.queries.results import result_of


def offers_of(round: Round) -> QuerySet[Offer]:
    """The offers in the order they were made."""
    return round.offers.select_related("organizer", "organizer__county", "recorded_by").order_by("order")


def next_in_order(round: Round) -> str | None:
    """The organization number of the next reserve, or of the one drawn in the next further pair; None at the end."""
    if round.drawn_at is None:
        return None
    made = round.offers.exclude(kind=OfferKind.SELECTED).count()
    reserves = result_of(round).reserves()
    return reserves[made].subject.organization_number if made < len(reserves) else None


def free_places(round: Round) -> int:
    """How many said no without a reserve having been offered the place yet."""
    declined = round.offers.filter(response=Response.DECLINED).count()
    return declined - round.offers.filter(kind=OfferKind.RESERVE).count()
