"""The pages of a round: a whole way in a browser without scripts, what stands in the way, and who sees what."""

import pytest
from django.urls import reverse
from django.utils import timezone

from samspel.registry.models import Role
from samspel.selection.models import DrawSeed, Round
from samspel.selection.operations import drafting, offering

from .conftest import GREATEST_NEED, NOW, bring, make_draft, make_organizer, rules_document

PAGES_FROM_FREEZE = ["ranking", "exclusions", "pairs"]


def address(name, round, *more):
    return reverse(f"selection:{name}", args=[round.slug, *more])


@pytest.fixture
def as_(client):
    """`as_(person)`: a browser where this person is logged in."""

    def log_in(person):
        client.force_login(person)
        return client

    return log_in


def test_two_people_take_a_round_from_draft_to_published_through_the_pages(as_, draft, people):
    road = [
        (people.officer, "foresla", "proposed"),
        (people.second, "bekrafta", "confirmed"),
        (people.officer, "frys", "frozen"),
        (people.officer, "dra", "drawn"),
        (people.decider, "godkann", "accepted"),
        (people.officer, "publicera", "accepted"),
    ]
    for person, word, state in road:
        browser = as_(person)
        asked = browser.get(address("step", draft, word))
        assert asked.status_code == 200
        answer = browser.post(address("step", draft, word), follow=True)
        assert answer.status_code == 200
        draft.refresh_from_db()
        assert draft.state == state
    assert draft.published_at is not None


def test_a_new_round_is_made_and_opens_its_rules(as_, people, edition):
    answer = as_(people.officer).post(
        reverse("selection:new"),
        {
            "edition": edition.pk,
            "title": "Våren 2027",
            "slug": "ri-2027",
            "is_exercise": "on",
            "evaluation_closes_on": "2034-06-30",
        },
    )

    assert answer["Location"].endswith("/arbete/urval/ri-2027/regler/")
    round = Round.objects.get(slug="ri-2027")
    assert [one["key"] for one in round.rules["criteria"]] == ["socioeconomic", "mother_tongue", "newly_arrived"]


def test_the_page_of_a_round_says_what_next_who_and_by_when(as_, draft, people):
    page = as_(people.officer).get(address("detail", draft))

    assert page.context["next"].who == Role.EDUCATION_OFFICER.label
    assert page.context["next"].by == draft.publish_by
    assert "/steg/foresla/" in page.content.decode()


def test_every_obstacle_stands_on_the_page_and_there_is_no_button(as_, people, edition):
    round = make_draft(people, edition, rules=rules_document(criteria=[]))
    page = as_(people.officer).get(address("detail", round))

    assert len(page.context["next"].obstacles) == 1
    assert page.context["next"].action is None


def test_from_what_stands_in_the_way_one_comes_to_the_rules_if_one_may_change_them(as_, people, edition):
    round = make_draft(people, edition, rules=rules_document(criteria=[]))
    way = f'href="{address("rules", round)}">Ändra reglerna'

    shown = {
        who: way in as_(who).get(address("detail", round)).content.decode() for who in (people.officer, people.decider)
    }

    assert shown == {people.officer: True, people.decider: False}


def test_who_proposed_is_told_that_another_must_confirm(as_, proposed, people):
    browser = as_(people.officer)
    page = browser.get(address("detail", proposed))
    refused = browser.post(address("step", proposed, "bekrafta"))

    assert page.context["next"].action is None
    assert len(page.context["next"].obstacles) == 2
    assert len(refused.context["obstacles"]) == 2
    proposed.refresh_from_db()
    assert proposed.state == "proposed"


def test_a_round_is_voided_only_with_a_reason(as_, frozen, people):
    browser = as_(people.decider)
    assert browser.post(address("step", frozen, "upphav"), {"reason": " "}).status_code == 200
    frozen.refresh_from_db()
    assert frozen.state == "frozen"

    browser.post(address("step", frozen, "upphav"), {"reason": "Fel siffror"})
    frozen.refresh_from_db()
    assert (frozen.state, frozen.voided_because) == ("voided", "Fel siffror")


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(
    "name",
    ["detail", "rules", "exclusions", "ranking", "pairs", "offers", "verify"],
)
def test_every_page_opens_in_both_languages(as_, published, people, name, language):
    assert as_(people.evaluator).get(language + address(name, published)).status_code == 200


def test_an_organizers_rank_explains_itself_and_compares(as_, published, people, organizers):
    first, second = organizers[11], organizers[0]
    page = as_(people.officer).get(
        address("subject", published, first.organization_number), {"mot": second.organization_number}
    )
    explained = page.context["explained"]

    assert sum(part.part for part in explained.parts) == explained.score
    assert sum(part.difference for part in explained.compared.parts) == explained.compared.difference
    assert explained.compared.number == second.organization_number
    assert [part.sources[0].file.name for part in explained.parts] == ["figures.csv", "figures.csv"]


def test_somebody_who_was_taken_out_is_explained_too(as_, draft, people, organizers):
    drafting.exclude(round=draft, organizer=organizers[3], kind="other", reason="Läggs ned", by=people.officer, at=NOW)
    bring(draft, people, "frozen")

    page = as_(people.officer).get(address("subject", draft, organizers[3].organization_number))

    assert "Läggs ned" in page.content.decode()


def test_the_draft_shows_a_provisional_ranking_to_those_who_prepare_it(as_, draft, people):
    page = as_(people.officer).get(address("ranking", draft))

    assert page.context["is_provisional"]
    assert page.context["table"].page.paginator.count == 12


@pytest.mark.parametrize("name", PAGES_FROM_FREEZE)
@pytest.mark.parametrize("who", ["process_supporter", "administrator", "coordinator", "supporting_officer", "outsider"])
def test_the_figures_of_a_round_are_kept_from_those_without_the_right(as_, drawn, people, name, who):
    assert as_(getattr(people, who)).get(address(name, drawn)).status_code == 403


@pytest.mark.parametrize("name", ["protocol", "bundle", "verify"])
@pytest.mark.parametrize("who", ["process_supporter", "administrator", "supporting_officer"])
def test_secret_files_are_kept_from_those_without_the_right(as_, drawn, people, name, who):
    assert as_(getattr(people, who)).get(address(name, drawn)).status_code == 403


def test_a_draft_does_not_exist_for_process_supporters(as_, draft, people):
    assert as_(people.process_supporter).get(address("detail", draft)).status_code == 404


def test_a_process_supporter_does_not_see_who_came_from_the_reserve_list(as_, people, edition, organizers):
    round = bring(make_draft(people, edition, rules=rules_document(choice=GREATEST_NEED)), people, "published")
    declined = round.offers.first()
    given = {"response": "declined", "responded_on": NOW.date(), "by": people.officer, "at": NOW}
    offering.record_response(offer=declined, **given)
    reserve = offering.offer_reserve(round=round, by=people.officer, at=NOW)

    inside = as_(people.officer).get(address("offers", round)).content.decode()
    outside = as_(people.process_supporter).get(address("offers", round)).content.decode()

    assert reserve.organizer.name in outside
    assert str(reserve.get_kind_display()) in inside
    assert str(reserve.get_kind_display()) not in outside


def test_a_process_supporter_sees_the_published_offers_without_the_order_of_the_draw(as_, published, people):
    page = as_(people.process_supporter).get(address("offers", published))

    assert page.context["table"].columns[0].name == "name"
    for pair in published.pairs.filter(is_further=False).select_related("compared"):
        assert pair.compared.name not in page.content.decode()


def test_whoever_is_not_logged_in_is_asked_to(client, published):
    for name in ("detail", "ranking", "rules", "protocol", "bundle"):
        assert client.get(address(name, published)).status_code == 302


def test_no_page_holds_the_seed_before_the_freeze(as_, confirmed, people):
    seed = bytes(DrawSeed.objects.get(round=confirmed).seed)
    browser = as_(people.officer)

    for name in ("detail", "rules", "exclusions", "ranking", "public-protocol"):
        content = browser.get(address(name, confirmed)).content
        assert seed not in content
        assert seed.hex().encode() not in content
    assert browser.get(address("pairs", confirmed)).status_code == 404


def test_the_seed_stands_on_the_page_of_the_lot_after_the_freeze(as_, frozen, people):
    seed = bytes(DrawSeed.objects.get(round=frozen).seed)

    assert seed.hex() in as_(people.evaluator).get(address("pairs", frozen)).content.decode()


def test_the_list_costs_the_same_with_one_round_and_with_three(
    as_, people, edition, organizers, django_assert_num_queries
):
    browser = as_(people.officer)
    make_draft(people, edition, slug="one")
    browser.get(reverse("selection:list"))
    with django_assert_num_queries(QUERIES_OF_LIST):
        browser.get(reverse("selection:list"))
    make_draft(people, edition, slug="two")
    make_draft(people, edition, slug="three")
    with django_assert_num_queries(QUERIES_OF_LIST):
        assert len(browser.get(reverse("selection:list")).context["table"].body) == 3


QUERIES_OF_LIST = 5


def test_a_trial_costs_the_same_with_twelve_organizers_and_with_fifteen(
    as_, draft, people, give, django_assert_num_queries
):
    browser = as_(people.officer)
    with CaptureQueries() as few:
        browser.get(address("ranking", draft))
    for place in range(20, 23):
        organizer = make_organizer(place)
        for key in ("poverty", "new_pupils"):
            give(key, "organizer", organizer.organization_number, "2024", place, row=place)
    with CaptureQueries() as more:
        page = browser.get(address("ranking", draft))

    assert page.context["table"].page.paginator.count == 15
    assert len(more) == len(few)


class CaptureQueries:
    """Counts the statements in a block."""

    def __enter__(self):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self.context = CaptureQueriesContext(connection)
        return self.context.__enter__()

    def __exit__(self, *problem):
        return self.context.__exit__(*problem)


def test_a_response_is_recorded_on_its_page(as_, published, people):
    offer = published.offers.first()
    day = timezone.localdate().isoformat()
    as_(people.officer).post(address("response", published, offer.order), {"response": "declined", "responded_on": day})

    offer.refresh_from_db()
    assert offer.response == "declined"


def test_an_exclusion_is_made_and_taken_back_on_its_pages(as_, draft, people, organizers):
    browser = as_(people.officer)
    given = {"organizer": organizers[2].name.upper(), "kind": "reorganized", "reason": "Går ihop med en annan"}
    browser.post(address("exclusions", draft), given)
    assert draft.exclusions.count() == 1

    browser.post(address("include", draft, organizers[2].organization_number))
    assert draft.exclusions.count() == 0


def test_an_unknown_organizer_cannot_be_taken_out(as_, draft, people):
    given = {"organizer": "Ingenstans", "kind": "other", "reason": "x"}
    page = as_(people.officer).post(address("exclusions", draft), given)

    assert len(page.context["errors"]) == 1
    assert draft.exclusions.count() == 0


class TestRulesForm:
    def filled(self, browser, round):
        """Everything as the form shows it, ready to be sent."""
        page = browser.get(address("rules", round))
        data = {}
        for form in (page.context["form"], page.context["formset"].management_form, *page.context["formset"].forms):
            for field in form:
                value = field.value()
                if field.name != "DELETE" and value not in (None, "", []):
                    data[field.html_name] = value
        return data

    def test_what_is_shown_and_sent_back_changes_nothing(self, as_, draft, people):
        browser = as_(people.officer)
        before = draft.rules
        answer = browser.post(address("rules", draft), self.filled(browser, draft))

        assert answer.status_code == 302
        draft.refresh_from_db()
        from samspel.selection.rules.settings import from_document

        assert from_document(draft.rules) == from_document(before)

    def test_a_criterion_is_added_and_removed_without_a_script(self, as_, draft, people):
        browser = as_(people.officer)
        data = self.filled(browser, draft)

        added = browser.post(address("rules", draft), {**data, "add": "1"})
        assert len(added.context["formset"].forms) == 3
        removed = browser.post(address("rules", draft), {**data, "remove": "0"})
        forms = removed.context["formset"].forms
        assert [form["indicator"].value() for form in forms] == ["new_pupils"]

    def test_a_weight_may_have_a_decimal_comma(self, as_, draft, people):
        browser = as_(people.officer)
        browser.post(address("rules", draft), {**self.filled(browser, draft), "criteria-0-weight": "2,5"})

        draft.refresh_from_db()
        assert draft.rules["criteria"][0]["weight"] == "2.5"

    def test_everything_wrong_is_said_at_once(self, as_, draft, people):
        browser = as_(people.officer)
        data = {**self.filled(browser, draft), "criteria-0-weight": "tung", "pairs": "många"}
        page = browser.post(address("rules", draft), data)

        assert "pairs" in page.context["form"].errors
        assert "weight" in page.context["formset"].forms[0].errors

    @pytest.mark.parametrize("written", ["1e999999999", "NaN", "1/3", "٣", "12,5,5", "-"])
    def test_what_is_no_number_is_refused(self, as_, draft, people, written):
        browser = as_(people.officer)
        page = browser.post(address("rules", draft), {**self.filled(browser, draft), "criteria-0-lowest": written})

        assert "lowest" in page.context["formset"].forms[0].errors

    @pytest.mark.parametrize(
        "mangled",
        [
            {"criteria-TOTAL_FORMS": "abc", "add": "1"},
            {"criteria-TOTAL_FORMS": "9" * 30, "remove": "0"},
            {"criteria-TOTAL_FORMS": "-1", "remove": "x"},
            {"criteria-TOTAL_FORMS": "2", "remove": "999999"},
            {"criteria-TOTAL_FORMS": "", "save": "1"},
            {"evaluation_closes_on": "2033-02-31", "bounds": "a,b", "pairs": "-3"},
            {"title": "\x00", "criteria-0-indicator": "\x00"},
        ],
    )
    def test_a_mangled_form_is_answered_and_changes_nothing(self, as_, draft, people, mangled):
        browser = as_(people.officer)
        before = draft.rules
        answer = browser.post(address("rules", draft), {**self.filled(browser, draft), **mangled})

        assert answer.status_code == 200
        draft.refresh_from_db()
        assert draft.rules == before

    def test_rules_that_are_proposed_can_only_be_read(self, as_, proposed, people):
        page = as_(people.officer).get(address("rules", proposed))

        assert "form" not in page.context
        assert as_(people.officer).post(address("rules", proposed), {}).status_code == 200
