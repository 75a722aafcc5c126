"""The values of an answer, one row each, their history, and what was set aside rather than lost."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspel.forms.models.guards import append_only


class Field(models.Model):
    """One value at its path (`rules.paths`): a question, a row (its place, a number) or a cell."""

    answer = models.ForeignKey("forms.Answer", models.CASCADE, related_name="fields")
    path = models.CharField(max_length=140, db_collation="C")
    value = models.JSONField(null=True)
    # The answer's revision that last changed it.
    revision = models.BigIntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "path"], name="field_once")]


class FieldChange(models.Model):
    """One change of one value: what it became. What it was before is the change before it."""

    answer = models.ForeignKey("forms.Answer", models.CASCADE, related_name="changes")
    path = models.CharField(max_length=140, db_collation="C")
    value = models.JSONField(null=True)
    revision = models.BigIntegerField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField(null=True)
    # How it came: "page", "pdf", "prefill", "carried" (from an older version), "set_aside".
    way = models.CharField(max_length=10, default="page")

    class Meta:
        ordering = ["answer_id", "revision", "pk"]
        indexes = [models.Index(fields=["answer", "path", "-revision"], name="changes_of_a_field")]
        triggers = append_only("field_changes")


class SetAsideState(models.TextChoices):
    """What became of what was set aside."""

    WAITING = "waiting", _("Waiting")
    USED = "used", _("Used")
    DROPPED = "dropped", _("Put away")


class SetAsideWhy(models.TextChoices):
    """Why something that was written does not stand in its field."""

    CONFLICT = "conflict", _("Somebody else wrote in the same field")
    ROW_GONE = "row_gone", _("The row had been taken away")
    NOT_ASKED = "not_asked", _("The new version does not ask for it")
    FROZEN = "frozen", _("The form had been submitted")


class SetAside(models.Model):
    """Text that could not take its place without another's being lost. Shown at its field until somebody decides."""

    answer = models.ForeignKey("forms.Answer", models.CASCADE, related_name="set_aside")
    path = models.CharField(max_length=140, db_collation="C")
    # As kept, or as typed where it is no value of the field.
    value = models.JSONField()
    why = models.CharField(max_length=10, choices=SetAsideWhy, default=SetAsideWhy.CONFLICT)
    # What the question was called, where the version no longer has it.
    label = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField()
    written_by = models.UUIDField(null=True)
    state = models.CharField(max_length=8, choices=SetAsideState, default=SetAsideState.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["answer_id", "written_at", "pk"]
        indexes = [
            models.Index(fields=["answer", "path"], name="set_aside_waiting", condition=models.Q(state="waiting"))
        ]
