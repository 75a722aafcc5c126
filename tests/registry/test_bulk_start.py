"""Many people at once: looked at first, chosen among, then all of it or nothing; duplicates keep both histories."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import override

from samspel.accounts.models import Person
from samspel.accounts.queries.people import keys_of
from samspel.kernel.audit import entries_about
from samspel.registry.models import Appointment, PeopleBatch, Role
from samspel.registry.operations import bulk
from samspel.registry.operations.bulk import BatchClosed, ChoicesLacking, ListRefused
from samspel.registry.queries import bulk as queries
from samspel.registry.rules.people_rows import read_text
from samspel.registry.views.entry import bulk_words
from tests.registry.people import NOW, TODAY, holds, person, world
from tests.registry.test_authorizations import enter, mails
from tests.registry.test_importing_at_once import at_once

HEAD = "Namn\tE-post\tRoll\tOrgnr\tSkolenhetskod\tTelefon\tFrån\tTill"


@pytest.fixture
def w(db):
    """The small world, in which Nora Ny has been development lead at Ekviken."""
    made = world()
    made.new_task = holds(made.new, Role.DEVELOPMENT_LEAD, organizer=made.ekviken)
    return made


def row(
    w, name="Siv Ny", email="siv@x.se", role="samordnare", place=None, unit="", phone="", begins="", ends=""
) -> str:
    number = w.ekviken.organization_number if place is None else place
    return "\t".join([name, email, role, number, unit, phone, begins, ends])


def propose(w, *rows, by=None, **bound):
    return bulk.propose(read=read_text("\n".join([HEAD, *rows])), by=by or w.admin, at=NOW, **bound)


def outcomes(w, batch, by=None) -> list[str]:
    return [one.outcome for one in queries.reading_of(batch, by or w.admin, NOW).verdicts]


def apply(w, batch, by=None):
    return bulk.apply(batch=batch, by=by or w.admin, at=NOW)


def choose(w, batch, **choices):
    return bulk.choose(batch=batch, choices={int(key[1:]): value for key, value in choices.items()}, by=w.admin, at=NOW)


# --- looked at


def test_each_row_says_what_becomes_of_it_and_nothing_is_changed(w):
    before = Person.objects.count(), Appointment.objects.count()
    batch = propose(
        w,
        row(w),
        row(w, "Head", w.head.email, "skolchef"),
        row(w, "Coordinator", w.coordinator.email),
        row(w, "NORA  NY", "nora@annan.se"),
        row(w, email="siv@x.se", role="utvecklingsledare"),
        row(w),
    )

    assert outcomes(w, batch) == ["new", "known", "held", "twin", "new", "held"]
    assert (Person.objects.count(), Appointment.objects.count()) == before


def test_the_same_telephone_at_another_organizer_is_asked_about_by_the_agency_alone(w):
    w.their_coordinator.phone = "+46 70-123 45 67"
    w.their_coordinator.save()
    rows = [row(w, phone="0701234567")]

    assert outcomes(w, propose(w, *rows)) == ["twin"]
    own = propose(w, *rows, by=w.head, organizer=w.ekviken)
    assert outcomes(w, own, by=w.head) == ["new"]


def test_somebody_with_protected_identity_is_never_pointed_at(w):
    w.new.is_protected = True
    w.new.save()

    assert outcomes(w, propose(w, row(w, "Nora Ny", "nora@annan.se"))) == ["new"]


def test_two_of_the_same_name_in_the_list_are_asked_about(w):
    batch = propose(w, row(w), row(w, "SIV NY", "siv.ny@x.se"))
    [twin] = [one for one in queries.reading_of(batch, w.admin, NOW).verdicts if one.outcome == "twin"]

    assert [match.known.key for match in twin.matches] == ["row-2"]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"place": "5560360793"}, "unknown_place"),
        ({"place": "Inget universitet"}, "unknown_place"),
        ({"place": ""}, "empty"),
        ({"role": "nätverksledare"}, "role_not_held_here"),
        ({"role": "rektor"}, "unit_missing"),
        ({"role": "rektor", "unit": "00000012"}, "unit_of_another"),
        ({"role": "rektor", "unit": "99999999"}, "unknown_unit"),
        ({"unit": "00000011"}, "unit_for_principals_alone"),
        ({"begins": "1900-01-01"}, "days_out_of_reach"),
        ({"begins": "2026-05-01", "ends": "2026-04-01"}, "ends_before_it_begins"),
    ],
)
def test_what_cannot_be_is_named_with_its_row_and_nothing_is_kept(w, facts, code):
    with pytest.raises(ListRefused) as refusal:
        propose(w, row(w), row(w, email="b@x.se", **facts))

    assert [(one.number, one.code) for one in refusal.value.faults] == [(3, code)]
    assert not PeopleBatch.objects.exists()


def test_a_university_is_named_by_its_name(w):
    batch = apply(w, propose(w, row(w, role="nätverksledare", place="ekviks universitet")))

    assert batch.counts == {"added": 1, "appointed": 1}
    assert Appointment.objects.get(person__email="siv@x.se").university == w.university


# --- who may


@pytest.mark.parametrize("who", ["coordinator", "chief", "payer", "outsider", "leader"])
def test_nobody_else_adds_people(w, who):
    by = getattr(w, who)
    for bound in ({}, {"organizer": w.ekviken}):
        with pytest.raises(PermissionDenied):
            propose(w, row(w), by=by, **bound)


def test_an_organizers_administrator_adds_to_her_own_alone(w):
    number = w.sjoby.organization_number
    with pytest.raises(ListRefused) as refusal:
        propose(w, row(w, place=number), by=w.head, organizer=w.ekviken)
    assert [one.code for one in refusal.value.faults] == ["not_yours"]
    with pytest.raises(PermissionDenied):
        propose(w, row(w, place=number), by=w.head, organizer=w.sjoby)
    with pytest.raises(PermissionDenied):
        propose(w, row(w), by=w.head)

    batch = apply(w, propose(w, row(w, place=""), by=w.head, organizer=w.ekviken), by=w.head)
    assert batch.counts == {"added": 1, "appointed": 1}


def test_what_one_handed_in_is_nobody_elses(w):
    batch = propose(w, row(w))

    assert not queries.visible_to(w.officer, NOW).exists()
    with pytest.raises(PermissionDenied):
        apply(w, batch, by=w.officer)


# --- carried out


def test_carried_out_everybody_is_there_with_an_entry_each_and_the_rows_are_let_go(w):
    batch = apply(w, propose(w, row(w), row(w, "Åsa", "asa@x.se", "rektor", unit="00000011", begins="2026-08-01")))

    asa = Appointment.objects.get(person__email="asa@x.se")
    assert (asa.role, asa.school_unit.code, asa.from_on, asa.appointed_by) == (
        "principal", "00000011", date(2026, 8, 1), w.admin.key,
    )  # fmt: skip
    assert [entry.action for entry in entries_about(asa)] == ["registry.appointment.made"]
    assert (batch.state, batch.rows, batch.counts) == ("applied", [], {"added": 2, "appointed": 2})
    assert mails() == []


def test_without_a_choice_nothing_is_done(w):
    batch = propose(w, row(w), row(w, "Nora Ny", "nora@annan.se"))
    with pytest.raises(ChoicesLacking) as refusal:
        apply(w, batch)

    assert refusal.value.numbers == [3]
    assert not Person.objects.filter(email="siv@x.se").exists()


def test_the_same_person_keeps_the_address_that_is_registered(w):
    batch = propose(w, row(w, "Nora Ny", "nora@annan.se"))
    apply(w, choose(w, batch, r2=f"keep:{w.new.key}"))

    assert not Person.objects.filter(email="nora@annan.se").exists()
    assert set(Appointment.objects.filter(person=w.new).values_list("role", flat=True)) == {
        "development_lead", "coordinator",
    }  # fmt: skip


def test_the_same_person_takes_the_address_of_the_row_and_keeps_her_history(w):
    batch = propose(w, row(w, "Nora Ny", "nora@annan.se"))
    done = apply(w, choose(w, batch, r2=f"take:{w.new.key}"))

    w.new.refresh_from_db()
    assert w.new.email == "nora@annan.se"
    assert Appointment.objects.filter(person=w.new).count() == 2
    assert done.counts == {"merged": 1, "appointed": 1}


@pytest.mark.parametrize(("choice", "address"), [("keep", "new@people.example"), ("take", "twin@x.se")])
def test_two_who_are_both_here_are_merged_with_both_histories(w, choice, address):
    twin = person("twin@x.se", "Nora Ny")
    twin_task = holds(twin, Role.PRINCIPAL, organizer=w.ekviken, school_unit=w.ekviken.school_units.get())
    batch = propose(w, row(w, "Nora Ny", "twin@x.se"))
    apply(w, choose(w, batch, r2=f"{choice}:{w.new.key}"))

    w.new.refresh_from_db()
    twin.refresh_from_db()
    assert (w.new.email, twin.merged_into) == (address, w.new)
    held = set(Appointment.objects.filter(person=w.new).values_list("pk", flat=True))
    assert held >= {w.new_task.pk, twin_task.pk} and len(held) == 3
    assert set(keys_of(w.new)) == {w.new.key, twin.key}


def test_another_person_is_another_and_a_row_can_be_left_out(w):
    batch = propose(w, row(w, "Nora Ny", "nora@annan.se"), row(w, "Nora Ny", "nora@tredje.se"))
    done = apply(w, choose(w, batch, r2="another", r3="skip"))

    assert done.counts == {"added": 1, "appointed": 1, "skipped": 1}
    assert Person.objects.filter(name="Nora Ny").count() == 2


def test_two_rows_of_the_list_are_one_person(w):
    batch = propose(w, row(w), row(w, "SIV NY", "siv.ny@x.se", "utvecklingsledare"))
    apply(w, choose(w, batch, r3="take:row-2"))

    one = Person.objects.get(email="siv.ny@x.se")
    assert Appointment.objects.filter(person=one).count() == 2


def test_a_choice_that_was_not_offered_is_left_out(w):
    batch = propose(w, row(w, "Nora Ny", "nora@annan.se"))
    kept = choose(w, batch, r2=f"keep:{w.outsider.key}", r3="another", r99="skip")

    assert kept.choices == {}


def test_without_the_right_to_merge_two_who_are_here_stay_two(w):
    person("twin@x.se", "Nora Ny")
    batch = propose(w, row(w, "Nora Ny", "twin@x.se"), by=w.officer)
    kept = bulk.choose(batch=batch, choices={2: f"keep:{w.new.key}"}, by=w.officer, at=NOW)

    assert kept.choices == {}
    kept = bulk.choose(batch=batch, choices={2: "another"}, by=w.officer, at=NOW)
    assert apply(w, kept, by=w.officer).counts == {"appointed": 1}


@pytest.mark.parametrize("who", ["officer", "head"])
def test_nobody_gives_herself_what_decides_over_others_by_a_list(w, who):
    me = getattr(w, who)
    bound = {"organizer": w.ekviken} if who == "head" else {}
    batch = propose(w, row(w), row(w, me.name, me.email, "firmatecknare"), by=me, **bound)

    with pytest.raises(ListRefused) as refused:
        apply(w, batch, by=me)

    assert [(fault.number, fault.code) for fault in refused.value.faults] == [(3, "to_herself")]
    assert not Appointment.objects.filter(role=Role.AUTHORIZED_SIGNATORY, person=me).exists()


def test_what_has_changed_meanwhile_stops_the_whole_list(w):
    batch = propose(w, row(w), row(w, "Head", w.head.email, "skolchef"))
    w.head.is_active = False
    w.head.save()
    with pytest.raises(ListRefused) as refusal:
        apply(w, batch)

    assert [(one.number, one.code) for one in refusal.value.faults] == [(3, "account_closed")]
    assert not Person.objects.filter(email="siv@x.se").exists()


def test_somebody_who_came_meanwhile_is_asked_about(w):
    batch = propose(w, row(w, "Karin Kom", "karin@x.se"))
    holds(person("karin@annan.se", "Karin Kom"), Role.PRINCIPAL, organizer=w.ekviken)

    with pytest.raises(ChoicesLacking):
        apply(w, batch)


def test_a_list_is_carried_out_once_and_goes_after_a_week(w):
    batch = propose(w, row(w))
    apply(w, batch)
    with pytest.raises(BatchClosed):
        apply(w, batch)
    late = propose(w, row(w, email="b@x.se"))
    with pytest.raises(BatchClosed):
        bulk.apply(batch=late, by=w.admin, at=NOW + timedelta(days=7))

    assert bulk.clear_expired(at=NOW + timedelta(days=6)) == 0
    assert bulk.clear_expired(at=NOW + timedelta(days=7)) == 2
    assert not PeopleBatch.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_carried_out_twice_at_once_it_is_done_once():
    w = world()
    batch = propose(w, row(w))

    given = at_once(*[lambda: apply(w, batch)] * 3)

    assert sorted(type(one).__name__ for one in given) == ["BatchClosed", "BatchClosed", "PeopleBatch"]
    assert Appointment.objects.filter(person__email="siv@x.se").count() == 1


def test_looking_at_a_list_costs_the_same_for_any_number(w, django_assert_max_num_queries):
    few, many = (
        propose(
            w, *[row(w, f"Person {number}", f"p{number}@x.se", phone=f"0700{number:06d}") for number in range(count)]
        )
        for count in (2, 400)
    )
    for batch in (few, many):
        with django_assert_max_num_queries(12):
            assert len(queries.reading_of(batch, w.admin, NOW).verdicts) == len(batch.rows)


def test_a_thousand_rows_go_in_one_go(w):
    rows = [row(w, f"Person {number:04d}", f"p{number}@x.se", phone=f"0700{number:06d}") for number in range(1000)]

    assert apply(w, propose(w, *rows)).counts == {"added": 1000, "appointed": 1000}
    assert Appointment.objects.filter(organizer=w.ekviken, role="coordinator", from_on=TODAY).count() == 1000


# --- pages


def post(client, text="", **facts):
    return client.post(reverse("registry:bulk"), {"text": text, **facts})


def test_the_whole_way_over_the_pages(w, client):
    enter(client, w.admin)
    text = "\n".join([HEAD, row(w), row(w, "Nora Ny", "nora@annan.se")])
    page = post(client, text)
    address = page.headers["Location"]
    assert "samma namn i samma organisation" in client.get(address).content.decode()

    lacking = client.post(address, {"answer": "apply"})
    assert lacking.status_code == 422 and not Person.objects.filter(email="siv@x.se").exists()
    done = client.post(address, {"answer": "apply", "rad-3": f"keep:{w.new.key}"}, follow=True)

    assert "Listan är genomförd" in done.content.decode()
    assert Appointment.objects.filter(person=w.new, role="coordinator").exists()


def test_a_file_is_taken_by_its_content(w, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.registry.test_uploads import workbook

    enter(client, w.admin)
    rows = [HEAD.split("\t"), row(w).split("\t")]
    page = client.post(reverse("registry:bulk"), {"file": SimpleUploadedFile("lista.csv", workbook(rows))})
    assert page.status_code == 302
    lied = client.post(reverse("registry:bulk"), {"file": SimpleUploadedFile("lista.xlsx", b"\x89PNG\r\n\x1a\n\x00")})
    assert lied.status_code == 422


def test_faults_are_shown_with_what_stood_there_and_the_text_stays(w, client):
    enter(client, w.admin)
    page = post(client, f"{HEAD}\n{row(w, email='fel')}\n{row(w, '<b>', 'b@x.se')}")
    text = page.content.decode()

    assert page.status_code == 422
    assert "fel" in text and "inte en mejladress" in text and "&lt;b&gt;" in text and "<b>" not in text
    assert "siv" in text.lower()


@pytest.mark.parametrize("text", ["", "\x00", "x" * 1000, '"', "\t\n\t", "Namn;E-post;Roll\n" + ";;\n" * 50, "\u202e;"])
def test_odd_text_is_refused_in_words(w, client, text):
    enter(client, w.admin)

    assert post(client, text).status_code == 422


def test_odd_choices_change_nothing(w, client):
    enter(client, w.admin)
    address = post(client, f"{HEAD}\n{row(w, 'Nora Ny', 'nora@annan.se')}").headers["Location"]
    odd = {"rad-2": "take:row-9999999", "rad-x": "skip", "rad-99999999999": "skip", "rad-0": "\x00"}

    assert client.post(address, {"answer": "apply", **odd}).status_code == 422
    assert PeopleBatch.objects.get().choices == {}


def test_a_list_is_thrown_away(w, client):
    enter(client, w.admin)
    address = post(client, f"{HEAD}\n{row(w)}").headers["Location"]
    client.post(f"{address}kasta/")

    assert not PeopleBatch.objects.exists()
    assert client.get(address).status_code == 404


def test_an_organizers_administrator_has_the_page_of_her_own(w, client):
    enter(client, w.head)
    assert "Ekvikens kommun" in client.get(reverse("registry:bulk")).content.decode()
    assert client.get(f"{reverse('registry:bulk')}?till={w.sjoby.organization_number}").status_code == 404
    address = post(client, f"{HEAD}\n{row(w, place='')}").headers["Location"]
    client.logout()

    enter(client, w.their_head)
    assert client.get(address).status_code == 404
    assert client.post(address, {"answer": "apply"}).status_code == 404


def test_she_is_told_of_the_tasks_of_her_kind_of_organization_alone(w, client):
    enter(client, w.head)
    text = client.get(reverse("registry:bulk")).content.decode()

    assert "Utvecklingsledare" in text and "Nätverksledare" not in text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_list_may_have_the_very_headings_that_the_page_tells(language):
    with override(language):
        headings = [str(label) for label in bulk_words.COLUMNS.values()]

    read = read_text("\t".join(headings) + "\n")
    assert not {fault.code for fault in read.faults} & {"unknown_heading", "heading_twice", "heading_missing"}


@pytest.mark.parametrize("who", ["coordinator", "outsider", "payer"])
def test_outsiders_are_not_let_in(w, client, who):
    enter(client, getattr(w, who))

    assert client.get(reverse("registry:bulk")).status_code == 403
