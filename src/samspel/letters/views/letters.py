"""Letters as lists, a new one, what is said of one beside its text, and its own page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from samspel.accounts.queries import names_of
from samspel.casefiles.models import CaseFile
from samspel.casefiles.queries import casefiles
from samspel.kernel.refusals import Refusal
from samspel.letters import permissions
from samspel.letters.forms.letters import AboutForm, BeginForm, WithdrawForm
from samspel.letters.models import Letter, LetterState
from samspel.letters.operations import writing as operations
from samspel.letters.queries import letters
from samspel.letters.views import overview, tables
from samspel.letters.views.deeds import done_or_shown, may_now, require_now
from samspel.letters.views.found import address_of, crumbs_to, letter_for, staff_only

# So many that were sent can be copied.
_MOST_COPIED = 200
# The list one sees first is the first of these with something in it.
_OPENS_ON = ("vantar", "mina", "pagar")


@staff_only
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Letters by where they stand: hers, what waits for her, what is planned, what is sent, and all."""
    at = timezone.now()
    seen = letters.visible_to(request.user, at)
    lists = {
        "vantar": (_("Wait for me"), letters.waiting_for(seen, request.user, at)),
        "mina": (_("Mine, not sent"), letters.begun_by(seen, request.user)),
        "pagar": (_("All not sent"), letters.in_states(seen, *letters.BEFORE_SENDING)),
        "planerade": (pgettext("letters", "Planned"), letters.in_states(seen, LetterState.PLANNED)),
        "skickade": (pgettext("letters", "Sent"), letters.in_states(seen, LetterState.SENT)),
        "tillbakatagna": (_("Not to be sent"), letters.in_states(seen, LetterState.WITHDRAWN)),
    }
    numbers = letters.numbers_in({name: found for name, (_label, found) in lists.items()})
    which = request.GET.get("visa", "")
    which = which if which in lists else next((name for name in _OPENS_ON if numbers[name]), "skickade")
    page = {
        "which": which,
        "lists": [(name, label, numbers[name]) for name, (label, _found) in lists.items()],
        "table": tables.of_letters(request, lists[which][1], at),
        "may_begin": may_now(request, permissions.WRITE, state=LetterState.DRAFT),
    }
    return render(request, "letters/writing/list.html", page)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A new letter, empty or with the words of another."""
    require_now(request, permissions.WRITE, state=LetterState.DRAFT)
    at = timezone.now()
    earlier = letters.visible_to(request.user, at).order_by("-changed_at")
    known = earlier.filter(pk__in=earlier.values("pk")[:_MOST_COPIED])
    form = BeginForm(request.POST if request.method == "POST" else None, letters=known)

    def deed(given: dict[str, Any]) -> Letter:
        return operations.begin(by=request.user, at=at, **given)

    return done_or_shown(
        request,
        form,
        deed,
        title=_("New letter"),
        lead=_("Nothing is sent until somebody has approved it. What you begin can always be taken back."),
        submit=_("Begin the letter"),
        back=crumbs_to(here="-")[0].url,
        crumbs=crumbs_to(here=_("New letter")),
        to=lambda made: overview.writing_address(made),
    )


@staff_only
@require_safe
def detail(request: HttpRequest, key: UUID) -> HttpResponse:
    """A letter: what is next, who does it and by when, what is still missing, and what has been done."""
    letter = letter_for(request, key)
    return render(request, "letters/writing/letter.html", overview.page_of(request, letter))


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: HttpRequest, key: UUID) -> HttpResponse:
    """Why it is sent, about what, in which case file, as whom, and whether it comes in the archive."""
    letter = letter_for(request, key)
    require_now(request, permissions.WRITE, state=letter.state)
    at = timezone.now()
    given = {name: getattr(letter, name) for name in operations.FIELDS}
    initial = {name: getattr(value, "pk", value) for name, value in given.items()}
    form = AboutForm(
        request.POST if request.method == "POST" else None, initial=initial, case_files=_case_files(request, letter, at)
    )
    return done_or_shown(
        request,
        form,
        lambda _given: operations.change(
            letter=letter, body=letter.body, revision=letter.revision, by=request.user, at=at, **form.changed
        ),
        title=_("About the letter"),
        submit=_("Save"),
        back=address_of(letter),
        crumbs=crumbs_to(letter, here=_("About the letter")),
        done=_("Saved."),
    )


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that it is not to be sent."""
    letter = letter_for(request, key)
    permissions.TABLE.require_in_some_state(request.user, permissions.WITHDRAW, timezone.now())
    return done_or_shown(
        request,
        WithdrawForm(request.POST if request.method == "POST" else None),
        lambda given: operations.withdraw(letter=letter, by=request.user, at=timezone.now(), **given),
        title=_("Take the letter back"),
        lead=_("It is not sent. What is written stays to be read and copied."),
        submit=_("Take the letter back"),
        back=address_of(letter),
        crumbs=crumbs_to(letter, here=_("Take the letter back")),
        done=_("The letter is not to be sent."),
    )


@staff_only
@require_safe
def history(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the letter has said, revision by revision: who changed what."""
    letter = letter_for(request, key)
    rows = overview.revisions_of(letter)
    page = {
        "letter": letter,
        "rows": rows,
        "people": names_of(row.by for row in rows),
        "may_write": may_now(request, permissions.WRITE, state=letter.state),
        "crumbs": crumbs_to(letter, here=_("What it has said")),
    }
    return render(request, "letters/writing/history.html", page)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take an earlier revision back; asked for by a button, and otherwise shown as the history."""
    letter = letter_for(request, key)
    require_now(request, permissions.WRITE, state=letter.state)
    if request.method == "POST":
        number, revision = (_number(request.POST.get(name, "")) for name in ("number", "revision"))
        try:
            operations.restore(letter=letter, number=number, revision=revision, by=request.user, at=timezone.now())
            messages.success(request, _("The letter says again what it said. What stood there is kept in the history."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return redirect("letters:history", letter.key)


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def _case_files(request: HttpRequest, letter: Letter, at: Any) -> Any:
    """The case files that she may choose: the newest open ones, and the one that is chosen already."""
    seen = casefiles.visible_to(request.user, at).select_related("series")
    newest = CaseFile.objects.filter(state="open").order_by("-opened_at", "-pk").values("pk")[:_MOST_COPIED]
    return seen.filter(Q(pk__in=newest) | Q(pk=letter.case_file_id or 0)).order_by("-opened_at", "-pk")
