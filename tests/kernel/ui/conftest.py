"""A small site of the shell's own, and templates rendered from text."""

from __future__ import annotations

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.urls import path
from django.utils import translation

from samspel.kernel.ui import pages


def somewhere(request, **_address):
    return HttpResponse("")


class Site:
    """Addresses that the shell looks for, and its own pages."""

    urlpatterns = i18n_patterns(
        path("", somewhere, name="front"),
        path("sok/", somewhere, name="search"),
        path("konto/logga-in/", somewhere, name="account_login"),
        path("konto/logga-ut/", somewhere, name="account_logout"),
        path("huvudman/", somewhere, name="organizers"),
        path("huvudman/sok/", somewhere, name="below"),
        path("huvudman/<str:number>/", somewhere, name="organizer"),
        path("monster/", pages.pattern_library, name="pattern-library"),
        prefix_default_language=False,
    )
    handler404 = "samspel.kernel.ui.pages.page_not_found"


@pytest.fixture
def site(settings):
    settings.ROOT_URLCONF = Site


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


@pytest.fixture
def visit():
    """A request for an address, by somebody who is not logged in."""

    def make(address="/", **query):
        request = RequestFactory().get(address, query)
        request.user = AnonymousUser()
        return request

    return make


@pytest.fixture
def write():
    """Render a template given as text, with the components at hand."""

    def render(text, **context):
        return engines["django"].from_string("{% load ui %}" + text).render(context).strip()

    return render
