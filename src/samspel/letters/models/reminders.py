"""Reminders: rules on dates, what they give for each person, and how she wants them."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReminderRule(models.Model):
    """So many days before or after a date of some kind, at an hour, and not later than a while."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # What kind of date (accounts.queries.handed.Due.kind), as "forms.answer"; empty: every kind.
    source = models.CharField(max_length=100, blank=True)
    # Days from the date: -7 is a week before, 1 the day after.
    days = models.SmallIntegerField()
    # Swedish time.
    at_hour = models.PositiveSmallIntegerField(default=7)
    # Hours after that moment during which it is still worth sending; then it is shown as missed.
    latest_hours = models.PositiveSmallIntegerField(default=24)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["source", "days"]
        constraints = [
            models.UniqueConstraint(fields=["source", "days"], name="reminder_rule_once"),
            models.CheckConstraint(condition=Q(at_hour__lte=23), name="reminder_rule_hour_of_a_day"),
            models.CheckConstraint(condition=Q(days__gte=-365) & Q(days__lte=365), name="reminder_rule_within_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.days}"


class ReminderState(models.TextChoices):
    """What became of a reminder."""

    PLANNED = "planned", pgettext_lazy("letter", "Planned")
    SENT = "sent", _("Sent")
    MISSED = "missed", _("Missed")
    DROPPED = "dropped", _("Not needed any more")


class Reminder(models.Model):
    """One rule, one date as it stood, one person. When the date moves this one is dropped and another planned."""

    rule = models.ForeignKey("letters.ReminderRule", models.PROTECT, related_name="reminders")
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="reminders")
    # Which date (accounts.queries.handed.Due.key), as "forms.answer:<key>".
    about = models.CharField(max_length=200)
    due_on = models.DateField()
    send_at = models.DateTimeField()
    # Not after this moment.
    latest_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ReminderState, default=ReminderState.PLANNED)
    planned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # A code: "moved", "done", "not_hers", "rule_ended", "too_late", "no_address", "later_one".
    because = models.CharField(max_length=30, blank=True)
    message_key = models.UUIDField(null=True)

    class Meta:
        ordering = ["send_at", "pk"]
        indexes = [
            models.Index(fields=["send_at"], name="reminder_planned", condition=Q(state="planned")),
            models.Index(fields=["message_key"], name="reminder_message", condition=Q(message_key__isnull=False)),
            models.Index(fields=["state", "ended_at"], name="reminder_ended", condition=Q(ended_at__isnull=False)),
            models.Index(fields=["due_on"], name="reminder_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["rule", "person", "about", "due_on"], name="reminder_once"),
            models.CheckConstraint(condition=Q(latest_at__gte=F("send_at")), name="reminder_latest_after_sending"),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.due_on}"


class ReminderWay(models.TextChoices):
    """How somebody wants her reminders."""

    EACH = "each", _("One mail for each")
    DAILY = "daily", _("One mail a day, with everything in it")


class ReminderChoice(models.Model):
    """What a person has chosen; who has not gets one mail for each."""

    person = models.OneToOneField("accounts.Person", models.CASCADE, related_name="reminder_choice")
    way = models.CharField(max_length=6, choices=ReminderWay, default=ReminderWay.EACH)
    chosen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.way}"
