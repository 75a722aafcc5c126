"""Pictures of a letter: taken in, made small, and taken away again while nothing shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import structlog
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspel.kernel.audit import record
from samspel.kernel.files import kinds, scanning, storing
from samspel.letters.models import Letter, Picture
from samspel.letters.operations.writing import LetterRefused, take
from samspel.letters.rules import documents
from samspel.letters.rules import pictures as rules

log = structlog.get_logger(__name__)

MOST: Final = 30
WORDS: Final[dict[str, Any]] = {
    rules.EMPTY: _("Choose a picture: the file is empty."),
    rules.TOO_LARGE: _("The picture is larger than 15 MB. Save it smaller and try again."),
    rules.NO_PICTURE: _("This is no picture that can be shown in a mail. Save it as JPEG, PNG, WebP or GIF."),
    rules.TOO_MANY_DOTS: _("The picture has more than 60 million dots. Save it smaller and try again."),
    rules.TOO_SMALL: _("The picture is so small that nobody would see it."),
    rules.BROKEN: _("The picture is broken or cut off and cannot be read. Save it anew and try again."),
}


class PictureRefused(LetterRefused):
    """The picture is not taken, and why."""

    code = "picture"


def add(*, letter: Letter, content: bytes, name: str, by: Any, at: datetime) -> tuple[Picture, bool]:
    """Keep a picture for a letter, drawn anew and at most 1 200 pixels wide; and whether it was made smaller.

    Raises PictureRefused in words, FileRefused from the virus check, LetterRefused (no draft), PermissionDenied.
    """
    take_for_a_moment(letter, by, at)
    made = _made(content)
    scanning.scan(content)
    return _keep(letter, made, name, by, at), made.is_smaller


@transaction.atomic
def take_for_a_moment(letter: Letter, by: Any, at: datetime) -> None:
    """Refuse early: nobody's picture is unpacked who may not add one, and no lock is held while it is."""
    take(letter, by=by, at=at)


@transaction.atomic
def remove(*, letter: Letter, picture: Picture, by: Any, at: datetime) -> None:
    """Take a picture away. Raises PictureRefused if the letter shows it."""
    letter = take(letter, by=by, at=at)
    row = Picture.objects.select_related("file").filter(letter=letter, pk=picture.pk).first()
    if row is None:
        return
    if str(row.key) in shown_in(letter):
        said = _("The picture stands in the letter. Take it out of the letter first.")
        raise PictureRefused(said, code="picture_shown")
    key, file = row.key, row.file
    row.delete()
    storing.let_go(file)
    record(action="letters.picture.removed", on=letter, by=by, at=at, picture=str(key))


def shown_in(letter: Letter) -> set[str]:
    """Keys of the pictures that stand in a letter."""
    return {block.ref for block in documents.read(letter.body).blocks if block.kind == documents.PICTURE and block.ref}


def _made(content: bytes) -> rules.Made:
    try:
        return rules.make(content)
    except rules.PictureRefused as refused:
        log.warning("picture_refused", code=refused.code, size=len(content))
        raise PictureRefused(WORDS[refused.code], code=refused.code) from refused


@transaction.atomic
def _keep(letter: Letter, made: rules.Made, name: str, by: Any, at: datetime) -> Picture:
    letter = take(letter, by=by, at=at)
    if letter.pictures.count() >= MOST:
        raise PictureRefused(_("A letter holds at most 30 pictures. Take away one that is not used."), code="too_many")
    called = storing.safe_name(name.rpartition(".")[0] or name)[:100]
    file = storing.keep(made.content, name=f"{called}.{made.ending}", by=by, at=at, allowed={kinds.PNG, kinds.JPEG})
    picture = Picture.objects.create(
        letter=letter, file=file, width=made.width, height=made.height, added_at=at, added_by=by.key
    )
    record(action="letters.picture.added", on=letter, by=by, at=at, picture=str(picture.key), size=file.size)
    return picture
