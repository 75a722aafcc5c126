"""How fast bulk mail goes to a domain, when a try is made again, and that picking never walks through all rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from samspel.config.mail import mail_rates
from samspel.config.refused import Refused
from samspel.kernel.audit import SYSTEM
from samspel.post.models import Message, MessageState
from samspel.post.operations import mailings
from samspel.post.operations.mailings import Draft
from samspel.post.rules import paces


def test_rates_are_read_per_domain_and_for_all_others():
    rates = paces.parse(" *=600/m, Outlook.com=30/m ,fast.example=0/m,slow.example=2/h,")

    assert rates.interval("kommunen.example") == timedelta(seconds=0.1)
    assert rates.interval("outlook.com") == timedelta(seconds=2)
    assert rates.interval("fast.example") is None
    assert rates.interval("slow.example") == timedelta(minutes=30)
    assert paces.parse("").interval("kommunen.example") is None


@pytest.mark.parametrize("text", ["600", "*=600", "*=x/m", "*=1/d", "a b=1/m", "*=-1/m", "*=9999999/m"])
def test_rate_that_cannot_be_read_is_refused_with_what_was_written(text):
    with pytest.raises(Refused) as refusal:
        mail_rates({"SAMSPEL_MAIL_RATES": text})

    assert text in str(refusal.value)


def test_tries_grow_apart_and_end_after_two_days():
    waits = [paces.wait_after(tries) for tries in range(1, paces.MOST_TRIES)]

    assert [wait.total_seconds() for wait in waits[:6]] == [4, 16, 64, 256, 1024, 3600]
    assert timedelta(days=2) <= sum(waits, timedelta()) < timedelta(days=2, hours=1)
    assert paces.wait_after(paces.MOST_TRIES) is None


@pytest.mark.django_db
def test_picking_the_next_row_reads_an_index_however_many_wait():
    at = timezone.now()
    rows = (Draft(f"a{one}@kommunen.example", "Möte", "Hej") for one in range(3_000))
    mailing = mailings.write(kind="x", title="x", expected=3_000, rows=rows, by=SYSTEM, at=at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE post_message")
    waiting = Message.objects.filter(state=MessageState.WAITING)

    asked = {
        "of a mailing": mailing.messages.filter(state="waiting", due_at__lte=at).order_by("due_at", "id")[:1],
        "stranded": waiting.filter(due_at__lt=at - timedelta(minutes=2)).order_by("due_at")[:500],
        "sending": Message.objects.filter(state=MessageState.SENDING).order_by("claim"),
        "in doubt": Message.objects.filter(state=MessageState.IN_DOUBT).order_by("written_at", "id"),
    }
    walked = {name for name, rows in asked.items() if "Seq Scan" in rows.explain()}

    assert walked == set()
