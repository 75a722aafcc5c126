"""Form definitions: what is asked, in numbered versions. A published version never changes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspel.forms.models.guards import frozen_when_published


class VersionState(models.TextChoices):
    """Where a version stands. At most one draft and one published version of each definition."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("In use")
    RETIRED = "retired", _("Replaced")


class Definition(models.Model):
    """A form by name. What it asks lies in its versions."""

    slug = models.SlugField(max_length=80, unique=True)
    name_sv = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    sort_key = models.CharField(max_length=200, db_collation="C")
    # Comes with the program; an editor may make versions of her own beside those that come.
    is_shipped = models.BooleanField(default=False)
    # Shown in public as a blank form.
    is_public = models.BooleanField(default=True)
    # No longer handed out; what was begun is finished.
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["sort_key", "slug"]

    def __str__(self) -> str:
        return self.slug


class Version(models.Model):
    """One version. `body` is the definition as plain data (rules.definitions.read gives it back)."""

    definition = models.ForeignKey("forms.Definition", models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    body = models.JSONField()
    # SHA-256 of the body (rules.definitions.digest_of).
    digest = models.CharField(max_length=64)
    # Counted up at each change of a draft, so that two editors do not write over each other.
    revision = models.PositiveIntegerField(default=1)
    # What is new, in the editor's words.
    note = models.TextField(max_length=2000, blank=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["definition_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["definition", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["definition"], condition=models.Q(state="published"), name="one_published_version"
            ),
            models.UniqueConstraint(fields=["definition"], condition=models.Q(state="draft"), name="one_draft_version"),
        ]
        triggers = [frozen_when_published("versions")]

    def __str__(self) -> str:
        return f"{self.definition_id} v{self.number}"


class Dependency(models.Model):
    """Something that uses a definition, or a part of it, and would break without it.

    Rows within a version (a condition, a sum, a prefill) are written anew at each change of its draft; rows from
    outside (an edition's report, an event) by the operations of `operations.dependencies`.
    """

    definition = models.ForeignKey("forms.Definition", models.PROTECT, related_name="dependencies")
    version = models.ForeignKey("forms.Version", models.CASCADE, null=True, related_name="dependencies")
    # What is used: a section's or question's key, "question=option", "question/column"; empty for the whole definition.
    used = models.CharField(max_length=200, blank=True)
    # What uses it: "condition", "sum" within the version; "schemes.edition", "events.event" … from outside.
    user_kind = models.CharField(max_length=60)
    # Which: a question's key, or a key of the app outside.
    user = models.CharField(max_length=200)
    # How it is told to people, where it comes from outside.
    label = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["definition_id", "used", "user_kind", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["definition", "version", "used", "user_kind", "user"],
                name="dependency_once",
                nulls_distinct=False,
            )
        ]
