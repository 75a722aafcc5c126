"""Case files (ärenden) and the numbers they get."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy

from samspel.casefiles.models.guards import never_changed, never_deleted, never_lowered
from samspel.casefiles.rules.numbers import DiaryNumber


class Series(models.Model):
    """A diary: a code that its numbers begin with, and what belongs in it."""

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["code"]
        triggers = [*never_deleted("series"), never_changed("series", "code")]

    def __str__(self) -> str:
        return self.code

    @property
    def shown_name(self) -> str:
        """What belongs in it, in the reader's language."""
        return self.name_en if get_language() == "en" and self.name_en else self.name


class SeriesYear(models.Model):
    """The last number given in a series in a year. Taken by one conditional statement, as late as can be."""

    series = models.ForeignKey("casefiles.Series", models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="series_year_once")]
        triggers = [*never_deleted("series_years"), never_lowered("series_years", "last_number")]

    def __str__(self) -> str:
        return f"{self.series_id} {self.year} {self.last_number}"


class CaseFileState(models.TextChoices):
    """Whether more is expected in it."""

    OPEN = "open", pgettext_lazy("state of a case file", "Open")
    CLOSED = "closed", pgettext_lazy("state of a case file", "Closed")


class CaseFile(models.Model):
    """What has a diary number. `subject` ties it to what it is about in a higher app, as "selection.round:17"."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.ForeignKey("casefiles.Series", models.PROTECT, related_name="case_files")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    # What it concerns, in short (5 kap. 2 § OSL); for readers of the diary, so it names no private person.
    title = models.CharField(max_length=300)
    subject = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=CaseFileState, default=CaseFileState.OPEN)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    # Who handles it (a person's key); null: nobody yet.
    handler = models.UUIDField(null=True)
    last_document_number = models.PositiveIntegerField(default=0)
    secrecy_ground = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "number"], name="diary_number_once"),
            models.UniqueConstraint(fields=["subject"], name="case_file_of_subject", condition=~Q(subject="")),
        ]
        indexes = [models.Index(fields=["state", "handler"], name="case_file_worklist")]
        triggers = [
            *never_deleted("case_files"),
            never_changed("case_files", "key", "series", "year", "number", "subject", "opened_at", "opened_by"),
            never_lowered("case_files", "last_document_number"),
        ]

    def __str__(self) -> str:
        return self.diary_number

    @property
    def diary_number(self) -> str:
        """As people write it: "SAM 2026:117". `series` must have been read."""
        return str(DiaryNumber(self.series.code, self.year, self.number))

    @property
    def address(self) -> str:
        """As it stands in an address: "sam-2026-117". `series` must have been read."""
        return DiaryNumber(self.series.code, self.year, self.number).address

    @property
    def is_open(self) -> bool:
        """Whether more can be registered in it."""
        return self.state == CaseFileState.OPEN


class Party(models.Model):
    """Whom a case file concerns: an organizer, a university, or somebody by name."""

    case_file = models.ForeignKey("casefiles.CaseFile", models.PROTECT, related_name="parties")
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, null=True, related_name="+")
    university = models.ForeignKey("registry.University", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_file", "organizer"], name="party_organizer_once"),
            models.UniqueConstraint(fields=["case_file", "university"], name="party_university_once"),
        ]
        triggers = [
            *never_deleted("parties"),
            never_changed("parties", "case_file", "organizer", "university", "name"),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.organizer_id or self.university_id}"
