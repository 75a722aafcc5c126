"""The case file or document that a page is about, for those who may open it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from samspel.casefiles import permissions
from samspel.casefiles.models import CaseFile, Document
from samspel.casefiles.queries import casefiles, documents
from samspel.kernel.permissions import ANY_STATE
from samspel.kernel.ui.components import Crumb

View = Callable[..., HttpResponse]


def staff_only(view: View) -> View:
    """Logged in, and one with business among case files. Nothing of it is laid by."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        permissions.require(permissions.may_see_any(request.user, timezone.now()))
        return view(request, *args, **kwargs)

    return guarded


def case_file_for(request: HttpRequest, address: str) -> CaseFile:
    """The case file of an address; 404 for one that this person may not know of."""
    found = casefiles.visible_to(request.user, timezone.now())
    return get_object_or_404(casefiles.with_parties(casefiles.by_address(found, address)))


def document_for(request: HttpRequest, address: str, number: int) -> Document:
    """The document of a number in a case file; 404 where there is none, 403 for one she may not read."""
    case_file = case_file_for(request, address)
    if number > 2**31 - 1:
        number = 0  # beyond what the database counts to, so nobody's
    document = get_object_or_404(documents.of_case_file(case_file), number=number)
    permissions.require_readable(request.user, document, timezone.now())
    return document


def may_now(request: HttpRequest, deed: str, case_file: CaseFile | None = None) -> bool:
    """Whether she may do this, in the state the case file is in."""
    return permissions.may(request.user, deed, timezone.now(), case_file)


def require_now(request: HttpRequest, deed: str, case_file: CaseFile | None = None) -> None:
    """Before a form is shown as well as when it is sent: what is typed is never lost to a login not sure enough.

    Raises PermissionDenied, LevelTooLow.
    """
    state = case_file.state if case_file else ANY_STATE
    permissions.TABLE.require(request.user, deed, timezone.now(), state=state)


def crumbs_to(case_file: CaseFile | None = None, document: Document | None = None, *, here: Any = "") -> list[Crumb]:
    """The way to a page; the last is where one stands."""
    crumbs = [Crumb(_("Case files"), reverse("casefiles:list"))]
    if case_file is not None:
        crumbs.append(Crumb(case_file.diary_number, address_of(case_file)))
    if document is not None:
        crumbs.append(Crumb(_("Document %(number)s") % {"number": document.number}, document_address(document)))
    if here:
        crumbs.append(Crumb(here))
    else:
        crumbs[-1] = Crumb(crumbs[-1].label)
    return crumbs


def address_of(case_file: CaseFile) -> str:
    """Its page."""
    return reverse("casefiles:detail", args=[case_file.address])


def document_address(document: Document) -> str:
    """Its page; the document's case file must have been read with its series."""
    return reverse("casefiles:document", args=[document.case_file.address, document.number])
