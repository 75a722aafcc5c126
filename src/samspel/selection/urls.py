"""Addresses of the rounds in the workspace."""

from django.urls import include, path

from samspel.selection.views import downloads, exclusions, offers, ranking, rounds, rules, steps

ROUND = "arbete/urval/<slug:slug>/"

pages = [
    path("arbete/urval/", rounds.round_list, name="list"),
    path("arbete/urval/ny/", rounds.new, name="new"),
    path(ROUND, rounds.detail, name="detail"),
    path(ROUND + "regler/", rules.change, name="rules"),
    path(ROUND + "undantag/", exclusions.page, name="exclusions"),
    path(ROUND + "undantag/<slug:number>/", exclusions.include, name="include"),
    path(ROUND + "steg/<slug:word>/", steps.step, name="step"),
    path(ROUND + "rangordning/", ranking.table, name="ranking"),
    path(ROUND + "rangordning/<slug:number>/", ranking.subject, name="subject"),
    path(ROUND + "par/", ranking.pairs, name="pairs"),
    path(ROUND + "erbjudanden/", offers.page, name="offers"),
    path(ROUND + "erbjudanden/nasta/", offers.offer_next, name="offer-next"),
    path(ROUND + "erbjudanden/<int:order>/svar/", offers.response, name="response"),
    path(ROUND + "erbjudanden/<int:order>/slut/", offers.end, name="end-support"),
    path(ROUND + "kontroll/", downloads.verify, name="verify"),
    path(ROUND + "protokoll.pdf", downloads.protocol, name="protocol"),
    path(ROUND + "offentligt-protokoll.pdf", downloads.public_protocol, name="public-protocol"),
    path(ROUND + "underlag.zip", downloads.bundle, name="bundle"),
]

urlpatterns = [path("", include((pages, "selection")))]
