"""The operations page: what is wrong comes first, and what stopped is decided there by one who may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.kernel.audit import SYSTEM
from samspel.kernel.audit.models import AuditEntry
from samspel.kernel.permissions import Level, LevelTooLow
from samspel.post.models import AddressTrouble, Message, MessageState
from samspel.post.operations import mailings, settling
from samspel.post.operations.mailings import Draft
from samspel.post.operations.refusals import NotSettled
from samspel.post.queries import health

from .conftest import NOW
from .somebody import people

__all__ = ["people"]

pytestmark = pytest.mark.django_db

PAGE = "/arbete/drift/"


@pytest.fixture
def reader(client, administrator):
    """The administrator's browser."""
    client.force_login(administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def beat():
    """A worker whose heart beat so long ago."""

    def worker(ago: timedelta = timedelta(0)) -> int:
        with connection.cursor() as cursor:
            sql = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id"
            cursor.execute(sql, [timezone.now() - ago])
            return cursor.fetchone()[0]

    return worker


def in_state(message: Message, state: str, **facts) -> Message:
    Message.objects.filter(pk=message.pk).update(state=state, **facts)
    message.refresh_from_db()
    return message


def doubtful(write, **facts) -> Message:
    message = write(**{"at": NOW, **facts})
    return in_state(message, MessageState.IN_DOUBT, claim=7, claimed_at=NOW, failed_because="worker-died", attempts=1)


def codes(at=None) -> list[str]:
    return [trouble.code for trouble in health.troubles(at or timezone.now()) if trouble.code in OURS]


OURS = {"no-worker", "lane-urgent", "lane-bulk", "in-doubt", "mailing", "failed", "stalled-jobs", "failed-jobs"}


def test_all_is_well_when_a_worker_lives_and_nothing_has_stopped(write, beat):
    beat()
    write()

    assert codes() == []


def test_everything_that_is_wrong_is_told_worst_first(write, beat):
    silent = beat(timedelta(minutes=5))
    write()
    write()
    doubtful(write)
    in_state(write(), MessageState.FAILED, failed_because="smtp-550-5.1.1")
    mailings.write(kind="letters.letter", title="Möten", expected=2, by=SYSTEM, at=timezone.now(),
                   rows=[Draft("bo@kommunen.example", "Möte", "Hej")])  # fmt: skip
    first, second = ProcrastinateJob.objects.filter(task_name="post.deliver").order_by("id")[:2]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [silent, first.pk]
        )
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [second.pk])
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '1 hour'")

    assert codes() == [
        "no-worker", "lane-urgent", "lane-bulk", "in-doubt", "mailing", "failed", "stalled-jobs", "failed-jobs",
    ]  # fmt: skip
    told = {trouble.code: trouble for trouble in health.troubles(timezone.now())}
    assert told["no-worker"].since < timezone.now() - timedelta(minutes=4)
    assert told["in-doubt"].since == NOW


def test_code_that_failed_is_nobodys_to_look_at(write, beat):
    beat()
    in_state(write(good_for=timedelta(minutes=15)), MessageState.FAILED, failed_because="too-late")

    assert codes() == []


def test_what_is_wrong_waits_in_the_administrators_list_and_in_nobody_elses(reader, write, beat, people):
    beat()
    doubtful(write)

    assert "1 meddelande är osäkert" in reader.get("/arbete/").content.decode()

    reader.force_login(people.outsider, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "osäkert" not in reader.get("/arbete/").content.decode()


def test_letters_and_senders_stand_beneath_operation_for_who_runs_the_system(reader):
    page = reader.get("/arbete/drift/papper/").content.decode()

    strip = page.partition('class="site-work"')[2].partition("</nav>")[0]
    parts = page.partition('class="part-links"')[2].partition("</nav>")[0]
    assert "Brev på papper" not in strip
    assert 'href="/arbete/drift/" aria-current="true"' in strip
    assert 'href="/arbete/drift/papper/" aria-current="page"' in parts
    assert 'href="/arbete/avsandare/"' in parts


def test_one_message_in_doubt_is_told_in_words_and_by_no_code(reader, write):
    message = doubtful(write, kind="demo.question")

    page = reader.get(reverse("post:settle", args=[message.key])).content.decode()

    assert "Osäkert: kan ha skickats" in page
    assert "demo.question" not in page


def test_page_shows_what_stopped_with_its_address_and_reason(reader, write):
    doubtful(write)
    in_state(write(to_address="bo@kommunen.example"), MessageState.FAILED, failed_because="smtp-550-5.1.1")
    write(to_address="waiting@kommunen.example")

    page = reader.get(PAGE).content.decode()

    assert "astrid@kommunen.example" in page
    assert "bo@kommunen.example" in page
    assert "550 5.1.1" in page
    assert "waiting@kommunen.example" not in page


def test_page_asks_as_many_questions_of_few_rows_as_of_many(reader, write, django_assert_max_num_queries):
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(PAGE).status_code == 200
        return len(queries)

    def more(number: int) -> None:
        for _ in range(number):
            doubtful(write)
            in_state(write(), MessageState.FAILED, failed_because="timeout")
            mailings.write(kind="letters.letter", title="Möten", expected=1, by=SYSTEM, at=timezone.now(),
                           rows=[Draft("bo@kommunen.example", "Möte", "Hej")])  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE task_name = 'post.deliver'")

    more(1)
    few = asked()
    more(2)

    assert asked() == few


def test_only_an_administrator_of_the_agency_sees_it(client, write):
    message = doubtful(write)

    for address in (PAGE, reverse("post:settle", args=[message.key])):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    ("decision", "state", "action"),
    [("again", MessageState.WAITING, "sent_again"), ("sent", MessageState.SENT, "counted_as_sent")],
)
def test_what_is_in_doubt_is_decided_on_its_page(reader, administrator, write, decision, state, action):
    message = doubtful(write)
    jobs_before = ProcrastinateJob.objects.count()

    answer = reader.post(reverse("post:settle", args=[message.key]), {"decision": decision})

    assert answer.status_code == 302
    message.refresh_from_db()
    assert (message.state, message.claim, message.settled_by) == (state, None, administrator.key)
    assert ProcrastinateJob.objects.count() == jobs_before + (decision == "again")
    entry = AuditEntry.objects.latest("id")
    assert (entry.action, entry.by_key) == (f"post.message.{action}", administrator.key)
    assert "astrid" not in str(entry.facts)


def test_failed_message_that_is_let_be_is_asked_about_no_more(reader, write, beat):
    beat()
    message = in_state(write(), MessageState.FAILED, failed_because="smtp-550-5.1.1")

    reader.post(reverse("post:settle", args=[message.key]), {"decision": "closed"})

    message.refresh_from_db()
    assert (message.state, codes()) == (MessageState.FAILED, [])


@pytest.mark.parametrize(
    "sent", [{}, {"decision": ""}, {"decision": "closed"}, {"decision": "\x00"}, {"decision": "x" * 10_000}]
)
def test_odd_decisions_change_nothing_and_are_answered_in_words(reader, write, sent):
    message = doubtful(write)

    answer = reader.post(reverse("post:settle", args=[message.key]), sent)

    assert answer.status_code == 422
    message.refresh_from_db()
    assert message.state == MessageState.IN_DOUBT


def test_message_is_decided_once(administrator, write):
    message = doubtful(write)
    settling.count_as_sent(message=message, by=administrator, at=timezone.now())

    with pytest.raises(NotSettled) as refusal:
        settling.send_again(message=message, by=administrator, at=timezone.now())

    assert refusal.value.code == "decided-already"
    assert Message.objects.get().state == MessageState.SENT


@pytest.mark.parametrize(("changed", "code"), [({"body": ""}, "words-gone"), ({"to_address": ""}, "words-gone")])
def test_what_is_forgotten_cannot_be_sent_again(administrator, write, changed, code):
    message = in_state(write(), MessageState.FAILED, **changed)

    with pytest.raises(NotSettled) as refusal:
        settling.send_again(message=message, by=administrator, at=timezone.now())

    assert refusal.value.code == code


def test_address_that_bounces_must_be_put_right_first(administrator, write):
    message = in_state(write(), MessageState.FAILED, failed_because="address-bounces")
    AddressTrouble.objects.create(address=message.to_address, hard_at=NOW)

    with pytest.raises(NotSettled) as refusal:
        settling.send_again(message=message, by=administrator, at=timezone.now())

    assert refusal.value.code == "address-bounces"


def test_deciding_takes_a_login_of_the_level_submit(administrator, write):
    message = doubtful(write)
    administrator.session_level = Level.READ

    with pytest.raises(LevelTooLow):
        settling.send_again(message=message, by=administrator, at=timezone.now())

    assert Message.objects.get().state == MessageState.IN_DOUBT


def test_failed_job_is_tried_again(reader, write):
    write()
    job = ProcrastinateJob.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")

    assert f"Jobb {job.pk} " in reader.get(PAGE).content.decode()
    reader.post(reverse("post:retry_job", args=[job.pk]))
    again = reader.post(reverse("post:retry_job", args=[job.pk]), follow=True)

    assert ProcrastinateJob.objects.get().status == "todo"
    assert AuditEntry.objects.filter(action="post.job.retried").count() == 1
    assert "väntar inte längre på beslut" in again.content.decode()


@pytest.mark.parametrize("number", [0, 10**17, 10**30])
def test_job_that_is_not_there_gives_no_error(reader, number):
    answer = reader.post(f"/arbete/drift/jobb/{number}/")

    assert answer.status_code in (302, 404)


def test_health_says_when_no_worker_has_been_seen(client, beat):
    assert client.get("/halsa/redo").json() | {"migrations": True} == {
        "ready": True, "database": True, "migrations": True, "workers": False, "worker_seen_at": None,
    }  # fmt: skip
    assert client.get("/halsa/arbetare").status_code == 503

    beat(timedelta(minutes=2))
    answer = client.get("/halsa/arbetare")
    assert (answer.status_code, answer.json()["workers"]) == (503, False)
    assert answer.json()["worker_seen_at"]

    beat()
    assert client.get("/halsa/arbetare").status_code == 200
    assert client.get("/halsa/redo").json()["workers"] is True
    assert client.get("/halsa/live").json() == {"live": True}
