"""Reporting's public pages are kept until something that they read changes."""

from samspel.kernel.kept import kept_under
from samspel.reporting.queries.versions import data_version

kept = kept_under(data_version)
