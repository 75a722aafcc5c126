"""Addresses of forms: in public, in the workspace, and for editors."""

from __future__ import annotations

from django.urls import include, path

public: list = []
writing: list = []
editing: list = []

urlpatterns = [path("", include(([*public, *writing, *editing], "forms")))]
