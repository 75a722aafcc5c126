"""The register extract as a file: her own, and another's when she has asked the agency for it."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samspel.accounts.models import Person
from samspel.accounts.operations import extracting
from samspel.kernel.permissions import private_zone

KINDS = {"pdf": "application/pdf", "json": "application/json"}


@never_cache
@login_required
@private_zone
@require_safe
def own(request: HttpRequest, kind: str) -> HttpResponse:
    """All that is kept about who asks."""
    return _answer(request, request.user, kind)


@never_cache
@login_required
@private_zone
@require_POST
def of_person(request: HttpRequest, person_key: UUID, kind: str) -> HttpResponse:
    """All that is kept about somebody who has asked for it."""
    return _answer(request, get_object_or_404(Person, key=person_key), kind)


def _answer(request: HttpRequest, person: Any, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    now = timezone.now()
    made = extracting.make(person=person, kind=kind, by=request.user, at=now)
    name = f"{_('register-extract')}-{timezone.localdate(now).isoformat()}.{kind}"
    content = made if isinstance(made, bytes) else json.dumps(made, ensure_ascii=False, indent=2).encode()
    return HttpResponse(
        content, content_type=KINDS[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
