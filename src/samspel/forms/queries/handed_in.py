"""Filled PDFs that came back: what a file says that it is, and how what it says stands beside the answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspel.casefiles.models import Question, QuestionAttachment
from samspel.casefiles.queries.handed import AttachmentDeed
from samspel.forms import permissions
from samspel.forms.models import Answer, AnswerState, HandedIn, HandedInState, Version
from samspel.forms.queries import registers, values
from samspel.forms.queries.answers import fields_at, fields_of
from samspel.forms.queries.controls.choices import RegistryChoices, meant
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.seeing import with_subject
from samspel.forms.rules import paths
from samspel.forms.rules.definitions import Definition
from samspel.forms.rules.handed_in import ReadField, Texts, Unit, compared, units, values_in
from samspel.forms.rules.received import asked_at, is_row
from samspel.forms.rules.sheets import names
from samspel.forms.rules.values import Asked
from samspel.kernel.files import kinds
from samspel.registry.models import Organizer

# The revision of a blank sheet: nothing was known, so all it says is new.
BLANK = -1
# How many answers a blank is chosen among.
MOST_LISTED = 300


class NotASheet(Exception):
    """The file does not say that it is one of our sheets. code: "not_ours", "token_altered"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Identity:
    """What a sheet says that it is: slug, version number and digest of its form; the answer it was taken out of, at
    which revision (None and BLANK for a blank one)."""

    slug: str
    number: int
    digest: str
    answer: UUID | None = None
    revision: int = BLANK


def identity_of(texts: Texts) -> Identity:
    """Read from its hidden fields; its token is believed only if signed here. Raises NotASheet."""
    slug, number, digest, token = (
        str(texts.get(name, "")) for name in (names.FORM, names.VERSION, names.DIGEST, names.TOKEN)
    )
    if not slug or not (number.isascii() and number.isdigit() and len(number) < 10):
        raise NotASheet("not_ours")
    found = Identity(slug, int(number), digest)
    return _with_token(found, token) if token else found


def _with_token(found: Identity, token: str) -> Identity:
    try:
        said = signing.loads(token, salt=names.SALT)
        key, number, revision = UUID(str(said["a"])), int(said["v"]), int(said["r"])
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        raise NotASheet("token_altered") from None
    if number != found.number or revision < 0:
        raise NotASheet("token_altered")
    return replace(found, answer=key, revision=revision)


def version_of(identity: Identity) -> Version | None:
    """The version that a sheet was made of, None if there is none with that number and those questions."""
    if "\x00" in identity.slug + identity.digest or identity.number >= 2**31:
        return None
    rows = Version.objects.select_related("definition").filter(definition__slug=identity.slug, number=identity.number)
    return rows.filter(digest=identity.digest).first()


def read_in(definition: Definition, texts: Texts, answer: Answer) -> dict[str, ReadField]:
    """Path to what the file says. A value of a register may be written as its code, its name or both."""
    choices = RegistryChoices(answer)

    def parse(asked: Asked, typed: str | Sequence[str]) -> Any:
        value = values.parse(asked, typed)
        return meant(value, choices(asked)) or None if value and _is_by_name(asked, value) else value

    read = values_in(definition, texts, parse)
    given = [(path, asked_at(definition, path), field.value) for path, field in read.items()]
    refused = registers.refusals([(path, asked, value) for path, asked, value in given if asked is not None], answer)
    faulty = {path: replace(read[path], value=None, fault=why.code, detail=why.detail) for path, why in refused.items()}
    return {**read, **faulty}


def _is_by_name(asked: Asked, value: Any) -> bool:
    """Whether a value of a register is written otherwise than as a code: codes are looked up together."""
    return bool(registers.kind_of(asked)) and not re.fullmatch(r"[0-9-]+|[a-z0-9-]+", str(value))


def as_data(read: Mapping[str, ReadField]) -> dict[str, dict[str, Any]]:
    """As kept in HandedIn.read."""
    return {path: asdict(field) for path, field in read.items()}


def read_of(handed_in: HandedIn) -> dict[str, ReadField]:
    """What its fields said, in the order of the form. The answer may have gone over to another version since: what
    that does not ask, or asks otherwise, is a fault now."""
    body = body_of(handed_in.answer.version)
    read = {path: _as_asked_now(body, path, ReadField(**data)) for path, data in handed_in.read.items()}
    return {path: read[path] for path in sorted(read, key=lambda path: _place(body, path, read))}


def _as_asked_now(body: Definition, path: str, field: ReadField) -> ReadField:
    if field.fault or is_row(body, path):
        return field
    asked = asked_at(body, path)
    if asked is None:
        return replace(field, value=None, fault="unknown_field")
    return field if field.value is None or _fits(asked, field.value) else replace(field, value=None, fault="kind")


def _fits(asked: Asked, value: Any) -> bool:
    try:
        return bool(values.parse(asked, value if isinstance(value, list) else values.typed(asked, value)) == value)
    except (ArithmeticError, AttributeError, TypeError, ValueError):
        return False


def units_of(handed_in: HandedIn) -> list[Unit]:
    """What is to be decided of it, and what is not, as the answer stands now. Two queries, however much it says."""
    answer = handed_in.answer
    base = fields_at(answer, handed_in.base) if handed_in.base > BLANK else {}
    return units(compared(read_of(handed_in), base, fields_of(answer)))


def undecided(handed_in: HandedIn, found: Iterable[Unit]) -> list[Unit]:
    """Those that wait for somebody to say which is to stand."""
    return [unit for unit in found if unit.is_to_decide and unit.path not in handed_in.decided]


def waiting(answer: Answer) -> list[HandedIn]:
    """Filled PDFs of an answer that nobody has gone through, oldest first."""
    return list(answer.handed_in.filter(state=HandedInState.WAITING).order_by("came_at", "pk"))


def with_all(found: QuerySet[HandedIn]) -> QuerySet[HandedIn]:
    """With the file, the document it became, and the answer with its version."""
    return found.select_related(
        "file",
        "document__case_file__series",
        "answer__version__definition",
        "answer__organizer",
        "answer__school_unit__organizer",
        "answer__university",
        "answer__person__merged_into",
    )


def of_answer(answer: Answer) -> list[HandedIn]:
    """All of them, newest first."""
    return list(answer.handed_in.select_related("file").order_by("-came_at", "-pk"))


def belonging(identity: Identity, organizer: Organizer | None) -> list[Answer]:
    """The answers that a mailed sheet may belong to: the one that its token names, or for a blank those of the same
    form that are being written (of one organizer, if it is known), newest first. For those who read in what is mailed,
    whatever else they know of."""
    found = with_subject(Answer.objects.filter(is_test=False)).exclude(state=AnswerState.WITHDRAWN)
    if identity.answer is not None:
        return list(found.filter(key=identity.answer))
    if version_of(identity) is None:
        return []
    found = found.filter(version__definition__slug=identity.slug, version__number=identity.number)
    if organizer is not None:
        found = found.filter(Q(organizer=organizer) | Q(school_unit__organizer=organizer))
    return list(found.filter(state=AnswerState.WRITING).order_by("-begun_at", "-pk")[:MOST_LISTED])


def of_origin(origin: str) -> HandedIn | None:
    """The one that came from there."""
    return HandedIn.objects.select_related("answer").filter(origin=origin).first()


def _place(body: Definition, path: str, read: Mapping[str, ReadField]) -> tuple[Any, ...]:
    """By question, then existing rows before new ones, then by column."""
    where = paths.parse(path)
    question = body.questions.get(where.question)
    columns = [column.key for column in question.columns] if question else []
    row = read.get(f"{where.question}/{where.row}") if where.row else None
    is_new = bool(row and row.is_new_row)
    return (
        list(body.questions).index(where.question) if question else len(body.questions),
        is_new,
        row.value if row and is_new else 0,
        where.row,
        columns.index(where.column) if where.column in columns else -1,
    )


def deed_of_attachment(
    person: Any, question: Question, attachment: QuestionAttachment, at: datetime
) -> AttachmentDeed | None:
    """That a PDF in the mailbox can be read in as a filled form, by those who do that."""
    file = attachment.file
    if file is None or file.media_type != kinds.PDF or not permissions.may_read_in(person, at):
        return None
    url = reverse("forms:hand_in_mailed", args=[question.key, attachment.pk])
    return AttachmentDeed(_("Read in the form"), url)
