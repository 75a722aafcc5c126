"""Who may do what in which state: the whole table, said once more and independently of the code's own."""

import pytest

from samspel.kernel.permissions import Level, LevelTooLow
from samspel.selection import permissions
from samspel.selection.models import Round, RoundState

from .conftest import NOW

STATES = ["draft", "proposed", "confirmed", "frozen", "drawn", "accepted", "voided"]
OFFICER, DECIDER = "education_officer", "decision_maker"
BOTH = {OFFICER, DECIDER}
READERS = BOTH | {"registrar", "evaluator"}
STAFF = READERS | {"process_supporter", "administrator"}
ROLES = ["education_officer", "decision_maker", "registrar", "evaluator", "process_supporter", "administrator"]

EXPECTED = {
    "make": {state: {OFFICER} for state in STATES},
    "change": {"draft": {OFFICER}},
    "propose": {"draft": {OFFICER}},
    "return": {"proposed": BOTH, "confirmed": BOTH},
    "confirm": {"proposed": BOTH},
    "freeze": {"confirmed": {OFFICER}},
    "draw": {"frozen": BOTH},
    "accept": {"drawn": {DECIDER}},
    "publish": {"accepted": BOTH},
    "void": {state: {DECIDER} for state in ("proposed", "confirmed", "frozen", "drawn")},
    "record_response": {"accepted": {OFFICER}},
    "offer_next": {"accepted": {OFFICER}},
    "end_support": {"accepted": {OFFICER}},
    "see": {"draft": BOTH, **dict.fromkeys(STATES[1:], STAFF)},
    "see_figures": {**dict.fromkeys(STATES[:3], BOTH), **dict.fromkeys(STATES[3:], READERS)},
    "see_seed": dict.fromkeys(STATES[3:], READERS),
}


def test_the_table_knows_no_other_deed():
    assert sorted(permissions.TABLE.deeds) == sorted(EXPECTED)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("deed", sorted(EXPECTED))
def test_deed_in_state_is_for_just_these_roles(people, deed, state):
    round = Round(state=state)
    allowed = {role for role in [*ROLES, "coordinator"] if permissions.may(getattr(people, role), deed, round, NOW)}

    assert allowed == EXPECTED[deed].get(state, set())
    assert not permissions.may(people.outsider, deed, round, NOW)


@pytest.mark.parametrize("state", STATES)
def test_process_supporters_never_see_the_figures_whatever_else_they_are(people, state):
    round = Round(state=state, frozen_at=NOW)

    for person in (people.process_supporter, people.supporting_officer, people.administrator):
        assert not permissions.may_see_figures(person, round, NOW)
        assert not permissions.may_see_seed(person, round, NOW)


@pytest.mark.parametrize("deed", ["record_response", "offer_next", "end_support"])
def test_an_officer_who_is_a_process_supporter_too_takes_no_step_that_tells_the_order_of_the_offers(people, deed):
    round = Round(state=RoundState.ACCEPTED)

    assert permissions.may(people.officer, deed, round, NOW)
    assert not permissions.may(people.supporting_officer, deed, round, NOW)


def test_nobody_may_see_the_seed_of_a_round_voided_before_its_freeze(people):
    round = Round(state=RoundState.VOIDED, frozen_at=None)

    assert not any(permissions.may_see_seed(getattr(people, role), round, NOW) for role in ROLES)


@pytest.mark.parametrize("deed", [deed for deed, row in permissions.TABLE.deeds.items() if row.level > Level.READ])
def test_what_changes_a_round_takes_more_than_a_code_by_mail(people, deed):
    people.officer.session_level = people.decider.session_level = Level.READ
    by = people.decider if deed in ("accept", "void") else people.officer

    with pytest.raises(LevelTooLow):
        permissions.TABLE.require_in_some_state(by, deed, NOW)


def test_reading_takes_no_more_than_a_code_by_mail():
    reading = {deed for deed, row in permissions.TABLE.deeds.items() if row.level is Level.READ}

    assert reading == {"see", "see_figures", "see_seed"}


@pytest.mark.parametrize("state", STATES)
def test_who_looks_as_an_officer_sees_neither_figures_nor_seed_nor_the_order_of_the_offers(people, state):
    round = Round(state=state, frozen_at=NOW)
    people.officer.looked_at_by = people.administrator.key

    assert permissions.may(people.officer, "see", round, NOW)
    assert not permissions.may_see_figures(people.officer, round, NOW)
    assert not permissions.may_see_seed(people.officer, round, NOW)
    for deed in ("record_response", "offer_next", "end_support"):
        assert not permissions.may(people.officer, deed, round, NOW)


def test_a_step_sent_with_a_low_login_is_refused_in_words_and_nothing_happens(client, draft, people):
    client.force_login(people.officer, level=Level.READ)

    refused = client.post(f"/arbete/urval/{draft.slug}/steg/foresla/")

    assert refused.status_code == 403
    assert "säkrare inloggning" in refused.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"
