"""The pages of an answer's life: who sees what, what they refuse, and that they do not grow with rows."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samspel.accounts.queries import todo_of
from samspel.forms.models import Answer, AnswerState, Comment, HandOut, Participant, SectionMark, Submission
from samspel.forms.operations import answers, comments, saving, sections, submitting
from samspel.forms.operations.participants import Taking
from samspel.kernel.permissions import Level
from samspel.registry.models import Role
from tests.casefiles.conftest import make_organizer
from tests.forms.conftest import BODY, SUMMARY, at_organizer, make_version, person_with

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PERSONAL = "Ring Anna på 070-174 06 05 om frågor."


@pytest.fixture
def as_(client):
    """Log in as somebody, surely enough for everything here."""

    def log_in(person, level=Level.SIGN):
        client.force_login(person, backend=BACKEND, level=level)
        return client

    return log_in


def address(answer, page="answer", *more):
    return reverse(f"forms:{page}", args=[answer.key, *more])


def shown(response):
    return response.content.decode()


def write(answer, by, **values):
    return saving.write(answer=answer, values=values, by=by, at=timezone.now(), way="page")


def ready(answer, by):
    """Written so that it can be submitted."""
    write(answer, by, summary=SUMMARY)
    return answer


def test_the_page_says_what_is_next_who_does_it_and_by_when(as_, answer, writer, submitter):
    Answer.objects.filter(pk=answer.pk).update(due_on=timezone.localdate() + timedelta(days=20))

    page = shown(as_(writer).get(address(answer)))

    assert "Formuläret skrivs: 0 av 2 avsnitt är klara." in page
    assert "Sara Samordnare, Wilma Rektor, Didrik Utvecklare" in page
    assert "Skriv ”Bakgrund”" in page
    assert address(answer, "section", "background") in page


def test_when_all_is_ready_the_one_who_submits_is_led_to_it(as_, answer, writer, submitter):
    ready(answer, writer)
    for section in ("background", "plan"):
        sections.mark(answer=answer, section=section, status="ready", by=writer, at=timezone.now())

    assert "Gå igenom och lämna in" in shown(as_(submitter).get(address(answer)))
    assert "Gå igenom och lämna in" not in shown(as_(writer).get(address(answer)))


def test_no_section_is_said_to_be_written_once_the_form_is_submitted(as_, answer, submitter):
    ready(answer, submitter)
    submitting.submit(answer=answer, by=submitter, at=timezone.now())

    page = shown(as_(submitter).get(address(answer)))

    sections_of_page = page[
        page.index('<ol class="sections">') : page.index("</ol>", page.index('<ol class="sections">'))
    ]
    assert "Skrivs" not in sections_of_page and "Klart" not in sections_of_page
    assert "Kommentarer" in sections_of_page and "Kommenterar" not in sections_of_page


def test_the_agency_sees_how_far_it_has_come_and_not_what_is_written(as_, answer, writer, officer):
    write(answer, writer, summary=SUMMARY)
    comments.say(answer=answer, section="plan", words="En hemlighet", by=writer, at=timezone.now())

    assert as_(officer).get(address(answer)).status_code == 200
    assert as_(officer).get(address(answer, "review")).status_code == 403
    assert as_(officer).get(address(answer, "comments", "plan")).status_code == 403
    assert SUMMARY not in shown(as_(officer).get(address(answer)))


@pytest.mark.parametrize("page", ["answer", "review", "participants", "reopen", "differ", "withdraw"])
def test_outsiders_find_no_such_form(as_, answer, outsider, page):
    assert as_(outsider).get(address(answer, page)).status_code == 404


@pytest.mark.parametrize("page", ["comments", "give", "mark"])
def test_outsiders_and_sections_that_are_none_are_not_found(as_, answer, outsider, writer, page):
    method = "post" if page == "mark" else "get"

    assert getattr(as_(outsider), method)(address(answer, page, "plan")).status_code == 404
    assert getattr(as_(writer), method)(address(answer, page, "no-such")).status_code == 404


def test_a_form_that_nobody_began_is_not_found(as_, writer):
    assert as_(writer).get(reverse("forms:answer", args=[uuid4()])).status_code == 404


def test_mine_lists_what_i_take_part_in_what_waits_first(as_, answer, version, organizer, writer, officer):
    later = answers.begin(
        definition=version.definition,
        organizer=organizer,
        about="hösten",
        due_on=timezone.localdate() + timedelta(days=3),
        participants=[Taking(writer, "write", timezone.localdate())],
        by=officer,
        at=timezone.now(),
    )

    page = shown(as_(writer).get(reverse("forms:mine")))

    assert page.index(address(later)) < page.index(address(answer))
    assert "Skriver" in page
    assert "0 av 2" in page


def test_a_coordinator_begins_a_form_at_her_own_place(as_, version, submitter, organizer):
    other = make_organizer(2)
    offered = shown(as_(submitter).get(reverse("forms:begin")))

    made = as_(submitter).post(
        reverse("forms:begin"), {"what": f"liten-analys|organizer:{organizer.pk}", "about": "våren"}
    )

    assert "Liten analys, Påhittade 01 kommun" in offered
    begun = Answer.objects.get()
    assert made.headers["Location"] == address(begun)
    assert (begun.organizer, begun.about) == (organizer, "våren")
    assert list(begun.participants.values_list("person", "deed", "role")) == [(submitter.pk, "submit", "coordinator")]
    elsewhere = as_(submitter).post(reverse("forms:begin"), {"what": f"liten-analys|organizer:{other.pk}"})
    assert elsewhere.status_code == 422


def test_what_is_begun_already_is_told_and_not_begun_twice(as_, answer, submitter, organizer):
    again = as_(submitter).post(reverse("forms:begin"), {"what": f"liten-analys|organizer:{organizer.pk}"})

    assert again.status_code == 422
    assert "Formuläret skrivs redan." in shown(again)
    assert Answer.objects.count() == 1


def test_an_officer_hands_out_by_names_and_numbers(as_, version, organizer, submitter, officer):
    other = make_organizer(2)
    at_organizer(other, Role.COORDINATOR, "Olle Annan")
    due_on = timezone.localdate() + timedelta(days=30)

    told = {"form": "liten-analys", "to": f"{organizer.name}\n\n{other.organization_number}\n", "due_on": due_on}
    made = as_(officer).post(reverse("forms:hand_out"), told | {"about": ""})

    assert made.headers["Location"] == reverse("forms:hand_out_page", args=[HandOut.objects.get().key])
    assert set(Answer.objects.values_list("organizer__name", "due_on")) == {
        (organizer.name, due_on),
        (other.name, due_on),
    }


def test_a_name_that_is_nobodys_is_told_and_nothing_handed_out(as_, version, organizer, officer):
    told = {"form": "liten-analys", "to": f"{organizer.name}\nIngenstans", "due_on": "2099-01-01"}

    page = as_(officer).post(reverse("forms:hand_out"), told)

    assert page.status_code == 422
    assert "Rad 2: ingen heter ”Ingenstans”." in shown(page)
    assert Answer.objects.count() == 0


def test_who_got_none_is_told_to_the_officer(as_, version, organizer, officer):
    told = {"form": "liten-analys", "to": organizer.name, "due_on": "2099-01-01"}

    page = as_(officer).post(reverse("forms:hand_out"), told, follow=True)

    assert "Påhittade 01 kommun: Ingen där har ett uppdrag som formuläret är till för." in shown(page)


@pytest.mark.parametrize("who", ["writer", "outsider", "commenter", "editor"])
def test_others_hand_out_nothing(as_, request, version, who):
    assert as_(request.getfixturevalue(who)).get(reverse("forms:hand_out")).status_code == 403


def test_handed_out_forms_are_found_by_form_state_and_name(as_, answer, officer, organizer):
    listing = reverse("forms:handed_out")

    assert address(answer) in shown(as_(officer).get(listing))
    assert address(answer) in shown(as_(officer).get(listing, {"q": "påhittade", "form": "liten-analys"}))
    assert address(answer) not in shown(as_(officer).get(listing, {"state": "submitted"}))
    assert address(answer) not in shown(as_(officer).get(listing, {"q": "nowhere"}))
    Answer.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert address(answer) in shown(as_(officer).get(listing, {"state": "late"}))


def _queries(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def _more(version, writer, number):
    for place in range(number):
        organizer = make_organizer(20 + place)
        made = answers.begin(
            definition=version.definition,
            organizer=organizer,
            participants=[Taking(writer, "write", timezone.localdate())],
            by=at_desk(),
            at=timezone.now(),
        )
        sections.give(answer=made, section="plan", to=writer, by=writer, at=timezone.now())
        comments.say(answer=made, section="plan", words="Se över", by=writer, at=timezone.now())


def at_desk():
    from samspel.kernel.audit import SYSTEM

    return SYSTEM


@pytest.mark.parametrize(("who", "page"), [("writer", "mine"), ("officer", "handed_out")])
def test_lists_cost_the_same_with_one_row_and_with_four(as_, request, answer, version, writer, who, page):
    client, url = as_(request.getfixturevalue(who)), reverse(f"forms:{page}")
    one = _queries(client, url)
    _more(version, writer, 3)

    assert _queries(client, url) == one


def test_the_page_of_an_answer_costs_the_same_however_many_take_part(as_, answer, writer, submitter, organizer):
    client, url = as_(writer), address(answer)
    write(answer, writer, summary=SUMMARY)
    comments.say(answer=answer, section="plan", words="Se över", by=writer, at=timezone.now())
    sections.give(answer=answer, section="plan", to=writer, by=submitter, at=timezone.now())
    before = _queries(client, url)
    for place in range(3):
        person = at_organizer(organizer, Role.PRINCIPAL, f"Rektor {place}")
        Participant.objects.create(
            answer=answer, person=person, deed="write", from_on=timezone.localdate(), added_at=timezone.now()
        )
        write(answer, person, contact=f"Kontakt {place}")
        comments.say(answer=answer, section="plan", words="Mer", by=person, at=timezone.now())
    sections.give(answer=answer, section="background", to=submitter, by=submitter, at=timezone.now())

    assert _queries(client, url) == before


def test_to_do_costs_the_same_with_one_form_and_with_four(answer, version, writer):
    def count():
        with CaptureQueriesContext(connection) as seen:
            rows = todo_of(type(writer).objects.get(pk=writer.pk), timezone.now())
        return len(seen), len(rows)

    sections.give(answer=answer, section="plan", to=writer, by=writer, at=timezone.now())
    queries, rows = count()
    _more(version, writer, 3)

    assert count() == (queries, rows + 3)


def test_a_section_is_given_and_she_who_gets_it_has_it_to_do(as_, answer, writer, submitter):
    as_(submitter).post(address(answer, "give", "plan"), {"to": str(writer.key)})

    assert SectionMark.objects.get(section="plan").given_to == writer
    titles = [str(row.title) for row in todo_of(writer, timezone.now())]
    assert titles == ["Skriv ”Plan”: Liten analys, Påhittade 01 kommun"]


def test_a_section_is_given_to_nobody_who_does_not_write(as_, answer, submitter, commenter):
    page = as_(submitter).post(address(answer, "give", "plan"), {"to": str(commenter.key)})

    assert page.status_code == 422
    assert not SectionMark.objects.filter(given_to__isnull=False).exists()


def test_a_section_is_marked_by_a_button(as_, answer, writer, commenter):
    as_(writer).post(address(answer, "mark", "plan"), {"status": "ready"})

    assert SectionMark.objects.get(section="plan").status == "ready"
    assert as_(commenter).post(address(answer, "mark", "plan"), {"status": "writing"}).status_code == 403
    assert as_(writer).get(address(answer, "mark", "plan")).status_code == 405


def test_a_comment_is_said_and_taken_care_of(as_, answer, commenter, writer):
    url = address(answer, "comments", "plan")
    as_(commenter).post(url, {"question": "ceiling", "words": "Är ramen rätt?"})
    said = Comment.objects.get()

    page = shown(as_(writer).get(url))
    as_(writer).post(url, {"settle": str(said.key)})

    assert "Är ramen rätt?" in page
    assert "Petra Processtöd" in page
    said.refresh_from_db()
    assert (said.question, said.settled_by) == ("ceiling", writer.key)
    assert "Omhändertagen av Wilma Rektor" in shown(as_(commenter).get(url))


@pytest.mark.parametrize("key", ["", "x", "\x00", "9" * 60])
def test_a_comment_that_is_none_is_not_found(as_, answer, writer, key):
    assert as_(writer).post(address(answer, "comments", "plan"), {"settle": key}).status_code == 404


def test_going_through_tells_what_is_missing_and_leads_to_the_field(as_, answer, submitter):
    page = shown(as_(submitter).get(address(answer, "review")))

    assert f'href="{address(answer, "section", "background")}#f-summary"' in page
    assert "Sammanfattning" in page


def test_what_is_missing_keeps_it_from_being_submitted(as_, answer, submitter):
    page = as_(submitter).post(address(answer, "review"), {"revision": answer.revision})

    assert page.status_code == 422
    assert "Allt är inte besvarat." in shown(page)
    assert Submission.objects.count() == 0


def test_places_that_look_like_personal_data_are_shown_and_decided_one_by_one(as_, answer, writer, submitter):
    write(answer, writer, summary=PERSONAL, contact="anna@example.org")
    url = address(answer, "review")
    page = as_(submitter).get(url)
    keys = [one.place.key for one in page.context["review"].found]

    half = as_(submitter).post(url, {"revision": answer.revision, "keep": keys[:1]})
    whole = as_(submitter).post(url, {"revision": answer.revision, "keep": keys})

    assert "Ser ut som ett telefonnummer" in shown(page)
    assert "<mark>070-174 06 05</mark>" in shown(page)
    assert half.status_code == 422
    assert f"#keep-{keys[1]}" in shown(half)
    assert whole.headers["Location"] == address(answer)
    kept = Submission.objects.get().kept_findings
    assert kept == [{"path": "summary", "kind": "phone"}, {"path": "contact", "kind": "mail"}]


def test_what_was_written_since_she_went_through_it_is_not_submitted_unseen(as_, answer, writer, submitter):
    ready(answer, writer)
    seen = answer.revision
    write(answer, writer, contact="Någon annan")

    page = as_(submitter).post(address(answer, "review"), {"revision": seen})

    assert page.status_code == 422
    assert "Någon har skrivit i formuläret sedan du gick igenom det." in shown(page)


def test_submitted_twice_the_second_is_told(as_, answer, writer, submitter):
    ready(answer, writer)
    as_(submitter).post(address(answer, "review"), {"revision": answer.revision})

    again = as_(submitter).post(address(answer, "review"), {"revision": answer.revision})

    assert again.status_code == 422
    assert "Formuläret är inlämnat." in shown(again)
    assert Submission.objects.count() == 1


def test_who_only_writes_submits_nothing(as_, answer, writer):
    ready(answer, writer)

    assert as_(writer).post(address(answer, "review"), {"revision": answer.revision}).status_code == 403
    assert ">Lämna in<" not in shown(as_(writer).get(address(answer, "review")))


def test_a_login_that_is_not_sure_enough_submits_nothing(as_, answer, writer, submitter):
    ready(answer, writer)

    page = as_(submitter, level=Level.READ).post(address(answer, "review"), {"revision": answer.revision})

    assert page.status_code == 403
    assert Submission.objects.count() == 0


def test_what_was_submitted_is_read_by_the_agency_and_opened_again(as_, answer, writer, submitter, officer):
    submitting.submit(answer=ready(answer, writer), by=submitter, at=timezone.now())

    page = shown(as_(officer).get(address(answer, "review")))
    as_(officer).post(address(answer, "reopen"), {"reason": "Budgeten saknas", "due_on": ""})

    assert SUMMARY in page
    answer.refresh_from_db()
    assert answer.state == AnswerState.WRITING
    assert "Budgeten saknas" in shown(as_(writer).get(address(answer)))


def test_a_form_is_no_longer_asked_for(as_, answer, writer, officer):
    as_(officer).post(address(answer, "withdraw"), {"reason": "Dubblett"})

    page = shown(as_(writer).get(address(answer)))
    assert "Ingenting: formuläret behövs inte längre." in page
    assert "Dubblett" in page
    assert as_(officer).post(address(answer, "withdraw"), {"reason": "Igen"}).status_code == 422


def test_a_differing_view_stands_on_the_form_with_a_name(as_, answer, writer, officer):
    as_(writer).post(address(answer, "differ"), {"words": "Jag ser orsaken i scheman."})

    page = shown(as_(writer).get(address(answer)))
    assert "Jag ser orsaken i scheman." in page
    assert "Jag ser orsaken i scheman." not in shown(as_(officer).get(address(answer)))


def test_a_colleague_is_brought_in_and_leaves(as_, answer, submitter, organizer):
    colleague = at_organizer(organizer, Role.PRINCIPAL, "Kim Kollega")
    url = address(answer, "participants")

    as_(submitter).post(url, {"person": str(colleague.key), "deed": "write", "to_on": ""})
    row = Participant.objects.get(person=colleague)
    as_(submitter).post(url, {"end": row.pk})

    assert (row.deed, row.role) == ("write", "principal")
    assert as_(colleague).get(address(answer)).status_code == 404


@pytest.mark.parametrize("end", ["", "x", "0", "9" * 30, "\x00"])
def test_a_part_that_is_nobodys_is_not_found(as_, answer, submitter, end):
    assert as_(submitter).post(address(answer, "participants"), {"end": end}).status_code == 404


@pytest.mark.parametrize("who", ["writer", "submitter", "officer", "commenter"])
@pytest.mark.parametrize("junk", ["\x00", "x" * 100_000, "9" * 400, "'\"<script>"])
def test_bad_input_is_refused_in_words_on_every_page(as_, request, answer, who, junk):
    client = as_(request.getfixturevalue(who))
    names = ("what", "about", "form", "to", "due_on", "person", "deed", "to_on", "status", "question", "words")
    given = dict.fromkeys([*names, "reason", "revision", "keep", "settle", "end", "no_such_field"], junk)
    pages = [reverse("forms:begin"), reverse("forms:hand_out")]
    pages += [address(answer, page) for page in ("review", "participants", "reopen", "differ", "withdraw")]
    pages += [address(answer, page, "plan") for page in ("comments", "give", "mark")]

    for page in pages:
        for told in (given, {name: value for name, value in given.items() if name not in ("settle", "end")}):
            assert client.post(page, told).status_code in (302, 403, 404, 422), page
    assert client.get(reverse("forms:mine"), {"page": junk[:2000]}).status_code == 200


def test_a_test_is_seen_by_those_who_take_part_alone(as_, version, editor, officer):
    made = answers.begin(
        definition=version.definition,
        is_test=True,
        participants=[Taking(editor, "submit", timezone.localdate())],
        by=editor,
        at=timezone.now(),
    )

    assert as_(editor).get(address(made)).status_code == 200
    assert as_(officer).get(address(made)).status_code == 404


def test_the_organizations_own_is_read_by_nobody_else(as_, organizer, submitter, writer, officer, db):
    version = make_version(BODY | {"slug": "egen", "is_private": True})
    own = answers.begin(definition=version.definition, organizer=organizer, by=submitter, at=timezone.now())
    ready(own, submitter)
    submitting.submit(answer=own, by=submitter, at=timezone.now())

    assert as_(submitter).get(address(own, "review")).status_code == 200
    assert as_(officer).get(address(own, "review")).status_code == 403


WHAT_IS_WRITTEN = (
    *(("answer",), ("review",), ("section", "background"), ("section_now", "background"), ("comments", "background")),
    *(("history",), ("fillable",), ("submission_pdf", 1), ("hand_in",)),
)
AT_THE_AGENCY = ("education_officer", "decision_maker", "evaluator", "registrar", "process_supporter", "editor")


@pytest.mark.parametrize("role", [*AT_THE_AGENCY, "administrator"])
@pytest.mark.parametrize("kind", ["private", "test"])
def test_what_is_no_ones_but_theirs_is_on_no_page_of_anybody_at_the_agency(
    as_, organizer, submitter, editor, writer, role, kind, db
):
    """The organization's own, and tests: nothing of what was written reaches a role, by whatever address."""
    said = {"by": submitter, "at": timezone.now()}
    version = make_version(BODY | {"slug": "egen", "is_private": kind == "private"})
    takings = [Taking(submitter, "submit", timezone.localdate())]
    about = {"by": editor, "is_test": True, "participants": takings} if kind == "test" else {"by": submitter}
    own = answers.begin(definition=version.definition, organizer=organizer, at=timezone.now(), **about)
    saving.write(answer=own, values={"summary": "Hemligheten om Vitsippan."}, way="page", **said)
    comments.say(answer=own, section="background", words="Vitsippan igen.", **said)
    submitting.submit(answer=own, **said)
    reader = as_(person_with(Role(role), name="Nyfiken"))
    pages = [address(own, *page) for page in WHAT_IS_WRITTEN]
    pages += [reverse(name) for name in ("forms:mine", "forms:handed_out", "accounts:work", "forms:definitions")]
    pages += [reverse("forms:definition", args=["egen"]), reverse("forms:version", args=["egen", 1])]
    pages += [reverse("registry:organizer", args=[organizer.organization_number]), reverse("search") + "?q=Vitsippan"]

    codes = {}
    for page in pages:
        got = reader.get(page)
        assert "Hemligheten" not in shown(got), page
        assert "Vitsippan igen" not in shown(got), page
        codes[page] = got.status_code
    codes = {page: codes[address(own, *page)] for page in WHAT_IS_WRITTEN[1:]}
    assert set(codes.values()) <= {403, 404}, codes


def test_a_megabyte_of_words_is_refused_in_words(as_, answer, writer):
    page = as_(writer).post(address(answer, "comments", "plan"), {"question": "", "words": "x" * 1_000_000})

    assert page.status_code == 422
    assert Comment.objects.count() == 0
