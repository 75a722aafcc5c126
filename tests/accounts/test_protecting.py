"""Protected identity: given for a reason, kept from everybody else, and each look on record."""

import pytest
from django.core.exceptions import PermissionDenied

from samspel.accounts import queries
from samspel.accounts.models import Person
from samspel.accounts.operations import protecting
from samspel.kernel.audit import SYSTEM, entries_about
from samspel.kernel.models import AuditEntry
from samspel.kernel.permissions import LevelTooLow
from samspel.post.operations import notices
from tests.accounts.conftest import NOW

LIST = "/arbete/personer/"


@pytest.fixture
def hidden(astrid, administrator):
    """Astrid, protected."""
    return protecting.protect(person=astrid, reason="threat", by=administrator, at=NOW)


def test_it_is_given_and_lifted_for_a_stated_reason_and_stands_in_the_audit(astrid, administrator):
    protecting.protect(person=astrid, reason="secrecy_mark", by=administrator, at=NOW)
    protecting.protect(person=astrid, reason="secrecy_mark", by=administrator, at=NOW)
    protecting.unprotect(person=astrid, reason="over", by=administrator, at=NOW)

    told = [(entry.action, entry.by_key, entry.facts) for entry in entries_about(astrid)][1:]
    assert told == [
        ("accounts.person.protected", administrator.key, {"reason": "secrecy_mark"}),
        ("accounts.person.unprotected", administrator.key, {"reason": "over"}),
    ]


def test_without_a_reason_nothing_is_done(astrid, administrator):
    for change in (protecting.protect, protecting.unprotect):
        with pytest.raises(ValueError, match="därför att"):
            change(person=astrid, reason="därför att", by=administrator, at=NOW)

    assert not Person.objects.get(pk=astrid.pk).is_protected


def test_outsiders_and_logins_not_sure_enough_neither_protect_nor_look(
    hidden, astrid, registrar, add_person, administrator
):
    entries = AuditEntry.objects.count()
    stranger = add_person(email="x@kommunen.example", name="X")
    for by in (registrar, stranger, SYSTEM):
        with pytest.raises(PermissionDenied):
            protecting.unprotect(person=hidden, reason="over", by=by, at=NOW)
        with pytest.raises(PermissionDenied):
            protecting.see_name(person=hidden, by=by, at=NOW)
    administrator.session_level = 1
    with pytest.raises(LevelTooLow):
        protecting.see_name(person=hidden, by=administrator, at=NOW)

    assert Person.objects.get(pk=hidden.pk).is_protected
    assert AuditEntry.objects.count() == entries + 1


def test_each_look_by_another_is_on_record_and_her_own_is_not(hidden, administrator):
    for _look in range(2):
        protecting.see_name(person=hidden, by=administrator, at=NOW)
    protecting.see_name(person=hidden, by=hidden, at=NOW)

    looks = [entry.by_key for entry in entries_about(hidden) if entry.action == "accounts.person.name_seen"]
    assert looks == [administrator.key] * 2


def test_mail_to_her_still_goes_to_her_by_name(hidden):
    message = notices.send(
        template="accounts/notices/address_new.html", to=queries.addressee(hidden), context={}, at=NOW
    )

    assert (message.to_address, "Astrid Bergvall" in message.body) == (hidden.email, True)


def test_her_page_hides_her_until_it_is_asked_for(enter, hidden, administrator, appoint, organization):
    appoint(hidden, "coordinator", organization())
    client, address = enter(administrator), f"{LIST}{hidden.key}/"

    closed = client.get(address).content.decode()
    entries = entries_about(hidden).count()
    opened = client.post(f"{address}visa/").content.decode()

    for secret in ("Astrid", "bergvall", "Ekvikens kommun"):
        assert secret not in closed
    assert "Skyddad identitet" in closed
    for shown in ("Astrid Bergvall", hidden.email, "Ekvikens kommun"):
        assert shown in opened
    assert entries_about(hidden).count() == entries + 1
    assert "Astrid" not in client.get(address).content.decode()


def test_she_stands_in_the_list_of_the_protected_without_her_name_and_in_no_other(enter, hidden, administrator):
    client = enter(administrator)

    protected = client.get(f"{LIST}skyddade/").content.decode()
    everybody = client.get(LIST, {"q": "astrid"}).content.decode()

    assert str(hidden.key)[:8] in protected
    assert "Astrid" not in protected
    assert str(hidden.key) not in everybody
    assert hidden.email not in everybody


def test_who_may_not_see_the_protected_does_not_reach_her_page(enter, hidden, registrar, add_person):
    for who in (registrar, add_person(email="x@kommunen.example", name="X")):
        client = enter(who)
        assert client.get(f"{LIST}{hidden.key}/").status_code == 403
        assert client.post(f"{LIST}{hidden.key}/visa/").status_code == 403
        assert client.get(f"{LIST}skyddade/").status_code == 403


def test_she_herself_sees_her_name_and_that_she_is_protected(enter, hidden):
    page = enter(hidden).get("/konto/").content.decode()

    assert 'value="Astrid Bergvall"' in page
    assert "Du har skyddad identitet" in page


def test_correcting_her_is_a_look(enter, hidden, administrator):
    page = enter(administrator).get(f"{LIST}{hidden.key}/ratta/").content.decode()

    assert 'value="Astrid Bergvall"' in page
    assert entries_about(hidden).last().action == "accounts.person.name_seen"


def test_protecting_has_a_page_of_its_own(enter, astrid, administrator):
    client, address = enter(administrator), f"{LIST}{astrid.key}/skydd/"

    client.post(address, {"reason": "threat"})
    assert Person.objects.get(pk=astrid.pk).is_protected
    assert "Astrid" not in client.get(address).content.decode()
    client.post(address, {"reason": "over"})

    assert not Person.objects.get(pk=astrid.pk).is_protected
