"""Senders: as whom each university's mail goes out, changed by its own administrators and the agency's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspel.kernel.audit import history_of
from samspel.kernel.ui.components import Card, Crumb, Fact
from samspel.post import permissions
from samspel.post.forms.senders import SenderForm
from samspel.post.operations import senders as operations
from samspel.post.operations.notices import Addressee
from samspel.post.queries import notices
from samspel.post.queries import senders as queries
from samspel.post.queries.senders import OwnSender
from samspel.post.rules.looks import HOUSE_COLOUR
from samspel.post.views.mailbox import APART

FIELDS = ("name", "from_address", "reply_to", "colour", "signature")


@never_cache
@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The senders that one may change; who may none is refused."""
    now = timezone.now()
    rows = queries.changeable_by(request.user, now)
    if not rows:
        raise PermissionDenied
    context = {
        "cards": [_card(row) for row in rows],
        "crumbs": _crumbs(),
        "is_part_of_operation": permissions.may_look(request.user, now),
    }
    return render(request, "post/senders.html", context)


@never_cache
@login_required
@csp_update({"frame-src": ["'self'"]})
@require_http_methods(["GET", "HEAD", "POST"])
def sender(request: HttpRequest, slug: str) -> HttpResponse:
    """One sender: as it stands and looks; posted, as it shall be."""
    now = timezone.now()
    own = _own(request, slug, now)
    if request.method != "POST":
        return _page(request, own, SenderForm(initial=_initial(own)))
    form = SenderForm(request.POST)
    if form.is_valid():
        try:
            operations.set_sender(slug=slug, **form.cleaned_data, by=request.user, at=now)
        except operations.SenderRefused as refusal:
            for field, sentence in refusal.faults.items():
                form.add_error(field, sentence)
        else:
            messages.success(request, _("The sender is changed. Mail from now on goes out as it stands."))
            return redirect("post:sender", slug=slug)
    return _page(request, own, form, status=422)


@never_cache
@login_required
@require_POST
def test(request: HttpRequest, slug: str) -> HttpResponse:
    """A mail to oneself from that sender."""
    now = timezone.now()
    if _own(request, slug, now).sender is None:
        raise Http404
    user: Any = request.user
    to = Addressee(user.email, user.name, user.key, get_language() or user.language)
    operations.send_test(slug=slug, to=to, by=user, at=now)
    messages.success(request, _("A test mail is on its way to %(address)s.") % {"address": user.email})
    return redirect("post:sender", slug=slug)


@never_cache
@login_required
@xframe_options_sameorigin
@csp_replace(APART)
@require_safe
def look(request: HttpRequest, slug: str) -> HttpResponse:
    """How mail from that sender looks."""
    now = timezone.now()
    own = _own(request, slug, now)
    made = notices.composed(
        "post/notices/sender_test.html",
        {"sender": own.sender or {"name": own.name}, "at": now},
        to_name="",
        language=get_language() or "sv",
        sender=own.sender,
    )
    return HttpResponse(made.html)


def _own(request: HttpRequest, slug: str, at: datetime) -> OwnSender:
    """The sender, if one may change it; who may change none is refused, and other slugs are not told apart."""
    rows = queries.changeable_by(request.user, at)
    if not rows:
        raise PermissionDenied
    found = next((row for row in rows if row.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, own: OwnSender, form: SenderForm, *, status: int = 200) -> HttpResponse:
    page = {
        "own": own,
        "form": form,
        "history": history_of(own.sender) if own.sender else [],
        "crumbs": [*_crumbs(is_last=False), Crumb(own.name)],
    }
    return render(request, "post/sender.html", page, status=status)


def _initial(own: OwnSender) -> dict[str, str]:
    if own.sender is None:
        return {"name": own.name, "colour": HOUSE_COLOUR}
    return {field: getattr(own.sender, field) for field in FIELDS}


def _card(row: OwnSender) -> Card:
    text = row.sender.from_address if row.sender else _("Mail goes out as Samspel's own.")
    facts = (Fact(_("Answers go to"), row.sender.reply_to),) if row.sender else ()
    return Card(row.name, reverse("post:sender", args=[row.slug]), text, facts=facts)


def _crumbs(*, is_last: bool = True) -> list[Crumb]:
    return [
        Crumb(_("To do"), reverse("accounts:work")),
        Crumb(_("Senders"), "" if is_last else reverse("post:senders")),
    ]
