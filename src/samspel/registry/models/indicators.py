"""Indicators by year: what is measured, how it was defined, and each published value with its mark."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Slice(models.TextChoices):
    """Whose schools a value speaks of (`Typ av huvudman`)."""

    ALL = "all", _("All organizers")
    MUNICIPAL = "municipal", _("Municipal")
    PRIVATE = "private", _("Independent")
    STATE = "state", _("State")
    REGION = "region", _("Region")
    INTERNATIONAL = "intl", _("International")


class Sex(models.TextChoices):
    """Whose pupils a value speaks of."""

    ALL = "all", _("All pupils")
    GIRLS = "girls", _("Girls")
    BOYS = "boys", _("Boys")


class Mark(models.TextChoices):
    """What stands where a value is read. A suppressed value is never zero."""

    EXACT = "exact", _("Published value")
    MISSING = "missing", _("No value")
    SUPPRESSED = "suppressed", _("Withheld: too few pupils")
    INTERVAL = "interval", _("Close to 100 percent: 1–4 pupils not there")
    APPROXIMATE = "approximate", _("Rounded by the publisher")


class Indicator(models.Model):
    """Something measured, under one name for good."""

    key = models.SlugField(max_length=80, primary_key=True)
    name_sv = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    unit_of_measure = models.CharField(max_length=20)
    authority = models.CharField(max_length=100)
    decimals = models.PositiveSmallIntegerField(default=1)
    # Labels of the periods at which the series is not to be read across.
    series_breaks = models.JSONField(default=list)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name_sv


class IndicatorDefinition(models.Model):
    """How an indicator was defined: a changed definition is a new version, and the series breaks there."""

    indicator = models.ForeignKey("registry.Indicator", models.PROTECT, related_name="definitions")
    version = models.PositiveSmallIntegerField(default=1)
    # The first period it speaks of ("2022/23"); blank for the first version.
    from_period = models.CharField(max_length=7, blank=True)
    caveat_sv = models.TextField(blank=True)
    caveat_en = models.TextField(blank=True)
    change_sv = models.TextField(blank=True)
    change_en = models.TextField(blank=True)

    class Meta:
        ordering = ["indicator_id", "version"]
        constraints = [models.UniqueConstraint(fields=["indicator", "version"], name="indicator_version_once")]

    def __str__(self) -> str:
        return f"{self.indicator_id} v{self.version}"


class IndicatorValue(models.Model):
    """One published value, or its mark. Rows are never changed: a new import supersedes what it replaces."""

    id = models.BigAutoField(primary_key=True)
    # No constraint in the database on definition and file: rows come from one statement that takes both ids from these
    # very tables, which lose no rows, and checking each row costs more than writing it.
    definition = models.ForeignKey(
        "registry.IndicatorDefinition", models.PROTECT, related_name="values", db_constraint=False
    )
    # The subject is a value and no foreign key: a municipality, an organizer, a school unit, a region or the country.
    subject_kind = models.CharField(max_length=12)
    subject_code = models.CharField(max_length=10)
    slice = models.CharField(max_length=10, choices=Slice, default=Slice.ALL)
    sex = models.CharField(max_length=5, choices=Sex, default=Sex.ALL)
    period_kind = models.CharField(max_length=13)
    period = models.CharField(max_length=7)
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    mark = models.CharField(max_length=11, choices=Mark, default=Mark.EXACT)
    file = models.ForeignKey("registry.ImportedFile", models.PROTECT, related_name="values", db_constraint=False)
    row = models.PositiveIntegerField()
    # What stood there when it was more than a number (`~100`, `cirka 270`), or the row's own source in a plain table.
    note = models.CharField(max_length=300, blank=True)
    # The import that took this row's place, if any; a withdrawn import's rows stand as superseded by itself.
    superseded_by = models.ForeignKey(
        "registry.ImportBatch", models.PROTECT, null=True, related_name="superseded_values", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["superseded_by"], condition=Q(superseded_by__isnull=False), name="indicator_value_superseded"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_code", "definition", "period", "slice", "sex", "subject_kind"],
                condition=Q(superseded_by__isnull=True),
                name="indicator_value_current",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition_id} {self.subject_kind} {self.subject_code} {self.period}"
