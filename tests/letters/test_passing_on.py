"""A letter is passed on with a greeting: once from each place, to those whom one's own task reaches."""

import pytest
from django.core.exceptions import PermissionDenied

from samspel.kernel.audit.models import AuditEntry
from samspel.letters.models import Letter, PassedTo, PassingOn
from samspel.letters.operations import freezing
from samspel.letters.operations.passing_on import PassingOnRefused, pass_on
from samspel.letters.operations.sending import recipients
from samspel.letters.queries import audiences
from samspel.letters.queries.passing_on import PRINCIPALS
from samspel.post.models import Message
from samspel.registry.models import Role
from tests.letters.audience_world import stand_in
from tests.letters.conftest import AT, TO_COORDINATORS, at_organizer, make_letter


@pytest.fixture
def sent(officer, coordinators):
    """A letter that has been sent to the coordinators."""
    letter = make_letter(by=officer, state="sent", slug="brev-2026", sent_at=AT)
    frozen = freezing.freeze(letter, at=AT)
    recipients.write(letter, audiences.recipients(TO_COORDINATORS, AT), frozen, by=officer, at=AT)
    return Letter.objects.get(pk=letter.pk)


def place_of(organizer):
    return f"organizer:{organizer.pk}"


def passed(sent, coordinator, organizer, **changes):
    given = {"letter": sent, "passer": PRINCIPALS, "place": place_of(organizer), "greeting": "Läs gärna!"}
    return pass_on(**given | {"by": coordinator, "at": AT} | changes)


def test_the_part_meant_for_it_goes_to_the_principals_with_the_greeting(sent, coordinator, organizer, principal):
    made = passed(sent, coordinator, organizer)

    mail = Message.objects.get(kind="letters.passed_on")
    row = PassedTo.objects.get(passing_on=made)
    assert (mail.to_address, mail.reply_to, row.message_key) == (principal.email, coordinator.email, mail.key)
    assert (row.person_id, made.blocks, made.expected) == (principal.pk, ["b2"], 1)
    assert "Skickat vidare till dig av Sanna Samordnare, Påhittade 01 kommun." in mail.body
    assert "Läs gärna!" in mail.body
    assert "Hälsa gärna rektorerna." in mail.body
    assert "Tydligare uppdrag" not in mail.body
    assert AuditEntry.objects.filter(action="letters.letter.passed_on").count() == 1


def test_who_had_a_part_passed_on_reads_that_part_of_what_is_not_public(
    client, sent, coordinator, organizer, principal
):
    Letter.objects.update(is_public=False)
    passed(sent, coordinator, organizer)
    read = {}
    for person in (principal, coordinator):
        client.force_login(person)
        read[person] = client.get(f"/arbete/brev/till-mig/{sent.key}/").content.decode()

    assert "Hälsa gärna rektorerna." in read[principal]
    assert "Tydligare uppdrag" not in read[principal]
    assert "Tydligare uppdrag" in read[coordinator]


def test_it_is_passed_on_once_from_a_place(sent, coordinator, organizer, principal):
    passed(sent, coordinator, organizer)

    with pytest.raises(PassingOnRefused) as refusal:
        passed(sent, coordinator, organizer)

    assert refusal.value.code == "done_already"
    assert Message.objects.filter(kind="letters.passed_on").count() == 1


def test_who_has_got_the_letter_already_is_not_sent_it_again(sent, coordinator, organizer, principal):
    coordinator.appointments.create(role=Role.PRINCIPAL, organizer=organizer, from_on=AT.date())

    assert passed(sent, coordinator, organizer).expected == 1


def test_with_nobody_to_reach_it_is_refused_and_nothing_is_kept(sent, coordinator, organizer):
    with pytest.raises(PassingOnRefused) as refusal:
        passed(sent, coordinator, organizer)

    assert refusal.value.code == "nobody"
    assert PassingOn.objects.count() == 0


def test_it_is_passed_on_from_ones_own_place_alone(sent, coordinator, organizers, principal):
    with pytest.raises(PermissionDenied):
        passed(sent, coordinator, organizers[1])
    with pytest.raises(PermissionDenied):
        passed(sent, principal, organizers[0])


def test_a_letter_that_never_came_to_her_is_not_passed_on(sent, coordinator, organizers):
    chief = at_organizer(organizers[2], Role.CHIEF_EDUCATION_OFFICER, "Frida Förvaltningschef")
    at_organizer(organizers[2], Role.PRINCIPAL, "Rut Rektor")

    with pytest.raises(PermissionDenied):
        passed(sent, chief, organizers[2])


def test_a_deputy_of_a_principal_gets_it_too(sent, coordinator, organizer, principal):
    stand_in(principal.appointments.get(), deputy := at_organizer(organizer, Role.DEVELOPMENT_LEAD, "Dora Lead"))

    passed(sent, coordinator, organizer)

    to = set(Message.objects.filter(kind="letters.passed_on").values_list("to_address", flat=True))
    assert to == {principal.email, deputy.email}


def test_a_greeting_cannot_put_anything_of_its_own_in_the_mail(sent, coordinator, organizer, principal):
    passed(sent, coordinator, organizer, greeting="\x00foot\x00 <script>alert(1)</script> [x](javascript:1)")

    mail = Message.objects.get(kind="letters.passed_on")
    assert "<script>" not in mail.body_html
    assert 'href="javascript' not in mail.body_html
    assert mail.body.count("Därför får du brevet") == 1


def test_who_has_protected_identity_is_not_named_to_those_who_get_it(sent, coordinator, organizer, principal):
    type(coordinator).objects.filter(pk=coordinator.pk).update(is_protected=True)
    coordinator.refresh_from_db()

    passed(sent, coordinator, organizer)

    mail = Message.objects.get(kind="letters.passed_on")
    assert mail.reply_to == ""
    assert "Sanna" not in mail.body + mail.body_html
    assert coordinator.email not in mail.body + mail.body_html


@pytest.mark.parametrize("greeting, code", [("x" * 2_001, "too_long")])
def test_what_cannot_be_sent_is_refused_in_words(sent, coordinator, organizer, principal, greeting, code):
    with pytest.raises(PassingOnRefused) as refusal:
        passed(sent, coordinator, organizer, greeting=greeting)

    assert refusal.value.code == code
    assert PassingOn.objects.count() == 0


def test_a_letter_not_sent_is_not_passed_on(letter, coordinator, organizer, principal):
    with pytest.raises(PassingOnRefused):
        passed(letter, coordinator, organizer)


def test_her_page_shows_whom_it_reaches_and_passes_it_on(client, sent, coordinator, organizer, principal):
    client.force_login(coordinator)
    address = f"/arbete/brev/{sent.key}/skicka-vidare/"

    shown = client.get(address).content.decode()
    done = client.post(address, {"greeting": "Hej!"}, follow=True).content.decode()
    again = client.get(address).content.decode()

    assert "Petra Rektor" in shown
    assert "Hälsa gärna rektorerna." in shown
    assert "Det är skickat vidare till 1 person." in done
    assert "Det skickas vidare en gång." in again
    assert "Petra Rektor" not in again


def test_with_nobody_to_reach_the_page_does_not_show_what_would_go(client, sent, coordinator, organizer):
    client.force_login(coordinator)
    page = client.get(f"/arbete/brev/{sent.key}/skicka-vidare/").content.decode()

    assert "Det finns ingen att skicka vidare till" in page
    assert "Hälsa gärna rektorerna." not in page


def test_a_mail_in_another_language_than_the_page_is_marked_so(client, sent, coordinator):
    who = {"to_address": coordinator.email, "to_key": coordinator.key, "language": "sv"}
    written = {
        "idempotency_key": "x",
        "subject": "Ny tid <b>",
        "body": "",
        "kind": "letters.reminder",
        "written_at": AT,
    }
    Message.objects.create(**who, **written)
    client.force_login(coordinator)

    assert '<span lang="sv">Ny tid &lt;b&gt;</span>' in client.get("/en/arbete/brev/till-mig/").content.decode()
    assert "<span lang" not in client.get("/arbete/brev/till-mig/").content.decode().split("<main")[1]


def test_the_senders_see_who_has_passed_it_on(client, sent, officer, coordinator, organizer, principal):
    passed(sent, coordinator, organizer)
    client.force_login(officer)

    page = client.get(f"/arbete/brev/{sent.key}/vidare/").content.decode()

    assert "Sanna Samordnare" in page
    assert "Påhittade 01 kommun" in page
    assert "En del" in page


@pytest.mark.parametrize("who", ["outsider", "principal"])
def test_nobody_else_comes_to_the_page(client, request, sent, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(f"/arbete/brev/{sent.key}/skicka-vidare/").status_code == 404


def test_the_page_of_a_sent_letter_leads_to_who_has_passed_it_on(client, sent, officer):
    client.force_login(officer)

    assert f'href="/arbete/brev/{sent.key}/vidare/"' in client.get(f"/arbete/brev/{sent.key}/").content.decode()
