"""Organizers (huvudmän): the bodies responsible for education."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspel.kernel.values.identifiers import format_organization_number


class OrganizerType(models.TextChoices):
    """The register's own types (CodeOrganizerType of the school-unit register, version 2)."""

    MUNICIPALITY = "municipality", _("Municipality")
    MUNICIPAL_FEDERATION = "municipal_federation", _("Municipal federation")
    REGION = "region", _("Region")
    STATE = "state", _("State")
    SAMI_SCHOOL_BOARD = "sami_school_board", _("Sami school board")
    SPECIAL_SCHOOL_AGENCY = "special_school_agency", _("Agency for special schools")
    PRIVATE = "private", _("Independent organizer")
    ABROAD = "abroad", _("Organizer abroad")


class Organizer(models.Model):
    """A huvudman. Never the same thing as a municipality: a federation has several, a company none."""

    organization_number = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=200, db_collation="C")
    search_key = models.CharField(max_length=220)
    type = models.CharField(max_length=30, choices=OrganizerType)
    legal_form = models.CharField(max_length=100, blank=True)
    # Where it has its seat; the areas it serves are its members.
    county = models.ForeignKey("registry.County", models.PROTECT, null=True, related_name="organizers")
    municipality = models.ForeignKey("registry.Municipality", models.PROTECT, null=True, related_name="seated")
    members = models.ManyToManyField(
        "registry.Municipality", through="registry.OrganizerMember", related_name="served_by"
    )
    # Where its official mail and its letters on paper go: the organizer's own word, not the register's.
    official_email = models.EmailField(blank=True)
    postal_address = models.CharField(max_length=400, blank=True)
    # Made up for the demo, and said so wherever it is shown.
    is_invented = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)
    source = models.CharField(max_length=300)
    as_of = models.DateField()

    class Meta:
        ordering = ["sort_key", "organization_number"]
        indexes = [
            models.Index(fields=["sort_key", "organization_number"], name="organizer_order"),
            models.Index(fields=["type", "sort_key"], name="organizer_type_order"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def written_number(self) -> str:
        """The organization number as people read it."""
        return format_organization_number(self.organization_number)


class OrganizerMember(models.Model):
    """A municipality that an organizer serves: a federation's members, a municipality's own area."""

    organizer = models.ForeignKey("registry.Organizer", models.CASCADE, related_name="memberships")
    municipality = models.ForeignKey("registry.Municipality", models.PROTECT, related_name="memberships")
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organizer", "municipality"], name="organizer_member_once")]

    def __str__(self) -> str:
        return f"{self.organizer_id} {self.municipality_id}"
