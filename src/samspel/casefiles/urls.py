"""Addresses of case files and of the shared mailbox."""

from __future__ import annotations

from django.urls import include, path

pages: list = []

urlpatterns = [path("", include((pages, "casefiles")))]
