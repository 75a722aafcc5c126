"""Addresses of forms: in public, in the workspace, and for editors."""

from __future__ import annotations

from django.urls import include, path

from samspel.forms.views import public as public_views

public: list = [
    path("formular/", public_views.listing, name="public_list"),
    path("formular/<slug:slug>/", public_views.form, name="public_form"),
    path("formular/<slug:slug>/anvisning/", public_views.instruction, name="public_instruction"),
]
writing: list = []
editing: list = []

urlpatterns = [path("", include(([*public, *writing, *editing], "forms")))]
