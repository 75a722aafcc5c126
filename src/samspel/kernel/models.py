"""The kernel's tables, one module per noun."""

from samspel.kernel.audit.models import AuditEntry
from samspel.kernel.files.models import Scan, StoredFile

__all__ = ["AuditEntry", "Scan", "StoredFile"]
