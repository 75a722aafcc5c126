"""What a field has been, and what was set aside: shown, used, put after, put away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samspel.forms import permissions
from samspel.forms.models import Answer, SetAside, SetAsideState
from samspel.forms.operations import set_aside as operations
from samspel.forms.queries import changing, writing
from samspel.forms.queries.answers import fields_of
from samspel.forms.queries.asides import file_names, is_file
from samspel.forms.queries.controls import RegistryChoices, id_of
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.seeing import form_name
from samspel.forms.rules.received import asked_at, section_at
from samspel.forms.views.writing import readers_only
from samspel.kernel.permissions import is_looked_at
from samspel.kernel.refusals import Refusal

DEEDS = {"use": operations.use, "after": operations.put_after, "drop": operations.drop}


@readers_only
@require_safe
def history(request: HttpRequest, answer: Answer) -> HttpResponse:
    """What one field has been, newest first (?falt=path); a table with all its cells; or which fields have one."""
    definition = body_of(answer.version)
    path = request.GET.get("falt", "")
    if not path:
        return _all_fields(request, answer)
    label = writing.label_at(definition, path, get_language() or "sv")
    if not label:
        raise Http404
    page = {
        "answer": answer,
        "label": label,
        "changes": changing.changes(answer, definition, path, seen_by=request.user, choices=RegistryChoices(answer)),
        "most": changing.MOST,
        "back": f"{writing.section_url(answer, section_at(definition, path))}#{id_of(path)}",
        "crumbs": _crumbs(answer, section_at(definition, path), _("What it has been")),
    }
    return render(request, "forms/history.html", page)


def _all_fields(request: HttpRequest, answer: Answer) -> HttpResponse:
    page = {
        "answer": answer,
        "form_name": form_name(answer),
        "sections": changing.touched(answer, body_of(answer.version), seen_by=request.user),
        "crumbs": _crumbs(answer, "", _("What it has been")),
    }
    return render(request, "forms/histories.html", page)


@readers_only
@require_http_methods(["GET", "HEAD", "POST"])
def set_aside(request: HttpRequest, answer: Answer, pk: int) -> HttpResponse:
    """What was set aside, beside what stands: it takes its place, stands after it, or is put away."""
    row = get_object_or_404(SetAside.objects.select_related("answer__version"), answer=answer, pk=pk)
    if request.method != "POST":
        return _page(request, answer, row)
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        return _page(request, answer, row, [(_("Choose what becomes of it."), "")], 422)
    try:
        deed(set_aside=row, by=request.user, at=timezone.now())
    except Refusal as refusal:
        if _wants_json(request):
            return JsonResponse({"refused": str(refusal), "code": refusal.code}, status=409)
        return _page(request, answer, row, [(str(refusal), "")], 409)
    if _wants_json(request):
        return JsonResponse(_stands(request, answer, row))
    messages.success(request, _("Done. What stood there before is kept in the history of the field."))
    return redirect(_place(answer, row))


def _wants_json(request: HttpRequest) -> bool:
    return request.accepts("application/json") and not request.accepts("text/html")


def _stands(request: HttpRequest, answer: Answer, row: SetAside) -> dict[str, Any]:
    """What stands in the field now, for the page's script."""
    answer.refresh_from_db(fields=["revision", "saved_at"])
    typed = writing.typed_of(
        body_of(answer.version), row.path, fields_of(answer).get(row.path), RegistryChoices(answer)
    )
    return {"path": row.path, "typed": typed, "revision": answer.revision, "saved": writing.last_saved(answer)}


def _place(answer: Answer, row: SetAside) -> str:
    section = section_at(body_of(answer.version), row.path)
    if section:
        return f"{writing.section_url(answer, section)}#{id_of(row.path)}"
    return reverse("forms:answer", args=[answer.key])


def _page(
    request: HttpRequest, answer: Answer, row: SetAside, errors: list[tuple[str, str]] | None = None, status: int = 200
) -> HttpResponse:
    definition = body_of(answer.version)
    language = get_language() or "sv"
    found = writing.asides_by_path(answer, definition, seen_by=request.user, rows=[row])
    may_write = not is_looked_at(request.user) and permissions.may(
        request.user, permissions.WRITE, answer, timezone.now()
    )
    is_waiting = row.state == SetAsideState.WAITING
    asked = asked_at(definition, row.path)
    stands = fields_of(answer).get(row.path)
    has_files = is_file(definition, row.path)
    page = {
        "answer": answer,
        "row": row,
        "aside": found[row.path][0],
        "label": writing.label_at(definition, row.path, language) or row.label,
        "stands": file_names(definition, [(row.path, stands)]).get(str(stands))
        or writing.words_of(definition, row.path, stands, language, RegistryChoices(answer)),
        "aside_file": reverse("forms:set_aside_file", args=[answer.key, row.pk]) if has_files and row.value else "",
        "standing_file": _standing_file(answer, row.path) if has_files and stands else "",
        "may_decide": may_write and is_waiting,
        "may_use": asked is not None,
        "may_put_after": asked is not None and asked.type in ("short_text", "long_text"),
        "decided": "" if is_waiting else row.get_state_display(),
        "errors": errors or [],
        "back": _place(answer, row),
        "crumbs": _crumbs(answer, section_at(definition, row.path), _("Put aside, not lost")),
    }
    return render(request, "forms/set_aside.html", page, status=status)


def _standing_file(answer: Answer, path: str) -> str:
    return reverse("forms:section_file", args=[answer.key, section_at(body_of(answer.version), path), path])


def _crumbs(answer: Answer, section: str, here: str) -> list[tuple[Any, str]]:
    found = body_of(answer.version).section(section)
    crumbs = [(_("To do"), reverse("accounts:work")), (form_name(answer), reverse("forms:answer", args=[answer.key]))]
    if found is not None:
        title = found.title.in_language(get_language() or "sv")
        crumbs.append((title, writing.section_url(answer, section)))
    return [*crumbs, (here, "")]
