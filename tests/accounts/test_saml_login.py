"""Logging in by an organization's own login with SAML: signed answers, and every kind that must not be taken."""

import base64
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from lxml import etree
from structlog.testing import capture_logs

from samspel.accounts.models import AssertionSeen
from samspel.accounts.operations import logins
from samspel.kernel.audit import entries_about
from samspel.kernel.models import AuditEntry
from tests.accounts.federation import is_in, level_of, saml_login

START, BACK = "/konto/via/uni/", "/konto/saml/uni/svar/"
OURS = "http://testserver/konto/saml/uni/metadata/"
TO = f"http://testserver{BACK}"
MAIL, EPPN = "urn:oid:0.9.2342.19200300.100.1.3", "urn:oid:1.3.6.1.4.1.5923.1.1.1.6"
ASSURANCE = "urn:oid:1.3.6.1.4.1.5923.1.1.1.11"
AL = "http://www.swamid.se/policy/assurance/al"


@pytest.fixture
def idp(saml_idp, settings, tmp_path):
    """An identity provider in SWAMID's manner, with Astrid's answer."""
    settings.SAMSPEL_LOGINS = (saml_login(saml_idp, tmp_path),)
    saml_idp.attributes = {
        EPPN: ["ab12@kommunen.example"],
        MAIL: ["astrid.bergvall@kommunen.example"],
        ASSURANCE: [f"{AL}1", f"{AL}2"],
        "urn:oid:1.2.752.29.4.13": ["190001019999"],
    }
    return saml_idp


def ask(client):
    return client.get(START).url


def finish(client, answer):
    """The other site makes the browser post its answer; the page that comes of it."""
    posted = client.post(BACK, {"SAMLResponse": answer})
    assert posted.url == "/konto/saml/uni/in/"
    return client.get(posted.url)


def refused(client, answer):
    before = AuditEntry.objects.count()
    with capture_logs() as logs:
        page = finish(client, answer)
    assert page.status_code == 403
    assert "Du är inte inloggad" in page.content.decode()
    assert not is_in(client)
    assert AuditEntry.objects.count() == before
    return page.content.decode(), [log["reason"] for log in logs if log["event"] == "federated_login_refused"]


def test_good_answer_lets_in_with_its_highest_level_and_keeps_the_stable_id_alone(client, idp, coordinator):
    entered = finish(client, idp.answer(ask(client), audience=OURS, to=TO))

    assert entered.url == "/arbete/"
    assert is_in(client, coordinator)
    assert level_of(client) == 2
    link = SocialAccount.objects.get()
    assert (link.provider, link.uid, link.extra_data) == ("uni", "ab12@kommunen.example", {})
    assert entries_about(coordinator).last().facts == {"method": "federation", "level": 2, "login": "uni"}


@pytest.mark.parametrize(
    "told, level", [([], 1), ([f"{AL}1"], 1), ([f"{AL}2", f"{AL}1"], 2), ([f"{AL}3", f"{AL}2"], 3)]
)
def test_level_is_the_highest_assurance_told(client, idp, coordinator, told, level):
    idp.attributes[ASSURANCE] = told
    finish(client, idp.answer(ask(client), audience=OURS, to=TO))

    assert level_of(client) == level


def test_answer_that_was_altered_is_refused(client, idp, coordinator):
    xml = idp.xml(ask(client), audience=OURS, to=TO).replace(b"al2", b"al3")

    assert refused(client, base64.b64encode(xml).decode())[1] == ["answer"]
    assert not SocialAccount.objects.exists()


def test_answer_that_is_not_signed_is_refused(client, idp, coordinator):
    idp.is_signed = False

    words, logged = refused(client, idp.answer(ask(client), audience=OURS, to=TO))
    assert "går inte att lita på" in words
    assert logged == ["answer"]


def test_unsigned_assertion_beside_a_signed_one_is_refused(client, idp, coordinator):
    xml = idp.xml(ask(client), audience=OURS, to=TO)
    tree = etree.fromstring(xml)
    name = "{urn:oasis:names:tc:SAML:2.0:assertion}Assertion"
    forged = etree.fromstring(etree.tostring(tree.find(name)).replace(b"ab12@", b"chef@"))
    forged.set("ID", "_forged")
    signature = forged.find("{http://www.w3.org/2000/09/xmldsig#}Signature")
    forged.remove(signature)
    tree.insert(2, forged)

    assert refused(client, base64.b64encode(etree.tostring(tree)).decode())[1] == ["answer"]


def test_answer_meant_for_somebody_else_is_refused(client, idp, coordinator):
    assert refused(client, idp.answer(ask(client), audience="https://other.example", to=TO))[1] == ["answer"]


def test_answer_sent_to_another_address_is_refused(client, idp, coordinator):
    assert refused(client, idp.answer(ask(client), audience=OURS, to="https://other.example/"))[1] == ["answer"]


def test_answer_that_is_too_old_is_refused(client, idp, coordinator):
    long_ago = datetime.now(UTC) - timedelta(hours=1)

    assert refused(client, idp.answer(ask(client), audience=OURS, to=TO, at=long_ago))[1] == ["answer"]


def test_answer_is_taken_once_even_in_the_same_browser(client, idp, coordinator):
    answer = idp.answer(ask(client), audience=OURS, to=TO)
    finish(client, answer)
    client.post("/konto/logga-ut/")
    words, logged = refused(client, answer)

    assert "redan använt" in words
    assert logged == ["replayed"]


def test_answer_is_taken_once_even_if_the_first_time_was_not_finished(client, idp, coordinator):
    """Its question still stands in the session: only that the answer was seen keeps it out."""
    question = ask(client)
    answer = idp.answer(question, audience=OURS, to=TO)
    told = etree.fromstring(base64.b64decode(answer)).find("{urn:oasis:names:tc:SAML:2.0:assertion}Assertion").get("ID")
    logins.take_assertion(login="uni", assertion=told, good_until=datetime.now(UTC) + timedelta(minutes=5))

    assert refused(client, answer)[1] == ["replayed"]


def test_answer_lets_nobody_in_in_another_browser(client, idp, coordinator):
    answer = idp.answer(ask(client), audience=OURS, to=TO)
    other = Client()

    assert refused(other, answer)[1] == ["replayed"]


def test_answer_that_nobody_asked_for_is_refused(client, idp, coordinator):
    xml = idp.xml(ask(client), audience=OURS, to=TO)
    unasked = re.sub(rb' InResponseTo="[^"]+"', b"", xml)

    assert refused(client, base64.b64encode(unasked).decode())[1] == ["answer"]


@pytest.mark.parametrize(
    "answer", ["x", "PHg+", "////", "PD94bWwgdmVyc2lvbj0iMS4wIj8+PGE+PC9hPg==", "\x00", "å", "PCFET0NUWVBFIGE+PGEvPg=="]
)
def test_answer_that_cannot_be_read_is_refused_and_no_error_of_ours(client, idp, coordinator, answer):
    ask(client)

    assert refused(client, answer)[1] == ["answer"]


def test_who_speaks_for_another_scope_is_refused(client, idp, coordinator):
    idp.attributes[EPPN] = ["ab12@kommunen.example@other.example"]

    words, logged = refused(client, idp.answer(ask(client), audience=OURS, to=TO))
    assert logged == ["scope"]
    assert "en annan organisation än sin egen" in words


def test_second_step_is_asked_for_only_where_the_other_login_showed_one_thing_alone(client, idp, coordinator):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(coordinator, "A" * 32)
    idp.attributes[ASSURANCE] = [f"{AL}1"]
    assert finish(client, idp.answer(ask(client), audience=OURS, to=TO)).url == "/konto/andra-steget/"
    assert not is_in(client)

    again = Client()
    idp.attributes[ASSURANCE] = [f"{AL}2"]
    assert finish(again, idp.answer(ask(again), audience=OURS, to=TO)).url == "/arbete/"


def test_seen_answers_are_forgotten_when_they_are_too_old_to_be_taken_anyway(client, idp, coordinator):
    finish(client, idp.answer(ask(client), audience=OURS, to=TO))
    seen = AssertionSeen.objects.get()
    assert len(seen.digest) == 64

    logins.forget_assertions(at=seen.good_until - timedelta(seconds=1))
    assert AssertionSeen.objects.exists()
    logins.forget_assertions(at=seen.good_until + timedelta(seconds=1))
    assert not AssertionSeen.objects.exists()


def test_answer_is_remembered_for_as_long_as_it_would_be_taken(client, idp, coordinator):
    with time_machine.travel(datetime.now(UTC).replace(microsecond=0), tick=False):
        finish(client, idp.answer(ask(client), audience=OURS, to=TO))
        assert AssertionSeen.objects.get().good_until >= datetime.now(UTC) + timedelta(minutes=10)


def test_our_description_is_the_same_in_every_language(client, idp):
    swedish = client.get("/konto/saml/uni/metadata/")

    assert swedish.status_code == 200
    assert TO in swedish.content.decode()
    assert "/en/" not in client.get("/en/konto/saml/uni/metadata/").content.decode()
    assert "WantAssertionsSigned" in swedish.content.decode()


def test_logging_out_there_logs_nobody_out_here(client, idp, coordinator):
    client.force_login(coordinator)

    assert urlsplit(client.get("/konto/saml/uni/ut/").url).path == "/konto/logga-ut/"
    assert is_in(client, coordinator)


def test_way_in_by_the_other_kind_is_not_found_here(client, oidc_liar, settings):
    from tests.accounts.federation import oidc_login

    settings.SAMSPEL_LOGINS = (oidc_login(oidc_liar.issuer, id="uni"),)

    for address in ("svar", "in", "metadata"):
        assert client.post(f"/konto/saml/uni/{address}/", {"SAMLResponse": "x"}).status_code == 404
    assert client.get("/konto/via/uni/svar/").status_code == 403
