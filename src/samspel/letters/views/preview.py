"""A letter before it is sent, as it will be read: on the web, as mail, as plain text, on paper, by one who gets it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from csp.decorators import csp_replace, csp_update
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from samspel.accounts.models import Person
from samspel.kernel.files.storing import safe_name
from samspel.kernel.ui.components import Download
from samspel.kernel.ui.links import absolute
from samspel.letters.models import Letter, LetterKind
from samspel.letters.operations import freezing
from samspel.letters.queries import audiences, chosen, letters, showing, why
from samspel.letters.queries.handed import Addressed
from samspel.letters.queries.showing import Mail, ShownLetter
from samspel.letters.views import missing
from samspel.letters.views.found import crumbs_to, letter_for, staff_only

# Of the recipients, so many can be chosen as whom one looks.
_MOST = 300
_WAYS = ("webb", "mejl", "text")
# A mail stands apart: it runs nothing, sends nothing, and fetches only our own pictures.
_APART = {
    "sandbox": ["allow-same-origin"],
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["'self'"],
    "form-action": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
    "script-src": None,
    "font-src": None,
    "connect-src": None,
    "manifest-src": None,
}


@staff_only
@csp_update({"frame-src": ["'self'"]})
@require_safe
def preview(request: HttpRequest, key: UUID) -> HttpResponse:
    """The letter as it will be read."""
    letter, at = letter_for(request, key), timezone.now()
    people = _recipients(letter)
    who = _chosen(request, people)
    shown = showing.shown(letter, _language(request, who), at)
    way = request.GET.get("visa", "webb")
    way = way if way in _WAYS else "webb"
    page = {
        "letter": letter,
        "title": letters.title_of(letter, get_language() or "sv"),
        "shown": shown,
        "way": way,
        "ways": [("webb", _("On the web")), ("mejl", _("As mail")), ("text", _("As plain text"))],
        "mail": _mail(letter, shown, who) if way != "webb" else None,
        "people": people,
        "who": who,
        "asked": {"sprak": request.GET.get("sprak", ""), "till": who.key if who else ""},
        "mail_url": _mail_address(letter, shown, who),
        "downloads": [_paper(letter, language) for language in shown.languages],
        "missing": missing.of(letter, at) if letter.state in letters.BEFORE_SENDING else [],
        "crumbs": crumbs_to(letter, here=_("Preview")),
    }
    return render(request, "letters/writing/preview.html", page)


@staff_only
@xframe_options_sameorigin
@csp_replace(_APART)
@require_safe
def preview_mail(request: HttpRequest, key: UUID) -> HttpResponse:
    """The mail itself, apart from our page."""
    letter = letter_for(request, key)
    who = _chosen(request, _recipients(letter))
    shown = showing.shown(letter, _language(request, who), timezone.now())
    return HttpResponse(_mail(letter, shown, who).html)


@staff_only
@require_safe
def preview_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """The letter on paper, as it is registered when it is sent."""
    letter = letter_for(request, key)
    language = "en" if request.GET.get("sprak") == "en" else "sv"
    answer = HttpResponse(freezing.pdf(letter, language), content_type="application/pdf")
    name = safe_name(letters.title_of(letter, language))[:80].encode("ascii", "ignore").decode().strip() or "brev"
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def _recipients(letter: Letter) -> list[Addressed]:
    """Some of those it would go to, by name; nobody with protected identity is named on a page."""
    found = chosen.recipients(letter, timezone.now())[:_MOST]
    hidden = set(
        Person.objects.filter(is_protected=True)
        .filter(Q(pk__in=[one.person for one in found if one.person]) | Q(email__in=[one.address for one in found]))
        .values_list("pk", "email")
    )
    keys, addresses = {pk for pk, _email in hidden}, {email for _pk, email in hidden if email}
    return [one for one in found if one.name and one.person not in keys and one.address not in addresses]


def _chosen(request: HttpRequest, people: list[Addressed]) -> Addressed | None:
    key = request.GET.get("till", "")
    return next((one for one in people if one.key == key), None)


def _language(request: HttpRequest, who: Addressed | None) -> str:
    asked = request.GET.get("sprak", "")
    return asked if asked in ("sv", "en") else who.language if who else "sv"


def _mail(letter: Letter, shown: ShownLetter, who: Addressed | None) -> Mail:
    reasons = audiences.whys([who], shown.language)[0] if who else []
    return showing.mail_of(
        shown,
        why=why.sentence(reasons, shown.language, kind=letter.kind),
        archive_address=absolute("/brev/") if letter.is_public else "",
        unsubscribe_address=absolute("/brev/avprenumerera/") if letter.kind == LetterKind.NEWS else "",
    )


def _mail_address(letter: Letter, shown: ShownLetter, who: Addressed | None) -> str:
    asked = {"sprak": shown.language, "till": who.key if who else ""}
    return f"{reverse('letters:preview_mail', args=[letter.key])}?{urlencode(asked)}"


def _paper(letter: Letter, language: str) -> Download:
    label: Any = _("As paper, in Swedish") if language == "sv" else _("As paper, in English")
    return Download(label, f"{reverse('letters:preview_pdf', args=[letter.key])}?sprak={language}", "PDF")
