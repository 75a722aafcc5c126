"""Addresses of forms: in public, in the workspace, and for editors."""

from __future__ import annotations

from django.urls import include, path

from samspel.forms.views import answers as answer_views
from samspel.forms.views import comments as comment_views
from samspel.forms.views import handing_in, mailed
from samspel.forms.views import handing_out as handing_out_views
from samspel.forms.views import history as history_views
from samspel.forms.views import public as public_views
from samspel.forms.views import sheets as sheet_views
from samspel.forms.views import writing as writing_views
from samspel.forms.views import reviewing as reviewing_views
from samspel.forms.views import sharing as sharing_views

public: list = [
    path("formular/", public_views.listing, name="public_list"),
    path("formular/<slug:slug>/", public_views.form, name="public_form"),
    path("formular/<slug:slug>/anvisning/", public_views.instruction, name="public_instruction"),
]
sheets: list = [
    path("formular/<slug:slug>/blankett.pdf", sheet_views.public_pdf, name="public_pdf"),
    path("arbete/formular/<uuid:key>/ifyllbar.pdf", sheet_views.fillable, name="fillable"),
    path("arbete/formular/<uuid:key>/inlamnad/<int:number>.pdf", sheet_views.submission_pdf, name="submission_pdf"),
]
handed_in: list = [
    path("arbete/formular/<uuid:key>/pdf/", handing_in.hand_in, name="hand_in"),
    path("arbete/formular/<uuid:key>/pdf/<uuid:handed>/", handing_in.handed_in, name="handed_in"),
    path("arbete/fragor/<uuid:question>/bilaga/<int:number>/formular/", mailed.hand_in_mailed, name="hand_in_mailed"),
]
ANSWER = "arbete/formular/<uuid:key>/"

answering: list = [
    path("arbete/formular/", answer_views.mine, name="mine"),
    path("arbete/formular/nytt/", answer_views.begin, name="begin"),
    path("arbete/formular/lamna-ut/", handing_out_views.hand_out, name="hand_out"),
    path("arbete/formular/utlamnade/", handing_out_views.listing, name="handed_out"),
    path(ANSWER, answer_views.answer, name="answer"),
    path(ANSWER + "granska/", reviewing_views.review_page, name="review"),
    path(ANSWER + "deltagare/", sharing_views.participants, name="participants"),
    path(ANSWER + "oppna-igen/", reviewing_views.reopen, name="reopen"),
    path(ANSWER + "avvikande/", reviewing_views.differ, name="differ"),
    path(ANSWER + "dra-tillbaka/", answer_views.withdraw, name="withdraw"),
    path(ANSWER + "del/<slug:section>/kommentarer/", comment_views.comments, name="comments"),
    path(ANSWER + "del/<slug:section>/ge/", sharing_views.give, name="give"),
    path(ANSWER + "del/<slug:section>/lage/", sharing_views.mark, name="mark"),
]
in_sections: list = [
    path("arbete/formular/<uuid:key>/del/<slug:section>/", writing_views.section, name="section"),
    path("arbete/formular/<uuid:key>/del/<slug:section>/nu/", writing_views.section_now, name="section_now"),
    path(
        "arbete/formular/<uuid:key>/del/<slug:section>/fil/<slug:question>/",
        writing_views.section_file,
        name="section_file",
    ),
    path("arbete/formular/<uuid:key>/historik/", history_views.history, name="history"),
    path("arbete/formular/<uuid:key>/undanlagt/<int:pk>/", history_views.set_aside, name="set_aside"),
]
writing: list = []
editing: list = []

urlpatterns = [path("", include(([*public, *sheets, *answering, *handed_in, *in_sections, *writing, *editing], "forms")))]
