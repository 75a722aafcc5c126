"""What is kept of a person is put right: by herself, by her organization's administrator, by the agency's."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from samspel.accounts.models import AddressChange, Person
from samspel.accounts.operations import addresses, closing, correcting
from samspel.kernel.audit import SYSTEM, entries_about
from samspel.kernel.models import AuditEntry
from samspel.kernel.permissions import LevelTooLow
from samspel.post.models import Message
from tests.accounts.conftest import CODE, NOW

NEW = "astrid.ny@kommunen.example"


def told(person):
    return [(entry.action, entry.by_key, entry.facts) for entry in entries_about(person)][1:]


def nothing_changed(person):
    person.refresh_from_db()
    return person.name == "Astrid Bergvall" and not person.phone and told(person) == []


def test_she_corrects_name_and_telephone_and_the_audit_tells_which_but_never_the_values(astrid):
    correcting.correct(person=astrid, name="  Astrid\u202e  Ek\n", phone="070-123 45 67", by=astrid, at=NOW)

    astrid.refresh_from_db()
    assert (astrid.name, astrid.phone, astrid.search_key) == ("Astrid Ek", "070-123 45 67", "astrid ek")
    assert told(astrid) == [("accounts.person.corrected", astrid.key, {"fields": ["name", "phone"]})]


def test_what_is_the_same_again_is_no_change(astrid):
    correcting.correct(person=astrid, name=astrid.name, phone="", by=astrid, at=NOW)

    assert told(astrid) == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": " \x00 "}, "name_missing"),
        ({"name": "070"}, "name_letters"),
        ({"name": "Å" * 201}, "name_long"),
        ({"phone": "ring mig"}, "phone_shape"),
        ({"phone": "<b>1</b>"}, "phone_shape"),
        ({"phone": "1" * 41}, "phone_long"),
    ],
)
def test_what_cannot_stand_is_refused_in_words_and_changes_nothing(astrid, wrong, code):
    with pytest.raises(correcting.NotCorrected) as refusal:
        correcting.correct(person=astrid, by=astrid, at=NOW, **wrong)

    assert refusal.value.code == code
    assert str(refusal.value).endswith(".")
    assert nothing_changed(astrid)


def test_the_administrator_of_her_organization_corrects_her(astrid, add_person, appoint, organization):
    home = organization()
    boss = add_person(email="chef@kommunen.example", name="Chef")
    appoint(astrid, "coordinator", home)
    appoint(boss, "administrator", home)

    correcting.correct(person=astrid, name="Astrid Ek", by=boss, at=NOW)

    assert told(astrid) == [("accounts.person.corrected", boss.key, {"fields": ["name"]})]


def test_no_administrator_corrects_who_has_a_task_in_another_place_as_well(astrid, add_person, appoint, organization):
    home, other = organization("Ekvikens kommun"), organization("Björkens kommun")
    boss, stranger = (add_person(email=f"{name}@kommunen.example", name=name) for name in ("chef", "annan"))
    appoint(boss, "administrator", home)
    appoint(stranger, "administrator", other)
    appoint(astrid, "coordinator", home)

    with pytest.raises(PermissionDenied):
        correcting.correct(person=astrid, name="X", by=stranger, at=NOW)
    appoint(astrid, "coordinator", other)
    for by in (boss, stranger):
        with pytest.raises(PermissionDenied):
            correcting.correct(person=astrid, name="X", by=by, at=NOW)

    assert nothing_changed(astrid)


def test_no_organization_corrects_who_has_protected_identity_or_works_at_the_agency(
    astrid, add_person, appoint, organization
):
    home = organization()
    boss = add_person(email="chef@kommunen.example", name="Chef")
    appoint(boss, "administrator", home)
    appoint(astrid, "coordinator", home)
    Person.objects.filter(pk=astrid.pk).update(is_protected=True)
    officer = add_person(email="h@myndigheten.example", name="Handläggare")
    appoint(officer, "education_officer")

    for person in (astrid, officer):
        with pytest.raises(PermissionDenied):
            correcting.correct(person=person, name="X", by=boss, at=NOW)


def test_outsiders_and_logins_that_are_not_sure_enough_correct_nobody(astrid, add_person, administrator, registrar):
    bo = add_person(email="bo@kommunen.example", name="Bo")
    for by in (bo, registrar, SYSTEM, AnonymousUser()):
        with pytest.raises(PermissionDenied):
            correcting.correct(person=astrid, name="X", by=by, at=NOW)
    administrator.session_level = 1
    with pytest.raises(LevelTooLow):
        correcting.correct(person=astrid, name="X", by=administrator, at=NOW)

    assert nothing_changed(astrid)


def test_a_row_that_is_no_persons_any_more_is_not_corrected(astrid, administrator):
    Person.objects.filter(pk=astrid.pk).update(merged_into=administrator)

    with pytest.raises(correcting.NoLonger):
        correcting.correct(person=astrid, name="X", by=administrator, at=NOW)


# The mail address.


def code_sent():
    return CODE.search(Message.objects.filter(kind="accounts.address_code").latest("id").body)[0]


def test_a_code_sent_to_the_new_address_makes_it_hers_and_both_addresses_are_told(astrid):
    addresses.ask(person=astrid, new_email=NEW.upper(), by=astrid, at=NOW)
    addresses.confirm(person=astrid, code=code_sent(), by=astrid, at=NOW + timedelta(minutes=14))

    astrid.refresh_from_db()
    assert astrid.email == NEW
    assert not AddressChange.objects.exists()
    sent = list(Message.objects.order_by("id").values_list("kind", "to_address"))
    assert sent == [
        ("accounts.address_code", NEW),
        ("accounts.address_left", "astrid.bergvall@kommunen.example"),
        ("accounts.address_new", NEW),
    ]
    assert [row[0] for row in told(astrid)] == ["accounts.person.address_asked", "accounts.person.address_changed"]
    assert "@" not in str([row[2] for row in told(astrid)])


def test_the_code_itself_is_nowhere_in_the_database_but_in_its_mail(astrid):
    addresses.ask(person=astrid, new_email=NEW, by=astrid, at=NOW)

    kept = AddressChange.objects.get()
    assert code_sent() not in str(kept.__dict__)
    assert code_sent().replace("-", "") not in str(kept.__dict__)


def test_a_code_guessed_ten_times_is_refused_in_words_and_the_right_one_then_too(astrid):
    addresses.ask(person=astrid, new_email=NEW, by=astrid, at=NOW)
    right = code_sent()
    wrong = "0000-0001" if right != "0000-0001" else "0000-0002"

    refused = []
    for code in [wrong] * 10 + [right]:
        with pytest.raises(addresses.AddressRefused) as refusal:
            addresses.confirm(person=astrid, code=code, by=astrid, at=NOW)
        refused.append(refusal.value.code)

    assert refused == ["wrong"] * 4 + ["too_many"] * 7
    assert str(refusal.value) == "Koden var fel för många gånger och gäller inte längre. Be om en ny."
    astrid.refresh_from_db()
    assert astrid.email == "astrid.bergvall@kommunen.example"


def test_a_code_is_good_for_a_quarter_of_an_hour_and_once(astrid):
    addresses.ask(person=astrid, new_email=NEW, by=astrid, at=NOW)
    code = code_sent()

    with pytest.raises(addresses.AddressRefused) as refusal:
        addresses.confirm(person=astrid, code=code, by=astrid, at=NOW + timedelta(minutes=16))
    assert refusal.value.code == "none"
    addresses.confirm(person=astrid, code=code, by=astrid, at=NOW)
    with pytest.raises(addresses.AddressRefused):
        addresses.confirm(person=astrid, code=code, by=astrid, at=NOW)


def test_the_code_of_one_address_is_not_good_for_the_next(astrid):
    addresses.ask(person=astrid, new_email=NEW, by=astrid, at=NOW)
    first = code_sent()
    addresses.ask(person=astrid, new_email="tredje@kommunen.example", by=astrid, at=NOW)

    with pytest.raises(addresses.AddressRefused):
        addresses.confirm(person=astrid, code=first, by=astrid, at=NOW)


def test_an_address_of_somebody_else_gets_no_code_and_its_owner_a_word(astrid, add_person):
    bo = add_person(email="bo@kommunen.example", name="Bo")

    addresses.ask(person=astrid, new_email=bo.email, by=astrid, at=NOW)

    message = Message.objects.get()
    assert (message.kind, message.to_address) == ("accounts.address_in_use", bo.email)
    assert "Astrid" not in message.subject + message.body + message.body_html


def test_an_address_taken_meanwhile_is_refused_without_telling_by_whom(astrid, add_person):
    addresses.ask(person=astrid, new_email=NEW, by=astrid, at=NOW)
    add_person(email=NEW, name="Bo Ek")

    with pytest.raises(addresses.AddressRefused) as refusal:
        addresses.confirm(person=astrid, code=code_sent(), by=astrid, at=NOW)

    assert refusal.value.code == "taken"
    assert "Bo" not in str(refusal.value)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("ingen adress", "shape"),
        ("a@b.example\r\nBcc: c@d.example", "shape"),
        ("a\x00@b.example", "shape"),
        ("å" * 300 + "@b.example", "shape"),
        ("ASTRID.bergvall@kommunen.example", "same"),
    ],
)
def test_what_is_no_address_is_refused_and_nothing_is_sent(astrid, address, code):
    with pytest.raises(addresses.AddressRefused) as refusal:
        addresses.ask(person=astrid, new_email=address, by=astrid, at=NOW)

    assert refusal.value.code == code
    assert not Message.objects.exists()
    assert nothing_changed(astrid)


def test_nobody_asks_or_confirms_for_another(astrid, add_person, administrator):
    bo = add_person(email="bo@kommunen.example", name="Bo")
    addresses.ask(person=astrid, new_email=NEW, by=astrid, at=NOW)
    for by in (bo, administrator, SYSTEM):
        with pytest.raises(PermissionDenied):
            addresses.ask(person=astrid, new_email="x@y.example", by=by, at=NOW)
        with pytest.raises(PermissionDenied):
            addresses.confirm(person=astrid, code=code_sent(), by=by, at=NOW)


def test_the_agency_puts_an_address_right_and_an_organization_does_not(
    astrid, add_person, administrator, appoint, organization
):
    home = organization()
    boss = add_person(email="chef@kommunen.example", name="Chef")
    appoint(boss, "administrator", home)
    appoint(astrid, "coordinator", home)
    with pytest.raises(PermissionDenied):
        addresses.correct(person=astrid, new_email=NEW, by=boss, at=NOW)
    with pytest.raises(addresses.AddressRefused):
        addresses.correct(person=astrid, new_email=boss.email, by=administrator, at=NOW)

    addresses.correct(person=astrid, new_email=NEW, by=administrator, at=NOW)

    astrid.refresh_from_db()
    assert astrid.email == NEW
    assert told(astrid) == [("accounts.person.address_changed", administrator.key, {})]
    assert {one.to_address for one in Message.objects.all()} == {NEW, "astrid.bergvall@kommunen.example"}


def test_nobody_puts_right_the_address_of_somebody_with_a_role_at_the_agency(astrid, administrator, appoint):
    appoint(astrid, "decision_maker")

    with pytest.raises(addresses.AddressRefused) as refusal:
        addresses.correct(person=astrid, new_email=NEW, by=administrator, at=NOW)

    assert refusal.value.code == "agency"
    astrid.refresh_from_db()
    assert astrid.email != NEW


def test_changes_that_nobody_completed_are_forgotten(astrid):
    addresses.ask(person=astrid, new_email=NEW, by=astrid, at=NOW)

    assert addresses.forget_old(at=NOW + timedelta(hours=23)) == 0
    assert addresses.forget_old(at=NOW + timedelta(days=2)) == 1


# Closing.


def test_a_closed_account_lets_nobody_in_and_its_sessions_do_not_come_back(enter, astrid, administrator):
    client = enter(astrid)
    assert client.get("/arbete/").status_code == 200

    closing.close(person=astrid, by=administrator, at=NOW)
    assert client.get("/arbete/").status_code == 302
    closing.reopen(person=astrid, by=administrator, at=NOW)

    assert client.get("/arbete/").status_code == 302
    assert [row[0] for row in told(astrid)][-2:] == ["accounts.person.closed", "accounts.person.reopened"]


def test_nobody_closes_her_own_account_and_outsiders_close_none(astrid, add_person, administrator, registrar):
    entries = AuditEntry.objects.count()
    with pytest.raises(closing.NotClosed):
        closing.close(person=administrator, by=administrator, at=NOW)
    for by in (astrid, registrar, SYSTEM):
        with pytest.raises(PermissionDenied):
            closing.close(person=astrid, by=by, at=NOW)

    assert Person.objects.filter(is_active=False).count() == 0
    assert AuditEntry.objects.count() == entries
