"""Tables of letters."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from samspel.accounts.queries import names_of
from samspel.kernel.ui.components import Badge
from samspel.kernel.ui.tables import Column, Table
from samspel.letters.models import Letter, LetterState
from samspel.letters.queries.letters import title_of

BADGES = {
    LetterState.DRAFT: "neutral",
    LetterState.FOR_APPROVAL: "warning",
    LetterState.APPROVED: "info",
    LetterState.PLANNED: "info",
    LetterState.SENT: "success",
    LetterState.WITHDRAWN: "neutral",
}


def badge_of(letter: Letter) -> Badge:
    """Where it stands, in a word."""
    return Badge(letter.get_state_display(), BADGES[LetterState(letter.state)])


def of_letters(request: HttpRequest, found: Any, at: datetime) -> Table:
    """Letters with where they stand and who changed them last."""
    language = get_language() or "sv"
    names = names_of(found.values_list("changed_by", flat=True).distinct())
    return Table(
        caption=_("Letters"),
        columns=[
            Column(
                "title",
                _("Subject"),
                is_row_header=True,
                value=lambda letter: title_of(letter, language),
                url=lambda letter: reverse("letters:letter", args=[letter.key]),
            ),
            Column("state", pgettext("of a letter", "State"), kind="badge", value=badge_of),
            Column("kind", _("Why it is sent"), value=lambda letter: letter.get_kind_display()),
            Column("changed_at", _("Last changed"), kind="moment", order_by=("changed_at",)),
            Column("changed_by", _("By"), value=lambda letter: names.get(letter.changed_by, "")),
            Column("sent_at", _("Sent"), kind="moment", order_by=("sent_at",)),
        ],
        rows=found,
        params=request.GET,
        sort="-changed_at",
        page_size=25,
        empty=_("No letters here."),
    )
