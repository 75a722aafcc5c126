"""A message is a row and a job of the transaction of what it is about."""

from datetime import timedelta

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.kernel import jobs
from samspel.post.models import Message, MessageState

from .conftest import NOW

pytestmark = pytest.mark.django_db


def test_written_message_waits_with_its_job(write):
    message = write()

    job = ProcrastinateJob.objects.get()
    assert (message.state, message.sent_at) == (MessageState.WAITING, None)
    assert (job.task_name, job.queue_name) == ("post.deliver", "urgent")
    assert job.args == {"message_key": str(message.key)}


def test_rolled_back_message_leaves_neither_row_nor_job(write):
    with pytest.raises(RuntimeError), transaction.atomic():
        write()
        raise RuntimeError

    assert (Message.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_letters_to_many_go_in_the_lane_where_nobody_waits(write):
    write(lane=jobs.BULK)

    assert ProcrastinateJob.objects.get().queue_name == "bulk"


def test_job_holds_neither_address_nor_code(write):
    write()

    job = ProcrastinateJob.objects.get()
    assert "astrid" not in str(job.args)
    assert "1234" not in str(job.args)


def test_subject_is_one_line(write):
    assert write(subject="Kod\r\nBcc: alla@kommunen.example").subject == "Kod Bcc: alla@kommunen.example"


def test_ends_are_reckoned_from_when_it_was_written(write):
    message = write(at=NOW, good_for=timedelta(minutes=15), forget_after=timedelta(days=30))

    assert message.good_until == NOW + timedelta(minutes=15)
    assert message.forget_at == NOW + timedelta(days=30)
