"""Addresses of the registry: organizers, school units, municipalities, indicators, search and imports."""

from django.urls import include, path

from samspel.registry.views import imports, indicators, organizers, places, search, units

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
]

urlpatterns = [
    path("sok/", search.search, name="search"),
    path("", include((pages, "registry"))),
]
