"""School units as of a date, with their school forms and pupils."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitStatus(models.TextChoices):
    """The register's own statuses."""

    ACTIVE = "active", _("Active")
    DORMANT = "dormant", _("Dormant")
    ENDED = "ended", _("Ended")
    PLANNED = "planned", _("Planned")


class SchoolUnit(models.Model):
    """A unit under one principal. The code is random, eight digits, and never used again."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=200)
    sort_key = models.CharField(max_length=200, db_collation="C")
    search_key = models.CharField(max_length=220)
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, related_name="school_units")
    municipality = models.ForeignKey("registry.Municipality", models.PROTECT, null=True, related_name="school_units")
    status = models.CharField(max_length=10, choices=UnitStatus, default=UnitStatus.ACTIVE)
    # The day the extract shows, and the day from which it was no longer in one.
    as_of = models.DateField()
    ended_on = models.DateField(null=True)
    batch = models.ForeignKey("registry.ImportBatch", models.PROTECT, null=True, related_name="school_units")

    class Meta:
        ordering = ["sort_key", "code"]
        indexes = [models.Index(fields=["organizer", "sort_key"], name="unit_of_organizer")]

    def __str__(self) -> str:
        return self.name


class SchoolUnitForm(models.Model):
    """A school form at a unit (register code: GR, GRAN, GY …), with its pupils as the register has them."""

    unit = models.ForeignKey("registry.SchoolUnit", models.CASCADE, related_name="forms")
    form = models.CharField(max_length=10)
    grades = models.CharField(max_length=40, blank=True)
    pupils = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "form"], name="unit_form_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.form}"
