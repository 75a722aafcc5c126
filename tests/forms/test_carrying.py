"""An answer goes over to the version in use: what fits goes with it, what does not waits beside it, and it is told."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from samspel.forms.models import Comment, SectionMark, SetAside, Submission, VersionState
from samspel.forms.operations import answers
from samspel.forms.operations.carrying import carry_over
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.operations.saving import write
from samspel.forms.queries.answers import fields_of
from samspel.forms.queries.carrying import homeless, newer
from samspel.kernel.audit import SYSTEM
from samspel.kernel.audit.models import AuditEntry
from tests.forms.conftest import AT, BODY, handed_out, make_version

LATER = AT + timedelta(hours=1)
FIELDS = {
    "summary": "Skolorna har kommit olika långt.",
    "contact": "Rektor på skolan",
    "pupils": "412",
    "need": "high",
    "areas": ["reading", "calm"],
    "ceiling": 1_250_000,
    "measures/a": 1,
    "measures/a/what": "Handledning",
    "measures/a/cost": 500_000,
}


def second_body():
    """A new version: a question, an option and a column gone, another type, a question moved, a new one."""
    body = deepcopy(BODY)
    background, plan = body["sections"]
    asked = {one["key"]: one for one in background["questions"]}
    asked["pupils"] |= {"type": "short_text"}
    del asked["pupils"]["unit"], asked["pupils"]["least"]
    asked["areas"]["options"] = asked["areas"]["options"][:1]
    background["questions"] = [one for key, one in asked.items() if key not in ("contact", "decided")]
    background["questions"].append(
        {"key": "who", "type": "short_text", "label": {"sv": "Vem"}, "prefill": "organizer.name"}
    )
    plan["questions"].append(asked["decided"])
    measures = next(one for one in plan["questions"] if one["key"] == "measures")
    measures["columns"] = measures["columns"][:1]
    del measures["sum_at_most"]
    return body


@pytest.fixture
def written(answer, writer):
    """An answer in which something is written everywhere."""
    write(answer=answer, values=FIELDS, by=writer, at=AT, way="page")
    return answer


@pytest.fixture
def second(written):
    """The version in use now."""
    written.version.state = VersionState.RETIRED
    written.version.save()
    return make_version(second_body(), number=2)


def test_what_fits_goes_over_and_what_does_not_waits_in_words(written, second, writer, organizer):
    answer = carry_over(answer=written, by=writer, at=LATER)

    assert answer.version == second
    assert fields_of(answer) == {
        "summary": FIELDS["summary"],
        "pupils": "412 elever",
        "need": "high",
        "ceiling": 1_250_000,
        "measures/a": 1,
        "measures/a/what": "Handledning",
        "who": organizer.name,
    }
    waiting = {one.path: (one.label, one.value) for one in SetAside.objects.filter(answer=answer)}
    assert waiting == {
        "contact": ("Kontakt", "Rektor på skolan"),
        "areas": ("Områden", "Läsning, Studiero"),
        "measures/a/cost": ("Insatser: Kostnad", "5\u00a0000"),
    }


def test_what_waits_is_told_as_written_by_whoever_wrote_it_and_when(written, second, submitter, writer):
    carry_over(answer=written, by=submitter, at=LATER)

    rows = SetAside.objects.filter(answer=written)
    assert {(one.why, one.state, one.written_by, one.written_at) for one in rows} == {
        ("not_asked", "waiting", writer.key, AT)
    }


def test_the_history_says_what_was_carried_and_what_was_filled_in(written, second, writer):
    carry_over(answer=written, by=writer, at=LATER)

    changes = written.changes.filter(changed_at=LATER)
    assert {(one.path, one.way) for one in changes} == {
        ("contact", "carried"),
        ("pupils", "carried"),
        ("areas", "carried"),
        ("measures/a/cost", "carried"),
        ("who", "prefill"),
    }


def test_it_is_told_in_the_audit_with_the_versions_and_no_words(written, second, writer):
    carry_over(answer=written, by=writer, at=LATER)

    entry = AuditEntry.objects.get(action="forms.answer.carried_over")
    assert entry.facts == {"left_version": 1, "entered_version": 2, "set_aside": 3}


def test_nothing_is_lost(written, second, writer):
    before = fields_of(written)

    answer = carry_over(answer=written, by=writer, at=LATER)

    kept = set(fields_of(answer)) | set(SetAside.objects.filter(answer=answer).values_list("path", flat=True))
    assert set(before) <= kept


def test_a_table_that_is_gone_waits_cell_by_cell(written, writer):
    body = deepcopy(BODY)
    body["sections"][1]["questions"] = [one for one in body["sections"][1]["questions"] if one["key"] != "measures"]
    written.version.state = VersionState.RETIRED
    written.version.save()
    make_version(body, number=2)

    answer = carry_over(answer=written, by=writer, at=LATER)

    assert {one.path: one.value for one in SetAside.objects.filter(answer=answer)} == {
        "measures/a/what": "Handledning",
        "measures/a/cost": "5\u00a0000",
    }
    assert not [path for path in fields_of(answer) if path.startswith("measures")]


def test_a_section_that_was_ready_is_written_again_if_it_is_not_as_it_was(written, writer):
    body = deepcopy(BODY)
    body["sections"][0]["help"] = {"sv": "Kort."}
    body["sections"].append(
        {"key": "new", "title": "Nytt", "questions": [{"key": "q", "type": "date", "label": "När"}]}
    )
    written.version.state = VersionState.RETIRED
    written.version.save()
    make_version(body, number=2)
    SectionMark.objects.filter(answer=written).update(status="ready")
    SectionMark.objects.create(answer=written, section="gone", status="ready", changed_at=AT)

    carry_over(answer=written, by=writer, at=LATER)

    marks = dict(SectionMark.objects.filter(answer=written).values_list("section", "status"))
    assert marks == {"background": "writing", "plan": "ready"}


def test_what_is_said_beside_a_question_goes_with_it(written, second, writer):
    told = {"answer": written, "said_at": AT, "said_by": writer}
    moved = Comment.objects.create(section="background", question="decided", words="När?", **told)
    stays = Comment.objects.create(section="plan", words="Bra.", **told)
    homeless = Comment.objects.create(section="gone", words="Kvar.", **told)

    carry_over(answer=written, by=writer, at=LATER)

    sections = dict(Comment.objects.values_list("pk", "section"))
    assert sections == {moved.pk: "plan", stays.pk: "plan", homeless.pk: "background"}


@pytest.mark.parametrize("who", ["writer", "second_writer", "submitter", "officer", "system"])
def test_a_writer_or_whoever_hands_out_carries_over(request, written, second, who):
    by = SYSTEM if who == "system" else request.getfixturevalue(who)

    assert carry_over(answer=written, by=by, at=LATER).version == second


@pytest.mark.parametrize("who", ["commenter", "outsider", "editor"])
def test_nobody_else_does(request, written, second, who):
    with pytest.raises(PermissionDenied):
        carry_over(answer=written, by=request.getfixturevalue(who), at=LATER)

    written.refresh_from_db()
    assert written.version.number == 1
    assert not SetAside.objects.exists()


def refused(answer, by):
    with pytest.raises(AnswerRefused) as refusal:
        carry_over(answer=answer, by=by, at=LATER)
    answer.refresh_from_db()
    assert answer.version.number == 1
    return refusal.value.code


def test_on_the_version_in_use_there_is_nothing_to_do(written, writer):
    assert refused(written, writer) == "in_use_already"


def test_a_test_of_a_draft_is_not_told_to_go_over_to_what_is_in_use(answer, definition, organizer, editor):
    draft = make_version(second_body(), number=2, state=VersionState.DRAFT)
    trial = answers.begin(
        definition=definition, version=draft, organizer=organizer, is_test=True, participants=(), by=editor, at=AT
    )

    assert newer(trial) is None


def test_of_a_form_that_is_no_longer_in_use_there_is_nothing_to_go_over_to(written, writer):
    written.version.state = VersionState.RETIRED
    written.version.save()

    assert refused(written, writer) == "not_in_use"


def test_of_a_form_that_has_ended_there_is_nothing_to_go_over_to(written, second, writer, definition):
    definition.ended_on = AT.date()
    definition.save()

    assert refused(written, writer) == "not_in_use"


@pytest.mark.parametrize("state", ["submitted", "withdrawn"])
def test_what_is_not_being_written_stays(written, second, writer, outsider, state):
    written.state = state
    written.save()

    assert refused(written, writer) == f"is_{state}"
    with pytest.raises(PermissionDenied):
        carry_over(answer=written, by=outsider, at=LATER)


def test_what_was_submitted_once_stays_on_its_version(written, second, writer):
    Submission.objects.create(
        answer=written, number=1, values=FIELDS, revision=1, digest="", submitted_at=AT, submitted_by=writer.key
    )

    assert refused(written, writer) == "submitted_before"


def test_a_hundred_more_fields_cost_no_more_queries(
    definition, organizer, writer, second_writer, django_assert_max_num_queries
):
    version = definition.versions.get()
    few = handed_out(version, organizer, (writer, "write"), about="few")
    many = handed_out(version, organizer, (writer, "write"), about="many")
    write(answer=few, values={"contact": "x", "pupils": "1"}, by=writer, at=AT, way="page")
    cells = {f"measures/r{n}": n for n in range(100)} | {f"measures/r{n}/cost": n for n in range(100)}
    write(answer=many, values={"contact": "x", "pupils": "1", **cells}, by=writer, at=AT, way="page")
    version.state = VersionState.RETIRED
    version.save()
    make_version(second_body(), number=2)

    with django_assert_max_num_queries(60) as first:
        carry_over(answer=few, by=writer, at=LATER)
    with django_assert_max_num_queries(len(first)):
        carry_over(answer=many, by=writer, at=LATER)


# The page


def page_of(client, person, answer):
    client.force_login(person)
    return client.get(f"/arbete/formular/{answer.key}/ny-version/")


def test_before_the_move_one_sees_what_is_new_and_what_does_not_fit(client, written, second, writer):
    shown = page_of(client, writer, written).content.decode()

    assert "Formuläret har version 1. Nu används version 2." in shown
    assert "Frågan ”Kontakt” är borttagen." in shown
    assert "Rektor på skolan" in shown
    assert "Läsning, Studiero" in shown


def test_who_hands_out_sees_what_does_not_fit_but_not_what_is_written(client, written, second, officer):
    shown = page_of(client, officer, written).content.decode()

    assert "Kontakt" in shown
    assert "Rektor på skolan" not in shown


def test_the_move_is_one_press(client, written, second, writer):
    address = f"/arbete/formular/{written.key}/ny-version/"
    client.force_login(writer)

    assert client.post(address).url == f"/arbete/formular/{written.key}/"
    written.refresh_from_db()
    assert written.version == second


def test_without_a_newer_version_the_page_says_so(client, written, writer):
    response = page_of(client, writer, written)

    assert "Det finns ingen nyare version att gå över till." in response.content.decode()
    assert client.post(response.request["PATH_INFO"]).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("commenter", 403), ("outsider", 404)])
def test_the_page_is_for_those_who_may_move_it(request, client, written, second, who, status):
    response = page_of(client, request.getfixturevalue(who), written)

    assert response.status_code == status
    assert client.post(response.request["PATH_INFO"]).status_code == status


def test_the_way_to_it_stands_on_the_form_s_page_for_those_who_may(client, written, writer, commenter, request):
    def page(person):
        client.force_login(person)
        return client.get(f"/arbete/formular/{written.key}/").content.decode()

    assert "/ny-version/" not in page(writer)
    request.getfixturevalue("second")
    assert f"/arbete/formular/{written.key}/ny-version/" in page(writer)
    assert "/ny-version/" not in page(commenter)


def test_what_has_no_place_any_more_is_found_from_the_form_s_page_and_when_it_is_gone_through(
    client, written, second, writer
):
    carry_over(answer=written, by=writer, at=LATER)
    rows = {row.path: f"/arbete/formular/{written.key}/undanlagt/{row.pk}/" for row in written.set_aside.all()}
    client.force_login(writer)

    for page in ("", "granska/"):
        shown = client.get(f"/arbete/formular/{written.key}/{page}").content.decode()
        assert rows["contact"] in shown
        assert rows["measures/a/cost"] in shown
        assert "Insatser: Kostnad" in shown

    told = client.get(rows["contact"]).content.decode()
    assert "Rektor på skolan" in told


def test_what_waits_at_a_field_is_not_told_as_homeless(written, second, writer):
    answer = carry_over(answer=written, by=writer, at=LATER)

    assert sorted(row.path for row, _label in homeless(answer)) == ["contact", "measures/a/cost"]
    assert answer.set_aside.filter(path="areas").exists()


def test_what_waits_in_a_row_that_is_gone_is_homeless(written, writer):
    SetAside.objects.create(answer=written, path="measures/b/what", value="text", why="row_gone", written_at=AT)

    assert [(row.path, label) for row, label in homeless(written)] == [("measures/b/what", "Insatser: Vad")]
