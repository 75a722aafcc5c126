"""What letters hand down to the apps below them, and their own to their own shelves."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.accounts.operations.anonymizing import emptiers
from samspel.accounts.operations.merging import movers
from samspel.accounts.queries import DueSource, due_sources, todo_providers
from samspel.accounts.queries.extracts import parts
from samspel.kernel import audit
from samspel.kernel import permissions as gate
from samspel.kernel.ui.navigation import ACCOUNT_MENU, NAVIGATION, WORKSPACE, NavItem, logged_in
from samspel.letters import permissions
from samspel.letters.models import KeyDate, KeyDateChange
from samspel.letters.operations import forgetting, listed_people, moving, reminders
from samspel.letters.queries import (
    concerned,
    figures,
    filters,
    handed,
    key_dates,
    lists,
    passing_on,
    promises,
    received_extracts,
    reminder_extracts,
    sending_todo,
)
from samspel.post.queries.handed import still_true

# Reached from the letters' own pages: one entry of the workspace for all of them.
_BESIDE_LETTERS = ("letters:promises", "letters:key_dates", "letters:reminders")

LABELS = {
    "letters.letter.begun": _("Letter begun"),
    "letters.letter.changed": _("Letter changed"),
    "letters.letter.restored": _("An earlier revision taken back"),
    "letters.letter.aside_settled": _("What was set aside is decided on"),
    "letters.letter.audience_set": _("Recipients chosen"),
    "letters.letter.withdrawn": _("Letter taken back, not to be sent"),
    "letters.letter.asked": _("Shown for approval"),
    "letters.letter.approved": _("Letter approved"),
    "letters.letter.sent_back": _("Sent back, to be changed"),
    "letters.letter.taken_back": _("Taken back, to be written on"),
    "letters.letter.tried": _("Test sent"),
    "letters.letter.planned": _("Sending planned"),
    "letters.letter.unplanned": _("Not planned any more"),
    "letters.letter.stopped": _("Not sent when it was planned"),
    "letters.letter.sent": _("Letter sent"),
    "letters.letter.correction_begun": _("Correction begun"),
    "letters.letter.delivery_taken_out": _("How the letter arrived taken out as a file"),
    "letters.news.unsubscribed": _("Somebody said no to news"),
    "letters.news.subscribed_again": _("Somebody takes news again"),
    "letters.picture.added": _("Picture added"),
    "letters.picture.removed": _("Picture taken away"),
    "letters.letter.recipients_taken_out": _("Who gets the letter taken out as a file"),
    "letters.letter.passed_on": _("Passed on"),
    "letters.list.made": _("List made"),
    "letters.list.changed": _("List changed"),
    "letters.list.added_to": _("Added to the list"),
    "letters.list.removed_from": _("Taken off the list"),
    "letters.list.kept": _("List looked through, and kept"),
    "letters.list.ended": _("List ended, and emptied"),
    "letters.list.run_out": _("List emptied, as nobody looked it through"),
    "letters.promise.made": _("Promised for later"),
    "letters.promise.filled": _("What was promised has come"),
    "letters.promise.moved": _("Another last day"),
    "letters.promise.handed_over": _("Somebody else sees to it"),
    "letters.promise.dropped": _("Will not come"),
    "letters.key_date.made": _("Date made"),
    "letters.key_date.changed": _("Date changed"),
    "letters.key_date.cancelled": _("Date cancelled"),
    "letters.reminders.chosen": _("Chosen how to be reminded"),
    "letters.reminder_rule.made": _("Rule of reminders made"),
    "letters.reminder_rule.ended": _("Rule of reminders ended"),
}


def hand_down() -> None:
    """Called once, when the app is ready."""
    audit.label_actions(LABELS)
    gate.tables.add("letters", permissions.TABLE, order=44)
    WORKSPACE.add(
        "letters.letters", NavItem(_("Letters"), "letters:letters", 35, _sees_letters, covers=_BESIDE_LETTERS)
    )
    _hand_down_sending()
    _hand_down_promises()
    _hand_down_key_dates()
    _hand_down_audiences()
    _hand_down_reminders()
    _hand_down_archive()


def _hand_down_sending() -> None:
    todo_providers.add("letters.sending", sending_todo.to_do, order=43)
    movers.add("letters.received", moving.move, order=44)
    emptiers.add("letters.received", forgetting.empty)
    parts.add("letters.received", received_extracts.parts, order=44)
    ACCOUNT_MENU.add("letters.received", NavItem(_("Sent to me"), "letters:received", 10, logged_in))


def _hand_down_promises() -> None:
    todo_providers.add("letters.promises", promises.to_do, order=44)
    due_sources.add(
        promises.KIND, DueSource(promises.KIND, _("What is promised"), promises.due_between, promises.due_now)
    )
    handed.concerned.add(concerned.LETTER, concerned.got_letter)
    handed.concerned.add(concerned.LIVE_DATE, concerned.told_of_date)
    handed.subjects.add(concerned.LETTER, concerned.letters_in_words)
    handed.subjects.add(concerned.LIVE_DATE, concerned.dates_in_words)


def _hand_down_key_dates() -> None:
    handed.live_sources.add(
        concerned.LIVE_DATE,
        handed.LiveSource(
            concerned.LIVE_DATE, _("Key date"), key_dates.choices, key_dates.shown, (KeyDate, KeyDateChange)
        ),
    )


def _hand_down_audiences() -> None:
    for place, one in enumerate(filters.OWN):
        handed.audience_filters.add(one.name, one, order=20 + place)
    handed.passers.add(passing_on.PRINCIPALS, passing_on.OWN)
    todo_providers.add("letters.lists", lists.to_do, order=46)
    due_sources.add(lists.KIND, DueSource(lists.KIND, _("Named lists"), lists.due_between, lists.due_now))
    parts.add("letters.lists", lists.extract, order=64)
    movers.add("letters.lists", listed_people.move, order=64)
    emptiers.add("letters.lists", listed_people.empty)


def _hand_down_reminders() -> None:
    for kind in reminders.KINDS:
        still_true.add(kind, reminders.still_true)
    emptiers.add("letters.reminders", reminders.empty)
    movers.add("letters.reminders", reminders.move, order=65)
    parts.add("letters.reminders", reminder_extracts.parts, order=66)
    ACCOUNT_MENU.add("letters.my_reminders", NavItem(_("My reminders"), "letters:my_reminders", 12, logged_in))


def _sees_letters(user: Any) -> bool:
    return logged_in(user) and permissions.TABLE.allows(user, permissions.SEE, timezone.now())


def _hand_down_archive() -> None:
    for place, source in enumerate(figures.own_sources()):
        handed.figure_sources.add(source.name, source, order=10 + place)
    NAVIGATION.add("letters.archive", NavItem(_("Letters"), "letters:archive", order=50))
