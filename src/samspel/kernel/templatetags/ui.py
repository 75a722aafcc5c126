"""The components as template tags, `{% load ui %}`: named arguments only, unknown ones are refused."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from samspel.kernel.ui import blocks, dates, figures, icons
from samspel.kernel.ui.components import Badge

register = template.Library()


@register.simple_tag(name="icon")
def icon_tag(*, name: str) -> SafeString:
    """One of our own icons; never the only bearer of a meaning."""
    return icons.icon(name)


@register.simple_tag(name="number")
def number_tag(
    *,
    value: Any,
    mark: str = figures.EXACT,
    decimals: int | None = None,
    unit: Any = "",
    explanation: Any = "",
) -> SafeString:
    """A number with its mark; `value` may be a Figure."""
    figure = value if isinstance(value, figures.Figure) else figures.Figure(value, mark, decimals, unit)
    return figures.figure_html(figure, explanation=explanation)


@register.simple_tag(name="money")
def money_tag(*, ore: int | None, whole: bool = False) -> SafeString:
    """An amount in whole öre."""
    return figures.money_html(ore, whole=whole)


@register.simple_tag(name="date")
def date_tag(*, value: Any, short: bool = False) -> SafeString | str:
    """A day."""
    return dates.day_html(value, short=short)


@register.simple_tag(name="moment")
def moment_tag(*, value: Any) -> SafeString | str:
    """A moment."""
    return dates.moment_html(value)


@register.simple_tag(name="term")
def term_tag(*, value: Any, short: bool = False) -> str:
    """A school term, from a Term or `HT2026`."""
    return dates.term_text(value, short=short)


@register.simple_tag(name="badge")
def badge_tag(*, label: Any = "", kind: str = "neutral", value: Badge | None = None) -> SafeString:
    """A word for a state; `value` may be a Badge."""
    return blocks.badge(value or Badge(label, kind))


@register.simple_block_tag(name="notice")
def notice_tag(content: str, *, kind: str = "info", title: Any = "", heading: int = 2) -> SafeString:
    """A message that stands out."""
    return blocks.notice(content, kind=kind, title=title, heading=heading)


@register.simple_block_tag(name="disclosure")
def disclosure_tag(content: str, *, summary: Any, is_open: bool = False, id: str = "") -> SafeString:
    """More, for who wants it."""
    return blocks.disclosure(content, summary=summary, is_open=is_open, id=id)


@register.simple_block_tag(name="dialog")
def dialog_tag(content: str, *, id: str, title: Any, open_label: Any, page_url: str, kind: str = "") -> SafeString:
    """A link to a page of its own that a script turns into a dialog with the same content."""
    return blocks.dialog(content, id=id, title=title, open_label=open_label, page_url=page_url, kind=kind)


@register.inclusion_tag("ui/breadcrumbs.html", name="breadcrumbs")
def breadcrumbs_tag(*, crumbs: Any) -> dict[str, Any]:
    """The way here: Crumbs or (label, url) pairs, the last of them this page."""
    return {"crumbs": blocks.crumbs(crumbs)}


@register.inclusion_tag("ui/fact_list.html", name="fact_list")
def fact_list_tag(*, facts: Any, label: Any = "", columns: int = 1) -> dict[str, Any]:
    """Labels and their values: Facts or (label, value) pairs."""
    return {"facts": blocks.facts(facts), "label": label, "columns": columns}


@register.inclusion_tag("ui/data_table.html", name="data_table")
def data_table_tag(*, table: Any, hide_caption: bool = False, stack: bool = True) -> dict[str, Any]:
    """A Table: filters, headings that sort, rows, pager."""
    return {
        "table": table,
        "hide_caption": hide_caption,
        "stack": stack,
        "pager": table.pager,
    }


@register.inclusion_tag("ui/pager.html", name="pager")
def pager_tag(*, pager: Any, label: Any = "") -> dict[str, Any]:
    """A Pager, where it does not come with a table."""
    return {"pager": pager, "label": label}


@register.inclusion_tag("ui/step_list.html", name="step_list")
def step_list_tag(*, steps: Any, label: Any = "") -> dict[str, Any]:
    """Steps in order."""
    return {"steps": list(steps), "label": label}


@register.inclusion_tag("ui/next_step.html", name="next_step")
def next_step_tag(
    *,
    what: Any,
    who: Any = "",
    by: Any = None,
    note: Any = "",
    url: str = "",
    action: Any = "",
    heading: int = 2,
) -> dict[str, Any]:
    """What happens next, who does it and by when; with a button when the reader is the one."""
    return {
        "what": what,
        "who": who,
        "by": by,
        "note": note,
        "url": url,
        "action": action,
        "level": f"h{heading}",
    }


@register.inclusion_tag("ui/error_summary.html", name="error_summary")
def error_summary_tag(
    *, form: Any = None, forms: Any = (), errors: Any = (), takes_focus: bool = True
) -> dict[str, Any]:
    """Everything that must be put right, each a link to its field; takes focus when the page opens."""
    return {"errors": blocks.errors([form, *forms], errors), "takes_focus": takes_focus}


@register.inclusion_tag("ui/field.html", name="field")
def field_tag(*, field: Any, label: Any = "", hint: Any = "") -> dict[str, Any]:
    """A bound field with label, hint and error."""
    field.help_text = hint or field.help_text  # Django ties the control to its hint when there is a help text
    return {"field": field, "label": label or field.label, "hint": field.help_text}


@register.inclusion_tag("ui/form_buttons.html", name="form_buttons")
def form_buttons_tag(
    *,
    submit: Any,
    kind: str = "primary",
    name: str = "",
    value: str = "",
    cancel_url: str = "",
    cancel: Any = "",
) -> dict[str, Any]:
    """The button that does it, and the way out."""
    return {
        "submit": submit,
        "kind": kind,
        "name": name,
        "value": value,
        "cancel_url": cancel_url,
        "cancel": cancel,
    }


@register.inclusion_tag("ui/empty_state.html", name="empty_state")
def empty_state_tag(*, text: Any, title: Any = "", url: str = "", action: Any = "") -> dict[str, Any]:
    """Nothing here yet: why, and what one can do."""
    return {"text": text, "title": title, "url": url, "action": action}


@register.inclusion_tag("ui/source_note.html", name="source_note")
def source_note_tag(*, source: Any, on: Any = None, caveat: Any = "", url: str = "") -> dict[str, Any]:
    """Where a number comes from, of what day, and what to mind."""
    return {"source": source, "on": on, "caveat": caveat, "url": url}


@register.inclusion_tag("ui/mark_legend.html", name="mark_legend")
def mark_legend_tag() -> dict[str, Any]:
    """What the signs in place of numbers mean."""
    return {"marks": [(figures.SIGNS[mark].strip(), text) for mark, text in figures.EXPLANATIONS.items()]}


@register.inclusion_tag("ui/history.html", name="history")
def history_tag(*, rows: Any, people: Any = None, empty: Any = "") -> dict[str, Any]:
    """What has happened, newest first: Events or rows of the audit with `people` (key to name)."""
    return {"rows": blocks.events(rows, people or {}), "empty": empty}


@register.inclusion_tag("ui/card_grid.html", name="card_grid")
def card_grid_tag(*, cards: Any, heading: int = 2, label: Any = "") -> dict[str, Any]:
    """Cards, each with one link."""
    return {"cards": list(cards), "level": f"h{heading}", "label": label}


@register.inclusion_tag("ui/download_links.html", name="download_links")
def download_links_tag(*, downloads: Any, label: Any = "") -> dict[str, Any]:
    """Files to take."""
    return {"downloads": list(downloads), "label": label}


@register.inclusion_tag("ui/bar_chart.html", name="bar_chart")
def bar_chart_tag(*, chart: Any, table: str = "folded") -> dict[str, Any]:
    """A BarChart with its table beneath, `folded` or `open`."""
    return blocks.chart(chart, table=table)


@register.inclusion_tag("ui/line_chart.html", name="line_chart")
def line_chart_tag(*, chart: Any, table: str = "folded") -> dict[str, Any]:
    """A LineChart with its table beneath, `folded` or `open`."""
    return blocks.chart(chart, table=table)


@register.simple_tag(name="plain_static")
def plain_static_tag(*, path: str) -> str:
    """A static file's address that never fails: for the page that is shown when all else has."""
    return format_html("{}", blocks.plain_static(path))
