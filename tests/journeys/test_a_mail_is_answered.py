"""A mail to the shared mailbox is taken, answered and closed from the worklist; the reply finds its thread."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from samspel.casefiles import tasks
from samspel.casefiles.models import Question
from samspel.testing.working import let_the_worker_work

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}


def _mail(words, **heads):
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Elin Sandell <elin@bjorkforsen.example>", "Fråga om nätverksträffen"
    mail["Message-ID"] = "<first@bjorkforsen.example>"
    for name, value in heads.items():
        del mail[name.replace("_", "-")]
        mail[name.replace("_", "-")] = value
    mail.set_content(words)
    return mail.as_bytes()


def test_a_mail_in_is_answered_from_the_worklist(log_in, officer_and_decider, axe, smtp, imap, settings):
    settings.SAMSPEL_MAILBOX_IMAP = imap.address
    settings.SAMSPEL_MAILBOX_ADDRESS = "fraga@agency.example"
    officer, _ = officer_and_decider
    imap.append(_mail("Var är träffen den 3 december?"))
    tasks.fetch_questions(timestamp=0)

    page = log_in(officer)
    page.get_by_role("link", name="Share out the questions that nobody has (1)").click()
    axe(page)
    page.get_by_role("link", name="Fråga om nätverksträffen").click()
    page.get_by_text("Var är träffen den 3 december?").wait_for()
    page.get_by_role("button", name="I take it").click()
    page.get_by_text("The question is yours.").wait_for()
    axe(page)
    page.get_by_label("Your answer").fill("I Västerås.\n\nVälkommen!")
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_text("The answer is on its way.").wait_for()
    let_the_worker_work()

    answer = next(mail for mail in smtp.messages if "elin@bjorkforsen.example" in mail["To"])
    assert answer["Subject"] == "SV: Fråga om nätverksträffen"
    assert answer["In-Reply-To"] == "<first@bjorkforsen.example>"
    assert answer["Reply-To"] == "fraga@agency.example"
    assert "I Västerås." in answer.get_body(("plain",)).get_content()

    imap.append(
        _mail("Tack!", Subject="SV: Fråga", Message_ID="<b@bjorkforsen.example>", In_Reply_To=answer["Message-ID"])
    )
    tasks.fetch_questions(timestamp=0)
    page.reload()
    page.get_by_text("Tack!").wait_for()
    page.set_viewport_size(PHONE)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.get_by_role("button", name="Close the question").click()
    page.get_by_text("The question is closed.").wait_for()
    assert Question.objects.get().closed_at is not None
