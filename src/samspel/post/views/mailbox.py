"""The demo's mailbox, open to anybody there: one logs in by codes that come here. Elsewhere there is no such page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from samspel.kernel.ui.components import Crumb, Download, Fact
from samspel.kernel.ui.dates import moment_html
from samspel.kernel.ui.tables import Column, Table
from samspel.post.forms.mailbox import SearchForm
from samspel.post.queries import mailbox
from samspel.post.queries.mailbox import Opened

# A mail may come from anybody: it gets an origin of its own, runs nothing and fetches nothing.
APART = {
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "form-action": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
    "script-src": None,
    "font-src": None,
    "connect-src": None,
    "manifest-src": None,
}


def in_demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Raises Http404 outside a demo home, whoever asks."""

    @never_cache
    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, **asked: Any) -> HttpResponse:
        if settings.SAMSPEL_IS_DEMO is not True:
            raise Http404
        return view(request, **asked)

    return guarded


@in_demo_only
def listing(request: HttpRequest) -> HttpResponse:
    """Every mail that left the demo, newest first, with a search."""
    form = SearchForm(request.GET)
    rows = mailbox.rows(form.cleaned_data["sok"]) if form.is_valid() else []
    table = Table(
        caption=_("Mails"),
        columns=[
            Column("subject", _("Subject"), is_row_header=True, url=lambda row: reverse("post:mail", args=[row.key])),
            Column("to_whom", _("To whom")),
            Column("from_whom", _("From whom")),
            Column("at", _("Came"), kind="moment"),
        ],
        rows=rows,
        params=request.GET,
        page_size=25,
        filters=form,
        empty=_("No mail here. What Samspel sends in this demonstration comes here at once."),
    )
    return render(request, "post/mailbox.html", {"table": table, "crumbs": _crumbs()})


@in_demo_only
@csp_update({"frame-src": ["'self'"]})
def mail(request: HttpRequest, key: str) -> HttpResponse:
    """One mail: its words, how it looks, its files and heads."""
    opened = _opened(key)
    return render(
        request,
        "post/mail.html",
        {
            "mail": opened,
            "facts": _facts(opened),
            "text": opened.text or opened.said.words,
            "downloads": _downloads(opened),
            "site": settings.SAMSPEL_URL,
            "crumbs": [*_crumbs(is_last=False), Crumb(opened.row.subject)],
        },
    )


@in_demo_only
@xframe_options_sameorigin
@csp_replace(APART)
def look(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML of a mail, as a mail program shows it: apart from us, without scripts, links in a new tab."""
    html = _opened(key).html
    if not html:
        raise Http404
    head, found, rest = html.partition("<head>")
    return HttpResponse(f'{head}<head><base target="_blank">{rest}' if found else html)


@in_demo_only
def source(request: HttpRequest, key: str) -> HttpResponse:
    """The mail as it came."""
    return _file(_opened(key).raw, f"{key}.eml", "message/rfc822")


@in_demo_only
def attachment(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """A file that came with it, to be kept and never opened here."""
    files = _opened(key).said.attachments
    if not 1 <= int(number) <= len(files):
        raise Http404
    file = files[int(number) - 1]
    return _file(file.content, file.name, "application/octet-stream")


def _opened(key: str) -> Opened:
    if (found := mailbox.opened(key)) is None:
        raise Http404
    return found


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    header = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": header})


def _facts(opened: Opened) -> list[Fact]:
    said = opened.said
    sent_by = f"{said.from_name} <{said.from_address}>" if said.from_name else said.from_address
    return [
        Fact(_("From whom"), sent_by),
        Fact(_("To whom"), ", ".join(said.to)),
        *([Fact(_("Answers go to"), said.reply_to)] if said.reply_to else []),
        Fact(_("Came"), moment_html(opened.row.at)),
    ]


def _downloads(opened: Opened) -> list[Download]:
    files = [
        Download(file.name, reverse("post:mail_attachment", args=[opened.row.key, number]), size=len(file.content))
        for number, file in enumerate(opened.said.attachments, start=1)
    ]
    own = Download(_("The mail as it came"), reverse("post:mail_source", args=[opened.row.key]), "EML", len(opened.raw))
    return [*files, own]


def _crumbs(*, is_last: bool = True) -> list[Crumb]:
    return [
        Crumb(_("To do"), reverse("accounts:work")),
        Crumb(_("Mailbox"), "" if is_last else reverse("post:mailbox")),
    ]
