"""The register of organizers and school units, imported as of a day."""

from __future__ import annotations

from datetime import date

import pytest

from samspel.kernel.audit import SYSTEM, entries_about
from samspel.registry.models import Appointment, Organizer, OrganizerType, Role, SchoolUnit, UnitStatus
from samspel.registry.operations import imports
from samspel.registry.operations.imports import register, register_writing
from samspel.registry.rules.names import public_name
from tests.registry.conftest import NOW

DAY, LATER = date(2020, 6, 1), date(2021, 6, 1)
ALE, COMPANY = "2120001439", "5560360793"


def organizer(number: str, name: str, type_: str = "private") -> dict:
    """An organizer as an extract tells it."""
    return {"organization_number": number, "name": name, "type": type_, "legal_form": "Aktiebolag", "forms": ()}


def unit(code: str, name: str, number: str, pupils: int = 100, form: str = "GR") -> dict:
    """A unit as an extract tells it."""
    offering = {"form": form, "grades": ("1", "2"), "pupils_by_grade": (), "pupils": pupils}
    return {
        "code": code,
        "name": name,
        "municipality_code": "1440",
        "organization_number": number,
        "orientation": "",
        "offerings": (offering,),
    }


def extract(units: list[dict], *more: dict) -> dict:
    """An extract with every organizer that the registry has, and more."""
    held = [
        organizer(row.organization_number, row.name.upper(), row.type)
        for row in Organizer.objects.filter(is_invented=False, ended_on=None)
        if row.organization_number not in {one["organization_number"] for one in more}
    ]
    return {"organizers": [*held, *more], "units": units}


def carry_in(told: dict, day: date) -> dict:
    """Compare and write, as an import does; returns what takes it back."""
    from samspel.registry.models import ImportBatch

    batch = ImportBatch.objects.create(started_at=NOW)
    return register_writing.write(register.compare(told, day), batch, by=SYSTEM, at=NOW)


def test_new_organizers_and_units_come_with_form_pupils_and_county(db):
    carry_in(extract([unit("74174879", "Skolan", COMPANY)], organizer(COMPANY, "Friskolan  AB")), DAY)

    found = Organizer.objects.get(organization_number=COMPANY)
    assert (found.name, found.type, found.county_id, found.as_of) == ("Friskolan AB", OrganizerType.PRIVATE, "14", DAY)
    (school,) = found.school_units.all()
    assert [(form.form, form.grades, form.pupils) for form in school.forms.all()] == [("GR", "1 2", 100)]


def test_capitals_are_no_change_of_name(db):
    before = dict(Organizer.objects.values_list("organization_number", "name"))

    carry_in(extract([]), DAY)

    assert dict(Organizer.objects.values_list("organization_number", "name")) == before


def test_what_an_extract_lacks_is_ended_and_never_deleted(db):
    carry_in(extract([unit("74174879", "Skolan", COMPANY)], organizer(COMPANY, "Friskolan AB")), DAY)
    told = extract([])
    told["organizers"] = [one for one in told["organizers"] if one["organization_number"] != COMPANY]

    carry_in(told, LATER)

    assert Organizer.objects.get(organization_number=COMPANY).ended_on == LATER
    school = SchoolUnit.objects.get(code="74174879")
    assert (school.status, school.ended_on) == (UnitStatus.ENDED, LATER)


def test_a_part_of_the_register_is_refused_and_ends_nobody(db):
    with pytest.raises(imports.ExtractIncomplete, match=r"1 of the 298|1 av de 298"):
        register.compare({"organizers": [organizer(ALE, "ALE KOMMUN", "municipality")], "units": []}, LATER)


def test_invented_organizers_are_never_touched(db):
    Organizer.objects.filter(organization_number=ALE).update(is_invented=True)
    told = extract([])

    carry_in(told, LATER)

    assert Organizer.objects.get(organization_number=ALE).ended_on is None


def test_a_federation_that_ended_later_stays_ended_when_an_older_extract_names_it(db):
    nvu = "2220000927"

    carry_in(extract([], organizer(nvu, "NORRA VÄSTMANLANDS UTBILDNINGSFÖRBUND", "municipal_federation")), DAY)

    assert Organizer.objects.get(organization_number=nvu).ended_on == date(2021, 12, 31)


def test_taking_it_back_restores_every_field(db):
    carry_in(extract([unit("74174879", "Skolan", COMPANY)], organizer(COMPANY, "Friskolan AB")), DAY)
    before = _everything()
    undo = carry_in(
        extract(
            [unit("74174879", "Nya namnet", ALE, pupils=120, form="GRAN"), unit("74174880", "Ny", ALE)],
            organizer(COMPANY, "Friskolan i Ale AB"),
        ),
        LATER,
    )
    assert _everything() != before

    register_writing.take_back(undo, by=SYSTEM, at=NOW)

    assert _everything() == before


def _everything() -> tuple:
    forms = [
        (one.code, sorted(one.forms.values_list("form", "grades", "pupils")))
        for one in SchoolUnit.objects.order_by("code")
    ]
    hidden = {"id", "batch_id"}
    return (
        [{k: v for k, v in row.items() if k not in hidden} for row in Organizer.objects.order_by("pk").values()],
        [{k: v for k, v in row.items() if k not in hidden} for row in SchoolUnit.objects.order_by("code").values()],
        forms,
    )


def test_what_an_extract_did_is_on_record_for_each_thing(db):
    carry_in(extract([unit("74174879", "Skolan", COMPANY)], organizer(COMPANY, "Friskolan AB")), DAY)
    undo = carry_in(extract([unit("74174879", "Nya skolan", COMPANY)], organizer(COMPANY, "Friskolan AB")), LATER)
    register_writing.take_back(undo, by=SYSTEM, at=NOW)

    school = SchoolUnit.objects.get(code="74174879")
    assert [entry.action for entry in entries_about(school)] == [
        "registry.school_unit.registered",
        "registry.school_unit.changed",
        "registry.school_unit.restored",
    ]
    assert [entry.action for entry in entries_about(school.organizer)] == ["registry.organizer.registered"]


def test_the_page_of_a_unit_tells_its_history_in_words(db, client):
    carry_in(extract([unit("74174879", "Skolan", COMPANY)], organizer(COMPANY, "Friskolan AB")), DAY)

    assert "Kom med ett uttag ur registret" in client.get("/skolenhet/74174879/").content.decode()
    assert "Came with an extract of the register" in client.get(f"/en/huvudman/{COMPANY}/").content.decode()


def test_units_in_use_elsewhere_keep_their_import(db, officer):
    undo = carry_in(extract([unit("74174879", "Skolan", ALE)]), DAY)
    school = SchoolUnit.objects.get(code="74174879")
    Appointment.objects.create(
        person=officer, role=Role.PRINCIPAL, organizer=school.organizer, school_unit=school, from_on=DAY
    )

    with pytest.raises(imports.RegisterInUse):
        register_writing.take_back(undo, by=SYSTEM, at=NOW)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("FALU KOMMUN", "Falu kommun"),
        ("VÄSTERBERGSLAGENS UTBILDNINGSFÖRBUND,VBU", "Västerbergslagens utbildningsförbund"),
        ("REGION STOCKHOLM", "Region Stockholm"),
        ("Kunskapsförbundet Väst", "Kunskapsförbundet Väst"),
        ("UPPLANDS-BRO KOMMUN", "Upplands-Bro kommun"),
    ],
)
def test_names_of_public_bodies_lose_their_capitals(written, read):
    assert public_name(written) == read


@pytest.mark.official_files
def test_the_official_register_comes_in_with_its_stated_counts(official_files, import_now):
    path = official_files / "school_units" / "Skolenhetsregistret_2020-06-01_utan-personuppgifter.xlsx"
    files = {path.name: path.read_bytes()}

    report = import_now(files, as_of=DAY)

    assert report.difference["units"] == {"new": 7484, "changed": 0, "gone": 0, "unchanged": 0}
    assert report.difference["organizers"] == {"new": 833, "changed": 0, "gone": 0, "unchanged": 299}
    assert Organizer.objects.filter(type=OrganizerType.MUNICIPALITY).count() == 290
    again = import_now(files, as_of=DAY)
    assert again.difference["units"]["unchanged"] == 7484
    with pytest.raises(imports.ExtractTooOld):
        import_now(files, as_of=date(2019, 1, 1))
