"""Addresses of the schemes."""

from django.urls import include, path

from samspel.schemes import views

pages = [
    path("program/", views.scheme_list, name="list"),
    path("program/<slug:slug>/", views.scheme_detail, name="detail"),
    path("program/<slug:slug>/<slug:edition_slug>/", views.scheme_detail, name="edition"),
]

urlpatterns = [path("", include((pages, "schemes")))]
