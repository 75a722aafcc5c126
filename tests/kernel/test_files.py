"""Files that are handed in: taken as what they are by content, kept to the byte, or refused in words."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from structlog.testing import capture_logs

from samspel.kernel.files import kinds, storing
from samspel.kernel.files.models import Scan, StoredFile
from samspel.kernel.files.storing import FileRefused

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SOMEBODY = SimpleNamespace(key=uuid4())
PDF = b"%PDF-1.7\n%%EOF\n"

pytestmark = pytest.mark.django_db


def keep(content, name="brev.pdf", **more):
    return storing.keep(content, name=name, by=SOMEBODY, at=NOW, **more)


def test_a_file_is_kept_to_the_byte_with_its_digest_and_kind():
    kept = keep(PDF)

    assert (kept.size, kept.media_type, kept.scan) == (len(PDF), kinds.PDF, Scan.UNCHECKED)
    assert kept.digest == hashlib.sha256(PDF).hexdigest()
    assert kept.stored_by == SOMEBODY.key
    assert storing.read(kept) == PDF


def test_the_same_bytes_twice_are_two_rows_over_one_content():
    first, second = keep(PDF, "a.pdf"), keep(PDF, "b.pdf")

    assert first.pk != second.pk and first.digest == second.digest
    assert storing.read(first) == storing.read(second) == PDF


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, kinds.PDF),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, kinds.PNG),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 20, kinds.JPEG),
        ("Hej på dig".encode(), kinds.TEXT),
        (b"\x00\x01\x02\x03", kinds.UNKNOWN),
        ("Hej på dig".encode("latin-1"), kinds.UNKNOWN),
    ],
)
def test_the_kind_is_that_of_the_content(content, kind):
    assert kinds.kind_of(content) == kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00" + b"\x00" * 60, "kind"),
        (b"<html><script>alert(1)</script></html>", "kind"),
        (b"PK\x03\x04" + b"\x00" * 40, "kind"),
        (PDF + b"x" * 100, "too_large"),
    ],
)
def test_what_is_not_taken_is_refused_in_words_and_logged_by_digest_alone(content, code):
    with capture_logs() as lines, pytest.raises(FileRefused) as refusal:
        keep(content, "hemlig-namngiven-elev.pdf", largest=100)

    assert refusal.value.code == code
    assert str(refusal.value).startswith("Filen är")
    assert StoredFile.objects.count() == 0
    assert [(line["event"], line["code"]) for line in lines] == [("upload_refused", code)]
    assert "elev" not in str(lines)


def test_the_largest_that_is_taken_is_taken():
    content = PDF + b"x" * (100 - len(PDF))

    assert keep(content, largest=100).size == 100


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("brev.pdf", "brev.pdf"),
        ("C:\\Users\\x\\brev.pdf", "C_Users_x_brev.pdf"),
        ("../../../etc/passwd", "_.._.._etc_passwd"),
        ("fak\u202efdp.exe", "fak_fdp.exe"),
        ("a\x00b\r\nc.pdf", "a_b_c.pdf"),
        ("...", "fil"),
        ("", "fil"),
        ("å" * 300 + ".pdf", "å" * 251 + ".pdf"),
    ],
)
def test_a_name_is_a_name_and_nothing_else(name, kept):
    assert storing.safe_name(name) == kept


def test_bytes_that_were_changed_or_lost_are_not_read():
    kept = keep(PDF + b"% to be changed")
    place = Path(default_storage.path(storing.place_of(kept.digest)))

    place.write_bytes(b"%PDF-1.7 forged")
    with pytest.raises(ValueError, match=kept.digest):
        storing.read(kept)
    place.unlink()
    with pytest.raises(FileNotFoundError):
        storing.read(kept)


@pytest.mark.django_db(transaction=True)
def test_bytes_that_nothing_points_to_are_let_go_with_the_last_row_over_them():
    first, second = keep(b"%PDF-1.7 let go", "a.pdf"), keep(b"%PDF-1.7 let go", "b.pdf")

    assert storing.let_go(first)
    assert storing.read(second) == b"%PDF-1.7 let go"
    assert storing.let_go(second)
    assert not default_storage.exists(storing.place_of(second.digest))
