"""Handing out on its pages: picked by where and what they are, asked once more, followed, withdrawn and taken out."""

from __future__ import annotations

import csv
import io
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samspel.forms.models import Answer, AnswerState, HandOut
from samspel.forms.operations import handing_out
from samspel.kernel.permissions import Level
from samspel.registry.models import County, Organizer, OrganizerType, Role
from samspel.schemes.models import Edition
from tests.casefiles.conftest import make_organizer
from tests.forms.conftest import at_organizer, person_with

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGE = "forms:hand_out"
TOLD = {"form": "liten-analys", "due_on": "2099-01-01", "to": "", "about": ""}


def log_in(client, person):
    client.force_login(person, backend=BACKEND, level=Level.SIGN)
    return client


@pytest.fixture
def county(db):
    """A county with two organizers, a municipality and a company, and one organizer elsewhere."""
    place = County.objects.create(code="99", name="Påhittade län", sort_key="p", source="x", as_of="2026-01-01")
    for number in (2, 3):
        at_organizer(make_organizer(number), Role.COORDINATOR, f"Sam {number}")
    Organizer.objects.filter(name__in=["Påhittade 02 kommun", "Påhittade 03 kommun"]).update(county=place)
    Organizer.objects.filter(name="Påhittade 03 kommun").update(type=OrganizerType.PRIVATE)
    return place


@pytest.fixture
def page(client, officer):
    """Sends the page as an officer."""
    log_in(client, officer)

    def send(follow=True, **given):
        return client.post(reverse(PAGE), TOLD | given, follow=follow)

    return send


def text(response):
    return " ".join(response.content.decode().split())


def test_a_county_is_told_by_number_and_name_before_anybody_gets_it(page, version, organizer, county):
    asked = page(county="99")

    assert (asked.status_code, Answer.objects.count()) == (200, 0)
    assert asked.context["receivers"] == ["Påhittade 02 kommun", "Påhittade 03 kommun"]
    assert "Lämna ut det till 2?" in text(asked)
    sent = dict(asked.context["sent"])
    done = page(**sent, sure="2")
    assert set(Answer.objects.values_list("organizer__name", flat=True)) == {*asked.context["receivers"]}
    assert done.redirect_chain == [(reverse("forms:hand_out_page", args=[HandOut.objects.get().key]), 302)]


def test_where_nobody_has_a_task_that_it_is_for_is_told_before_it_is_done(page, version, county):
    Organizer.objects.filter(pk__in=[make_organizer(5).pk, make_organizer(6).pk]).update(county=county)

    asked = page(county="99")

    assert (asked.context["receivers"], asked.context["left"]) == (
        ["Påhittade 02 kommun", "Påhittade 03 kommun"], ["Påhittade 05 kommun", "Påhittade 06 kommun"]
    )  # fmt: skip
    assert "Lämna ut det till 2?" in text(asked)
    assert "Hos 2 av dem har ingen ett uppdrag som formuläret är till för" in text(asked)
    page(**dict(asked.context["sent"]), sure=str(asked.context["number"]))
    assert Answer.objects.count() == 2


def test_where_nobody_at_all_has_such_a_task_there_is_nothing_to_hand_out(page, version):
    elsewhere = County.objects.create(code="98", name="Öde län", sort_key="o", source="x", as_of="2026-01-01")
    Organizer.objects.filter(pk__in=[make_organizer(n).pk for n in (5, 6)]).update(county=elsewhere)

    asked = page(county="98")

    assert (asked.context["getting"], asked.context["left_number"]) == (0, 2)
    assert "Ingen får det" in text(asked) and 'name="sure"' not in text(asked)


def test_what_is_picked_holds_at_once_and_those_named_come_beside(page, version, organizer, submitter, county):
    asked = page(county="99", kind="private", to=organizer.name)

    assert asked.context["receivers"] == [organizer.name, "Påhittade 03 kommun"]


def test_an_edition_picks_those_that_it_is_for(page, version, county):
    edition = Edition.objects.get(slug="samordnarinsatsen-2022")

    assert page(county="99", edition=edition.pk).context["number"] == 2


def test_if_others_are_such_by_now_it_is_asked_once_more(page, version, county):
    asked = page(county="99", sure="7")

    assert (asked.context["number"], Answer.objects.count()) == (2, 0)


def test_where_nobody_is_such_it_is_said(page, version, county):
    assert "Ingen huvudman är sådan." in text(page(county="99", kind="abroad"))


def test_each_line_that_names_nobody_is_told_by_its_number_and_why(page, version, organizer):
    wrong = page(to=f"{organizer.name}\n\nIngenstans\n2120009999\n2999999994\n2999999994")

    errors = wrong.context["form"].errors["to"]
    assert list(errors) == [
        "Rad 3: ingen heter ”Ingenstans”.",
        "Rad 4: ”2120009999” är inget organisationsnummer. Se på siffrorna.",
        "Rad 5: ingen har numret ”2999999994”.",
    ]


def test_of_a_thousand_wrong_lines_fifty_are_told_and_the_rest_counted(page, version):
    wrong = page(to="\n".join(f"Ingen {n}" for n in range(1000)))

    assert list(wrong.context["form"].errors["to"])[-1] == "Och 950 rader till."


def test_a_page_sent_twice_hands_out_once_and_says_so(page, version, organizer, submitter):
    key = str(uuid4())
    page(to=organizer.name, key=key)

    again = page(to=organizer.name, key=key)

    assert "ingenting lämnades ut två gånger" in text(again)
    assert (HandOut.objects.count(), Answer.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "given",
    [
        {"key": "x\0"},
        {"county": "8" * 400},
        {"edition": "9" * 30},
        {"kind": "\0"},
        {"to": "å" * 1_000_000},
        {"form": "x"},
    ],
)
def test_what_is_no_choice_is_refused_in_words(page, version, organizer, given):
    refused = page(**({"to": organizer.name} | given))

    assert (refused.status_code, Answer.objects.count()) == (422, 0)


# Followed


@pytest.fixture
def decided(version, organizer, submitter, officer):
    """Handed out to two: one writes, and nobody is at the other."""
    to = [organizer, make_organizer(5)]
    now = timezone.now()
    made = handing_out.hand_out(definition=version.definition, to=to, due_on=timezone.localdate(), by=officer, at=now)
    return made.hand_out


def of(decided, name="hand_out_page"):
    return reverse(f"forms:{name}", args=[decided.key])


def test_its_page_says_how_far_it_has_come_and_who_was_left_out(client, officer, decided):
    page = log_in(client, officer).get(of(decided))

    assert page.context["next"].what == "Det skrivs och lämnas in: 0 av 1 är inne."
    assert "Påhittade 05 kommun: Ingen där har ett uppdrag som formuläret är till för." in text(page)
    assert [one.organizer.name for one in page.context["table"].page] == ["Påhittade 01 kommun"]


def test_many_who_were_left_out_are_folded_by_why(client, officer, version, organizer, submitter):
    to = [organizer, *[make_organizer(10 + n) for n in range(11)]]
    made = handing_out.hand_out(
        definition=version.definition, to=to, due_on=timezone.localdate(), by=officer, at=timezone.now()
    )

    shown = text(log_in(client, officer).get(of(made.hand_out)))

    assert "<summary>Ingen där har ett uppdrag som formuläret är till för. (11)</summary>" in shown
    assert shown.count("Ingen där har ett uppdrag") == 1


def test_while_a_job_hands_it_out_the_page_says_how_many_are_done(client, officer, version):
    many = [make_organizer(10 + n) for n in range(51)]
    made = handing_out.hand_out(
        definition=version.definition, to=many, due_on=timezone.localdate(), by=officer, at=timezone.now()
    )
    handing_out.go_on(hand_out=made.hand_out, at=timezone.now())

    page = log_in(client, officer).get(of(made.hand_out))

    assert page.context["next"].what == "Det håller på att lämnas ut: 25 av 51 är klara."
    assert '<progress id="how-far" class="how-far" max="51" value="25">' in text(page)


def test_its_page_asks_the_database_no_more_for_many_than_for_one(
    client, officer, decided, version, django_assert_max_num_queries
):
    log_in(client, officer).get(of(decided))
    with CaptureQueriesContext(connection) as one:
        client.get(of(decided))
    to = [make_organizer(10 + n) for n in range(6)]
    for n, each in enumerate(to[:3]):
        at_organizer(each, Role.COORDINATOR, f"Sam {n}")
    more = handing_out.hand_out(
        definition=version.definition, to=to, due_on=timezone.localdate(), by=officer, at=timezone.now()
    ).hand_out

    with django_assert_max_num_queries(len(one)):
        client.get(of(more))


def test_it_is_withdrawn_on_a_page_with_a_reason(client, officer, decided):
    log_in(client, officer)
    assert client.post(of(decided, "hand_out_withdraw"), {"reason": ""}).status_code == 422

    done = client.post(of(decided, "hand_out_withdraw"), {"reason": "Fel år."}, follow=True)

    assert "Ingenting: formuläret behövs inte längre." in str(done.context["next"].what)
    assert Answer.objects.get().state == AnswerState.WITHDRAWN
    assert of(decided, "hand_out_withdraw") not in text(done)
    assert client.post(of(decided, "hand_out_withdraw"), {"reason": "Igen."}).status_code == 422


def rows_of(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_what_was_handed_out_is_taken_out_as_a_table_without_names_of_people(client, officer, decided, submitter):
    answered = log_in(client, officer).get(reverse("forms:handed_out_csv") + f"?utlamning={decided.key}")

    [row] = rows_of(answered)
    assert (row["Formulär"], row["Om"], row["Formulärets läge"]) == (
        "Liten analys",
        "Påhittade 01 kommun",
        "Skrivs",
    )
    assert row["Klart senast"] == timezone.localdate().isoformat()
    assert submitter.name not in answered.content.decode()


def test_the_table_holds_what_the_list_shows_and_harms_no_spreadsheet(client, officer, decided):
    Answer.objects.update(about="=1+1")
    Organizer.objects.filter(name="Påhittade 01 kommun").update(name="=HYPERLINK(1)")
    log_in(client, officer)

    [row] = rows_of(client.get(reverse("forms:handed_out_csv") + "?form=liten-analys&state=writing"))

    assert row["Om"].startswith("'=")
    assert rows_of(client.get(reverse("forms:handed_out_csv") + "?state=submitted")) == []
    assert rows_of(client.get(reverse("forms:handed_out_csv") + "?utlamning=x")) == []


def test_who_reads_what_is_submitted_takes_out_that_alone(client, decided):
    reader = person_with(Role.EVALUATOR, name="Eva Läsare")

    assert rows_of(log_in(client, reader).get(reverse("forms:handed_out_csv"))) == []
