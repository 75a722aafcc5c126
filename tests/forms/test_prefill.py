"""What is known already stands filled in; codes of the registers are looked up and checked; types come from above."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspel.forms.models import Answer, Submission, Version
from samspel.forms.operations.definitions import load
from samspel.forms.operations.drafting.refusals import DefinitionFaulty
from samspel.forms.queries import registers
from samspel.forms.queries import values as any_values
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.handed import QuestionType, question_types
from samspel.forms.queries.prefill import faults_of_sources, knows, prefilled, source_names
from samspel.forms.rules.definitions import Limits, Question, Text, Type, as_data, digest_of, read
from samspel.forms.rules.values import ValueRefused
from samspel.kernel.audit import SYSTEM
from samspel.kernel.values.sorting import search_key, sort_key
from samspel.registry.models import (
    BatchState,
    County,
    ImportBatch,
    ImportedFile,
    Indicator,
    IndicatorDefinition,
    IndicatorValue,
    Municipality,
    OrganizerMember,
    SchoolUnit,
    SchoolUnitForm,
    University,
)
from tests.casefiles.conftest import make_organizer, person_with
from tests.forms.conftest import AT, TODAY, handed_out, make_version
from tests.forms.test_definition_rules import form, question

_numbers = count(1)


def asks(*questions, **more):
    """A form of its own that asks these questions."""
    return make_version(form(*questions, slug=f"form-{next(_numbers)}", **more))


def begun(version, **subject):
    """An answer that was only begun: nothing is filled in."""
    return Answer.objects.create(version=version, begun_at=AT, **subject)


def known(*questions, at=AT, subject="organizer", **about):
    return prefilled(begun(asks(*questions, subject=subject), **about), at)


@pytest.fixture
def municipality(db):
    """A real municipality, as the program brings it."""
    return Municipality.objects.select_related("county").order_by("code").first()


@pytest.fixture
def organizer(db, municipality):
    """An organizer with its seat there."""
    organizer = make_organizer()
    organizer.municipality, organizer.county, organizer.is_invented = municipality, municipality.county, False
    organizer.save()
    OrganizerMember.objects.create(organizer=organizer, municipality=municipality, source="test")
    return organizer


def make_unit(organizer, code="29990001", name="Påhittade skolan", pupils=(100,), **more):
    named = {"name": name, "sort_key": sort_key(name), "search_key": search_key(name)}
    unit = SchoolUnit.objects.create(code=code, organizer=organizer, as_of=TODAY, **named, **more)
    for number, told in enumerate(pupils):
        SchoolUnitForm.objects.create(unit=unit, form=f"F{number}", pupils=told)
    return unit


def filled(name, **more):
    return question("what", prefill=name, **more)


def test_the_organizer_is_known_by_name_number_and_place(organizer, municipality):
    fields = known(
        question("name", prefill="organizer.name"),
        question("number", prefill="organizer.number"),
        question("place", prefill="organizer.municipality"),
        question("county", prefill="organizer.county"),
        organizer=organizer,
    )

    assert fields == {
        "name": organizer.name,
        "number": organizer.written_number,
        "place": municipality.name,
        "county": municipality.county.name,
    }


@pytest.mark.parametrize(
    ("source", "of", "code"),
    [
        ("organizer.name", "organizer", lambda one: one.organization_number),
        ("organizer.number", "organizer", lambda one: one.organization_number),
        ("organizer.municipality", "municipality", lambda one: one.municipality.code),
        ("organizer.county", "county", lambda one: one.county.code),
    ],
)
def test_where_the_question_refers_to_a_register_the_code_is_filled_in(organizer, source, of, code):
    assert known(filled(source, type="registry_value", of=of), organizer=organizer) == {"what": code(organizer)}


def test_a_name_is_not_filled_in_where_another_register_is_asked_for(organizer):
    assert known(filled("organizer.name", type="registry_value", of="county"), organizer=organizer) == {}


def test_pupils_of_an_organizer_are_the_sum_of_its_units_in_use(organizer):
    make_unit(organizer, "29990001", pupils=(100, 20))
    make_unit(organizer, "29990002", pupils=(3,))
    make_unit(organizer, "29990003", pupils=(500,), status="ended")

    assert known(filled("organizer.pupils", type="number"), organizer=organizer) == {"what": "123"}


def test_pupils_of_which_a_part_is_not_told_are_not_summed(organizer):
    make_unit(organizer, pupils=(100, None))

    assert known(filled("organizer.pupils", type="number"), organizer=organizer) == {}


def test_an_organizer_without_units_has_no_number_of_pupils(organizer):
    assert known(filled("organizer.pupils", type="number"), organizer=organizer) == {}


def test_a_school_unit_is_known_by_name_code_and_pupils(organizer):
    unit = make_unit(organizer)

    assert known(
        question("name", prefill="school_unit.name"),
        question("code", prefill="school_unit.code"),
        question("unit", "school_unit", prefill="school_unit.code"),
        question("pupils", "number", prefill="school_unit.pupils"),
        question("organizer", prefill="organizer.name"),
        subject="school_unit",
        school_unit=unit,
    ) == {"name": unit.name, "code": unit.code, "unit": unit.code, "pupils": "100", "organizer": organizer.name}


def test_a_university_a_person_and_the_day_are_known(db):
    university = University.objects.create(slug="larosatet", name="Lärosätet", sort_key="larosatet")
    person = person_with(name="Petra Person")

    assert known(filled("university.name"), subject="university", university=university) == {"what": "Lärosätet"}
    assert known(filled("person.name"), subject="person", person=person) == {"what": "Petra Person"}
    assert known(filled("term.current", type="term"), subject="") == {"what": "HT2026"}
    assert known(filled("today", type="date"), subject="") == {"what": "2026-11-22"}


def test_the_day_is_that_in_sweden(db):
    evening = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)

    assert known(filled("today", type="date"), at=evening, subject="") == {"what": "2027-01-01"}
    assert known(filled("term.current", type="term"), at=evening, subject="") == {"what": "VT2027"}


@pytest.mark.parametrize("name", ["organizer.name", "school_unit.pupils", "university.name", "person.name"])
def test_about_nobody_nothing_is_known(db, name):
    assert known(filled(name), subject="") == {}


def test_what_is_no_answer_to_the_question_is_not_filled_in(organizer):
    assert known(filled("organizer.name", type="number"), organizer=organizer) == {}
    assert known(filled("organizer.name", type="date"), organizer=organizer) == {}


def test_a_source_that_is_not_there_fills_in_nothing_and_is_told(organizer):
    asked = filled("organizer.mood")

    assert known(asked, organizer=organizer) == {}
    assert [(one.where, one.code) for one in faults_of_sources(read(form(asked)))] == [
        ("sections.first.what.prefill", "unknown_source")
    ]


def test_sources_are_listed_for_editors():
    listed = {name for name, words in source_names() if words}
    assert {"organizer.name", "organizer.pupils", "school_unit.code", "term.current", "today"} <= listed
    assert knows("previous.summary")
    assert not knows("organizer.mood")


def test_as_many_queries_for_twenty_questions_as_for_two(organizer):
    make_unit(organizer)
    names = ["organizer.name", "organizer.county", "organizer.municipality", "term.current", "today"]

    def queries(times):
        version = asks(*[question(f"q{n}", prefill=name) for n, name in enumerate(names * times)])
        answer = Answer.objects.get(pk=begun(version, organizer=organizer).pk)
        with CaptureQueriesContext(connection) as captured:
            assert len(prefilled(answer, AT)) == 5 * times
        return len(captured)

    assert queries(4) == queries(1)


# Figures


@pytest.fixture
def give(db):
    """`give("merit", "municipality", code, "2024/25", 221.5)`: a published figure, or a mark for None."""
    batch = ImportBatch.objects.create(state=BatchState.APPLIED, started_at=AT, applied_at=AT)
    file = ImportedFile.objects.create(
        batch=batch, name="tal.csv", digest="ab" * 32, kind="plain", rows=1, values_read=1, extracted_on=TODAY
    )

    def give_figure(key, kind, code, period, value, *, mark="suppressed", slice="all"):
        words = {"name_sv": key, "name_en": key, "unit_of_measure": "percent", "authority": "test"}
        indicator, _made = Indicator.objects.get_or_create(key=key, defaults=words)
        return IndicatorValue.objects.create(
            definition=IndicatorDefinition.objects.get_or_create(indicator=indicator)[0],
            subject_kind=kind,
            subject_code=code,
            slice=slice,
            period_kind="school_year",
            period=period,
            value=None if value is None else Decimal(str(value)),
            mark="exact" if value is not None else mark,
            file=file,
            row=1,
        )

    return give_figure


def series(key="made_up", **more):
    return question("series", "indicator_series", indicator=key, **more)


def test_a_municipal_organizer_has_the_figures_of_the_municipality_s_schools(organizer, municipality, give):
    give("made_up", "municipality", municipality.code, "2024/25", "71.5", slice="municipal")
    give("made_up", "municipality", municipality.code, "2023/24", None, slice="municipal")
    give("made_up", "municipality", municipality.code, "2024/25", "99", slice="all")

    assert known(series(), organizer=organizer) == {
        "series": {
            "indicator": "made_up",
            "as_of": "2026-11-22",
            "values": [
                {"period": "2023/24", "text": "..", "mark": "suppressed"},
                {"period": "2024/25", "text": "71,5\u00a0%", "mark": "exact"},
            ],
        }
    }


def test_what_is_withheld_stays_withheld_and_is_never_zero(organizer, municipality, give):
    give("made_up", "municipality", municipality.code, "2024/25", None, slice="municipal")

    values = known(series(), organizer=organizer)["series"]["values"]
    assert values == [{"period": "2024/25", "text": "..", "mark": "suppressed"}]


def test_another_organizer_has_its_own_figures(db, give):
    organizer = make_organizer(2)
    give("made_up", "organizer", organizer.organization_number, "2024/25", 50)

    assert [one["text"] for one in known(series(), organizer=organizer)["series"]["values"]] == ["50,0\u00a0%"]


def test_a_school_unit_has_its_own_figures_and_not_its_organizer_s(organizer, municipality, give):
    unit = make_unit(organizer)
    give("made_up", "municipality", municipality.code, "2024/25", 50, slice="municipal")

    assert known(series(), subject="school_unit", school_unit=unit) == {}
    give("made_up", "school_unit", unit.code, "2024/25", 60)
    found = prefilled(begun(asks(series(), subject="school_unit"), school_unit=unit), AT)
    assert found["series"]["values"][0]["text"] == "60,0\u00a0%"


def test_the_ten_latest_periods_are_told_and_the_sex_is_all(organizer, municipality, give):
    for year in range(2000, 2015):
        give("made_up", "municipality", municipality.code, str(year), year, slice="municipal")

    values = known(series(), organizer=organizer)["series"]["values"]
    assert [one["period"] for one in values] == [str(year) for year in range(2005, 2015)]


def test_an_indicator_without_figures_is_not_filled_in(organizer):
    assert known(series("unheard_of"), organizer=organizer) == {}


def test_ten_series_cost_no_more_queries_than_one(organizer, municipality, give):
    for number in range(10):
        give(f"made_up_{number}", "municipality", municipality.code, "2024/25", number, slice="municipal")

    def queries(many):
        asked = [question(f"q{n}", "indicator_series", indicator=f"made_up_{n}") for n in range(many)]
        answer = Answer.objects.get(pk=begun(asks(*asked), organizer=organizer).pk)
        with CaptureQueriesContext(connection) as captured:
            assert len(prefilled(answer, AT)) == many
        return len(captured)

    assert queries(10) == queries(1)


# The last time


COLUMNS = [question("a"), question("b", "money")]


def submitted(version, values, *, on=1, **about):
    answer = begun(version, state="submitted", **about)
    moment = datetime(2026, 10, on, tzinfo=UTC)
    return Submission.objects.create(
        answer=answer, number=1, values=values, revision=1, digest="", submitted_at=moment, submitted_by=answer.key
    )


def test_what_was_answered_last_time_stands_filled_in(organizer):
    version = asks(
        filled("previous.what"), question("rows", "rows", columns=COLUMNS, prefill="previous.rows"), question("new")
    )
    submitted(version, {"what": "the time before"}, organizer=organizer, on=1)
    submitted(
        version,
        {"what": "last time", "rows/x": 1, "rows/x/a": "one", "rows/x/b": 5, "new": "not asked for"},
        organizer=organizer,
        on=2,
    )

    assert prefilled(begun(version, organizer=organizer), AT) == {
        "what": "last time",
        "rows/x": 1,
        "rows/x/a": "one",
        "rows/x/b": 5,
    }


def test_another_key_of_the_last_time_can_be_asked_for(organizer):
    version = asks(question("old", "number"), filled("previous.old"))
    submitted(version, {"old": "12"}, organizer=organizer)

    assert prefilled(begun(version, organizer=organizer), AT) == {"what": "12"}


def test_of_the_last_times_that_with_the_same_name_comes_first(organizer):
    version = asks(filled("previous.what"))
    submitted(version, {"what": "autumn"}, organizer=organizer, about="höst", on=1)
    submitted(version, {"what": "spring"}, organizer=organizer, about="vår", on=2)

    assert prefilled(begun(version, organizer=organizer, about="höst"), AT) == {"what": "autumn"}
    assert prefilled(begun(version, organizer=organizer, about="2027"), AT) == {"what": "spring"}


@pytest.mark.parametrize("change", [{"is_test": True}, {"forgotten_at": AT}])
def test_tests_and_what_was_forgotten_are_not_looked_at(organizer, change):
    version = asks(filled("previous.what"))
    submitted(version, {"what": "words"}, organizer=organizer, **change)

    assert prefilled(begun(version, organizer=organizer), AT) == {}


def test_another_organizer_s_last_time_is_nobody_s_business(organizer):
    version = asks(filled("previous.what"))
    submitted(version, {"what": "theirs"}, organizer=make_organizer(7))

    assert prefilled(begun(version, organizer=organizer), AT) == {}


def test_what_does_not_fit_any_more_is_not_filled_in(organizer):
    version = asks(filled("previous.what", type="number"))
    submitted(version, {"what": "many"}, organizer=organizer)

    assert prefilled(begun(version, organizer=organizer), AT) == {}


def test_an_answer_is_begun_with_what_is_known(organizer):
    answer = handed_out(asks(filled("organizer.name")), organizer)

    assert list(answer.changes.values_list("path", "value", "way")) == [("what", organizer.name, "prefill")]


# Registers


def reference(kind):
    return Question("what", Type.SCHOOL_UNIT if kind == "school_unit" else Type.REGISTRY_VALUE, Text("Vad?"), of=kind)


def test_a_code_has_a_name(organizer, municipality):
    university = University.objects.create(slug="larosatet", name="Lärosätet", sort_key="larosatet")
    unit = make_unit(organizer, status="ended")

    assert registers.label_of("county", [municipality.county.code, "99"]) == {
        municipality.county.code: municipality.county.name
    }
    assert registers.label_of("municipality", [municipality.code]) == {municipality.code: municipality.name}
    assert registers.label_of("organizer", [organizer.organization_number]) == {
        organizer.organization_number: organizer.name
    }
    assert registers.label_of("university", [university.slug]) == {university.slug: university.name}
    assert registers.label_of("school_unit", [unit.code]) == {unit.code: unit.name}
    assert registers.label_of("school_unit", ["\x00", 7]) == {}
    assert registers.label_of("planet", ["mars"]) == {}


def test_what_can_be_chosen_is_what_is_in_use_by_name(organizer):
    answer = begun(asks(question()), organizer=organizer)
    second = make_unit(organizer, "29990002", "Ögårdens skola")
    first = make_unit(organizer, "29990001", "Åsens skola")
    make_unit(organizer, "29990003", "Alla slutade", status="ended")
    make_unit(make_organizer(8), "29990004", "En annans skola")
    gone = make_organizer(9)
    gone.ended_on = date(2025, 1, 1)
    gone.save()

    assert registers.choices("school_unit", answer) == [(first.code, first.name), (second.code, second.name)]
    assert registers.choices("county", answer)[0] == tuple(County.objects.values_list("code", "name").first())
    assert gone.organization_number not in dict(registers.choices("organizer", answer))
    assert organizer.organization_number in dict(registers.choices("organizer", answer))
    with pytest.raises(KeyError):
        registers.choices("planet", answer)


def test_of_a_school_unit_s_answer_the_units_are_its_organizer_s(organizer):
    unit, sister = make_unit(organizer), make_unit(organizer, "29990002", "Systerskolan")
    answer = begun(asks(question(), subject="school_unit"), school_unit=unit)
    other = make_unit(make_organizer(8), "29990004", "En annans skola")

    assert dict(registers.choices("school_unit", answer)) == {unit.code: unit.name, sister.code: sister.name}
    assert registers.refused(reference("school_unit"), other.code, answer).code == "other_organizer"


@pytest.mark.parametrize("kind", ["county", "municipality", "organizer", "university", "school_unit"])
@pytest.mark.parametrize("code", ["", "99999999", "\x00", "x" * 200, "'; DROP"])
def test_a_code_that_does_not_exist_is_refused(organizer, kind, code):
    answer = begun(asks(question()), organizer=organizer)

    assert registers.refused(reference(kind), code, answer).code == "no_such_code"


def test_a_school_unit_of_another_organizer_is_refused_and_one_s_own_is_not(organizer):
    answer = begun(asks(question()), organizer=organizer)
    own, other = make_unit(organizer), make_unit(make_organizer(8), "29990004", "En annans skola")

    assert registers.refused(reference("school_unit"), own.code, answer) is None
    refusal = registers.refused(reference("school_unit"), other.code, answer)
    assert (refusal.code, refusal.detail) == ("other_organizer", "29990004")


def test_what_refers_to_no_register_is_not_refused(organizer):
    answer = begun(asks(question()), organizer=organizer)

    assert registers.refused(Question("what", Type.SHORT_TEXT, Text("Vad?")), "anything", answer) is None
    assert registers.refused(reference("county"), None, answer) is None


def test_two_hundred_codes_are_looked_up_in_one_query_for_each_register(organizer, municipality):
    answer = begun(asks(question()), organizer=organizer)
    given = [(f"rows/r{n}/place", reference("municipality"), municipality.code) for n in range(200)]
    given += [(f"rows/r{n}/unit", reference("school_unit"), "99999999") for n in range(200)]

    with CaptureQueriesContext(connection) as captured:
        found = registers.refusals(given, answer)

    assert len(captured) == 2
    assert set(found) == {f"rows/r{n}/unit" for n in range(200)}


# Types handed down


def _parse(question: Question, typed: Any) -> Any:
    if typed and not str(typed).startswith("#"):
        raise ValueRefused("number")
    return {"tag": str(typed)[1:]} if typed else None


@pytest.fixture
def tag_type():
    """A type of a higher floor: a tag."""
    tag = QuestionType(
        name="tag",
        label="Tag",
        parse=_parse,
        typed=lambda _question, value: f"#{value['tag']}",
        shown=lambda _question, value, language: f"{'tag' if language == 'en' else 'tagg'} {value['tag']}",
    )
    question_types.add("tag", tag)
    yield tag
    question_types._shelf.pop("tag")


TAG = Question("what", "tag", Text("Vad?"))


def test_a_type_of_a_higher_floor_parses_types_and_shows_its_own_values(tag_type):
    kept = any_values.parse(TAG, "#calm")

    assert kept == {"tag": "calm"}
    assert any_values.typed(TAG, kept) == "#calm"
    assert any_values.shown(TAG, kept) == "tagg calm"
    assert any_values.shown(TAG, kept, "en") == "tag calm"
    assert any_values.parse(TAG, "") is None
    assert any_values.typed(TAG, None) == any_values.shown(TAG, None) == ""


def test_a_type_of_a_higher_floor_refuses_in_words_and_is_never_given_a_million_characters(tag_type):
    for typed in ("calm", "#" + "x" * 1_000_000):
        with pytest.raises(ValueRefused):
            any_values.parse(TAG, typed)


def test_a_definition_may_ask_by_a_type_of_a_higher_floor(tag_type, organizer):
    body = form(question(type="tag", more={"colour": "blue"}))
    found = read(body, more_types=["tag"])

    assert found.questions["what"].more == {"colour": "blue"}
    assert body_of(_version_of(found)) == found


def _version_of(found):
    return Version(body=as_data(found), digest=digest_of(found))


def test_the_engine_s_own_types_go_the_same_way():
    number = Question("what", Type.NUMBER, Text("Vad?"), limits=Limits(decimals=1))

    assert any_values.shown(number, any_values.parse(number, "3,5")) == "3,5"


def test_a_form_that_is_filled_in_from_nowhere_is_not_put_to_use(db):
    with pytest.raises(DefinitionFaulty) as refused:
        load(data=form(filled("organizer.mood")), by=SYSTEM, at=AT)

    assert [(one.where, one.code) for one in refused.value.faults] == [
        ("sections.first.what.prefill", "unknown_source")
    ]
