"""Addresses of the rounds in the workspace."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, include, path
from django.views.decorators.cache import never_cache

from samspel.selection.views import downloads, exclusions, offers, ranking, rounds, rules, steps

ROUND = "arbete/urval/<slug:slug>/"


def _page(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    # Nothing of a round's workspace is laid by: no browser shows a ranking again after she has logged out.
    return path(route, never_cache(view), name=name)


pages = [
    _page("arbete/urval/", rounds.round_list, name="list"),
    _page("arbete/urval/ny/", rounds.new, name="new"),
    _page(ROUND, rounds.detail, name="detail"),
    _page(ROUND + "regler/", rules.change, name="rules"),
    _page(ROUND + "undantag/", exclusions.page, name="exclusions"),
    _page(ROUND + "undantag/<slug:number>/", exclusions.include, name="include"),
    _page(ROUND + "steg/<slug:word>/", steps.step, name="step"),
    _page(ROUND + "rangordning/", ranking.table, name="ranking"),
    _page(ROUND + "rangordning/<slug:number>/", ranking.subject, name="subject"),
    _page(ROUND + "par/", ranking.pairs, name="pairs"),
    _page(ROUND + "erbjudanden/", offers.page, name="offers"),
    _page(ROUND + "erbjudanden/nasta/", offers.offer_next, name="offer-next"),
    _page(ROUND + "erbjudanden/<int:order>/svar/", offers.response, name="response"),
    _page(ROUND + "erbjudanden/<int:order>/slut/", offers.end, name="end-support"),
    _page(ROUND + "kontroll/", downloads.verify, name="verify"),
    _page(ROUND + "protokoll.pdf", downloads.protocol, name="protocol"),
    _page(ROUND + "offentligt-protokoll.pdf", downloads.public_protocol, name="public-protocol"),
    _page(ROUND + "underlag.zip", downloads.bundle, name="bundle"),
]

urlpatterns = [path("", include((pages, "selection")))]
