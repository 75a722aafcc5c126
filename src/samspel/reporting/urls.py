"""Addresses of the public pages."""

from django.urls import include, path

from samspel.reporting import views

pages = [
    path("", views.front, name="front"),
    path("huvudman/", views.organizer_list, name="organizers"),
    path("huvudman/lista.<slug:kind>", views.organizer_export, name="organizer_export"),
    path("karta/", views.map_page, name="map"),
    path("karta/karta.<slug:kind>", views.map_export, name="map_export"),
    path("urval/", views.round_list, name="rounds"),
    path("urval/<slug:slug>/", views.round_page, name="round"),
    path("urval/<slug:slug>/omgang.<slug:kind>", views.round_export, name="round_export"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("personuppgifter/", views.personal_data, name="personal_data"),
]

urlpatterns = [path("", include((pages, "reporting")))]
