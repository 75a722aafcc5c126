"""Who can see and do what here: what the reader may, and every app's table, to filter and to take away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samspel.accounts import permissions
from samspel.accounts.forms.allowances import AllowancesForm
from samspel.accounts.queries import allowances as queries
from samspel.accounts.rules.allowances import Allowance, as_csv, as_json, filtered
from samspel.kernel.permissions import level_of
from samspel.kernel.ui.components import Badge, Download
from samspel.kernel.ui.tables import Column, Table

KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
MOST = 500


@dataclass(frozen=True)
class Part:
    """The deeds of an app as shown: its code, its title with how many they are, and the table."""

    app: str
    summary: str
    table: Table


@never_cache
@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What the reader may first, then the tables, filtered by role and part."""
    now = timezone.now()
    permissions.TABLE.require(request.user, permissions.SEE_ALLOWANCES, now)
    form = AllowancesForm(request.GET or None)
    chosen = _chosen(form)
    page = {
        "form": form,
        "is_filtered": any(chosen.values()),
        "mine": _mine(request, queries.allowances_of(request.user, now)),
        "parts": _parts(request, filtered(queries.all_allowances(), **chosen)),
        "downloads": _downloads(request),
        "may_look": permissions.may_look(request.user, now),
    }
    return render(request, "accounts/allowances.html", page)


@never_cache
@login_required
@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The same rows as CSV or JSON, one for each deed, role and state."""
    permissions.TABLE.require(request.user, permissions.SEE_ALLOWANCES, timezone.now())
    if kind not in KINDS:
        raise Http404
    rows = queries.flat_rows(filtered(queries.all_allowances(), **_chosen(AllowancesForm(request.GET))))
    content = as_json(_("Who can see and do what"), rows) if kind == "json" else as_csv(_columns(), rows)
    return HttpResponse(
        content,
        content_type=KINDS[kind],
        headers={"Content-Disposition": f'attachment; filename="{_("permissions")}.{kind}"'},
    )


def _chosen(form: AllowancesForm) -> dict[str, str]:
    """The role and the part asked for; what is no role or part is as nothing."""
    form.is_valid()
    return {name: getattr(form, "cleaned_data", {}).get(name, "") for name in ("role", "app")}


def _columns() -> list[tuple[str, str]]:
    return [
        ("app", _("part (code)")),
        ("app_name", _("part")),
        ("deed", _("deed (code)")),
        ("deed_name", _("deed")),
        ("role", _("role (code)")),
        ("role_name", _("role")),
        ("held", _("held")),
        ("state", _("state (code)")),
        ("state_name", _("state")),
        ("level", _("login")),
        ("but", _("but")),
    ]


def _downloads(request: HttpRequest) -> list[Download]:
    query = request.GET.urlencode()
    return [
        Download(
            _("The permissions shown"),
            reverse("accounts:allowances_export", args=[kind]) + (f"?{query}" if query else ""),
            kind.upper(),
        )
        for kind in KINDS
    ]


def _parts(request: HttpRequest, rows: list[Allowance]) -> list[Part]:
    """What every role may, a part for each app that has any of it."""
    columns = [
        Column("label", _("What"), is_row_header=True),
        Column("who", _("Who"), value=lambda one: "; ".join(queries.who_label(who) for who in one.who)),
        Column("states", pgettext("of a deed", "In which state"), value=queries.states_label),
        Column("level", _("Login"), value=queries.level_label),
        Column("but", pgettext("what else must hold", "But"), value=queries.but_label),
    ]
    return _by_app(request, columns, rows, lambda one: one.app, name="all", caption=_("What every role may: %(part)s"))


def _mine(request: HttpRequest, rows: list[queries.Mine]) -> list[Part]:
    """What the reader may, by what, and whether the login she has now will do."""
    level = level_of(request.user)

    def login(one: queries.Mine) -> Any:
        text = queries.level_label(one.allowance)
        too_low = Badge(_("%(level)s: log in more surely") % {"level": text}, "warning")
        return text if one.allowance.level <= level else too_low

    columns = [
        Column("label", _("What"), value="allowance__label", is_row_header=True),
        Column("by_what", _("As"), value=lambda one: "; ".join(one.by_what)),
        Column(
            "states", pgettext("of a deed", "In which state"), value=lambda one: queries.states_label(one.allowance)
        ),
        Column("level", _("Login"), value=login),
        Column("but", pgettext("what else must hold", "But"), value=lambda one: queries.but_label(one.allowance)),
    ]
    caption = _("What you may: %(part)s")
    return _by_app(request, columns, rows, lambda one: one.allowance.app, name="mine", caption=caption)


def _by_app(
    request: HttpRequest, columns: list[Column], rows: list[Any], app_of: Any, *, name: str, caption: str
) -> list[Part]:
    parts = []
    for app, title in queries.titles().items():
        if its := [one for one in rows if app_of(one) == app]:
            table = Table(
                caption=caption % {"part": title},
                name=f"{name}-{app}",
                columns=columns,
                rows=its,
                params=request.GET,
                page_size=MOST,
            )
            parts.append(Part(app, f"{title} ({len(its)})", table))
    return parts
