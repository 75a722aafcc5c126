"""One entry in the workspace leads to letters and all that belongs to them; one's own lies at one's own account."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samspel.letters.models import LetterState
from tests.letters.conftest import make_letter

PAGES = ["letters", "promises", "key_dates", "reminders", "lists", "reminder_rules"]


def part(page, start, end="</nav>"):
    return page.partition(start)[2].partition(end)[0]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_beside_letters_has_the_same_row_of_ways(client, officer, name):
    client.force_login(officer)
    page = client.get(reverse(f"letters:{name}")).content.decode()
    row, strip = part(page, 'class="part-links"'), part(page, 'class="site-work"')

    assert [row.count(f'href="{reverse(f"letters:{one}")}"') for one in PAGES[:5]] == [1] * 5
    assert row.count("aria-current") == 1
    assert [strip.count(f'href="{reverse(f"letters:{one}")}"') for one in PAGES[:5]] == [1, 0, 0, 0, 0]
    assert f'href="{reverse("letters:letters")}" aria-current' in strip


def test_who_does_not_deal_with_letters_has_her_own_at_her_account_and_no_row(client, coordinator):
    client.force_login(coordinator)
    page = client.get(reverse("letters:my_reminders")).content.decode()
    own = part(page, 'class="site-tools"', "</ul>")

    assert f'href="{reverse("letters:received")}"' in own
    assert f'href="{reverse("letters:my_reminders")}"' in own
    assert 'class="part-links"' not in page


def shown_first(client):
    page = client.get(reverse("letters:letters")).content.decode()
    return part(page.partition('class="side-actions"')[2], 'aria-current="page">', "</a>")


def test_the_list_opens_on_what_there_is_to_do_and_says_which_it_is(client, editor, officer):
    client.force_login(officer)
    assert shown_first(client) == "Skickade (0)"
    make_letter(by=editor)
    assert shown_first(client) == "Alla som inte är skickade (1)"
    make_letter(by=officer)
    assert shown_first(client) == "Mina, inte skickade (1)"
    make_letter(by=editor, state=LetterState.FOR_APPROVAL)
    assert shown_first(client) == "Väntar på mig (1)"


def test_where_a_letter_stands_is_not_the_state(client, editor):
    make_letter(by=editor)
    client.force_login(editor)

    page = client.get(reverse("letters:letters")).content.decode()

    assert "Läge" in page
    assert "Statlig" not in page


def test_promises_and_dates_are_called_what_they_are_called_in_the_readers_language(client, officer, seminar, coming):
    client.force_login(officer)
    coming.words_en, seminar.title_en = "The venue is announced later", "The theme seminar"
    coming.save()
    seminar.save()

    for listed, english, swedish in (
        ("/arbete/utlovat/", coming.words_en, coming.words_sv),
        ("/arbete/datum/", seminar.title_en, seminar.title_sv),
    ):
        assert english in client.get(f"/en{listed}").content.decode()
        assert swedish in client.get(listed).content.decode()
        assert swedish not in part(client.get(f"/en{listed}").content.decode(), "<tbody", "</tbody>")
    assert f"<h1>{coming.words_en}</h1>" in client.get(f"/en/arbete/utlovat/{coming.key}/").content.decode()
