"""The audit: who did what to what and when. Rows are only ever added."""

import pgtrigger
from django.db import models


def _refusal(operation: pgtrigger.Operation, level: pgtrigger.Level) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"audit_append_only_{str(operation).lower()}",
        when=pgtrigger.Before,
        operation=operation,
        level=level,
        func="RAISE EXCEPTION 'audit entries are only ever added';",
    )


class AuditEntry(models.Model):
    """One change of state. Holds keys and codes, never a name or free text."""

    at = models.DateTimeField()
    action = models.CharField(max_length=100)
    # The person's key, as a value: the kernel stands below accounts. Null is the system itself.
    by_key = models.UUIDField(null=True)
    subject_type = models.CharField(max_length=100)
    subject_key = models.CharField(max_length=100)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_key", "at"], name="audit_subject"),
            models.Index(fields=["by_key", "at"], name="audit_person"),
        ]
        triggers = [
            _refusal(pgtrigger.Update, pgtrigger.Row),
            _refusal(pgtrigger.Delete, pgtrigger.Row),
            _refusal(pgtrigger.Truncate, pgtrigger.Statement),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject_type} {self.subject_key}"
