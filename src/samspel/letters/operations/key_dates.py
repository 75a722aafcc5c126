"""Key dates: made, changed and cancelled, and told to those who were sent a letter that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from samspel.accounts.models import Person
from samspel.kernel import jobs
from samspel.kernel.audit import record
from samspel.kernel.refusals import Refusal
from samspel.letters import permissions
from samspel.letters.models import KeyDate, KeyDateChange, KeyDateState
from samspel.letters.operations.telling import tell
from samspel.letters.queries import concerned, key_dates

TELL = "letters.tell_key_date"


class KeyDateRefused(Refusal):
    """A date that cannot be as it was said, or was changed by somebody else meanwhile."""

    code = "key_date"


@dataclass(frozen=True)
class Said:
    """What is said of a date. ends_at None: no end; is_whole_day: the day alone; link: an address on the web."""

    title_sv: str
    starts_at: datetime
    title_en: str = ""
    ends_at: datetime | None = None
    is_whole_day: bool = False
    place_sv: str = ""
    place_en: str = ""
    link: str = ""
    is_preliminary: bool = False

    @property
    def state(self) -> str:
        """How sure it is."""
        return KeyDateState.PRELIMINARY if self.is_preliminary else KeyDateState.DECIDED


@transaction.atomic
def make(*, said: Said, owner: Person, by: Any, at: datetime) -> KeyDate:
    """A date to hold. Raises KeyDateRefused: no title, an end before its beginning."""
    permissions.TABLE.require(by, permissions.KEEP_DATES, at)
    fields = _fields(said)
    date = KeyDate.objects.create(**fields, owner=owner, made_at=at, made_by=by.key, changed_at=at)
    record(action="letters.key_date.made", on=date, by=by, at=at, starts_at=said.starts_at)
    return date


@transaction.atomic
def change(*, date: KeyDate, said: Said, revision: int, is_told: bool, by: Any, at: datetime) -> KeyDate:
    """Say it anew. revision: the one that the page showed. is_told: those sent a letter that shows it are told.

    The same again changes nothing. Raises KeyDateRefused: as `make`; cancelled; somebody changed it meanwhile.
    """
    date = _taken(date, revision, by, at)
    fields = _fields(said)
    if all(getattr(date, name) == value for name, value in fields.items()):
        return date
    return _changed(date, fields, is_told, "letters.key_date.changed", by, at)


@transaction.atomic
def cancel(*, date: KeyDate, revision: int, is_told: bool, by: Any, at: datetime) -> KeyDate:
    """It is not held. Raises KeyDateRefused: cancelled already, or changed by somebody meanwhile."""
    date = _taken(date, revision, by, at)
    return _changed(date, {"state": KeyDateState.CANCELLED}, is_told, "letters.key_date.cancelled", by, at)


@transaction.atomic
def tell_of(*, change_pk: int, at: datetime) -> KeyDateChange:
    """Write the mailing that tells of a change. Once; and not of a change that is told of by a later one's mail."""
    made = KeyDateChange.objects.select_for_update().select_related("date").get(pk=change_pk)
    is_overtaken = made.date.changes.filter(pk__gt=made.pk, is_told=True).exists()
    if made.mailing_key is not None or is_overtaken:
        return made
    told = tell(
        template="letters/notices/key_date_changed.html",
        title=made.date.title_sv,
        to=concerned.shown_date(made.date),
        context=lambda language: _words_of(made, language, at),
        at=at,
    )
    if told is not None:
        made.mailing_key = told.key
        made.save(update_fields=["mailing_key"])
    return made


def _taken(date: KeyDate, revision: int, by: Any, at: datetime) -> KeyDate:
    permissions.TABLE.require(by, permissions.KEEP_DATES, at)
    date = KeyDate.objects.select_for_update(of=("self",)).get(pk=date.pk)
    if date.revision != revision:
        raise KeyDateRefused(
            _("Somebody changed this date while you had the page open. See what it says now, and change it again."),
            code="changed_meanwhile",
        )
    if date.state == KeyDateState.CANCELLED:
        raise KeyDateRefused(_("It is cancelled. Make a new date instead."), code="cancelled")
    return date


def _changed(date: KeyDate, fields: Mapping[str, Any], is_told: bool, action: str, by: Any, at: datetime) -> KeyDate:
    before = key_dates.kept(date)
    for name, value in fields.items():
        setattr(date, name, value)
    date.revision, date.changed_at = date.revision + 1, at
    date.save()
    made = KeyDateChange.objects.create(date=date, at=at, by=by.key, before=before, is_told=is_told)
    record(action=action, on=date, by=by, at=at, starts_at=date.starts_at, told=is_told)
    if is_told:
        jobs.queue(TELL, lane=jobs.BULK, change_pk=made.pk)
    return date


def _fields(said: Said) -> dict[str, Any]:
    given = asdict(said) | {"state": said.state}
    del given["is_preliminary"]
    fields = {
        name: value.replace("\x00", "").strip() if isinstance(value, str) else value for name, value in given.items()
    }
    if not fields["title_sv"]:
        raise KeyDateRefused(_("Say in Swedish what happens that day."), code="no_title")
    if said.ends_at is not None and said.ends_at < said.starts_at:
        raise KeyDateRefused(_("It cannot end before it begins."), code="ends_before")
    if fields["link"] and not fields["link"].startswith(("https://", "http://")):
        raise KeyDateRefused(_("A link begins with https://."), code="not_a_link")
    for name in ("title_sv", "title_en", "place_sv", "place_en", "link"):
        if len(fields[name]) > KeyDate._meta.get_field(name).max_length:
            raise KeyDateRefused(_("A title, place or link is too long."), code="too_long")
    return fields


def _words_of(made: KeyDateChange, language: str, at: datetime) -> Mapping[str, Any]:
    with override(language):
        shown = key_dates.shown_one(made.date, language)
        letter = next(iter(concerned.letters_showing(made.date)), None)
        address = reverse("letters:archived", args=[letter.slug]) if letter and letter.slug and letter.is_public else ""
        return {
            "title": shown.title,
            "when": shown.when,
            "where": shown.where,
            "status": shown.status,
            "before": key_dates.when_of(made.before),
            "is_cancelled": shown.is_cancelled,
            "is_moved": key_dates.when_of(made.before) != shown.when,
            "address": f"{settings.SAMSPEL_URL}{address}" if address else "",
        }
