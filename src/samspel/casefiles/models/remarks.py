"""What was done to a case file or a document after it was registered, and why: rows are only ever added."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspel.casefiles.models.guards import never_changed, never_deleted


class RemarkKind(models.TextChoices):
    """What was done."""

    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Opened again")
    SECRECY_MARKED = "secrecy_marked", _("Marked as secret")
    SECRECY_LIFTED = "secrecy_lifted", _("Secrecy mark taken away")
    RETITLED = "retitled", _("Title put right")
    MISREGISTERED = "misregistered", _("Marked as wrongly registered")


class Remark(models.Model):
    """One act with its reason, in words (the audit holds none), and what stood before it."""

    case_file = models.ForeignKey("casefiles.CaseFile", models.PROTECT, related_name="remarks")
    document = models.ForeignKey("casefiles.Document", models.PROTECT, null=True, related_name="remarks")
    kind = models.CharField(max_length=20, choices=RemarkKind)
    because = models.CharField(max_length=500)
    # The title or the ground that it put something else in the place of.
    before = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        ordering = ["id"]
        triggers = [
            *never_deleted("remarks"),
            never_changed("remarks", "case_file", "document", "kind", "because", "before", "at", "by"),
        ]

    def __str__(self) -> str:
        return f"{self.case_file_id} {self.kind}"
