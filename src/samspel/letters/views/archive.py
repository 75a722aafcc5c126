"""The public archive of letters: a list, a feed, each letter as it now stands, as PDF, and its pictures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samspel.kernel.files import storing
from samspel.kernel.kept import kept_under
from samspel.kernel.ui.components import Crumb, Download, Fact
from samspel.kernel.ui.dates import day_text
from samspel.kernel.ui.links import absolute
from samspel.kernel.ui.tables import pager_of
from samspel.letters.models import Letter
from samspel.letters.operations import freezing
from samspel.letters.queries import archive as queries
from samspel.letters.queries import showing
from samspel.letters.queries.versions import archive_version
from samspel.schemes.queries import name_of

A_PAGE = 20
IN_FEED = 30
_A_DAY = 24 * 60 * 60

kept = kept_under(archive_version)


class Feed(Atom1Feed):
    """Atom in which each letter says its language: not all of them have been sent in English."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """What stands on a letter's own element."""
        return {"xml:lang": item["language"]}


@kept
def archive(request: HttpRequest) -> HttpResponse:
    """Every public letter, the newest first, of a year or a programme if one is chosen."""
    everything = queries.public()
    year, scheme = _year(request.GET.get("ar", "")), request.GET.get("program", "").replace("\x00", "")[:100]
    chosen = queries.with_frozen(queries.narrowed(everything, year=year, scheme=scheme))
    page = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "crumbs": [Crumb(_("Start page"), reverse("reporting:front")), Crumb(_("Letters"))],
        "rows": queries.as_rows(list(page.object_list), request.LANGUAGE_CODE),
        "pager": pager_of(page, request.GET),
        "years": queries.years(everything),
        "schemes": [(one.slug, name_of(one, request.LANGUAGE_CODE)) for one in queries.schemes(everything)],
        "year": year,
        "scheme": scheme,
    }
    return render(request, "letters/archive/list.html", context)


@kept
def feed(request: HttpRequest) -> HttpResponse:
    """The latest letters as Atom, for programs that follow."""
    letters = queries.with_frozen(queries.public())[:IN_FEED]
    atom = Feed(
        title=_("Letters of the state's support for school development"),
        author_name=_("The agency"),
        link=absolute("letters:archive"),
        description="",
        language=request.LANGUAGE_CODE,
        feed_url=absolute("letters:feed"),
    )
    for row in queries.as_rows(list(letters), request.LANGUAGE_CODE):
        atom.add_item(
            title=row.subject,
            link=absolute("letters:archived", row.letter.slug),
            # A summary is read as HTML there.
            description=escape(row.lead) or None,
            language=row.language,
            unique_id=f"urn:uuid:{row.letter.key}",
            pubdate=row.letter.sent_at,
            updateddate=row.letter.sent_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@kept
def archived(request: HttpRequest, slug: str) -> HttpResponse:
    """A letter with the words it was sent with, its dates and promises as they now stand."""
    letter = _public_or_404(slug)
    frozen = queries.frozen_in(letter, request.LANGUAGE_CODE)
    shown = showing.shown(letter, frozen.language, timezone.now(), frozen=frozen)
    context = {
        "crumbs": [
            Crumb(_("Start page"), reverse("reporting:front")),
            Crumb(_("Letters"), reverse("letters:archive")),
            Crumb(shown.subject),
        ],
        "letter": letter,
        "shown": shown,
        "facts": _facts(letter, request.LANGUAGE_CODE),
        "corrections": [one for one in letter.corrections.all() if one.slug],
        "corrects": letter.corrects if letter.corrects and queries.is_public(letter.corrects) else None,
        "is_other_language": shown.language != request.LANGUAGE_CODE,
        "downloads": [Download(_("The letter as it was sent"), reverse("letters:archived_pdf", args=[slug]), "PDF")],
    }
    return render(request, "letters/archive/letter.html", context)


@kept
def archived_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """A letter as it was sent, as a tagged PDF."""
    letter = _public_or_404(slug)
    frozen = queries.frozen_in(letter, request.LANGUAGE_CODE)
    response = HttpResponse(freezing.pdf(letter, frozen.language), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{slug}.pdf")
    response["Content-Language"] = frozen.language
    return response


@require_safe
def picture(request: HttpRequest, key: UUID) -> HttpResponse:
    """A picture of a letter: of a public one for everybody, else for those who may see the letter."""
    found = queries.picture_for(key, request.user, timezone.now())
    if found is None:
        raise Http404(key)
    response = HttpResponse(storing.read(found.file), content_type=found.file.media_type)
    if queries.is_public(found.letter):
        patch_cache_control(response, public=True, max_age=_A_DAY)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _public_or_404(slug: str) -> Letter:
    letter = queries.one(slug)
    if letter is None:
        raise Http404(slug)
    return letter


def _facts(letter: Letter, language: str) -> list[Fact]:
    facts = [Fact(_("Sent"), day_text(letter.sent_at))] if letter.sent_at else []
    if letter.scheme:
        facts.append(Fact(_("Programme"), name_of(letter.scheme, language)))
    return [*facts, Fact(_("From"), _sender(letter))]


def _sender(letter: Letter) -> Any:
    return letter.sender.name if letter.sender else _("The agency")


def _year(said: str) -> int | None:
    return int(said) if len(said) == 4 and said.isascii() and said.isdigit() and said > "0000" else None
