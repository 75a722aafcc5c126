"""Logging in by an organization's own login with OpenID Connect: a real provider, and one that lies."""

import html
import re

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from structlog.testing import capture_logs

from samspel.accounts.models import Person
from samspel.kernel.audit import entries_about
from samspel.kernel.models import AuditEntry
from samspel.post.models import Message
from tests.accounts.federation import is_in, level_of, oidc_login

START = "/konto/via/kommunen/"
CLAIMS = {"email": "astrid.bergvall@kommunen.example", "email_verified": True}


@pytest.fixture
def process(oidc_process, settings):
    """The real provider, as the municipality's."""
    settings.SAMSPEL_LOGINS = (oidc_login(oidc_process.issuer),)
    return oidc_process


@pytest.fixture
def liar(oidc_liar, settings):
    """The provider that a test makes lie, as the municipality's; Astrid's answer, otherwise right."""
    settings.SAMSPEL_LOGINS = (oidc_login(oidc_liar.issuer),)
    oidc_liar.claims = dict(CLAIMS)
    return oidc_liar


def nothing_is_kept():
    return not SocialAccount.objects.exists() and not SocialToken.objects.exists() and not Message.objects.exists()


def refused(client, liar):
    """Log in through the provider; the page that says no, and what was logged."""
    with capture_logs() as logs:
        page = client.get(liar.log_in(client.get(START).url))
    assert not is_in(client)
    assert nothing_is_kept()
    assert page.status_code == 403
    assert "Du är inte inloggad" in page.content.decode()
    return page, [(log["reason"], log["detail"]) for log in logs if log["event"] == "federated_login_refused"]


def test_person_with_an_appointment_there_is_let_in_by_a_real_provider(client, process, coordinator):
    process.add("astrid", **CLAIMS, acr="http://id.elegnamnden.se/loa/1.0/loa3", personalIdentityNumber="190001019999")

    asked = client.get(START).url
    entered = client.get(process.log_in(asked, "astrid"))

    assert entered.url == "/arbete/"
    assert is_in(client, coordinator)
    link = SocialAccount.objects.get()
    assert (link.user, link.provider, link.uid, link.extra_data) == (coordinator, "kommunen", "astrid", {})
    assert not SocialToken.objects.exists()


def test_question_carries_pkce_nonce_and_state(client, process):
    asked = client.get(START).url

    for word in ("code_challenge=", "code_challenge_method=S256", "nonce=", "state=", "scope="):
        assert word in asked


def test_second_time_she_is_known_by_her_stable_id_whatever_her_address(client, liar, coordinator):
    client.get(liar.log_in(client.get(START).url))
    client.post("/konto/logga-ut/")
    liar.claims = {"email": "married@elsewhere.example"}

    client.get(liar.log_in(client.get(START).url))

    assert is_in(client, coordinator)
    assert SocialAccount.objects.count() == 1


def test_level_is_what_the_answers_assurance_is_agreed_to_be_worth(client, liar, coordinator):
    for acr, level in ((None, 1), ("urn:unknown", 1), ("http://id.elegnamnden.se/loa/1.0/loa2", 2),
                       ("http://id.elegnamnden.se/loa/1.0/loa3", 3)):  # fmt: skip
        liar.claims = {**CLAIMS, "acr": acr}
        client.get(liar.log_in(client.get(START).url))
        assert level_of(client) == level
        client.post("/konto/logga-ut/")


def test_login_stands_in_the_audit_with_its_way_and_she_is_told_of_the_link(client, liar, coordinator):
    client.get(liar.log_in(client.get(START).url))

    told = [(entry.action, entry.facts) for entry in entries_about(coordinator)][1:]
    assert told == [
        ("accounts.method.added", {"method": "link", "login": "kommunen"}),
        ("accounts.person.logged_in", {"method": "federation", "level": 1, "login": "kommunen"}),
    ]
    assert Message.objects.get().kind == "accounts.method_added"


@pytest.mark.parametrize(
    "claims, detail",
    [
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"aud": "somebody-else"}, "InvalidAudienceError"),
        ({"aud": None}, "MissingRequiredClaimError"),
        ({"aud": ["samspel-in-test", "x"], "azp": "x"}, "authorized_party"),
        ({"iss": "https://another.example"}, "InvalidIssuerError"),
        ({"exp": 1_600_000_000}, "ExpiredSignatureError"),
        ({"sub": None}, "MissingRequiredClaimError"),
    ],
)
def test_answer_meant_for_another_or_another_time_is_refused_in_words_and_logged(
    client, liar, coordinator, claims, detail
):
    liar.claims |= claims

    page, logged = refused(client, liar)

    assert "går inte att lita på" in page.content.decode()
    assert logged == [("answer", detail)]


def test_answer_signed_with_another_key_is_refused(client, liar, coordinator):
    liar.signs_with = liar.other_key

    assert refused(client, liar)[1] == [("answer", "InvalidSignatureError")]


def test_answer_with_no_signature_is_refused(client, liar, coordinator, monkeypatch):
    import base64
    import json

    right = liar.id_token

    def unsigned(question):
        _, body, _ = right(question).split(".")
        head = base64.urlsafe_b64encode(json.dumps({"alg": "none", "kid": "one"}).encode()).decode().rstrip("=")
        return f"{head}.{body}."

    monkeypatch.setattr(liar, "id_token", unsigned)

    assert refused(client, liar)[1] == [("answer", "InvalidAlgorithmError")]


def test_answer_whose_two_halves_are_of_two_people_is_refused(client, liar, coordinator):
    liar.userinfo = {"sub": "somebody-else", **CLAIMS}

    assert refused(client, liar)[1] == [("answer", "subject")]


@pytest.mark.parametrize("told", [{"id_token": "x"}, {"id_token": 7}, {"id_token": "a.b.c"}, {}])
def test_answer_that_cannot_be_read_is_refused_and_no_error_of_ours(client, liar, coordinator, told, monkeypatch):
    monkeypatch.setattr(liar, "_token", lambda asked: (200, {"access_token": "x", "token_type": "Bearer", **told}))

    assert refused(client, liar)[1][0][0] == "answer"


def test_answer_is_taken_once(client, liar, coordinator):
    back = liar.log_in(client.get(START).url)
    client.get(back)
    client.post("/konto/logga-ut/")
    before = AuditEntry.objects.count()

    page = client.get(back)

    assert page.status_code == 403
    assert not is_in(client)
    assert AuditEntry.objects.count() == before


def test_answer_lets_nobody_in_in_another_browser(client, liar, coordinator):
    from django.test import Client

    back = liar.log_in(client.get(START).url)
    other = Client()

    assert other.get(back).status_code == 403
    assert not is_in(other)


def test_who_speaks_for_another_scope_or_organization_is_refused(client, liar, coordinator):
    liar.claims["eduperson_scoped_affiliation"] = ["staff@another.example"]
    assert refused(client, liar)[1] == [("scope", "")]

    liar.claims = {**CLAIMS, "organization_number": "2120001355"}
    page, logged = refused(client, liar)
    assert logged == [("organization", "")]
    assert "en annan organisation än sin egen" in page.content.decode()


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email": "nobody@kommunen.example"}, {"email": None}])
def test_who_is_not_matched_is_told_who_can_invite_her_and_nothing_is_kept(
    client, liar, coordinator, add_person, appoint, municipality, claims
):
    chief = add_person(email="chef@kommunen.example", name="Cilla Chef")
    appoint(chief, "administrator", municipality)
    hidden = add_person(email="dold@kommunen.example", name="Dolda Doris")
    Person.objects.filter(pk=hidden.pk).update(is_protected=True)
    appoint(hidden, "administrator", municipality)
    liar.claims |= claims

    page = client.get(liar.log_in(client.get(START).url))

    words = page.content.decode()
    assert page.status_code == 403
    assert "Ekvikens kommun" in words
    assert "Cilla Chef" in words
    assert "Dolda Doris" not in words
    assert not is_in(client)
    assert nothing_is_kept()


def test_address_of_somebody_without_an_appointment_there_lets_nobody_in(client, liar, astrid, municipality):
    page = client.get(liar.log_in(client.get(START).url))

    assert page.status_code == 403
    assert not is_in(client)
    assert nothing_is_kept()


def test_school_unit_leads_to_its_organizer(client, liar, coordinator, municipality, settings):
    from samspel.registry.models import SchoolUnit

    facts = {"sort_key": "x", "search_key": "x", "as_of": municipality.as_of}
    SchoolUnit.objects.create(code="12345678", name="Skolan", organizer=municipality, **facts)
    settings.SAMSPEL_LOGINS = (oidc_login(liar.issuer, speaks_for=["*"], organization_number=""),)
    liar.claims["school_unit_code"] = "12345678"

    client.get(liar.log_in(client.get(START).url))

    assert is_in(client, coordinator)


def test_university_is_known_by_its_number(client, liar, astrid, settings):
    from samspel.registry.models import Appointment, University

    university = University.objects.create(slug="uni", name="Uni", sort_key="uni", organization_number="2021001124")
    Appointment.objects.create(person=astrid, role="network_leader", university=university, from_on="2024-01-01")
    settings.SAMSPEL_LOGINS = (oidc_login(liar.issuer, organization_number="2021001124"),)

    client.get(liar.log_in(client.get(START).url))

    assert is_in(client, astrid)


def test_closed_account_lets_nobody_in_by_any_way(client, liar, coordinator):
    client.get(liar.log_in(client.get(START).url))
    client.post("/konto/logga-ut/")
    Person.objects.filter(pk=coordinator.pk).update(is_active=False)

    assert client.get(liar.log_in(client.get(START).url)).url == "/konto/avslutat/"
    assert not is_in(client)


def test_stopping_half_way_is_no_error(client, process):
    page = client.get(process.deny(client.get(START).url))

    assert page.status_code == 200
    assert "Du avbröt" in page.content.decode()


def test_provider_that_does_not_answer_is_told_in_words(client, liar):
    liar.is_ill = True

    with capture_logs() as logs:
        page = client.get(START)

    assert page.status_code == 403
    assert "svarar inte just nu" in page.content.decode()
    assert [log["reason"] for log in logs if "reason" in log] == ["unreachable"]


def test_login_leads_to_a_page_of_ours_and_never_elsewhere(client, liar, coordinator):
    for asked, led in (("/konto/", "/konto/"), ("https://ond.example/", "/arbete/"), ("//ond.example", "/arbete/")):
        back = liar.log_in(client.get(START, {"next": asked}).url)
        assert client.get(back).url == led
        client.post("/konto/logga-ut/")


def test_address_can_ask_for_no_other_scope_or_purpose(client, process):
    asked = client.get(f"{START}?scope=all&auth_params=prompt%3Dnone%26nonce%3Dmine&process=connect").url

    assert "all" not in asked.split("scope=")[1].split("&")[0]
    assert "prompt" not in asked
    assert "nonce=mine" not in asked


def test_coming_back_is_at_one_address_in_every_language(client, process):
    assert "%2Fkonto%2Fvia%2Fkommunen%2Fsvar%2F" in client.get(f"/en{START}").url
    assert "%2Fen%2F" not in client.get(f"/en{START}").url


def test_unknown_way_in_is_not_found(client, db):
    assert client.get("/konto/via/nobody/").status_code == 404
    assert client.get("/konto/via/nobody/svar/").status_code == 404


def test_login_page_names_the_way_in(client, liar):
    assert "Logga in via Ekvikens kommun" in client.get("/konto/logga-in/").content.decode()
    assert "Log in through Ekviken Municipality" in client.get("/en/konto/logga-in/").content.decode()


def test_session_gets_a_new_key_when_she_comes_back(client, liar, coordinator):
    back = liar.log_in(client.get(START).url)
    before = client.session.session_key
    client.get(back)

    assert client.session.session_key != before


@pytest.fixture
def at_home(client, coordinator, code_in_mail):
    """Astrid, logged in by a code, on her own page; gives the address there that asks for a link."""
    client.post("/konto/logga-in/", {"email": coordinator.email})
    client.post("/konto/kod/", {"code": code_in_mail()})
    Message.objects.all().delete()

    def address():
        page = client.get("/konto/sakerhet/").content.decode()
        return html.unescape(re.search(r'href="(/konto/via/kommunen/[^"]+)"', page)[1])

    return address


def test_answer_without_an_address_is_linked_by_her_who_asks_for_it_on_her_own_page(client, liar, coordinator, at_home):
    liar.claims = {"acr": "http://id.elegnamnden.se/loa/1.0/loa3"}

    back = client.get(liar.log_in(client.get(at_home()).url))

    assert back.url == "/konto/sakerhet/"
    assert SocialAccount.objects.get().user == coordinator
    assert is_in(client, coordinator)
    assert level_of(client) == 3


def test_another_page_cannot_ask_for_a_link_in_her_name(client, liar, coordinator, at_home):
    at_home()
    liar.claims = {}

    page = client.get(liar.log_in(client.get(START, {"koppla": "guessed"}).url))

    assert page.status_code == 403
    assert not SocialAccount.objects.exists()


def test_link_to_an_organization_where_she_holds_nothing_is_not_made(client, liar, coordinator, at_home, settings):
    settings.SAMSPEL_LOGINS = (oidc_login(liar.issuer, organization_number="2120001355"),)
    liar.claims = {}

    assert client.get(liar.log_in(client.get(at_home()).url)).status_code == 403
    assert not SocialAccount.objects.exists()


def test_who_did_not_just_show_who_she_is_is_asked_before_a_link_is_made(client, liar, coordinator, at_home):
    address = at_home()
    session = client.session
    session["account_authentication_methods"] = []
    session.save()

    assert client.get(address).url.startswith("/konto/bekrafta/?next=%2Fkonto%2Fvia%2F")
