"""People of a journey, and the way in for each: a code by mail, through a real worker and a real mail server."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from samspel.accounts.operations import add_person
from samspel.kernel.audit import SYSTEM
from samspel.registry.models import Role
from samspel.registry.operations.appointments import appoint
from samspel.testing.sessions import raise_level
from samspel.testing.working import let_the_worker_work

CODE = re.compile(r"\b\d{4}-\d{4}\b")
SINCE = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


@pytest.fixture
def officer_and_decider(transactional_db):
    """Two people at the agency: one who sets up rounds, and one who confirms and accepts."""
    people = {}
    for name, role in (("Officer", Role.EDUCATION_OFFICER), ("Decider", Role.DECISION_MAKER)):
        person = add_person(email=f"{name}@agency.example", name=name, by=SYSTEM, at=SINCE, is_invented=True)
        appoint(person=person, role=role, by=SYSTEM, at=SINCE, from_on=date(2026, 1, 5))
        people[role] = person
    return people[Role.EDUCATION_OFFICER], people[Role.DECISION_MAKER]


@pytest.fixture
def log_in(new_page, smtp):
    """`log_in(person)`: a page of hers, logged in with the code that reached her mail and then as by her passkey."""

    def enter(person):
        page = new_page(locale="en")
        page.goto("/en/konto/logga-in/")
        page.get_by_label("Your mail address").fill(person.email)
        page.get_by_role("button", name="Send the code").click()
        page.get_by_label("The code").wait_for()
        let_the_worker_work()
        mail = next(mail for mail in reversed(smtp.messages) if person.email in mail["To"])
        page.get_by_label("The code").fill(CODE.search(mail.get_body(("plain",)).get_content())[0])
        page.locator("main form button[type=submit]").first.click()
        page.get_by_role("heading", name="To do", level=1).wait_for()
        raise_level(page)
        return page

    return enter
