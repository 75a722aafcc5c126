"""How people come in: an authorization, an invitation, an interest from a public page, a draft from a mail."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from samspel.registry.models.appointments import Role


class Hideable:
    """What was typed of somebody, as it may be shown. `is_hidden`: she has protected identity, and it is dealt with."""

    is_hidden = False
    name: Any
    email: Any
    phone: Any
    title: Any

    @property
    def shown_name(self) -> str:
        """What others call her."""
        return gettext("Protected identity") if self.is_hidden else str(self.name)

    def shown(self, field: str) -> str:
        """Address, telephone or title; of her who is hidden nothing."""
        return "" if self.is_hidden else str(getattr(self, field))

    @property
    def shown_email(self) -> str:
        """Where mail reaches her; of her who is hidden nothing."""
        return self.shown("email")


class AuthorizationState(models.TextChoices):
    """Where an authorization stands."""

    SUBMITTED = "submitted", _("Waiting to be looked at")
    ACCEPTED = "accepted", pgettext_lazy("authorization", "Accepted")
    REFUSED = "refused", _("Refused")


class Authorization(Hideable, models.Model):
    """A signed paper by which an organization names its first administrator; an officer accepts or refuses it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, null=True, related_name="authorizations")
    university = models.ForeignKey("registry.University", models.PROTECT, null=True, related_name="authorizations")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200, blank=True)
    # Who signed the paper, and as what.
    signed_by = models.CharField(max_length=200)
    file = models.ForeignKey("kernel.StoredFile", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=AuthorizationState, default=AuthorizationState.SUBMITTED)
    submitted_at = models.DateTimeField()
    judged_at = models.DateTimeField(null=True)
    judged_by = models.UUIDField(null=True)
    # Why it was refused, as told the sender.
    reason = models.TextField(max_length=2_000, blank=True)
    appointment = models.ForeignKey("registry.Appointment", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["submitted_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organizer__isnull=False, university__isnull=True)
                | Q(organizer__isnull=True, university__isnull=False),
                name="authorization_in_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"


class InvitationState(models.TextChoices):
    """Where an invitation stands; one whose time is over is OPEN in the row and expired by its date."""

    OPEN = "open", _("Sent")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "Accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Invitation(Hideable, models.Model):
    """Somebody is asked to take a role in an organization. The link in her mail works once, until it expires."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # SHA-256 of what stands in the link: who reads the database cannot use it.
    token_digest = models.CharField(max_length=64, unique=True)
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, null=True, related_name="invitations")
    school_unit = models.ForeignKey("registry.SchoolUnit", models.PROTECT, null=True, related_name="+")
    university = models.ForeignKey("registry.University", models.PROTECT, null=True, related_name="invitations")
    role = models.CharField(max_length=30, choices=Role)
    name = models.CharField(max_length=200)
    email = models.EmailField()
    title = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=InvitationState, default=InvitationState.OPEN)
    invited_at = models.DateTimeField()
    invited_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    # When the invited was told that it will expire, and the inviter that it has: each once.
    end_announced_at = models.DateTimeField(null=True)
    end_told_at = models.DateTimeField(null=True)
    appointment = models.ForeignKey("registry.Appointment", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-invited_at", "-id"]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"


class InterestState(models.TextChoices):
    """Where a registered interest stands."""

    NEW = "new", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Put aside")


class Interest(Hideable, models.Model):
    """An organizer without a coordinator says, on a public page, that it wants one."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, related_name="interests")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200, blank=True)
    words = models.TextField(max_length=2_000, blank=True)
    state = models.CharField(max_length=10, choices=InterestState, default=InterestState.NEW)
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    handled_by = models.UUIDField(null=True)
    # Why it was put aside, as told the sender.
    reason = models.TextField(max_length=2_000, blank=True)

    class Meta:
        ordering = ["received_at", "id"]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"


class DraftState(models.TextChoices):
    """Where a drafted appointment stands."""

    WAITING = "waiting", _("Waits for the organizer")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")


class AppointmentDraft(Hideable, models.Model):
    """What somebody wrote in a mail or said on the telephone, drafted; the organizer itself confirms it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, related_name="appointment_drafts")
    role = models.CharField(max_length=30, choices=Role, default=Role.COORDINATOR)
    name = models.CharField(max_length=200)
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200, blank=True)
    from_on = models.DateField()
    # The appointment it would replace, if any.
    replaces = models.ForeignKey("registry.Appointment", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=DraftState, default=DraftState.WAITING)
    # Where it came from, as a value: the case file's document stands above the registry.
    origin = models.CharField(max_length=200, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = models.UUIDField(null=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.UUIDField(null=True)
    # Why the organizer declined it.
    reason = models.TextField(max_length=2_000, blank=True)
    appointment = models.ForeignKey("registry.Appointment", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["drafted_at", "id"]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"


class PeopleBatchState(models.TextChoices):
    """Where a list of people stands."""

    PROPOSED = "proposed", _("Waiting to be carried out")
    APPLIED = "applied", _("Carried out")


class PeopleBatch(models.Model):
    """A list of people with roles, pasted or uploaded, between being looked at and being carried out.

    Its rows are personal data: they go when it is carried out, and with the whole batch when its time is over.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The organization it is bound to; neither: any (the agency's own list).
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, null=True, related_name="+")
    university = models.ForeignKey("registry.University", models.PROTECT, null=True, related_name="+")
    # Line number to cells, as they were read; see registry.rules.people_rows.
    rows = models.JSONField(default=list)
    # Row number to what was chosen of it; see registry.rules.duplicates.
    choices = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=PeopleBatchState, default=PeopleBatchState.PROPOSED)
    # How many of each outcome, when it was carried out.
    counts = models.JSONField(default=dict)
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at", "-id"]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"
