"""Files of an answer, given to save: never shown in the browser."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from samspel.forms.models import Answer, SetAside
from samspel.forms.queries.answers import fields_of
from samspel.forms.queries.asides import is_file
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules.definitions import Type
from samspel.forms.views.writing import readers_only
from samspel.kernel.files import storing
from samspel.kernel.files.models import StoredFile


@readers_only
@require_safe
def section_file(request: HttpRequest, answer: Answer, section: str, question: str) -> HttpResponse:
    """A file that stands in the answer."""
    asked = body_of(answer.version).questions.get(question)
    kept = fields_of(answer).get(question) if asked and asked.type == Type.FILE else None
    if not kept:
        raise Http404
    return _given(kept)


@readers_only
@require_safe
def set_aside_file(request: HttpRequest, answer: Answer, pk: int) -> HttpResponse:
    """A file that was put aside, for whoever is to choose what becomes of it. It is its own uploader's, or nobody's."""
    row = get_object_or_404(SetAside, answer=answer, pk=pk)
    if not row.value or not is_file(body_of(answer.version), row.path):
        raise Http404
    return _given(row.value, stored_by=row.written_by)


def _given(key: Any, **which: Any) -> HttpResponse:
    try:
        file = get_object_or_404(StoredFile, key=UUID(str(key)), **which)
    except ValueError:
        raise Http404 from None
    headers = {
        "Content-Disposition": content_disposition_header(True, file.name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(storing.read(file), content_type=file.media_type, headers=headers)
