"""What the component tags make of what pages give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspel.kernel.ui.components import TONES, Badge, Crumb, Event, Fact

_NOTICE_KINDS = {"debug": "info", "": "info", **{kind: kind for kind in TONES}}


def badge(value: Badge) -> SafeString:
    """A badge."""
    return format_html('<span class="badge badge--{}">{}</span>', value.kind, value.label)


def notice(content: str, *, kind: str, title: Any, heading: int) -> SafeString:
    """A notice around its content. Raises KeyError for a kind that is not one of TONES."""
    names = {
        "success": pgettext("spoken before a notice", "Done"),
        "warning": pgettext("spoken before a notice", "Mind this"),
        "error": pgettext("spoken before a notice", "Wrong"),
    }
    shown = _NOTICE_KINDS[kind]
    icon = "info" if shown == "neutral" else shown
    facts = {
        "content": content,
        "kind": shown,
        "icon": icon,
        "title": title,
        "level": f"h{heading}",
    }
    return render_to_string("ui/notice.html", {**facts, "spoken": names.get(shown, "")})


def disclosure(content: str, *, summary: Any, is_open: bool, id: str) -> SafeString:
    """A folded part of the page."""
    return render_to_string(
        "ui/disclosure.html",
        {"content": content, "summary": summary, "is_open": is_open, "id": id},
    )


def dialog(content: str, *, id: str, title: Any, open_label: Any, page_url: str, kind: str) -> SafeString:
    """A link and the dialog it opens where scripts run."""
    facts = {
        "id": id,
        "title": title,
        "open_label": open_label,
        "page_url": page_url,
        "kind": kind,
    }
    return render_to_string("ui/dialog.html", {**facts, "content": content})


def crumbs(given: Iterable[Crumb | tuple[Any, str]]) -> list[Crumb]:
    """Crumbs, from pairs as well."""
    return [crumb if isinstance(crumb, Crumb) else Crumb(*crumb) for crumb in given]


def facts(given: Iterable[Fact | tuple[Any, Any]]) -> list[Fact]:
    """Facts, from pairs as well."""
    return [fact if isinstance(fact, Fact) else Fact(*fact) for fact in given]


def events(rows: Iterable[Any], people: Mapping[Any, Any]) -> list[Event]:
    """Events, from the audit's rows as well; a person whom the reader may not see is told of as such."""
    return [row if isinstance(row, Event) else _event(row, people) for row in rows]


def _event(row: Any, people: Mapping[Any, Any]) -> Event:
    who = _("the system") if row.by_key is None else people.get(row.by_key, _("a person"))
    return Event(at=row.at, label=row.label, who=who)


def errors(forms: Iterable[Any], others: Iterable[tuple[Any, str]]) -> list[tuple[Any, str]]:
    """All that is wrong, in the order of the page: (sentence, id of the field or nothing)."""
    found: list[tuple[Any, str]] = []
    for form in forms:
        if form is not None and form.is_bound:
            found += [(error, "") for error in form.non_field_errors()]
            found += [(f"{field.label}: {error}", _first_control(field)) for field in form for error in field.errors]
    return found + [(error, id) for error, id in others]


def _first_control(field: Any) -> str:
    return f"{field.auto_id}_0" if field.use_fieldset and field.auto_id else field.id_for_label


def chart(value: Any, *, table: str) -> dict[str, Any]:
    """A chart and whether its table stands open. Raises ValueError for anything but `folded` or `open`."""
    if table not in ("folded", "open"):
        raise ValueError(table)
    return {"chart": value, "is_open": table == "open"}


def plain_static(path: str) -> str:
    """The address of a static file, or nothing when even that cannot be found out."""
    try:
        return staticfiles_storage.url(path)
    except (ValueError, OSError, ImproperlyConfigured):
        return ""
