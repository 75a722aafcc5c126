"""Who holds which task where, from when to when. Thin: widened when people and appointments come whole."""

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

    class Meta:
        ordering = ["sort_key", "slug"]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A person's role from one day to another (the last day included; none is open-ended).

    Where: an organizer (and one of its units for a principal), a university, or neither, which is the agency.
    """

    person = models.ForeignKey("accounts.Person", models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=30, choices=Role)
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, null=True, related_name="appointments")
    school_unit = models.ForeignKey("registry.SchoolUnit", models.PROTECT, null=True, related_name="appointments")
    university = models.ForeignKey("registry.University", models.PROTECT, null=True, related_name="appointments")
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        ordering = ["person_id", "role", "from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="appointment_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(organizer__isnull=True) | Q(university__isnull=True), name="appointment_in_one_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"
