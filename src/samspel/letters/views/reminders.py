"""Reminders: what is planned, sent and missed; when they are sent; how one wants one's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspel.kernel.ui.components import Badge, Crumb
from samspel.kernel.ui.dates import moment_text
from samspel.kernel.ui.tables import Column, Table
from samspel.letters import permissions
from samspel.letters.forms.reminders import RuleForm, WayForm
from samspel.letters.models import Reminder, ReminderRule, ReminderState
from samspel.letters.operations import reminders as operations
from samspel.letters.queries import reminders as queries
from samspel.letters.rules import reminders as rules_of_reminders
from samspel.letters.views.deeds import at_work, done_or_shown, may_now, require_now
from samspel.post.models import MessageState

_SHOWN = {"": ReminderState.PLANNED, "skickade": ReminderState.SENT, "missade": ReminderState.MISSED}
_SHOWN |= {"behovs-inte": ReminderState.DROPPED}


@at_work
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What is planned, sent, missed, and not needed any more; of one kind of dates, if one is chosen."""
    require_now(request, permissions.SEE_REMINDERS)
    kinds = queries.kinds()
    which, kind = request.GET.get("visa", ""), request.GET.get("slag", "")
    which, kind = which if which in _SHOWN else "", kind if kind in kinds else ""
    page = {
        "crumbs": [Crumb(_("Letters"), reverse("letters:letters")), Crumb(_("Reminders"))],
        "which": which,
        "kind": kind,
        "kinds": kinds,
        "table": _table(queries.listed(_SHOWN[which], kind), _SHOWN[which], kinds, request),
        "missed": queries.listed(ReminderState.MISSED).count(),
    }
    return render(request, "letters/reminders/list.html", page)


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Her own: what is planned, and how she wants them."""
    at = timezone.now()
    initial = {"way": queries.way_of(request.user)}
    form = WayForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        operations.choose(way=form.cleaned_data["way"], by=request.user, at=at)
        messages.success(request, _("From now on you get your reminders as you have chosen."))
        return redirect("letters:my_reminders")
    rows = list(queries.hers(request.user)[:100])
    dues = queries.dues_now({row.about for row in rows}, at)
    page = {
        "crumbs": [Crumb(_("My reminders"))],
        "form": form,
        "planned": [(row, dues[row.about]) for row in rows if row.about in dues],
    }
    return render(request, "letters/reminders/mine.html", page, status=422 if form.errors else 200)


@at_work
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """When reminders are sent."""
    require_now(request, permissions.SEE_REMINDERS)
    kinds = queries.kinds()
    found = [(rule, in_words(rule), kinds.get(rule.source, rule.source)) for rule in queries.rules_in_force()]
    page = {
        "crumbs": _crumbs(_("When reminders are sent")),
        "rules": found,
        "may_set": may_now(request, permissions.SET_REMINDERS),
    }
    return render(request, "letters/reminders/rules.html", page)


@at_work
@require_http_methods(["GET", "HEAD", "POST"])
def make_rule(request: HttpRequest) -> HttpResponse:
    """One more rule."""
    require_now(request, permissions.SET_REMINDERS)
    form = RuleForm(request.POST if request.method == "POST" else None, kinds=queries.kinds())
    return done_or_shown(
        request,
        form,
        lambda given: operations.make_rule(**form.rule, by=request.user, at=timezone.now()),
        title=_("One more reminder"),
        submit=_("Begin to send it"),
        back=reverse("letters:reminder_rules"),
        crumbs=_crumbs(_("When reminders are sent"), _("One more reminder")),
        done=_("It is sent from now on."),
    )


@at_work
@require_POST
def end_rule(request: HttpRequest, key: UUID) -> HttpResponse:
    """No more reminders by a rule."""
    require_now(request, permissions.SET_REMINDERS)
    rule = get_object_or_404(ReminderRule, key=key)
    operations.end_rule(rule=rule, by=request.user, at=timezone.now())
    messages.success(request, _("It is not sent any more."))
    return redirect("letters:reminder_rules")


def in_words(rule: ReminderRule) -> str:
    """When a rule's reminders are sent: "7 days before, at 7"."""
    facts = {"number": abs(rule.days), "hour": rule.at_hour}
    if rule.days < 0:
        words = ngettext(
            "%(number)d day before, at %(hour)02d:00", "%(number)d days before, at %(hour)02d:00", abs(rule.days)
        )
    elif rule.days > 0:
        words = ngettext("%(number)d day after, at %(hour)02d:00", "%(number)d days after, at %(hour)02d:00", rule.days)
    else:
        words = _("The same day, at %(hour)02d:00")
    return words % facts


def _crumbs(*here: Any) -> list[Crumb]:
    addresses = [reverse("letters:reminder_rules")] * (len(here) - 1) + [""]
    ways = [Crumb(label, url) if url else Crumb(label) for label, url in zip(here, addresses, strict=True)]
    above = [Crumb(_("Letters"), reverse("letters:letters")), Crumb(_("Reminders"), reverse("letters:reminders"))]
    return [*above, *ways]


def _table(rows: Any, state: str, kinds: dict[str, Any], request: HttpRequest) -> Table:
    def kind_of(row: Reminder) -> Any:
        return kinds.get(row.about.partition(":")[0], row.about.partition(":")[0])

    columns = [
        Column("kind", pgettext("of a reminder", "What it is about"), value=kind_of, is_row_header=True),
        Column("person", _("To whom"), value=lambda row: row.person.shown_name),
        Column("due_on", _("Last day"), kind="date"),
        Column("rule", _("Reminder"), value=lambda row: in_words(row.rule)),
    ]
    if state == ReminderState.PLANNED:
        columns.append(Column("send_at", _("To be sent"), value=lambda row: moment_text(row.send_at)))
    else:
        columns.append(Column("ended_at", pgettext("of a reminder", "When"), value=_when))
        columns.append(Column("state", pgettext("of a reminder", "State"), kind="badge", value=_badge))
    return Table(
        caption=_("Reminders"),
        columns=columns,
        rows=rows,
        params=request.GET,
        page_size=50,
        empty=_("There are no such reminders."),
    )


def _when(row: Reminder) -> str:
    return moment_text(row.ended_at) if row.ended_at else ""


def _badge(row: Any) -> Badge:
    if row.state == ReminderState.SENT:
        return _badge_of_mail(row.mail_state)
    words = {
        rules_of_reminders.MOVED: _("The date was moved"),
        rules_of_reminders.DONE: _("It was done, or is not asked for any more"),
        rules_of_reminders.NOT_HERS: _("It was no longer hers to do"),
        rules_of_reminders.RULE_ENDED: _("Such reminders are not sent any more"),
        rules_of_reminders.LATER_ONE: _("A later one said all"),
        rules_of_reminders.TOO_LATE: _("It could not be sent in time"),
        rules_of_reminders.NO_ADDRESS: _("There is no mail address that works"),
    }
    return Badge(words.get(row.because, row.get_state_display()), "warning" if row.state == "missed" else "neutral")


def _badge_of_mail(state: str | None) -> Badge:
    if state in (MessageState.WAITING, MessageState.SENDING):
        return Badge(_("On its way"), "info")
    if state in (MessageState.BOUNCED, MessageState.FAILED, MessageState.IN_DOUBT):
        return Badge(_("Did not arrive, or nobody knows"), "warning")
    return Badge(_("Sent"), "success")
