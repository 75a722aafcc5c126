"""Who is here: seen within 40 seconds, in which section and field."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from samspel.forms.models import Presence
from samspel.forms.operations import presence
from samspel.forms.queries.present import present
from samspel.kernel.audit.models import AuditEntry
from tests.forms.conftest import AT


def seen(answer, person, seconds=0, **where):
    presence.seen(answer=answer, person=person, at=AT + timedelta(seconds=seconds), **where)


def here(answer, seconds=0, but=None):
    return [(one.name, one.section, one.path) for one in present(answer, AT + timedelta(seconds=seconds), but=but)]


def test_the_others_are_shown_where_they_are(answer, writer, second_writer, commenter):
    seen(answer, writer, section="background", path="summary")
    seen(answer, second_writer, section="plan", path="measures/a/what")
    seen(answer, commenter)

    assert here(answer, but=commenter) == [
        ("Didrik Utvecklare", "plan", "measures/a/what"), ("Wilma Rektor", "background", "summary")
    ]  # fmt: skip


def test_somebody_who_has_not_been_seen_for_forty_seconds_is_gone(answer, writer):
    seen(answer, writer)

    assert [len(here(answer, seconds)) for seconds in (0, 39, 40)] == [1, 1, 0]


def test_a_person_stands_in_one_place_and_an_answer_that_comes_late_does_not_make_her_older(answer, writer):
    seen(answer, writer, 10, section="plan")
    seen(answer, writer, 0, section="background")

    assert here(answer, 45) == [("Wilma Rektor", "background", "")]


@pytest.mark.parametrize(
    ("section", "path"),
    [("nothing", "nothing"), ("x" * 5000, "y" * 5000), ("\x00", "summary/\x00"), ("../..", "a/b/c/d")],
)
def test_a_place_that_the_form_does_not_have_counts_as_nowhere(answer, writer, section, path):
    seen(answer, writer, section=section, path=path)

    assert here(answer) == [("Wilma Rektor", "", "")]


def test_those_who_may_not_read_are_not_let_in(answer, outsider):
    with pytest.raises(PermissionDenied):
        seen(answer, outsider)

    assert Presence.objects.count() == 0


def test_old_rows_of_others_go_when_somebody_comes(answer, writer, second_writer):
    seen(answer, writer)
    seen(answer, second_writer, 400)

    assert list(Presence.objects.values_list("person__name", flat=True)) == ["Didrik Utvecklare"]


def test_it_leaves_no_trace_and_takes_one_statement(answer, writer, django_assert_num_queries):
    seen(answer, writer)
    entries = AuditEntry.objects.count()

    with django_assert_num_queries(1):
        seen(answer, writer, 5, section="plan")

    assert AuditEntry.objects.count() == entries


def test_who_is_here_is_found_in_two_queries_however_many(
    answer, writer, second_writer, commenter, django_assert_num_queries
):
    for person in (writer, second_writer, commenter):
        seen(answer, person)

    with django_assert_num_queries(2):
        assert len(here(answer)) == 3


def test_somebody_with_protected_identity_is_not_named_to_others(answer, writer, second_writer):
    type(writer).objects.filter(pk=writer.pk).update(is_protected=True)
    seen(answer, writer)

    assert [name for name, *_ in here(answer, but=second_writer)] != ["Wilma Rektor"]
