"""What selection hands down: rows of Att göra, the panel on an organizer's page, labels of its deeds."""

import pytest
from django.urls import reverse

from samspel.accounts.queries import todo_of
from samspel.kernel.audit import history_of
from samspel.selection.extensions import LABELS

from .conftest import NOW, bring, make_draft


def rows(person):
    """What a round asks of her; an administrator is also told when no worker lives."""
    given = [row for row in todo_of(person, NOW) if row.address.startswith("/arbete/urval/")]
    return [(row.title, row.is_waiting_for_others) for row in given]


def test_a_proposed_round_waits_for_another_person(proposed, people):
    assert rows(people.officer) == [("Testomgång", True)]
    assert rows(people.second) == [("Testomgång", False)]
    assert rows(people.decider) == [("Testomgång", False)]


def test_a_row_has_the_day_the_round_is_to_be_published_by(proposed, people):
    assert [row.due_on for row in todo_of(people.second, NOW)] == [proposed.publish_by]


@pytest.mark.parametrize("who", ["registrar", "evaluator", "process_supporter", "administrator", "outsider"])
def test_whoever_takes_no_step_has_nothing_to_do(proposed, people, who):
    assert rows(getattr(people, who)) == []


def test_finished_rounds_are_nobodys_task(published, people):
    assert rows(people.officer) == rows(people.decider) == []


def test_an_organizers_page_says_in_which_rounds_it_was_offered_once_they_are_published(client, draft, people):
    bring(draft, people, "accepted")
    offer = draft.offers.select_related("organizer").first()
    address = reverse("registry:organizer", args=[offer.organizer.organization_number])
    assert "Testomgång" not in client.get(address).content.decode()

    from samspel.selection.operations import deciding

    deciding.publish(round=draft, by=people.officer, at=NOW)
    assert "Testomgång" in client.get(address).content.decode()


def test_whoever_was_compared_with_has_no_panel(client, published):
    compared = published.pairs.first().compared
    page = client.get(reverse("registry:organizer", args=[compared.organization_number]))

    assert "Testomgång" not in page.content.decode()


def test_every_deed_has_a_label_in_words(people, edition, organizers):
    round = bring(make_draft(people, edition), people, "published")

    for row in history_of(round):
        assert row.action in LABELS
        assert row.label != row.action


def test_the_menu_leads_to_the_rounds_only_for_those_with_business_there(client, people, edition):
    address = reverse("selection:list")
    for person, expected in ((people.officer, True), (people.coordinator, False)):
        client.force_login(person)
        assert (f'href="{address}"' in client.get("/program/").content.decode()) == expected
