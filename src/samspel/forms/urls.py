"""Addresses of forms: in public, in the workspace, and for editors."""

from __future__ import annotations

from django.urls import include, path

from samspel.forms.views import answers as answer_views
from samspel.forms.views import carrying as carrying_views
from samspel.forms.views import comments as comment_views
from samspel.forms.views import definitions as definition_views
from samspel.forms.views import files as file_views
from samspel.forms.views import handed_out as handed_out_views
from samspel.forms.views import handing_in, mailed
from samspel.forms.views import handing_out as handing_out_views
from samspel.forms.views import history as history_views
from samspel.forms.views import preview as preview_views
from samspel.forms.views import public as public_views
from samspel.forms.views import reviewing as reviewing_views
from samspel.forms.views import sharing as sharing_views
from samspel.forms.views import sheets as sheet_views
from samspel.forms.views import writing as writing_views
from samspel.forms.views.drafts import conditions as condition_views
from samspel.forms.views.drafts import moving as moving_views
from samspel.forms.views.drafts import pages as draft_views
from samspel.forms.views.drafts import parts as part_views

public: list = [
    path("formular/", public_views.listing, name="public_list"),
    path("formular/<slug:slug>/", public_views.form, name="public_form"),
    path("formular/<slug:slug>/anvisning/", public_views.instruction, name="public_instruction"),
]
sheets: list = [
    path("formular/<slug:slug>/blankett.pdf", sheet_views.public_pdf, name="public_pdf"),
    path("arbete/formular/<uuid:key>/ifyllbar.pdf", sheet_views.fillable, name="fillable"),
    path("arbete/formular/<uuid:key>/inlamnad/<int:number>.pdf", sheet_views.submission_pdf, name="submission_pdf"),
    path("arbete/formular/<uuid:key>/inlamnad/<int:number>/igen/", sheet_views.keep_again, name="keep_again"),
]
handed_in: list = [
    path("arbete/formular/<uuid:key>/pdf/", handing_in.hand_in, name="hand_in"),
    path("arbete/formular/<uuid:key>/pdf/<uuid:handed>/", handing_in.handed_in, name="handed_in"),
    path("arbete/fragor/<uuid:key>/bilaga/<int:number>/formular/", mailed.hand_in_mailed, name="hand_in_mailed"),
]
ANSWER = "arbete/formular/<uuid:key>/"

answering: list = [
    path("arbete/formular/", answer_views.mine, name="mine"),
    path("arbete/formular/nytt/", answer_views.begin, name="begin"),
    path("arbete/formular/lamna-ut/", handing_out_views.hand_out, name="hand_out"),
    path("arbete/formular/utlamnade/", handed_out_views.listing, name="handed_out"),
    path("arbete/formular/utlamnade.csv", handed_out_views.export, name="handed_out_csv"),
    path("arbete/formular/utlamnade/<uuid:key>/", handed_out_views.hand_out_page, name="hand_out_page"),
    path(
        "arbete/formular/utlamnade/<uuid:key>/dra-tillbaka/",
        handed_out_views.hand_out_withdraw,
        name="hand_out_withdraw",
    ),
    path(ANSWER, answer_views.answer, name="answer"),
    path(ANSWER + "granska/", reviewing_views.review_page, name="review"),
    path(ANSWER + "deltagare/", sharing_views.participants, name="participants"),
    path(ANSWER + "oppna-igen/", reviewing_views.reopen, name="reopen"),
    path(ANSWER + "avvikande/", reviewing_views.differ, name="differ"),
    path(ANSWER + "ny-version/", carrying_views.carry_over, name="carry_over"),
    path(ANSWER + "kasta-provet/", preview_views.drop_trial, name="drop_trial"),
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
        file_views.section_file,
        name="section_file",
    ),
    path("arbete/formular/<uuid:key>/historik/", history_views.history, name="history"),
    path("arbete/formular/<uuid:key>/undanlagt/<int:pk>/", history_views.set_aside, name="set_aside"),
    path("arbete/formular/<uuid:key>/undanlagt/<int:pk>/fil/", file_views.set_aside_file, name="set_aside_file"),
]
writing: list = []
FORMS = "arbete/redaktion/formular/"
FORM = FORMS + "<slug:slug>/"
DRAFT = FORM + "utkast/"
QUESTION = DRAFT + "fraga/<slug:key>/"
COLUMN = QUESTION + "kolumn/<slug:column>/"
VERSION = FORM + "<int:number>/"
editing: list = [
    path(FORMS, definition_views.listing, name="definitions"),
    path(FORMS + "nytt/", definition_views.new, name="new_definition"),
    path(FORM, definition_views.definition, name="definition"),
    path(FORM + "visa/", definition_views.show, name="definition_show"),
    path(FORM + "avsluta/", definition_views.end, name="definition_end"),
    path(FORM + "ta-bort/", definition_views.delete, name="definition_delete"),
    path(VERSION, definition_views.version, name="version"),
    path(VERSION + "definition.toml", definition_views.as_text, name="version_text"),
    path(VERSION + "forhandsvisa/", preview_views.preview, name="preview"),
    path(VERSION + "prova/", preview_views.trial, name="try"),
    path(DRAFT, draft_views.draft, name="draft"),
    path(DRAFT + "borja/", draft_views.begin, name="draft_begin"),
    path(DRAFT + "ord/", draft_views.words, name="draft_words"),
    path(DRAFT + "text/", draft_views.text, name="draft_text"),
    path(DRAFT + "ta-i-bruk/", draft_views.put_to_use, name="draft_publish"),
    path(DRAFT + "kasta/", draft_views.drop, name="draft_drop"),
    path(DRAFT + "flytta/", moving_views.move, name="draft_move"),
    path(DRAFT + "ta-bort/", moving_views.remove, name="draft_remove"),
    path(DRAFT + "del/", part_views.new_section, name="draft_new_section"),
    path(DRAFT + "del/<slug:key>/", part_views.section, name="draft_section"),
    path(DRAFT + "del/<slug:key>/fraga/", part_views.new_question, name="draft_new_question"),
    path(DRAFT + "villkor/<slug:key>/<slug:word>/", condition_views.condition, name="draft_condition"),
    path(QUESTION, part_views.question, name="draft_question"),
    path(QUESTION + "typ/", part_views.type_of, name="draft_type"),
    path(QUESTION + "kolumn/", part_views.new_column, name="draft_new_column"),
    path(COLUMN, part_views.column, name="draft_column"),
    path(COLUMN + "typ/", part_views.type_of, name="draft_column_type"),
]

urlpatterns = [
    path("", include(([*public, *sheets, *answering, *handed_in, *in_sections, *writing, *editing], "forms")))
]
