"""A filled PDF is taken in, compared with the answer three ways, and gone through; nothing is overwritten unseen."""

from dataclasses import replace

import pytest
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from samspel.casefiles.models import Document
from samspel.casefiles.operations import casefiles
from samspel.forms.models import FieldChange, HandedIn, HandedInState
from samspel.forms.operations import handing_in, saving
from samspel.forms.operations.handing_in import HandedInRefused
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.queries import handed_in as queries
from samspel.forms.queries.answers import fields_of
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules import definitions as rules
from samspel.forms.rules.handed_in import ReadField, Standing, compared, units, unknown_names, values_in, with_rows
from samspel.forms.rules.sheets import names
from samspel.kernel.audit import SYSTEM, history_of
from samspel.kernel.documents.filled import PdfRefused
from samspel.kernel.files import storing
from samspel.post.models import Message
from tests.casefiles.test_numbers import at_once
from tests.forms.conftest import AT, BODY, make_version
from tests.forms.pdf_makers import plain

FORM = rules.read(BODY)


def hidden(answer, *, revision=None, **changes):
    """What a sheet of this answer says of itself; a blank where no revision is given."""
    version = answer.version
    token = ""
    if revision is not None:
        token = signing.dumps({"a": str(answer.key), "v": version.number, "r": revision}, salt=names.SALT)
    said = {
        names.FORM: version.definition.slug,
        names.VERSION: str(version.number),
        names.DIGEST: version.digest,
        names.LANGUAGE: "sv",
        names.TOKEN: token,
    }
    return said | changes


def sheet(answer, fields, *, revision=0, **changes):
    """A filled PDF of an answer."""
    return plain({**hidden(answer, revision=revision, **changes), **fields})


def came(answer, by, fields, *, at=AT, **more):
    """It is handed in."""
    return handing_in.hand_in(
        answer=answer, content=sheet(answer, fields, **more), name="ifylld.pdf", way="upload", by=by, at=at
    )


def wrote(answer, by, typed, at=AT):
    """Somebody writes on the page."""
    return saving.save(answer=answer, typed=typed, base=answer.revision, by=by, at=at).revision


def standings(handed_in):
    return {unit.path: unit.standing for unit in queries.units_of(handed_in)}


# What the file says


def test_text_goes_on_in_its_continuation():
    read = values_in(FORM, {"summary": "Först", "summary+": "sedan"})

    assert read == {"summary": ReadField("Först\nsedan", "Först\nsedan")}


def test_every_type_is_read_as_it_would_be_typed():
    texts = {
        "contact": " Anna  B ",
        "pupils": "1 200",
        "decided": "2026-11-22",
        "begins": "HT2026",
        "need": "high",
        "areas=reading": "Yes",
        "areas=calm": "",
        "trust": "4",
        "ceiling": "1 000,50 kr",
        "municipality": "0180",
    }

    assert {path: field.value for path, field in values_in(FORM, texts).items()} == {
        "contact": "Anna B",
        "pupils": "1200",
        "decided": "2026-11-22",
        "begins": "HT2026",
        "need": "high",
        "areas": ["reading"],
        "trust": 4,
        "ceiling": 100050,
        "municipality": "0180",
    }


def test_what_is_no_value_keeps_its_text_beside_what_is_wrong():
    read = values_in(FORM, {"pupils": "många", "decided": "igår", "need": "hög"})

    assert read == {
        "pupils": ReadField("många", None, "number"),
        "decided": ReadField("igår", None, "date"),
        "need": ReadField("hög", None, "option"),
    }


def test_what_the_file_lacks_is_not_read_as_emptied():
    assert values_in(FORM, {"contact": ""}) == {"contact": ReadField("", None)}


def test_what_nobody_fills_in_by_hand_is_not_read():
    fixed = replace(FORM.sections[0].questions[1], is_fixed=True)
    section = replace(FORM.sections[0], questions=(fixed,))

    assert values_in(replace(FORM, sections=(section,)), {"contact": "Annan"}) == {}
    assert values_in(FORM, {"minutes": "fil", "merit": "200", "measures": "x"}) == {}


def test_fields_of_no_form_are_named():
    assert unknown_names(FORM, {"samspel.form": "x", "summary+": "", "inget": "hej", "measures/new1/inget": ""}) == [
        "inget",
        "measures/new1/inget",
    ]


def test_spare_rows_that_are_filled_in_get_ids_of_their_own_in_their_order():
    texts = {
        "measures/new10/what": "Tionde",
        "measures/new2/what": "Andra",
        "measures/new1/what": " ",
        "measures/new1/cost": "",
        "measures/new2/cost": "5",
    }
    ids = iter(["a1", "b2"])

    read = with_rows(FORM, values_in(FORM, texts), {}, lambda: next(ids))

    assert list(read) == ["measures/a1", "measures/a1/what", "measures/a1/cost", "measures/b2", "measures/b2/what"]
    assert read["measures/a1"].is_new_row
    assert read["measures/a1/cost"].value == 500


def test_a_row_that_was_emptied_is_a_row_to_take_away():
    base = {"measures/r1": 1, "measures/r1/what": "Bort", "measures/r2": 2}
    texts = {f"measures/{row}/{column}": "" for row in ("r1", "r2") for column in ("what", "cost")}

    read = with_rows(FORM, values_in(FORM, texts), base, str)

    assert read["measures/r1"] == ReadField("")
    assert "measures/r2" not in read
    found = units(compared(read, base, base))
    assert [(unit.path, unit.is_to_decide) for unit in found] == [
        ("measures/r1", True),
        ("measures/r2/what", False),
        ("measures/r2/cost", False),
    ]


def test_a_row_too_many_is_said_with_what_it_holds():
    table = replace(FORM.questions["measures"], most_rows=1)
    form = replace(FORM, sections=(replace(FORM.sections[1], questions=(table,)),))
    ids = iter(["a", "b"])

    read = with_rows(
        form,
        values_in(form, {"measures/new1/what": "Ett", "measures/new2/what": "Två"}),
        {},
        lambda: next(ids),
    )

    assert (read["measures/a"].fault, read["measures/b"].fault) == ("", "too_many_rows")
    assert read["measures/b/what"].typed == "Två"


@pytest.mark.parametrize(
    ("was", "now", "pdf", "standing"),
    [
        ("a", "a", "a", Standing.SAME),
        ("a", "a", "b", Standing.ONLY_PDF),
        ("a", "a", None, Standing.ONLY_PDF),
        ("a", "b", "a", Standing.ONLY_SYSTEM),
        ("a", "b", "b", Standing.SAME),
        ("a", "b", "c", Standing.BOTH),
        (None, "b", None, Standing.ONLY_SYSTEM),
        (None, "b", "c", Standing.BOTH),
    ],
)
def test_a_field_is_compared_three_ways(was, now, pdf, standing):
    base, stands = ({"contact": each} if each else {} for each in (was, now))

    assert compared({"contact": ReadField(pdf or "", pdf)}, base, stands)[0].standing == standing


def test_a_row_taken_away_in_the_system_does_not_come_back_by_itself():
    base = {"measures/r": 1, "measures/r/what": "Ett", "measures/r/cost": 100}
    read = {"measures/r/what": ReadField("Två", "Två"), "measures/r/cost": ReadField("1", 100)}

    assert [each.standing for each in compared(read, base, {})] == [Standing.ROW_GONE, Standing.ONLY_SYSTEM]


def test_taking_away_a_row_that_somebody_wrote_in_meanwhile_is_changed_in_both():
    base = {"measures/r": 1, "measures/r/what": "Ett"}
    found = [
        compared({"measures/r": ReadField("")}, base, base | later)[0].standing
        for later in ({}, {"measures/r/what": "Ett till"}, {"measures/r/cost": 5})
    ]

    assert found == [Standing.ONLY_PDF, Standing.BOTH, Standing.BOTH]


def test_a_new_row_is_decided_with_its_cells():
    read = {
        "contact": ReadField("A", "A"),
        "measures/n": ReadField("", 1, is_new_row=True),
        "measures/n/what": ReadField("Ett", "Ett"),
    }

    assert [(unit.path, len(unit.fields)) for unit in units(compared(read, {}, {}))] == [
        ("contact", 1),
        ("measures/n", 2),
    ]


# It is taken in


def test_a_filled_pdf_is_kept_as_it_came_and_changes_nothing(answer, writer):
    content = sheet(answer, {"contact": "Anna"})

    handed_in = handing_in.hand_in(answer=answer, content=content, name="min.pdf", way="upload", by=writer, at=AT)

    assert storing.read(handed_in.file) == content
    assert handed_in.read == {
        "contact": {"typed": "Anna", "value": "Anna", "fault": "", "detail": "", "is_new_row": False}
    }
    assert fields_of(answer) == {}
    row = (
        history_of(answer)[-1]
        if history_of(answer)[0].action != "forms.answer.pdf_handed_in"
        else history_of(answer)[0]
    )
    assert (row.action, row.by_key, row.facts["handed_in"]) == (
        "forms.answer.pdf_handed_in",
        writer.key,
        str(handed_in.key),
    )


def test_it_becomes_a_document_of_the_organizers_open_case_file(answer, writer, organizer):
    case_file = casefiles.open_case(series="SAM", title="Insatser", parties=[organizer], by=SYSTEM, at=AT)

    handed_in = came(answer, writer, {"contact": "Anna"})

    document = Document.objects.get(case_file=case_file)
    assert (handed_in.document, document.file, document.organizer) == (document, handed_in.file, organizer)
    assert document.title == "Ifylld blankett: Liten analys"
    assert document.registered_by is None


def test_what_the_organization_keeps_to_itself_is_not_registered(db, organizer, writer):
    from tests.forms.conftest import handed_out

    private = handed_out(make_version(BODY | {"is_private": True}), organizer, (writer, "write"))
    casefiles.open_case(series="SAM", title="Insatser", parties=[organizer], by=SYSTEM, at=AT)

    assert came(private, writer, {"contact": "Anna"}).document is None
    assert not Document.objects.exists()


def test_the_same_bytes_twice_are_told_and_kept_once(answer, writer, second_writer):
    content = sheet(answer, {"contact": "Anna"})
    first = handing_in.hand_in(answer=answer, content=content, name="a.pdf", way="upload", by=writer, at=AT)

    with pytest.raises(HandedInRefused) as refused:
        handing_in.hand_in(answer=answer, content=content, name="b.pdf", way="upload", by=second_writer, at=AT)

    assert (refused.value.code, refused.value.handed_in) == ("handed_in_already", first.key)
    assert HandedIn.objects.count() == 1


def test_one_that_says_nothing_new_is_gone_through_as_it_comes(answer, writer):
    revision = wrote(answer, writer, {"contact": "Anna"})

    handed_in = came(answer, writer, {"contact": "Anna", "pupils": ""}, revision=revision)

    assert handed_in.state == HandedInState.DONE


@pytest.mark.parametrize("who", ["commenter", "outsider", "officer"])
def test_only_those_who_write_hand_in(request, answer, who):
    with pytest.raises(PermissionDenied):
        came(answer, request.getfixturevalue(who), {"contact": "Anna"})

    assert not HandedIn.objects.exists()


def test_a_blank_is_handed_in_to_any_answer_of_its_version_and_overwrites_nothing_unseen(answer, writer):
    wrote(answer, writer, {"contact": "Anna", "pupils": "12", "decided": "2026-01-01"})
    blank = plain({**hidden(answer), "contact": "Bo", "pupils": "12", "decided": "", "begins": "HT2026"})

    handed_in = handing_in.hand_in(answer=answer, content=blank, name="a.pdf", way="upload", by=writer, at=AT)

    assert handed_in.base == queries.BLANK
    assert standings(handed_in) == {
        "contact": Standing.BOTH,
        "pupils": Standing.SAME,
        "decided": Standing.ONLY_SYSTEM,
        "begins": Standing.ONLY_PDF,
    }


# It is refused, in words


def refused_for(answer, by, content):
    with pytest.raises(HandedInRefused) as refused:
        handing_in.hand_in(answer=answer, content=content, name="a.pdf", way="upload", by=by, at=AT)
    assert not HandedIn.objects.exists()
    return refused.value


def test_another_form_is_refused_by_its_name(answer, writer):
    make_version(BODY | {"slug": "annan", "name": {"sv": "Annan blankett"}})

    refusal = refused_for(answer, writer, sheet(answer, {}, **{names.FORM: "annan"}))

    assert refusal.code == "other_form"
    with override("en"):
        assert str(refusal) == "The PDF is another form: Annan blankett. This is Liten analys."


def test_another_form_is_named_in_the_readers_language(answer, writer):
    make_version(BODY | {"slug": "annan", "name": {"sv": "Annan blankett", "en": "Another form"}})

    with override("en"):
        assert "Another form" in str(refused_for(answer, writer, sheet(answer, {}, **{names.FORM: "annan"})))


def test_an_older_version_is_refused_with_what_has_changed(answer, writer, version):
    older = BODY | {"sections": [BODY["sections"][0]]}
    old = make_version(older, number=7, state="retired")
    said = {names.VERSION: "7", names.DIGEST: old.digest}

    refusal = refused_for(answer, writer, plain({**hidden(answer, **said), "contact": "Anna"}))

    assert refusal.code == "other_version"
    assert "section_added" in {each.code for each in refusal.differences}


@pytest.mark.parametrize("said", [{names.VERSION: "12"}, {names.DIGEST: "0" * 64}, {names.VERSION: "99999999999"}])
def test_a_version_that_never_was_is_refused(answer, writer, said):
    content = plain({**hidden(answer, **said), "contact": "Anna"})

    assert refused_for(answer, writer, content).code in ("unknown_version", "not_ours")


def test_an_altered_token_is_refused(answer, writer):
    token = signing.dumps({"a": str(answer.key), "v": 1, "r": 0}, salt=names.SALT)
    altered = token[:4] + ("A" if token[4] != "A" else "B") + token[5:]

    assert refused_for(answer, writer, sheet(answer, {}, **{names.TOKEN: altered})).code == "token_altered"


@pytest.mark.parametrize("said", [{"a": "x", "v": 1, "r": 0}, {"a": None}, ["lista"], "text", {"r": -4}])
def test_a_token_of_something_else_is_refused(answer, writer, said):
    if isinstance(said, dict):
        said = {"a": str(answer.key), "v": 1, "r": 0} | said
    token = signing.dumps(said, salt=names.SALT)

    assert refused_for(answer, writer, sheet(answer, {}, **{names.TOKEN: token})).code == "token_altered"


def test_a_sheet_of_another_answer_is_refused(answer, writer, version, officer):
    from tests.casefiles.conftest import make_organizer
    from tests.forms.conftest import handed_out

    other = handed_out(version, make_organizer(2), (writer, "write"))

    assert refused_for(answer, writer, sheet(other, {"contact": "Anna"})).code == "other_answer"


def test_a_sheet_from_the_future_is_refused(answer, writer):
    assert refused_for(answer, writer, sheet(answer, {"contact": "A"}, revision=9)).code == "no_such_revision"


def test_a_pdf_with_fields_that_is_none_of_ours_is_refused(answer, writer):
    assert refused_for(answer, writer, plain({"namn": "Anna"})).code == "not_ours"


def test_what_is_no_readable_pdf_is_refused_and_not_kept(answer, writer):
    with pytest.raises(PdfRefused) as refused:
        handing_in.hand_in(answer=answer, content=b"hej", name="a.pdf", way="upload", by=writer, at=AT)

    assert refused.value.code == "not_pdf"
    assert not HandedIn.objects.exists()


def test_a_text_that_no_database_keeps_is_taken_in_with_a_sign_where_it_stood(answer, writer):
    handed_in = came(answer, writer, {"contact": "An\x00na Ŧ"})

    assert handed_in.read["contact"]["typed"] == "An\ufffdna Ŧ"


# It is gone through


def test_what_is_accepted_is_written_and_what_is_refused_is_remembered(answer, writer, second_writer):
    base = wrote(answer, writer, {"contact": "Anna", "pupils": "12", "summary": "Kort"})
    handed_in = came(answer, writer, {"contact": "Bo", "pupils": "13", "summary": "Lång"}, revision=base)

    done = handing_in.decide(
        handed_in=handed_in, accepted={"contact"}, refused={"pupils"}, by=second_writer, at=AT, seen=base
    )

    assert (done.accepted, done.refused, done.left) == ({"contact"}, {"pupils"}, 1)
    assert fields_of(answer) == {"contact": "Bo", "pupils": "12", "summary": "Kort"}
    handed_in.refresh_from_db()
    assert (handed_in.state, handed_in.decided) == ("waiting", {"contact": "accepted", "pupils": "refused"})
    change = FieldChange.objects.get(path="contact", value="Bo")
    assert (change.way, change.changed_by) == ("pdf", second_writer.key)

    handing_in.decide(handed_in=handed_in, accepted={"summary"}, refused=(), by=writer, at=AT)
    handed_in.refresh_from_db()
    assert (handed_in.state, handed_in.done_by) == ("done", writer.key)
    with pytest.raises(HandedInRefused):
        handing_in.decide(handed_in=handed_in, accepted={"pupils"}, refused=(), by=writer, at=AT)


def test_rows_come_and_go_as_accepted(answer, writer):
    typed = {"measures/r1": "1", "measures/r1/what": "Ett", "measures/r2": "2", "measures/r2/what": "Två"}
    base = wrote(answer, writer, typed)
    fields = {
        "measures/r1/what": "",
        "measures/r1/cost": "",
        "measures/r2/what": "Två",
        "measures/new1/what": "Tre",
        "measures/new1/cost": "dyrt",
        "measures/new2/what": "Fyra",
    }
    handed_in = came(answer, writer, fields, revision=base)
    found = queries.units_of(handed_in)
    rows = [unit.path for unit in found if unit.is_row and unit.is_to_decide]

    handing_in.decide(handed_in=handed_in, accepted=set(rows[:2]), refused=set(rows[2:]), by=writer, at=AT)

    stands = fields_of(answer)
    new = rows[1]
    assert rows[0] == "measures/r1"
    assert stands == {
        "measures/r2": 2,
        "measures/r2/what": "Två",
        new: 3,
        f"{new}/what": "Tre",
    }
    assert handed_in.read[f"{new}/cost"]["typed"] == "dyrt"


def test_what_somebody_wrote_after_the_page_was_opened_is_not_overwritten_unseen(answer, writer, second_writer):
    base = wrote(answer, writer, {"contact": "Anna"})
    handed_in = came(answer, writer, {"contact": "Bo", "pupils": "3"}, revision=base)
    wrote(answer, second_writer, {"contact": "Cecilia"})

    done = handing_in.decide(
        handed_in=handed_in, accepted={"contact", "pupils"}, refused=(), by=writer, at=AT, seen=base
    )

    assert (done.moved, done.accepted) == ({"contact"}, {"pupils"})
    assert fields_of(answer) == {"contact": "Cecilia", "pupils": "3"}
    assert standings(HandedIn.objects.get()) == {"contact": Standing.BOTH, "pupils": Standing.SAME}


@pytest.mark.parametrize("paths", [{"inget"}, {"contact/x"}, {"\x00"}, {"measures/r9"}, {"a" * 10_000}])
def test_accepting_what_the_file_does_not_say_does_nothing(answer, writer, paths):
    handed_in = came(answer, writer, {"contact": "Bo"})

    done = handing_in.decide(handed_in=handed_in, accepted=paths, refused=paths, by=writer, at=AT)

    assert (done.accepted, done.refused, done.left) == (frozenset(), frozenset(), 1)
    assert fields_of(answer) == {}


def test_faults_are_never_written(answer, writer):
    handed_in = came(answer, writer, {"pupils": "många", "contact": "Bo"})

    handing_in.decide(handed_in=handed_in, accepted={"pupils", "contact"}, refused=(), by=writer, at=AT)

    assert fields_of(answer) == {"contact": "Bo"}
    assert HandedIn.objects.get().state == "done"


def test_others_do_not_decide(answer, writer, commenter, officer):
    handed_in = came(answer, writer, {"contact": "Bo"})

    for person in (commenter, officer):
        with pytest.raises(PermissionDenied):
            handing_in.decide(handed_in=handed_in, accepted={"contact"}, refused=(), by=person, at=AT)
    assert fields_of(answer) == {}


def test_one_that_is_put_away_is_kept_and_its_bytes_may_come_again(answer, writer):
    handed_in = came(answer, writer, {"contact": "Bo"})

    handing_in.put_away(handed_in=handed_in, by=writer, at=AT)

    assert HandedIn.objects.get().state == "dropped"
    assert came(answer, writer, {"contact": "Bo"}).key != handed_in.key


def test_a_submitted_form_takes_it_in_and_lets_it_wait(answer, writer):
    answer.state = "submitted"
    answer.save(update_fields=["state"])

    handed_in = came(answer, writer, {"contact": "Bo"})

    with pytest.raises(AnswerRefused) as refused:
        handing_in.decide(handed_in=handed_in, accepted={"contact"}, refused=(), by=writer, at=AT)
    assert refused.value.code == "is_submitted"
    assert HandedIn.objects.get().state == "waiting"


# It comes by mail


def mailed(answer, by, fields, origin="casefiles.question:x:1"):
    return handing_in.hand_in(
        answer=answer, content=sheet(answer, fields), name="a.pdf", way="mail", by=by, at=AT, origin=origin
    )


def test_one_that_was_mailed_is_read_in_at_the_agency_and_those_who_write_are_told(
    answer, officer, writer, second_writer, submitter
):
    handed_in = mailed(answer, officer, {"contact": "Bo"})

    assert (handed_in.way, handed_in.state, handed_in.came_by) == ("mail", "waiting", officer.key)
    told = Message.objects.filter(kind="forms.pdf_came").values_list("to_key", flat=True)
    assert set(told) == {writer.key, second_writer.key, submitter.key}
    assert fields_of(answer) == {}


def test_an_attachment_is_read_in_once(answer, officer):
    mailed(answer, officer, {"contact": "Bo"})

    with pytest.raises(HandedInRefused) as refused:
        mailed(answer, officer, {"contact": "Cecilia"})
    assert refused.value.code == "handed_in_already"


@pytest.mark.parametrize("who", ["writer", "commenter", "editor", "outsider"])
def test_nobody_else_reads_in_what_was_mailed(request, answer, who):
    with pytest.raises(PermissionDenied):
        mailed(answer, request.getfixturevalue(who), {"contact": "Bo"})


def test_what_is_asked_of_the_database_does_not_grow_with_the_rows(answer, writer, django_assert_num_queries):
    few = came(answer, writer, {"measures/new1/what": "Ett"})
    many = came(answer, writer, {f"measures/new{n}/what": f"Nr {n}" for n in range(1, 20)})

    for handed_in in (few, many):
        found = HandedIn.objects.select_related("answer__version").get(pk=handed_in.pk)
        body_of(found.answer.version)
        with django_assert_num_queries(2):
            queries.units_of(found)


def test_when_the_answer_goes_over_to_another_version_what_no_longer_fits_is_not_written(answer, writer):
    handed_in = came(answer, writer, {"contact": "Bo", "pupils": "12", "need": "high", "areas=calm": True})
    questions = [each for each in BODY["sections"][0]["questions"] if each["key"] not in ("pupils", "why_high")]
    changed = [each | {"type": "date"} if each["key"] == "contact" else each for each in questions]
    answer.version = make_version(
        BODY | {"sections": [BODY["sections"][0] | {"questions": changed}]}, number=2, state="retired"
    )
    answer.save(update_fields=["version"])
    handed_in = HandedIn.objects.get(pk=handed_in.pk)

    assert standings(handed_in) == {
        "contact": Standing.FAULT,
        "pupils": Standing.FAULT,
        "need": Standing.ONLY_PDF,
        "areas": Standing.ONLY_PDF,
    }
    handing_in.decide(
        handed_in=handed_in, accepted={"contact", "pupils", "need", "areas"}, refused=(), by=writer, at=AT
    )
    assert fields_of(answer) == {"need": "high", "areas": ["calm"]}


@pytest.mark.django_db(transaction=True)
def test_the_same_file_handed_in_by_several_at_once_is_taken_once(answer, writer, second_writer, submitter):
    content = sheet(answer, {"contact": "Bo"})
    people = [writer, second_writer, submitter]

    def deed(place):
        return handing_in.hand_in(
            answer=answer, content=content, name="a.pdf", way="upload", by=people[place], at=AT
        ).key

    given = at_once(deed, len(people))

    assert sorted(type(each).__name__ for each in given) == ["HandedInRefused", "HandedInRefused", "UUID"]
    assert HandedIn.objects.count() == 1
