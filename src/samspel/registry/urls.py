"""Addresses of the registry: organizers, school units, municipalities, indicators, search and imports."""

from django.urls import include, path

from samspel.registry.views import imports, indicators, organizers, places, search, units
from samspel.registry.views.entry import answering, authorizing, drafts, interests, inviting, judging

pages = [
    path("huvudman/<slug:number>/", organizers.detail, name="organizer"),
    path("huvudman/<slug:number>/nyckeltal.<slug:kind>", organizers.export, name="organizer_export"),
    path("skolenhet/<slug:code>/", units.detail, name="unit"),
    path("kommun/<slug:code>/", places.municipality, name="municipality"),
    path("indikatorer/", indicators.listing, name="indicators"),
    path("indikatorer/<slug:key>/", indicators.detail, name="indicator"),
    path("arbete/importer/", imports.listing, name="imports"),
    path("arbete/importer/<uuid:key>/", imports.detail, name="import"),
    path("arbete/importer/<uuid:key>/importera/", imports.apply, name="import_apply"),
    path("arbete/importer/<uuid:key>/kasta/", imports.discard, name="import_discard"),
    path("arbete/importer/<uuid:key>/jamfor/", imports.look_again, name="import_look_again"),
    path("arbete/importer/<uuid:key>/aterkalla/", imports.withdraw, name="import_withdraw"),
    # Ways in.
    path("huvudman/<slug:number>/fullmakt/", authorizing.organizer, name="authorize_organizer"),
    path("huvudman/<slug:number>/fullmakt/blankett.pdf", authorizing.organizer_blank, name="authorize_organizer_blank"),
    path("larosate/<slug:slug>/fullmakt/", authorizing.university, name="authorize_university"),
    path("larosate/<slug:slug>/fullmakt/blankett.pdf", authorizing.university_blank, name="authorize_university_blank"),
    path("arbete/fullmakter/", judging.listing, name="authorizations"),
    path("arbete/fullmakter/<uuid:key>/", judging.detail, name="authorization"),
    path("arbete/fullmakter/<uuid:key>/papper/", judging.paper, name="authorization_paper"),
    path("inbjudan/<slug:token>/", answering.invited, name="invited"),
    path("arbete/inbjudningar/", inviting.listing, name="invitations"),
    path("arbete/inbjudningar/ny/", inviting.invite, name="invite"),
    path("arbete/inbjudningar/<uuid:key>/<slug:word>/", inviting.change, name="invitation_change"),
    path("samordnare/", interests.scheme, name="coordinators"),
    path("huvudman/<slug:number>/anmal-intresse/", interests.register, name="register_interest"),
    path("arbete/intresse/", interests.listing, name="interests"),
    path("arbete/intresse/<uuid:key>/", interests.detail, name="interest"),
    path("arbete/utkast/", drafts.listing, name="drafts"),
    path("arbete/utkast/nytt/<slug:number>/", drafts.new, name="draft_new"),
    path("arbete/utkast/<uuid:key>/", drafts.detail, name="draft"),
]

urlpatterns = [
    path("sok/", search.search, name="search"),
    path("", include((pages, "registry"))),
]
