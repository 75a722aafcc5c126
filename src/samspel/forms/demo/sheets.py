"""A sheet taken out, filled in away from the program as any PDF reader does it, and handed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from io import BytesIO
from typing import Any, Final

import pikepdf

from samspel.casefiles.models import QuestionAttachment
from samspel.casefiles.operations import questions
from samspel.forms.models import Answer, HandedInBy
from samspel.forms.operations.handing_in import hand_in as take_in
from samspel.forms.queries import sheets
from samspel.kernel.files import storing

MAILBOX: Final = "samordnare@myndigheten.example"


def hand_in(answer: Answer, step: dict[str, Any], *, by: Any, at: datetime) -> None:
    """Hand in the sheet as it was taken out three days before, with what is told written into it."""
    content = filled(sheets.sheet(answer, by, "sv", at - timedelta(days=3)), step["values"])
    take_in(answer=answer, content=content, name=step["name"], way=HandedInBy.UPLOAD, by=by, at=at)


def mail_in(answer: Answer, step: dict[str, Any], *, by: Any, officer: Any, at: datetime) -> None:
    """Mail the filled sheet to the shared mailbox, where an officer reads it in: what differs waits to be decided."""
    content = filled(sheets.sheet(answer, by, "sv", at - timedelta(days=3)), step["values"])
    question = questions.receive(_mail(step, content, by, at - timedelta(hours=2)), at=at - timedelta(hours=2))
    if question is None:
        return
    attachment = QuestionAttachment.objects.get(mail__question=question)
    take_in(
        answer=answer,
        content=storing.read(attachment.file),
        name=attachment.name,
        way=HandedInBy.MAIL,
        origin=f"casefiles.question:{question.key}:{attachment.pk}",
        by=officer,
        at=at,
    )
    questions.close(question=question, by=officer, at=at)


def _mail(step: dict[str, Any], content: bytes, by: Any, at: datetime) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{by.name} <{by.email}>", MAILBOX, step["subject"]
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{at:%Y%m%d%H%M%S}.pdf@{by.email.partition('@')[2]}>"
    mail.set_content(step["words"])
    mail.add_attachment(content, maintype="application", subtype="pdf", filename=step["name"])
    return mail.as_bytes()


def filled(sheet: bytes, values: dict[str, str]) -> bytes:
    """The sheet with values written into its fields, by their names: texts, and the one chosen of several."""
    made = BytesIO()
    with pikepdf.open(BytesIO(sheet)) as document:
        for name, field in _fields(document.Root.AcroForm.Fields):
            if name in values:
                _fill(field, values[name])
        document.Root.AcroForm.NeedAppearances = True
        document.save(made)
    return made.getvalue()


def _fields(found: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Full name and field, of all that hold a value."""
    for field in found:
        name = ".".join(filter(None, (above, str(field.get("/T", "")))))
        if "/FT" in field:
            yield name, field
        elif "/Kids" in field:
            yield from _fields(field.Kids, name)


def _fill(field: Any, value: str) -> None:
    if field.FT != "/Btn":
        field.V = pikepdf.String(value)
        return
    field.V = pikepdf.Name(f"/{value}")
    for kid in field.get("/Kids", []):
        kid.AS = field.V if field.V in kid.AP.N else pikepdf.Name("/Off")
