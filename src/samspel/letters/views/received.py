"""What one has been sent, in one's own place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samspel.kernel.ui.components import Badge, Crumb
from samspel.kernel.ui.tables import Column, Table
from samspel.letters import permissions
from samspel.letters.models import Letter
from samspel.letters.queries import archive, passing_on, showing
from samspel.letters.queries import received as queries
from samspel.letters.queries.letters import title_of
from samspel.letters.views.delivery import KINDS
from samspel.post.models import Message, MessageState
from samspel.post.queries.messages import state_in_words


@never_cache
@login_required
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """Letters to her and to where she works, and other mails, newest first."""
    at = timezone.now()
    permissions.TABLE.require(request.user, permissions.READ_RECEIVED, at)
    page = {
        "title": _("Sent to me"),
        "letters": _letters(request, queries.letters_to(request.user, at)),
        "mails": _mails(request, queries.mails_to(request.user)),
        "crumbs": [Crumb(_("Sent to me"))],
    }
    return render(request, "letters/received.html", page)


@never_cache
@login_required
@require_safe
def received_letter(request: HttpRequest, key: UUID) -> HttpResponse:
    """A letter that she was sent and that is not shown in public, with its dates and promises as they now stand.

    Who had a part of it passed on to her reads that part.
    """
    at = timezone.now()
    permissions.TABLE.require(request.user, permissions.READ_RECEIVED, at)
    found = queries.letters_to(request.user, at).prefetch_related("frozen")
    letter = get_object_or_404(found, key=key)
    frozen = archive.frozen_in(letter, (get_language() or "sv")[:2])
    shown = showing.shown(letter, frozen.language, at, frozen=frozen)
    if part := queries.part_for(request.user, letter):
        shown = replace(shown, blocks=tuple(block for block in shown.blocks if block.key in part))
    page = {
        "shown": shown,
        "letter": letter,
        "way": _way(letter),
        "crumbs": [Crumb(_("Sent to me"), reverse("letters:received")), Crumb(shown.subject)],
    }
    return render(request, "letters/received_letter.html", page)


def _address(letter: Letter) -> str:
    """In the archive where everybody reads it, else in her own place."""
    if letter.is_public and letter.slug:
        return reverse("letters:archived", args=[letter.slug])
    return reverse("letters:received_letter", args=[letter.key])


def _letters(request: HttpRequest, rows: Any) -> Table:
    language = (get_language() or "sv")[:2]
    to_pass_on = Column(
        "pass_on",
        _("Pass on"),
        value=lambda letter: _("Pass on"),
        url=lambda letter: reverse("letters:pass_on", args=[letter.key]),
    )
    may_pass_on = bool(passing_on.ways(request.user, timezone.now()))
    return Table(
        caption=_("Letters"),
        columns=[
            Column(
                "subject",
                _("Letter"),
                value=lambda letter: title_of(letter, language),
                is_row_header=True,
                url=_address,
            ),
            Column("sent_at", _("When"), kind="moment"),
            Column("way", _("How it came"), value=_way),
            *([to_pass_on] if may_pass_on else []),
        ],
        rows=rows,
        params=request.GET,
        page_size=25,
        name="brev",
        empty=_("You have not been sent any letter."),
    )


def _mails(request: HttpRequest, rows: Any) -> Table:
    return Table(
        caption=_("Other mails"),
        columns=[
            Column("subject", _("Subject"), is_row_header=True, value=_subject),
            Column("written_at", _("When"), kind="moment"),
            Column("state", _("What became of the mail"), kind="badge", value=_badge),
        ],
        rows=rows,
        params=request.GET,
        page_size=25,
        name="mejl",
        empty=_("No other mails to you are kept."),
    )


def _way(letter: Letter) -> str:
    if letter.is_own:  # type: ignore[attr-defined]  # annotated
        return _("To you")
    if letter.is_official:  # type: ignore[attr-defined]  # annotated
        return _("To the official address of where you work")
    return _("Passed on to you")


def _subject(mail: Message) -> str:
    """As it was sent, and marked where that is not the language of the page."""
    if mail.language == (get_language() or "sv")[:2]:
        return mail.subject
    return format_html('<span lang="{}">{}</span>', mail.language, mail.subject)


def _badge(mail: Message) -> Badge:
    return Badge(state_in_words(mail.state), KINDS[MessageState(mail.state)])
