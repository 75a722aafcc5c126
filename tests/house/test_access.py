"""Who reaches which address: a line for every address, and every line is tried as everybody.

The round looked at is published, its evaluation still open. `see` below is being let in to the page: what may be done
there is held by each app's own table.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import NoReverseMatch, get_resolver, reverse

from samspel.casefiles.models import CaseFile, Question, QuestionAttachment, QuestionMail
from samspel.casefiles.operations import casefiles
from samspel.forms.models import HandOut
from samspel.forms.operations import definitions
from samspel.kernel.audit import SYSTEM
from samspel.kernel.files import storing
from samspel.letters.models import KeyDate, NamedList, Picture, Promise, ReminderRule
from samspel.letters.operations.freezing import freeze as freeze_letter
from samspel.post.models import Message
from samspel.post.operations import write as write_message
from samspel.registry.models import PeopleBatch, University
from samspel.registry.operations import authorizations, drafts, imports, interests
from samspel.selection.operations import drafting
from tests.forms.conftest import handed_out, make_version
from tests.letters.conftest import make_letter
from tests.selection.conftest import *  # noqa: F403 - the small invented programme, whole
from tests.selection.conftest import NOW, bring, make_draft

STAFF_ROLES = {
    "administrator",
    "registrar",
    "evaluator",
    "editor",
    "officer",
    "decider",
    "process_supporter",
    "supporting_officer",
}
EVERYBODY = frozenset({"nobody", "outsider", "coordinator"} | STAFF_ROLES)
LOGGED_IN = EVERYBODY - {"nobody"}
IMPORTERS = frozenset({"officer", "administrator", "supporting_officer"})
# Everybody who has business among rounds sees a round's page; the figures are for fewer.
STAFF = LOGGED_IN - {"outsider", "coordinator", "editor"}
FIGURES = frozenset({"officer", "decider", "registrar", "evaluator"})
OFFICERS = frozenset({"officer", "supporting_officer"})
CASE_STAFF = frozenset({"officer", "decider", "registrar", "supporting_officer"})
CASE_READERS = CASE_STAFF | {"process_supporter"}
REGISTRARS = frozenset({"registrar"})
MAILBOX = OFFICERS | REGISTRARS
EDITORS = frozenset({"editor"})
LETTER_WRITERS = OFFICERS | EDITORS | {"decider"}
FORM_READERS = frozenset({"officer", "decider", "evaluator", "registrar", "process_supporter", "supporting_officer"})

ACCESS: dict[str, frozenset[str]] = {
    # operation
    "health-live": EVERYBODY,
    "health-ready": EVERYBODY,
    "health-workers": EVERYBODY,
    "robots": EVERYBODY,
    "favicon": EVERYBODY,
    # public
    "reporting:front": EVERYBODY,
    "reporting:organizers": EVERYBODY,
    "reporting:organizer_export": EVERYBODY,
    "reporting:map": EVERYBODY,
    "reporting:map_export": EVERYBODY,
    "reporting:rounds": EVERYBODY,
    "reporting:round": EVERYBODY,
    "reporting:round_export": EVERYBODY,
    "reporting:accessibility": EVERYBODY,
    "reporting:personal_data": EVERYBODY,
    "registry:organizer": EVERYBODY,
    "registry:organizer_export": EVERYBODY,
    "registry:unit": EVERYBODY,
    "registry:municipality": EVERYBODY,
    "registry:indicators": EVERYBODY,
    "registry:indicator": EVERYBODY,
    "search": EVERYBODY,
    "schemes:list": EVERYBODY,
    "schemes:detail": EVERYBODY,
    "schemes:edition": EVERYBODY,
    "forms:public_list": EVERYBODY,
    "forms:public_form": EVERYBODY,
    "forms:public_instruction": EVERYBODY,
    "forms:public_pdf": EVERYBODY,
    "forms:definitions": FORM_READERS | EDITORS,
    "forms:definition": FORM_READERS | EDITORS,
    "forms:version": FORM_READERS | EDITORS,
    "forms:version_text": FORM_READERS | EDITORS,
    "forms:preview": FORM_READERS | EDITORS,
    # for editors; some by a button alone
    "forms:new_definition": EDITORS,
    "forms:definition_show": EDITORS,
    "forms:definition_end": EDITORS,
    "forms:definition_delete": EDITORS,
    "forms:try": EDITORS,
    "forms:draft": EDITORS,
    "forms:draft_begin": EDITORS,
    "forms:draft_words": EDITORS,
    "forms:draft_text": EDITORS,
    "forms:draft_publish": EDITORS,
    "forms:draft_drop": EDITORS,
    "forms:draft_move": EDITORS,
    # says which part, and is found with one alone
    "forms:draft_remove": frozenset(),
    "forms:draft_new_section": EDITORS,
    "forms:draft_section": EDITORS,
    "forms:draft_new_question": EDITORS,
    "forms:draft_condition": EDITORS,
    "forms:draft_question": EDITORS,
    "forms:draft_type": EDITORS,
    "forms:draft_new_column": EDITORS,
    "forms:draft_column": EDITORS,
    "forms:draft_column_type": EDITORS,
    # those who take part in that answer alone
    "forms:carry_over": frozenset(),
    # an answer that is written: of the agency's people those who hand forms out know of it, and read nothing in it
    "forms:mine": LOGGED_IN,
    "forms:begin": LOGGED_IN,
    "forms:hand_out": OFFICERS,
    "forms:handed_out": FORM_READERS,
    "forms:handed_out_csv": FORM_READERS,
    "forms:hand_out_page": OFFICERS,
    "forms:hand_out_withdraw": OFFICERS,
    "forms:answer": OFFICERS,
    "forms:participants": OFFICERS,
    # None of these has begun a trial.
    "forms:drop_trial": frozenset(),
    "forms:reopen": OFFICERS,
    "forms:withdraw": OFFICERS,
    "forms:review": frozenset(),
    "forms:comments": frozenset(),
    "forms:differ": frozenset(),
    "forms:give": frozenset(),
    # asks only for POST, and says so
    "forms:mark": LOGGED_IN,
    # an answer is for those who take part in it: tests/forms/test_section_page.py
    "forms:section": frozenset(),
    "forms:section_now": frozenset(),
    "forms:section_file": frozenset(),
    "forms:history": frozenset(),
    "forms:set_aside": frozenset(),
    "forms:set_aside_file": frozenset(),
    "forms:fillable": frozenset(),
    "forms:submission_pdf": frozenset(),
    "forms:keep_again": LOGGED_IN,
    "forms:hand_in": frozenset(),
    "forms:handed_in": frozenset(),
    "forms:hand_in_mailed": MAILBOX,
    # login
    "account_login": EVERYBODY,
    "account_request_login_code": EVERYBODY,
    # without a code on its way it leads back to the beginning
    "account_confirm_login_code": LOGGED_IN,
    "account_logout": EVERYBODY,
    "account_inactive": EVERYBODY,
    "account_signup": EVERYBODY,
    # opened by a link, and without a first step just taken, they lead back to the beginning
    "mfa_login_webauthn": LOGGED_IN,
    "mfa_authenticate": LOGGED_IN,
    # nobody's here, where no organization's own login is set up
    "accounts:federated": frozenset(),
    "openid_connect_callback": frozenset(),
    "saml_acs": frozenset(),
    "saml_finish_acs": frozenset(),
    "saml_metadata": frozenset(),
    "saml_sls": EVERYBODY,
    # only in a demo, where it is everybody's; nobody's elsewhere
    "accounts:demo": frozenset(),
    "post:senders": frozenset({"administrator"}),
    "post:sender": frozenset({"administrator"}),
    # asks only for POST, and says so
    "post:sender_test": LOGGED_IN,
    "post:sender_look": frozenset({"administrator"}),
    "post:paper": frozenset({"administrator", "registrar"}),
    "post:paper_file": frozenset({"administrator", "registrar"}),
    # asks only for POST, and says so
    "post:paper_posted": LOGGED_IN,
    "post:mailbox": frozenset(),
    "post:mail": frozenset(),
    "post:mail_look": frozenset(),
    "post:mail_source": frozenset(),
    "post:mail_attachment": frozenset(),
    # workspace
    "accounts:work": LOGGED_IN,
    "post:operation": frozenset({"administrator"}),
    "post:settle": frozenset({"administrator"}),
    "post:retry_job": frozenset({"administrator"}),
    "accounts:account": LOGGED_IN,
    "accounts:allowances": LOGGED_IN,
    "accounts:allowances_export": LOGGED_IN,
    "accounts:viewing": frozenset({"administrator"}),
    # by a button alone: whoever comes by a link is told so
    "accounts:viewing_stop": LOGGED_IN,
    "accounts:security": LOGGED_IN,
    "accounts:confirm": LOGGED_IN,
    # by a button alone, and her own alone
    "accounts:end_session": LOGGED_IN,
    "accounts:end_other_sessions": LOGGED_IN,
    # those who are not fresh are asked first who they are
    "accounts:unlink": LOGGED_IN,
    "mfa_add_webauthn": LOGGED_IN,
    "mfa_edit_webauthn": LOGGED_IN,
    "mfa_remove_webauthn": LOGGED_IN,
    "mfa_activate_totp": LOGGED_IN,
    "mfa_deactivate_totp": LOGGED_IN,
    "mfa_view_recovery_codes": LOGGED_IN,
    "mfa_generate_recovery_codes": LOGGED_IN,
    "accounts:own_address": LOGGED_IN,
    "accounts:own_address_code": LOGGED_IN,
    "accounts:own_extract": LOGGED_IN,
    "accounts:people": frozenset({"administrator", "registrar"}),
    "accounts:people_protected": frozenset({"administrator"}),
    "accounts:duplicates": frozenset({"administrator"}),
    "accounts:merge": frozenset({"administrator"}),
    "accounts:person": frozenset({"administrator", "registrar"}),
    "accounts:person_correct": frozenset({"administrator", "outsider"}),
    "accounts:person_protect": frozenset({"administrator"}),
    "accounts:person_close": frozenset({"administrator"}),
    "accounts:person_login": frozenset({"administrator"}),
    "accounts:person_empty": frozenset({"administrator"}),
    # ask only for POST, and say so
    "accounts:person_show_name": LOGGED_IN,
    "accounts:find_other": LOGGED_IN,
    "accounts:person_extract": LOGGED_IN,
    "registry:imports": IMPORTERS,
    "registry:import": IMPORTERS,
    "registry:import_apply": IMPORTERS,
    "registry:import_discard": IMPORTERS,
    "registry:import_look_again": IMPORTERS,
    "registry:import_withdraw": IMPORTERS,
    # an organization's people; the appointment looked at is the evaluator's, at the agency
    "registry:organization_mine": LOGGED_IN,
    "registry:organizations": STAFF - {"evaluator"},
    "registry:organizations_export": STAFF - {"evaluator"},
    "registry:organization_agency": STAFF | EDITORS,
    "registry:organization_organizer": STAFF - {"evaluator"},
    "registry:organization_university": STAFF - {"evaluator"},
    "registry:agency_appoint": frozenset({"administrator"}),
    "registry:organizer_appoint": frozenset({"administrator"}),
    "registry:university_appoint": frozenset({"administrator"}),
    "registry:organizer_addresses": frozenset({"administrator"}),
    "registry:university_addresses": frozenset({"administrator"}),
    "registry:appointment": STAFF | EDITORS,
    "registry:appointment_replace": frozenset({"administrator"}),
    "registry:appointment_end": frozenset({"administrator"}),
    "registry:appointment_prolong": frozenset({"administrator"}),
    "registry:appointment_take_back": frozenset({"administrator"}),
    "registry:appointment_correct": frozenset({"administrator"}),
    "registry:handover": frozenset({"administrator", "evaluator"}),
    "registry:stand_in": frozenset({"administrator", "evaluator"}),
    # asks only for POST, and says so
    "registry:stand_in_call_off": LOGGED_IN,
    "registry:address_works": LOGGED_IN,
    # ways in
    "registry:authorize_organizer": EVERYBODY,
    "registry:authorize_organizer_blank": EVERYBODY,
    "registry:authorize_university": EVERYBODY,
    "registry:authorize_university_blank": EVERYBODY,
    "registry:authorizations": IMPORTERS,
    "registry:authorization": IMPORTERS,
    "registry:authorization_paper": IMPORTERS,
    "registry:invited": EVERYBODY,
    # for those who run an organizer or a university, of whom there are none here
    "registry:invitations": frozenset(),
    "registry:invite": frozenset(),
    "registry:invitation_change": frozenset(),
    "registry:coordinators": EVERYBODY,
    "registry:register_interest": EVERYBODY,
    "registry:interests": IMPORTERS,
    "registry:interest": IMPORTERS,
    "registry:drafts": IMPORTERS | {"registrar"},
    "registry:draft": IMPORTERS | {"registrar"},
    "registry:draft_new": IMPORTERS | {"registrar"},
    "registry:bulk": IMPORTERS,
    # a list is hers who handed it in
    "registry:bulk_batch": frozenset({"officer"}),
    "registry:bulk_discard": IMPORTERS,
    # case files; the one looked at is the round's, which process supporters never see
    "casefiles:list": CASE_READERS,
    "casefiles:new": CASE_STAFF,
    "casefiles:journal": REGISTRARS,
    "casefiles:journal_export": REGISTRARS,
    "casefiles:organizer_note": CASE_STAFF,
    "casefiles:detail": CASE_STAFF,
    "casefiles:note": CASE_STAFF,
    "casefiles:register": CASE_STAFF,
    "casefiles:hand_over": CASE_READERS,
    "casefiles:add_party": CASE_STAFF,
    "casefiles:close": CASE_STAFF,
    "casefiles:reopen": CASE_STAFF,
    "casefiles:document": CASE_STAFF,
    "casefiles:document_file": CASE_STAFF,
    "casefiles:mark_secret": CASE_STAFF,
    "casefiles:lift_secrecy": CASE_STAFF,
    "casefiles:retitle": REGISTRARS,
    "casefiles:misregister": REGISTRARS,
    "casefiles:questions": MAILBOX,
    "casefiles:question": MAILBOX,
    "casefiles:question_answer": MAILBOX,
    "casefiles:question_take": MAILBOX,
    "casefiles:question_give": MAILBOX,
    "casefiles:question_link": MAILBOX,
    "casefiles:question_register": MAILBOX,
    "casefiles:question_draft": MAILBOX,
    "casefiles:question_close": MAILBOX,
    "casefiles:question_file": MAILBOX,
    "casefiles:question_original": MAILBOX,
    # the archive: what was sent for everybody to read
    **{f"letters:{name}": EVERYBODY for name in ("archive", "feed", "archived", "archived_pdf", "picture")},
    "letters:promises": LOGGED_IN,
    # says about what in its query, and is found with one alone
    "letters:promise_make": frozenset(),
    "letters:promise": STAFF_ROLES,
    **dict.fromkeys([f"letters:promise_{name}" for name in ("fill", "move", "hand_over", "drop")], LETTER_WRITERS),
    **dict.fromkeys(["letters:reminders", "letters:reminder_rules"], STAFF_ROLES),
    "letters:my_reminders": LOGGED_IN,
    "letters:reminder_rule_make": frozenset({"administrator", "decider"}),
    # by a button alone, and says so
    "letters:reminder_rule_end": LOGGED_IN,
    **dict.fromkeys([f"letters:{name}" for name in ("letters", "letter", "history")], STAFF_ROLES),
    **dict.fromkeys([f"letters:preview{name}" for name in ("", "_mail", "_pdf")], STAFF_ROLES),
    **dict.fromkeys([f"letters:{name}" for name in ("begin", "about", "write", "pictures")], LETTER_WRITERS),
    **dict.fromkeys([f"letters:{name}" for name in ("withdraw", "restore")], LETTER_WRITERS),
    # by a button alone, and say so
    **dict.fromkeys([f"letters:{name}" for name in ("look", "settle", "picture_remove")], STAFF_ROLES),
    "letters:audience": STAFF_ROLES,
    "letters:audience_csv": OFFICERS | {"decider"},
    # some by a button alone, and say so
    **dict.fromkeys([f"letters:{name}" for name in ("ask", "take_back", "unplan")], STAFF_ROLES),
    **dict.fromkeys([f"letters:{name}" for name in ("approve", "send_back", "plan", "send")], OFFICERS | {"decider"}),
    **dict.fromkeys(["letters:test_send", "letters:correct"], LETTER_WRITERS),
    "letters:delivery": STAFF_ROLES,
    "letters:delivery_csv": OFFICERS | {"decider"},
    "letters:received": LOGGED_IN,
    # those who were sent it alone
    "letters:received_letter": frozenset(),
    # asks for the token of a mail
    "letters:unsubscribe": frozenset(),
    "letters:passed_on": STAFF_ROLES,
    "letters:pass_on": frozenset(),
    "letters:lists": STAFF_ROLES,
    "letters:list": STAFF_ROLES,
    **dict.fromkeys([f"letters:list_{name}" for name in ("make", "change", "end")], LETTER_WRITERS),
    "letters:key_dates": STAFF_ROLES,
    "letters:key_date": STAFF_ROLES,
    **dict.fromkeys([f"letters:key_date_{name}" for name in ("make", "change", "cancel")], LETTER_WRITERS),
    "selection:list": STAFF,
    "selection:new": OFFICERS,
    "selection:detail": STAFF,
    "selection:rules": FIGURES,
    "selection:exclusions": FIGURES,
    # a draft, from which somebody was taken out
    "selection:include": frozenset({"officer"}),
    # the draw of a frozen round
    "selection:step": OFFICERS | {"decider"},
    "selection:ranking": FIGURES,
    "selection:subject": FIGURES,
    "selection:pairs": FIGURES,
    "selection:offers": STAFF,
    "selection:offer-next": OFFICERS - {"supporting_officer"},
    "selection:response": OFFICERS - {"supporting_officer"},
    "selection:end-support": OFFICERS - {"supporting_officer"},
    "selection:verify": FIGURES,
    "selection:protocol": FIGURES,
    "selection:public-protocol": STAFF,
    "selection:bundle": FIGURES,
}


def _names(patterns, spaces=()):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            inside = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _names(pattern.url_patterns, inside)
        else:
            yield ":".join([*spaces, pattern.name or str(pattern.pattern)])


def test_every_address_has_a_line():
    assert set(_names(get_resolver().url_patterns)) == set(ACCESS)


@pytest.fixture
def given(db, people, draft, edition):
    """What the addresses ask for, by name."""
    Message.objects.create(key=STOPPED, kind="x", subject="x", state="in_doubt", written_at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    round = bring(draft, people, "published")
    offered = round.offers.first()
    bring(make_draft(people, edition, slug="ri-frozen"), people, "frozen")
    casefiles.close(case_file=CaseFile.objects.get(number=2), reason="x", by=SYSTEM, at=NOW)
    other = make_draft(people, edition, slug="ri-draft")
    drafting.exclude(round=other, organizer=offered.organizer, kind="other", reason="x", by=people.officer, at=NOW)
    University.objects.create(slug="ekviks-universitet", name="Ekviks universitet", sort_key="ekviks")
    write_message(kind="x.y", to_address="", postal_address="Gatan 1", subject="Brev", body="Hej", at=NOW, lane="bulk")
    batch = imports.propose(files=[("table.csv", TABLE.encode())], by=SYSTEM, at=NOW)
    _ways_in(offered.organizer, people)
    _form(offered.organizer, people)
    _letter(people)
    return {
        "pk": people.evaluator.appointments.get().pk, "stand_in": 1,
        "slug": round.slug, "number": offered.organizer.organization_number, "order": offered.order, "word": "dra",
        "key": str(batch.key), "code": "00000001", "kind": "csv", "edition_slug": "riktade-insatser-2020",
        "address": "urv-2026-1",
        "person_key": people.outsider.key, "one": people.evaluator.key, "other": people.second.key,
        "pile": "2026-11-21", "provider_id": "nobody", "organization_slug": "nobody",
    }  # fmt: skip


WAY_IN = "00000000-0000-4000-8000-000000000005"
FORM = "00000000-0000-4000-8000-000000000006"


def _form(organizer, people):
    """An answer that is being written, in which nobody here takes part, and a draft of its form's next version."""
    version = make_version()
    answer = handed_out(version, organizer)
    type(answer).objects.filter(pk=answer.pk).update(key=FORM)
    HandOut.objects.create(key=FORM, version=version, due_on=NOW.date(), decided_at=NOW)
    definitions.begin_draft(definition=version.definition, by=people.editor, at=NOW)


LETTER = "00000000-0000-4000-8000-000000000007"
LETTER_SENT = "00000000-0000-4000-8000-000000000008"


def _letter(people):
    """A letter that is being written, and a promise and a key date, under the same key."""
    letter = make_letter(by=people.editor, key=LETTER)
    said = {"kind": "link", "words_sv": "Kommer", "due_on": NOW.date(), "made_at": NOW}
    ReminderRule.objects.filter(days=-7).update(key=LETTER)
    Promise.objects.create(key=LETTER, about=f"letters.letter:{letter.key}", owner=people.editor, **said)
    KeyDate.objects.create(key=LETTER, title_sv="Möte", starts_at=NOW, owner=people.editor, made_at=NOW, changed_at=NOW)
    sent = make_letter(by=people.editor, key=LETTER_SENT, state="sent", slug="brevet", sent_at=NOW)
    freeze_letter(sent, at=NOW)
    file = storing.keep_own(b"GIF89a", name="bild.gif", by=None, at=NOW)
    Picture.objects.create(key=LETTER, letter=sent, file=file, width=1, height=1, added_at=NOW)
    NamedList.objects.create(key=LETTER, name="Lista", purpose="Prov", review_on=NOW.date(), made_at=NOW)


def _ways_in(organizer, people):
    """An authorization, an interest, a draft, a list of people and a question, all under the same key."""
    who = {"organizer": organizer, "name": "Siv", "email": "siv@x.se", "at": NOW}
    paper = authorizations.submit(content=b"%PDF-1.7", file_name="x.pdf", signed_by="Bo", by=SYSTEM, **who)
    interest = interests.register(by=SYSTEM, **who)
    draft = drafts.draft(from_on=NOW.date(), by=SYSTEM, **who)
    people_list = PeopleBatch.objects.create(
        proposed_by=people.officer.key, proposed_at=NOW, expires_at=NOW + timedelta(days=36_500)
    )
    file = storing.keep(b"%PDF-1.7", name="x.pdf", by=SYSTEM, at=NOW)
    question = Question.objects.create(subject="x", from_address="siv@x.se", due_on=NOW.date(), received_at=NOW)
    mail = QuestionMail.objects.create(pk=1, question=question, words="x", original=file, at=NOW)
    QuestionAttachment.objects.create(pk=1, mail=mail, name="x.pdf", file=file)
    for one in (paper, interest, draft, people_list, question):
        type(one).objects.filter(pk=one.pk).update(key=WAY_IN)


TABLE = "indikator;subjekt;värde;år;källa\nmother_tongue_other;0114;12,5;2024/25;Egen sammanställning\n"
MAIL = "01788220800000000000-0a1b2c3d"
STOPPED = "6f1c2a4e-0f0b-4c57-9a3e-1f2d3c4b5a69"
FORM_EDITING = [
    name.partition(":")[2] for name in ACCESS if name.startswith(("forms:defin", "forms:draft", "forms:vers"))
]
FORM_EDITING += ["preview", "try"]
OTHER = {
    "accounts:own_extract": {"kind": "json"},
    "post:sender": {"slug": "ekviks-universitet"},
    "post:sender_test": {"slug": "ekviks-universitet"},
    "post:sender_look": {"slug": "ekviks-universitet"},
    "post:paper_file": {"pile": "2026-11-21"},
    "post:paper_posted": {"pile": "2026-11-21"},
    "post:settle": {"key": STOPPED},
    "post:mail": {"key": MAIL},
    "post:mail_look": {"key": MAIL},
    "post:mail_source": {"key": MAIL},
    "post:mail_attachment": {"key": MAIL, "number": 1},
    "registry:organization_university": {"slug": "ekviks-universitet"},
    "registry:university_appoint": {"slug": "ekviks-universitet"},
    "registry:university_addresses": {"slug": "ekviks-universitet"},
    "registry:municipality": {"code": "0114"},
    "registry:authorize_university": {"slug": "ekviks-universitet"},
    "registry:authorize_university_blank": {"slug": "ekviks-universitet"},
    **{
        f"registry:{name}": {"key": WAY_IN}
        for name in ("authorization", "authorization_paper", "interest", "draft", "bulk_batch", "bulk_discard")
    },
    "registry:invited": {"token": "made-up"},
    "registry:invitation_change": {"key": WAY_IN, "word": "paminn"},
    "registry:indicator": {"key": "poverty"},
    **{
        f"casefiles:{name}": {"number": 1}
        for name in ("document", "document_file", "mark_secret", "lift_secrecy", "retitle", "misregister")
    },
    "casefiles:reopen": {"address": "urv-2026-2"},
    **{
        f"casefiles:question{name}": {"key": WAY_IN}
        for name in ("", "_answer", "_take", "_give", "_link", "_register", "_draft", "_close")
    },
    "casefiles:question_file": {"key": WAY_IN, "number": 1},
    "casefiles:question_original": {"key": WAY_IN, "number": 1},
    "forms:hand_in_mailed": {"key": WAY_IN, "number": 1},
    "forms:handed_in": {"key": WAY_IN, "handed": WAY_IN},
    "forms:carry_over": {"key": WAY_IN},
    **{
        f"forms:{name}": {"key": FORM, "section": "plan"}
        for name in ("answer", "participants", "reopen", "withdraw", "review", "differ", "comments", "give", "mark")
    },
    "forms:hand_in": {"key": WAY_IN},
    "forms:drop_trial": {"key": FORM},
    "forms:hand_out_page": {"key": FORM},
    "forms:hand_out_withdraw": {"key": FORM},
    "forms:fillable": {"key": WAY_IN},
    "forms:submission_pdf": {"key": WAY_IN, "number": 1},
    "forms:keep_again": {"key": WAY_IN, "number": 1},
    **{f"forms:section{name}": {"key": WAY_IN, "section": "x", "question": "x"} for name in ("", "_now", "_file")},
    "forms:history": {"key": WAY_IN},
    "forms:set_aside": {"key": WAY_IN, "pk": 1},
    "forms:set_aside_file": {"key": WAY_IN, "pk": 1},
    "selection:step": {"slug": "ri-frozen"},
    "selection:include": {"slug": "ri-draft"},
    "schemes:detail": {"slug": "riktade-insatser"},
    **{
        f"forms:{name}": {
            "slug": "liten-analys",
            "number": 1,
            "column": "cost",
            "word": "asked_when",
            "key": "plan" if name in ("draft_section", "draft_new_question") else "measures",
        }
        for name in FORM_EDITING
    },
    **{name: {"key": LETTER} for name in ACCESS if name.startswith("letters:")},
    **{f"letters:{name}": {"slug": "brevet"} for name in ("archived", "archived_pdf")},
    **{f"letters:{name}": {"key": LETTER_SENT} for name in ("delivery", "delivery_csv", "correct", "received_letter")},
    "letters:unsubscribe": {"token": "made-up"},
    "letters:picture_remove": {"key": LETTER, "picture": LETTER},
    **{f"forms:public_{name}": {"slug": "atgardsplan"} for name in ("form", "instruction", "pdf")},
    "schemes:edition": {"slug": "riktade-insatser"},
}


@pytest.fixture
def unit(organizers):
    from samspel.registry.models import SchoolUnit

    return SchoolUnit.objects.create(
        code="00000001",
        name="Skolan",
        sort_key="skolan",
        search_key="skolan",
        organizer=organizers[0],
        as_of=NOW.date(),
    )


# Which of `given` an address asks for.
ASKED = [
    (), ("address", "number"), ("address",),
    ("slug",), ("kind",), ("slug", "kind"), ("number",), ("number", "kind"), ("code",), ("key",),
    ("provider_id",), ("organization_slug",), ("pk",), ("pk", "stand_in"),
    ("person_key",), ("person_key", "kind"), ("one", "other"),
    ("slug", "edition_slug"), ("pile",), ("slug", "number"), ("key", "number"), ("slug", "order"), ("slug", "word"),
    ("token",), ("key", "word"), ("key", "handed"),
    ("key", "picture"), ("key", "section"), ("key", "section", "question"), ("key", "pk"),
    ("slug", "key"), ("slug", "key", "word"), ("slug", "key", "column"),
]  # fmt: skip


def _address(name: str, given: dict) -> str:
    wanted = given | OTHER.get(name, {})
    for asked in ASKED:
        try:
            return reverse(name, kwargs={argument: wanted[argument] for argument in asked})
        except (NoReverseMatch, KeyError):
            continue
    raise AssertionError(f"{name} asks for something that the test does not give")


def _is_let_in(response) -> bool:
    to_login = response.status_code == 302 and "/konto/logga-in/" in response.headers["Location"]
    return not to_login and response.status_code not in (401, 403, 404)


@pytest.fixture
def refusals_in_few_words(monkeypatch):
    """The page that says no is looked at elsewhere; here it is said a thousand times and more."""
    from samspel.config import urls

    for status in (403, 404):
        monkeypatch.setattr(urls, f"handler{status}", partial(_refused, status))


def _refused(status, request, exception=None):
    return HttpResponse(status=status)


@pytest.fixture
def answers(client, given, people, unit, refusals_in_few_words):
    """`answers(who)`: name of each address and what it answers her, each as if it were the first she asks for."""

    def ask(who):
        if who != "nobody":
            client.force_login(getattr(people, who), backend="allauth.account.auth_backends.AuthenticationBackend")
        begun = client.cookies.copy()
        for name in sorted(ACCESS):
            with transaction.atomic():
                yield name, client.get(_address(name, given))
                transaction.set_rollback(True)
            client.cookies = begun.copy()

    return ask


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_every_address_lets_in_exactly_those_of_its_line(who, answers):
    found = {name: (_is_let_in(answer), answer.status_code) for name, answer in answers(who)}

    assert {name: found[name] for name, let_in in ACCESS.items() if (who in let_in) != found[name][0]} == {}
    assert [name for name, (_, status) in found.items() if status >= 500] == []


def test_what_is_not_for_everybody_is_never_laid_by(answers):
    kept = [
        name
        for name, answer in answers("officer")
        if "nobody" not in ACCESS[name] and answer.status_code == 200 and not _is_never_laid_by(answer)
    ]

    assert kept == []


def _is_never_laid_by(answer):
    said = answer.headers["Cache-Control"]
    return "no-store" in said and "private" in said
