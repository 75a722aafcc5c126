"""What letters keep of a person, for her register extract: what she was sent and why, and what she has done in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samspel.accounts.models import Person
from samspel.accounts.queries.extracts import ExtractPart, Field
from samspel.letters.models import PassedTo, Recipient, Unsubscribed
from samspel.letters.queries import audiences
from samspel.letters.queries.letters import title_of
from samspel.post.rules import headers


def parts(person: Person, at: datetime) -> Iterator[ExtractPart]:
    """Letters sent and passed on to her, and the news she has said no to."""
    yield ExtractPart(_("Letters that you have been sent"), tuple(_letters(person)), "letters_received")
    yield ExtractPart(_("Letters that somebody has passed on to you"), tuple(_passed_on(person)), "letters_passed_on")
    yield ExtractPart(_("News that you have said no to"), tuple(_no_more(person)), "news_unsubscribed")


def _letters(person: Person) -> Iterator[tuple[Field, ...]]:
    rows = list(Recipient.objects.filter(person=person).select_related("letter").order_by("-letter__sent_at"))
    language = (get_language() or "sv")[:2]
    for row, why in zip(rows, audiences.whys([row.reasons for row in rows], language), strict=True):
        yield (
            Field("letter", _("Letter"), title_of(row.letter, language)),
            Field("sent_at", _("When"), row.letter.sent_at),
            Field("address", _("Address"), row.address),
            Field("why", _("Why"), "; ".join(why)),
        )


def _passed_on(person: Person) -> Iterator[tuple[Field, ...]]:
    language = (get_language() or "sv")[:2]
    rows = PassedTo.objects.filter(person=person).select_related("passing_on__letter")
    for row in rows.order_by("-passing_on__at"):
        yield (
            Field("letter", _("Letter"), title_of(row.passing_on.letter, language)),
            Field("at", _("When"), row.passing_on.at),
            Field("address", _("Address"), row.address),
        )


def _no_more(person: Person) -> Iterator[tuple[Field, ...]]:
    for row in Unsubscribed.objects.filter(address=headers.folded(person.email)).select_related("scheme"):
        yield (
            Field("about", _("About"), _scheme(row) or _("All news")),
            Field("at", _("When"), row.at),
        )


def _scheme(row: Unsubscribed) -> str:
    if row.scheme is None:
        return ""
    return row.scheme.name_en if (get_language() or "").startswith("en") else row.scheme.name_sv
