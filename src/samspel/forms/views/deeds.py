"""A short form on a page of its own: it is done and one goes back, or what stands in the way is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from samspel.forms.models import Answer
from samspel.forms.views.finding import address_of, crumbs_to
from samspel.kernel.refusals import Refusal


def deed_page(
    request: HttpRequest,
    answer: Answer,
    form: Any,
    deed: Callable[[Any], Any],
    template: str,
    page: dict[str, Any],
    *,
    back: str = "",
) -> HttpResponse:
    """Do it and go back, or show the form with what stands in the way. page: title, lead, submit, and what more."""
    errors: list[tuple[Any, str]] = []
    back = back or address_of(answer)
    if request.method == "POST" and form.is_valid():
        try:
            deed(form)
            return redirect(back)
        except Refusal as refusal:
            errors = [(refusal.sentence, "")]
    status = 422 if errors or (isinstance(form, forms.BaseForm) and form.errors) else 200
    shown = {"answer": answer, "form": form, "errors": errors, "back": back}
    shown["crumbs"] = crumbs_to(answer, here=page.get("title", ""))
    return render(request, template, shown | page, status=status)
