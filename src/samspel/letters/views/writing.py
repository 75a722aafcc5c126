"""The page of writing: the whole letter, part by part in both languages; every button saves what is typed."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samspel.accounts.queries import names_of
from samspel.kernel.refusals import Refusal
from samspel.letters import permissions
from samspel.letters.forms import writing as forms
from samspel.letters.models import Letter, LetterState
from samspel.letters.operations import writing as operations
from samspel.letters.queries import writing as queries
from samspel.letters.rules import arranging, plain_language, rich_text
from samspel.letters.views.deeds import require_now
from samspel.letters.views.found import address_of, crumbs_to, letter_for, staff_only
from samspel.letters.views.writing_words import fault_in_words, script_words

# A text that is looked at while it is typed.
_LONGEST = 20_000


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, key: UUID) -> HttpResponse:
    """Write the letter. What another has written meanwhile is put together with it."""
    letter = letter_for(request, key)
    if request.method == "POST":
        permissions.TABLE.require_in_some_state(request.user, permissions.WRITE, timezone.now())
        return _save(request, letter)
    if letter.state != LetterState.DRAFT:
        messages.info(request, _("The letter is no draft any more, so it is not changed."))
        return redirect(address_of(letter))
    require_now(request, permissions.WRITE, state=letter.state)
    return _page(request, letter, letter.body)


@staff_only
@require_POST
def look(request: HttpRequest, key: UUID) -> HttpResponse:
    """How one text reads, for the page's script: as it will be shown, and advice on it. Nothing is saved."""
    letter_for(request, key)
    language = "en" if request.POST.get("language") == "en" else "sv"
    words = request.POST.get("words", "")[:_LONGEST].replace("\x00", "")
    page = {
        "html": rich_text.html(words),
        "language": language,
        "row": queries.LanguageRow(
            language, "", words, advice=plain_language.advise(words, language), faults=tuple(rich_text.faults(words))
        ),
    }
    return render(request, "letters/writing/_look.html", page)


@staff_only
@require_POST
def settle(request: HttpRequest, key: UUID) -> HttpResponse:
    """Decide on what was set aside: use it, or put it away."""
    letter = letter_for(request, key)
    number = request.POST.get("number", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Http404
    is_used = request.POST.get("deed") == "use"
    place = request.POST.get("place", "")[:200]
    try:
        operations.settle_aside(
            letter=letter, number=int(number), place=place, is_used=is_used, by=request.user, at=timezone.now()
        )
        messages.success(request, _("Done. Both texts are kept in the history."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("letters:write", letter.key)


def _save(request: HttpRequest, letter: Letter) -> HttpResponse:
    """Save what is typed, do what the button says, and show where it was done."""
    typed, deed = forms.typed(request.POST), request.POST.get("deed", "save")[:80]
    new_key = uuid4().hex[:8]
    arranged = arranging.arranged(forms.without_empty_signers(typed), deed, new_key)
    try:
        saved = operations.change(
            letter=letter, body=arranged, revision=forms.revision(request.POST), by=request.user, at=timezone.now()
        )
    except operations.LetterFaulty as refusal:
        errors = [(fault_in_words(fault, typed), _id_of(fault.place)) for fault in refusal.faults]
        return _page(request, letter, typed, errors=errors, status=422)
    except Refusal as refusal:
        return _page(request, letter, typed, errors=[(str(refusal), "")], status=409)
    _tell(request, saved, deed)
    return redirect(_onwards(saved, deed, new_key))


def _tell(request: HttpRequest, letter: Letter, deed: str) -> None:
    waiting = [one for one in queries.asides(letter) if one.number == letter.revision - 1]
    if waiting:
        messages.warning(
            request,
            _("Saved. Somebody else wrote in the same place before you: your text is set aside below, and not lost."),
        )
    elif deed == "save":
        messages.success(request, _("Saved."))


def _onwards(letter: Letter, deed: str, new_key: str) -> str:
    """Where the writer goes after a button: to what she added or moved, or where she asked to go."""
    if deed in ("preview", "pictures", "done"):
        name = {"done": "letter"}.get(deed, deed)
        return reverse(f"letters:{name}", args=[letter.key])
    if deed == "make-date":
        return reverse("letters:key_date_make")
    if deed == "make-promise":
        return f"{reverse('letters:promise_make')}?om=letters.letter:{letter.key}"
    name, _colon, about = deed.partition(":")
    anchor = f"part-{new_key}" if name == "add" else f"part-{about}" if name in ("up", "down") else ""
    anchor = "signers" if name.endswith("signer") else anchor
    address = reverse("letters:write", args=[letter.key])
    more = "?undertecknare=1" if name == "add-signer" else ""
    return f"{address}{more}#{anchor}" if anchor else address


def _page(
    request: HttpRequest,
    letter: Letter,
    data: Any,
    *,
    errors: list[tuple[Any, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    at = timezone.now()
    asides = queries.asides(letter)
    signers = list(data.get("signers", []))
    if not signers or request.GET.get("undertecknare"):
        signers.append({"name": "", "title": {"sv": "", "en": ""}})
    page = {
        "letter": letter,
        "data": data,
        "signers": signers,
        "blocks": queries.blocks_of(letter, data, at),
        "figures": queries.figures_now(at),
        "advice": [(code, queries.advice_on_all(data, code)) for code in forms.LANGUAGES],
        "asides": asides,
        "people": names_of([one.by for one in asides] + [letter.changed_by]),
        "revision": forms.revision(request.POST) if request.method == "POST" else letter.revision,
        "kinds": [(kind, queries.kind_in_words(kind)) for kind in ("text", "picture", "live", "promise")],
        "errors": errors or [],
        "is_refused": status != 200,
        "script_words": script_words(),
        "crumbs": crumbs_to(letter, here=_("Write")),
    }
    return render(request, "letters/writing/write.html", page, status=status)


def _id_of(place: str) -> str:
    """The element that a fault is about."""
    name, _slash, rest = place.partition("/")
    return {"blocks": f"part-{rest}" if rest else "parts", "signers": "signers"}.get(name, f"id-{name}-sv")
