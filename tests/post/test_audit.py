"""The audit of mailings: expected against found, for people and for programs."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.db import connection

from samspel.kernel.audit import SYSTEM
from samspel.post.models import Message, MessageState
from samspel.post.operations import mailings
from samspel.post.operations.mailings import Draft
from samspel.post.queries import audits

from .conftest import NOW

pytestmark = pytest.mark.django_db


def mailing_of(number: int, *, expected: int):
    rows = (Draft(f"a{one}@kommunen.example", "Möte", "Hej") for one in range(number))
    return mailings.write(kind="letters.letter", title="Möten", expected=expected, rows=rows, by=SYSTEM, at=NOW)


def stand(mailing, *states: str) -> None:
    for row, state in zip(mailing.messages.order_by("id"), states, strict=True):
        Message.objects.filter(pk=row.pk).update(state=state)


def test_every_row_is_counted_once():
    mailing = mailing_of(7, expected=7)
    stand(mailing, "sent", "sent", "bounced", "in_doubt", "sending", "failed", "paper")

    (audit,) = audits.of_mailings()

    assert (audit.expected, audit.rows, audit.counted) == (7, 7, 7)
    assert (audit.sent, audit.bounced, audit.in_doubt, audit.waiting, audit.failed, audit.paper) == (2, 1, 1, 1, 1, 1)
    assert (audit.missing, audit.doubled, audit.is_right) == (0, 0, True)


def test_who_should_have_been_written_to_and_was_not_is_missing():
    mailing_of(3, expected=5)

    (audit,) = audits.wrong(since=NOW)

    assert (audit.missing, audit.is_right) == (2, False)


def test_two_rows_to_one_address_are_found_even_where_the_database_let_them_in():
    mailing = mailing_of(2, expected=2)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE post_message DROP CONSTRAINT IF EXISTS message_once_in_mailing")
        cursor.execute("DROP INDEX IF EXISTS message_once_in_mailing")
    mailing.messages.update(to_address="anna@kommunen.example")

    (audit,) = audits.of_mailings()

    assert (audit.doubled, audit.is_right) == (1, False)


def test_addresses_that_are_forgotten_are_no_doubles():
    mailing = mailing_of(3, expected=3)
    mailing.messages.update(to_address="", state=MessageState.SENT)

    (audit,) = audits.of_mailings()

    assert (audit.doubled, audit.sent) == (0, 3)


def test_all_mailings_are_counted_in_two_questions(django_assert_num_queries):
    for _ in range(3):
        mailing_of(2, expected=2)

    with django_assert_num_queries(2):
        assert len(audits.of_mailings()) == 3


@pytest.fixture
def run(monkeypatch):
    """`samspel post audit` on the test's own database."""
    from samspel.config.cli import post

    command = post.audit.callback.__wrapped__

    def audited(*words: str):
        import click

        inner = click.Command("audit", params=post.audit.params, callback=command)
        return CliRunner().invoke(inner, list(words))

    return audited


def test_command_answers_people_in_columns_and_programs_in_json(run):
    assert run().output == "No mailing has been written.\n"
    mailing = mailing_of(2, expected=2)

    told, read = run(), run("--json")

    assert (told.exit_code, read.exit_code) == (0, 0)
    assert told.output.splitlines()[1].split()[2:4] == ["2", "2"]
    (document,) = json.loads(read.output)
    assert document == {
        "key": str(mailing.key), "kind": "letters.letter", "title": "Möten", "written_at": "2026-09-01T08:00:00+00:00",
        "expected": 2, "rows": 2, "sent": 0, "bounced": 0, "in_doubt": 0, "waiting": 2, "failed": 0, "paper": 0,
        "missing": 0, "doubled": 0, "sent_again": 0, "is_right": True,
    }  # fmt: skip


def test_command_ends_with_one_when_somebody_is_missing(run):
    mailing_of(2, expected=3)

    assert (run().exit_code, run("--json").exit_code) == (1, 1)
