"""Addresses of the registry: organizers, school units, municipalities, indicators, search and imports."""

from django.urls import include, path

from samspel.registry.views import (
    appointments,
    handover,
    imports,
    indicators,
    organizations,
    organizers,
    places,
    search,
    stand_ins,
    units,
)
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
    # Organizations and their people.
    path("arbete/organisation/", organizations.mine, name="organization_mine"),
    path("arbete/organisationer/", organizations.listing, name="organizations"),
    path("arbete/organisationer/lista.csv", organizations.export, name="organizations_export"),
    path("arbete/myndigheten/", organizations.detail, name="organization_agency"),
    path("arbete/myndigheten/tillsatt/", appointments.appoint, name="agency_appoint"),
    path("arbete/huvudman/<slug:number>/", organizations.detail, name="organization_organizer"),
    path("arbete/huvudman/<slug:number>/tillsatt/", appointments.appoint, name="organizer_appoint"),
    path("arbete/huvudman/<slug:number>/adresser/", organizations.addresses, name="organizer_addresses"),
    path("arbete/larosate/<slug:slug>/", organizations.detail, name="organization_university"),
    path("arbete/larosate/<slug:slug>/tillsatt/", appointments.appoint, name="university_appoint"),
    path("arbete/larosate/<slug:slug>/adresser/", organizations.addresses, name="university_addresses"),
    path("arbete/uppdrag/<int:pk>/", appointments.detail, name="appointment"),
    path("arbete/uppdrag/<int:pk>/ersatt/", appointments.replace, name="appointment_replace"),
    path("arbete/uppdrag/<int:pk>/avsluta/", appointments.end, name="appointment_end"),
    path("arbete/uppdrag/<int:pk>/forlang/", appointments.prolong, name="appointment_prolong"),
    path("arbete/uppdrag/<int:pk>/aterta/", appointments.take_back, name="appointment_take_back"),
    path("arbete/uppdrag/<int:pk>/ratta/", appointments.correct, name="appointment_correct"),
    path("arbete/uppdrag/<int:pk>/overlamning/", handover.page, name="handover"),
    path("arbete/uppdrag/<int:pk>/vikarie/", stand_ins.name, name="stand_in"),
    path("arbete/uppdrag/<int:pk>/vikarie/<int:stand_in>/avbryt/", stand_ins.call_off, name="stand_in_call_off"),
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
