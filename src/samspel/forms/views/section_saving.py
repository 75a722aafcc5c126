"""What a section's page posts is saved, and what became of it is told: as a page, or to the page's script."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samspel.forms import permissions
from samspel.forms.forms.sections import MORE_ROWS, Posted, posted, taken_away
from samspel.forms.operations import saving
from samspel.forms.operations.saving import Saved
from samspel.forms.queries import writing
from samspel.forms.queries.answers import stood
from samspel.forms.queries.controls import id_of
from samspel.forms.queries.prefill import prefilled
from samspel.forms.queries.values import parse
from samspel.forms.queries.words import said
from samspel.forms.rules.definitions import Type
from samspel.forms.rules.received import received
from samspel.forms.rules.values import ValueRefused
from samspel.forms.views import section_words
from samspel.forms.views.left_behind import LEFT, let_go, typed_then
from samspel.forms.views.section_pages import SectionPage
from samspel.kernel.files import storing
from samspel.kernel.files.uploads import upload_refused
from samspel.kernel.permissions import require
from samspel.kernel.refusals import Refusal

FILE: Final = "file"
# The button that fetches every series of the section; no question's key begins so.
ALL: Final = "_all"


def save_typed(page: SectionPage) -> JsonResponse:
    """A script's save: what changed alone, and an answer in JSON."""
    read = _read(page)
    try:
        saved = _save(page, read)
    except Refusal as refusal:
        return JsonResponse({"refused": str(refusal), "code": refusal.code, **_frozen(page, refusal)}, status=409)
    faults = {**read.faults, **saved.faults}
    page.answer.refresh_from_db(fields=["revision", "state", "saved_at"])
    told = {
        "revision": saved.revision,
        "saved": writing.saved_in_words(saved.saved_at, len(saved.changed), is_all=not faults),
        "kept": sorted(path for path in read.typed if path not in faults),
        "faults": _sentences(faults),
        "theirs": page.told(saved.theirs),
        "put_aside": _put_aside(page, saved),
        "brought_back": sorted(saved.brought_back),
    }
    return JsonResponse(told)


def save_page(page: SectionPage) -> HttpResponse:
    """A save without a script: back to the page, on to the next section, or the page again with what is wrong."""
    if upload_refused(page.request):
        return _again(page, _nothing(page), {}, [(_("The file is too large. At most 20 MB is taken."), "")], 413)
    read = _read(page)
    files, refused = _keep_files(page)
    try:
        # As of the page: a file that somebody else put in since stays, and this one is put aside.
        saved = _save(page, replace(read, typed={**read.typed, **files}))
        faults = {**read.faults, **saved.faults, **refused, **_fetch(page, read)}
    except Refusal as refusal:
        if page.left and not getattr(refusal, "set_aside", ()):
            page.request.session[LEFT] = page.left
        return _again(page, read, {}, [(str(refusal), "")], 409)
    if saved.brought_back:
        messages.info(page.request, section_words.brought_back())
    if any(read.typed.get(row) != "" for row in read.going):
        messages.info(page.request, section_words.written_and_going())
    if faults or page.told(saved.theirs) or saved.set_aside:
        return _again(page, read, faults, [], 422 if faults else 200, saved)
    messages.success(page.request, writing.saved_in_words(saved.saved_at, len(saved.changed)))
    return redirect(_onward(page, read))


def decide(page: SectionPage) -> HttpResponse:
    """What was sent while nobody was logged in is saved as if it came now, or let go."""
    deed, _colon, key = page.request.POST["_left"].partition(":")
    then = typed_then(page, key)
    if then is not None:
        page.left = page.request.session[LEFT]
        let_go(page, key)
    if deed != "save" or then is None:
        return redirect(page.url)
    page.posted = then
    return save_page(page)


def _read(page: SectionPage) -> Posted:
    require(permissions.may_in_some_state(page.person, permissions.WRITE, page.answer, page.at))
    read = posted(page.posted, page.definition, page.section, page.choices)
    return taken_away(read, _written_and_going(page, read)) if read.going else read


def _written_and_going(page: SectionPage, read: Posted) -> frozenset[str]:
    """Rows ticked to go in which she wrote: nobody knows which she meant, so they stay, and she is told."""
    cells = [path for path in read.typed if path.rpartition("/")[0] in read.going]
    was = stood(page.answer, {path: read.bases.get(path, read.base) for path in cells})
    kept = received(page.definition, {path: read.typed[path] for path in cells}, parse)
    return frozenset(
        path.rpartition("/")[0]
        for path in cells
        if path in kept.faults or path in read.faults or kept.values[path] != was.get(path)
    )


def _save(page: SectionPage, read: Posted) -> Saved:
    typed = {path: text for path, text in read.typed.items() if path not in read.faults}
    return saving.save(
        answer=page.answer, typed=typed, base=read.base, bases=read.bases, by=page.person, at=page.at, sent=read.sent
    )


def _sentences(faults: dict[str, ValueRefused]) -> dict[str, str]:
    # Why a file is refused is a sentence already.
    return {
        path: fault.detail if fault.code == FILE else str(said(fault.code, fault.detail))
        for path, fault in faults.items()
    }


def _put_aside(page: SectionPage, saved: Saved) -> list[dict[str, Any]]:
    found = writing.asides_by_path(page.answer, page.definition, seen_by=page.person, rows=saved.set_aside)
    return [
        {"path": path, "pk": one.pk, "words": one.shown, "why": one.why, "url": one.url}
        for path, asides in found.items()
        for one in asides
    ]


def _frozen(page: SectionPage, refusal: Refusal) -> dict[str, Any]:
    page.answer.refresh_from_db(fields=["state", "revision"])
    return {"state": page.state_words(), "is_kept_beside": bool(getattr(refusal, "set_aside", ()))}


def _nothing(page: SectionPage) -> Posted:
    return Posted(typed={}, faults={}, base=page.answer.revision)


def _again(
    page: SectionPage,
    read: Posted,
    faults: dict[str, ValueRefused],
    errors: list[tuple[str, str]],
    status: int,
    saved: Saved | None = None,
) -> HttpResponse:
    """The page once more, with what was typed and is not kept, and what others changed."""
    page.answer.refresh_from_db(fields=["revision", "state", "saved_at"])
    sentences = _sentences(faults)
    typed = read.typed if saved is None else {path: read.typed[path] for path in faults if path in read.typed}
    fresh = SectionPage(page.request, page.answer, page.section)
    # What is wrong with a row is told at its cells.
    led = {path for path in sentences if not any(other.startswith(f"{path}/") for other in sentences)}
    found = [
        (f"{_label(page, path)}: {words}", _error_id(page, path)) for path, words in sentences.items() if path in led
    ]
    context = fresh.context(
        faults=sentences,
        typed=typed,
        more_rows=_more_rows(read),
        errors=errors + found,
        theirs=fresh.told(saved.theirs) if saved else (),
        put_aside=_put_aside(fresh, saved) if saved else (),
    )
    return render(page.request, "forms/section.html", context, status=status)


def _label(page: SectionPage, path: str) -> str:
    question = page.definition.questions.get(path.partition("/")[0])
    called = question.label.in_language(page.language) if question else path[:60]
    return writing.label_at(page.definition, path, page.language) or called


def _error_id(page: SectionPage, path: str) -> str:
    question = page.definition.questions.get(path)
    first = question is not None and question.type in (Type.ONE_OF, Type.SEVERAL_OF, Type.SCALE)
    return f"{id_of(path)}-0" if first else id_of(path)


def _more_rows(read: Posted) -> dict[str, int]:
    return {read.about: MORE_ROWS} if read.button == "add" else {}


def _onward(page: SectionPage, read: Posted) -> str:
    if read.button == "save" and read.about == "go":
        return page.next_url()
    if read.button == "add" and read.about in page.definition.questions:
        return f"{page.url}?rader={read.about}#{id_of(read.about)}"
    place = read.about if read.about in page.definition.questions else ""
    return f"{page.url}#{id_of(place)}" if place else page.url


def _keep_files(page: SectionPage) -> tuple[dict[str, str], dict[str, ValueRefused]]:
    """Question to the key of the file that came along for it, or to nothing where one is taken away; why not, else."""
    faults: dict[str, ValueRefused] = {}
    found: dict[str, str] = {}
    for question in page.section.questions:
        upload = page.request.FILES.get(question.key) if question.type == Type.FILE else None
        if upload is not None and not question.is_fixed:
            try:
                kept = storing.keep(upload.read(), name=upload.name or "", by=page.person, at=page.at)
                found[question.key] = str(kept.key)
            except storing.FileRefused as refusal:
                faults[question.key] = ValueRefused(FILE, str(refusal))
    cleared = page.posted.get("_clear", "")
    if any(one.key == cleared and one.type == Type.FILE for one in page.section.questions):
        found[cleared] = ""
    return found, faults


def _fetch(page: SectionPage, read: Posted) -> dict[str, ValueRefused]:
    """An indicator series, or each of the section, as the registers have it now; nothing written is fetched over."""
    series = [one.key for one in page.section.questions if one.type == Type.INDICATOR_SERIES]
    wanted = series if read.about == ALL else [key for key in series if key == read.about]
    if read.button != "fetch" or not wanted:
        return {}
    known = prefilled(page.answer, page.at)
    values = {key: known[key] for key in wanted if known.get(key) is not None}
    if values:
        saving.write(answer=page.answer, values=values, by=page.person, at=page.at, way="prefill")
    return {key: ValueRefused("nothing_to_fetch") for key in wanted if key not in values}
