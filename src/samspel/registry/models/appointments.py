"""Who holds which task where, from when to when, and who stands in for her meanwhile."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Tasks a person can hold in an organizer, a school unit, a university or the agency."""

    COORDINATOR = "coordinator", _("Coordinator")
    CHIEF_EDUCATION_OFFICER = "chief_education_officer", _("Chief education officer")
    PRINCIPAL = "principal", _("Principal")
    BOARD_CHAIR = "board_chair", _("Board chair")
    AUTHORIZED_SIGNATORY = "authorized_signatory", _("Authorized signatory")
    DEVELOPMENT_LEAD = "development_lead", _("Development lead")
    EDUCATION_OFFICER = "education_officer", _("Education officer")
    PROCESS_SUPPORTER = "process_supporter", _("Process supporter")
    DECISION_MAKER = "decision_maker", _("Decision maker")
    PAYMENTS_OFFICER = "payments_officer", _("Payments officer")
    REGISTRAR = "registrar", _("Registrar")
    EVALUATOR = "evaluator", _("Evaluator")
    EDITOR = "editor", _("Editor")
    EVENT_COORDINATOR = "event_coordinator", _("Event coordinator")
    ADMINISTRATOR = "administrator", _("Administrator")
    NETWORK_LEADER = "network_leader", _("Network leader")
    PROCESS_LEADER = "process_leader", _("Process leader")


class University(models.Model):
    """A university that leads networks or supports cases."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=200, db_collation="C")
    # As whom its mail goes out (post.Sender by slug); empty: as the agency's own.
    sender_slug = models.CharField(max_length=80, blank=True)
    postal_address = models.CharField(max_length=400, blank=True)
    # Ten digits; empty where nobody has said it. By it its people are known when they log in through their own login.
    organization_number = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["sort_key", "slug"]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A person's role from one day to another (the last day included; none is open-ended).

    Where: an organizer (and one of its units for a principal), a university, or neither, which is the agency.
    What a coordinator's appointment tells (title, share, mandate, manager, management group) is the organizer's report
    to the agency (DOMAIN 2.1: name, mail, telephone and title or function).
    """

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=30, choices=Role)
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, null=True, related_name="appointments")
    school_unit = models.ForeignKey("registry.SchoolUnit", models.PROTECT, null=True, related_name="appointments")
    university = models.ForeignKey("registry.University", models.PROTECT, null=True, related_name="appointments")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    # What she is called at work, as "utvecklingsledare".
    title = models.CharField(max_length=200, blank=True)
    # Share of full time for the task, in per cent.
    share_percent = models.PositiveSmallIntegerField(null=True)
    mandate = models.TextField(max_length=2_000, blank=True)
    manager = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="managed_appointments")
    in_management_group = models.BooleanField(null=True)
    appointed_at = models.DateTimeField(null=True)
    # The key of the person who appointed; null: the system itself (a first start, an import).
    appointed_by = models.UUIDField(null=True)
    # The appointment this one took over from.
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)
    # The day on which the last telling of its end fell due (rules.appointments.telling_due), so that each is told once.
    end_announced_for = models.DateField(null=True)

    class Meta:
        ordering = ["person_id", "role", "from_on"]
        indexes = [
            models.Index(fields=["organizer", "role", "from_on"], name="appointment_at_organizer"),
            models.Index(fields=["to_on"], name="appointment_end", condition=Q(to_on__isnull=False)),
        ]
        constraints = [
            # The day before the first: taken back before it began, and so in force on no day.
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on") - timedelta(days=1)),
                name="appointment_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(organizer__isnull=True) | Q(university__isnull=True), name="appointment_in_one_place"
            ),
            models.CheckConstraint(
                condition=Q(school_unit__isnull=True) | Q(organizer__isnull=False),
                name="appointment_unit_has_organizer",
            ),
            models.CheckConstraint(
                condition=Q(share_percent__isnull=True) | Q(share_percent__lte=100), name="appointment_share_of_a_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class StandIn(models.Model):
    """Somebody who does another's task for a time: what waits for the one waits for the other (last day included)."""

    appointment = models.ForeignKey("registry.Appointment", models.PROTECT, related_name="stand_ins")
    deputy = models.ForeignKey("accounts.Person", models.PROTECT, related_name="standing_in")
    from_on = models.DateField()
    to_on = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.UUIDField(null=True)
    # Called off before its time.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="stand_in_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.appointment_id}"
