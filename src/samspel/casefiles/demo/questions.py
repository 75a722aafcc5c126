"""The demo's shared mailbox: one mail that appoints, one answered, one that waits and is late, one closed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from django.utils import timezone

from samspel.accounts.models import Person
from samspel.casefiles.models import Question
from samspel.casefiles.operations import questions
from samspel.kernel.values.working_days import working_day_until

OFFICER = "majken.ostlund@myndigheten.example"
SECOND = "tove.rask@myndigheten.example"

APPOINTS = """Hej!

Jamila Nur går vidare till ett annat uppdrag. Vi har utsett Tilda Wiklund (tilda.wiklund@almvik.example, 070-174 06 31)
till ny samordnare från den 15 januari.

Vänliga hälsningar
Eva Strand
skolchef"""

WHERE = """Hej,

var hålls träffen den 3 december, och går det att vara med på distans? Två av oss har svårt att resa.

Elin Sandell
samordnare"""

ANSWERED = """Hej Elin!

Träffen hålls på Mälarstrands högskola i Västerås, sal Lambda. Det går bra att delta på distans: länken kommer i mejl en
vecka innan.

Välkommen!"""

GUIDANCE = """God dag,

vi är en enskild huvudman med två skolor och undrar om erbjudandet om samordnare gäller även oss. Vad krävs, och hur
mycket tid behöver personen ha?

Med vänlig hälsning
Sara Blom, Gläntans skolor"""

THANKS = "Tack för hjälpen med inloggningen, nu fungerar det!"


def fill(at: datetime) -> None:
    """Take the mails in, once."""
    people = {one.email: one for one in Person.objects.filter(email__in=(OFFICER, SECOND))}
    if Question.objects.exists() or len(people) < 2:
        return
    majken, tove = people[OFFICER], people[SECOND]
    _come("Eva Strand <eva.strand@almvik.example>", "Byte av samordnare", APPOINTS, _worked(at, 1, 9, 35))

    asked = _come(
        "Elin Sandell <elin.sandell@bjorkforsen.example>", "Träffen den 3 december", WHERE, _worked(at, 4, 8, 55)
    )
    questions.answer(question=asked, words=ANSWERED, by=majken, at=_worked(at, 3, 13, 10))

    waits = _come(
        "Sara Blom <sara.blom@glantan.example>", "Gäller samordnare även oss?", GUIDANCE, _worked(at, 12, 11, 20)
    )
    questions.give(question=waits, owner=tove, by=majken, at=_worked(at, 11, 15, 40))

    done = _come("David Lilja <david.lilja@trekanalen.example>", "SV: Inloggning", THANKS, _worked(at, 20, 9, 5))
    questions.close(question=done, by=majken, at=_worked(at, 19, 16, 30))


def _worked(at: datetime, days_ago: int, hour: int, minute: int) -> datetime:
    """A time of day in offices so many days ago, or on the working day before."""
    day = working_day_until(timezone.localdate(at) - timedelta(days=days_ago))
    return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_current_timezone())


def _come(sender: str, subject: str, words: str, at: datetime) -> Question:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "samordnare@myndigheten.example", subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{at:%Y%m%d%H%M%S}.{len(words)}@{sender.rpartition('@')[2].rstrip('>')}>"
    mail.set_content(words)
    question = questions.receive(mail.as_bytes(), at=at)
    assert question is not None
    return question
