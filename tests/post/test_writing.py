"""A message is a row and a job of the transaction of what it is about."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.kernel import jobs
from samspel.post import operations
from samspel.post.models import Message, MessageState, Sender
from samspel.post.operations.refusals import AddressRefused

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


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"subject": "Kod\r\nBcc: alla@kommunen.example"}, "line-break-subject"),
        ({"subject": "Kod\x00"}, "line-break-subject"),
        ({"subject": "Kod\u2028Bcc: alla@kommunen.example"}, "line-break-subject"),
        ({"to_name": "Astrid\nBcc: alla@kommunen.example"}, "line-break-name"),
        ({"to_address": "astrid@kommunen.example\r\nBcc: alla@kommunen.example"}, "line-break-address"),
        ({"reply_to": "svar@kommunen.example\nX: y"}, "line-break-reply-to"),
        ({"in_reply_to": "<a@b.example>\r\nBcc: alla@kommunen.example"}, "line-break-in-reply-to"),
        ({"to_address": "astrid@kommunen.example, alla@kommunen.example"}, "not-an-address"),
        ({"to_address": "Astrid <astrid@kommunen.example>"}, "not-an-address"),
        ({"to_address": "astrid"}, "not-an-address"),
        ({"to_address": f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.example"}, "address-too-long"),
        ({"to_address": " "}, "no-address"),
        ({"to_name": "A" * 201}, "name-too-long"),
    ],
)
def test_what_cannot_stand_in_the_head_of_a_mail_is_refused_in_words(write, facts, code):
    with pytest.raises(AddressRefused) as refusal:
        write(**facts)

    assert refusal.value.code == code
    assert len(str(refusal.value)) > 20
    assert (Message.objects.count(), ProcrastinateJob.objects.count()) == (0, 0)


def test_markup_and_odd_signs_in_a_name_stay_a_name(write, mail_server):
    names = [
        '<script>alert(1)</script> "Å", <alla@kommunen.example>',
        "Ek, Astrid; alla@kommunen.example",
    ]

    for name in names:
        operations.deliver(message_key=write(to_name=name).key, clock=timezone.now)

    for arrived, name in zip(mail_server.messages, names, strict=True):
        (to,) = arrived["To"].addresses
        assert (to.display_name, to.addr_spec) == (name, "astrid@kommunen.example")
    assert {tuple(rcpt) for rcpt in mail_server.recipients} == {("astrid@kommunen.example",)}


def test_address_is_kept_in_small_letters_and_a_long_subject_is_cut(write):
    message = write(to_address=" Astrid@Kommunen.Example ", subject="x" * 400)

    assert (message.to_address, message.domain) == ("astrid@kommunen.example", "kommunen.example")
    assert len(message.subject) == 300


def test_same_deed_asked_for_twice_writes_one_message_and_one_job(write):
    first, second = write(idempotency_key="round-1-offer-7"), write(idempotency_key="round-1-offer-7", subject="Other")

    assert (second.pk, second.subject) == (first.pk, first.subject)
    assert (Message.objects.count(), ProcrastinateJob.objects.count()) == (1, 1)


def test_letter_to_who_has_no_mail_address_is_paper_and_gets_no_job(write):
    message = write(to_address="", postal_address="Storgatan 1\n701 35 Örebro")

    assert message.state == MessageState.PAPER
    assert ProcrastinateJob.objects.count() == 0


def test_mail_goes_out_as_its_sender_in_html_and_text_and_in_its_thread(write, mail_server):
    sender = Sender.objects.create(
        slug="oru", name="Örebro universitet, RUC", from_address="ruc@oru.example", reply_to="svar@oru.example"
    )
    own, other = (
        write(sender=sender, body_html="<p>Koden är <b>1234-5678</b></p>", in_reply_to="<1@kommunen.example>"),
        write(sender=sender, reply_to="samtal@oru.example"),
    )

    for message in (own, other):
        operations.deliver(message_key=message.key, clock=timezone.now)

    first, second = mail_server.messages
    assert first["From"].addresses[0].display_name == "Örebro universitet, RUC"
    assert (first["Reply-To"], second["Reply-To"]) == ("svar@oru.example", "samtal@oru.example")
    assert (first["In-Reply-To"], first["References"]) == ("<1@kommunen.example>", "<1@kommunen.example>")
    assert first.get_body(("html",)).get_content().strip() == "<p>Koden är <b>1234-5678</b></p>"
    assert "Örebro" in first.get_body(("plain",)).get_content()


def test_code_goes_before_what_nobody_waits_for_at_the_screen(write):
    write(), write(good_for=timedelta(minutes=15))

    assert list(ProcrastinateJob.objects.order_by("id").values_list("priority", flat=True)) == [0, 5]


def test_ends_are_reckoned_from_when_it_was_written(write):
    message = write(at=NOW, good_for=timedelta(minutes=15), forget_after=timedelta(days=30))

    assert message.good_until == NOW + timedelta(minutes=15)
    assert message.forget_at == NOW + timedelta(days=30)
