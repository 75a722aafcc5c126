"""The kernel's tables, one module per noun."""

from samspel.kernel.audit.models import AuditEntry

__all__ = ["AuditEntry"]
