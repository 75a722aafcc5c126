"""Saying no to news, from the link in a mail or by the mail program's own button. Only a POST acts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samspel.kernel.ui.components import Crumb
from samspel.letters.forms.sending import NoMoreForm
from samspel.letters.models import Recipient
from samspel.letters.operations import subscriptions
from samspel.letters.queries import unsubscribing
from samspel.letters.queries.letters import title_of
from samspel.schemes.queries import name_of

ONE_CLICK = ("List-Unsubscribe", "One-Click")


@csrf_exempt  # a mail program has no cookie (RFC 8058, section 3.2); who holds the signed token may say no, and no more
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST acts: no more news, or news again."""
    recipient = unsubscribing.recipient_of(token[:200])
    if recipient is None:
        return render(request, "letters/unsubscribe.html", {"title": _("The link does not work")}, status=404)
    is_kept = True
    if request.method == "POST":
        is_kept = _act(request, recipient)
    page = {
        "title": _("No more news"),
        "is_kept": is_kept,
        "is_unsubscribed": is_kept and subscriptions.is_unsubscribed(recipient),
        "is_new": request.method == "POST",
        "subject": title_of(recipient.letter, (get_language() or "sv")[:2]),
        "form": NoMoreForm(scheme_name=_scheme(recipient)),
        "crumbs": [Crumb(_("No more news"))],
    }
    return render(request, "letters/unsubscribe.html", page)


def _scheme(recipient: Recipient) -> str:
    scheme = recipient.letter.scheme
    return name_of(scheme, (get_language() or "sv")[:2]) if scheme else ""


def _act(request: HttpRequest, recipient: Recipient) -> bool:
    """Whether there was an address to act for."""
    at = timezone.now()
    if "again" in request.POST:
        subscriptions.subscribe_again(recipient=recipient, at=at)
        return True
    is_button = request.POST.get(ONE_CLICK[0]) == ONE_CLICK[1]
    return subscriptions.unsubscribe(
        recipient=recipient,
        from_all=not is_button and request.POST.get("what") == NoMoreForm.ALL,
        way=subscriptions.ONE_CLICK if is_button else subscriptions.PAGE,
        at=at,
    )
