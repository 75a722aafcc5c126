"""A filled PDF form is read: what stands in each of its fields, or why it is not taken.

The file may have been made by anybody, so a process of its own reads it, with a bound on time and memory and nothing
of ours in its environment. Nothing in it is run, and nothing is fetched that it points to.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from samspel.kernel.documents.reading.caps import LARGEST, MOST_PAGES
from samspel.kernel.refusals import Refusal

__all__ = ["LARGEST", "MOST_PAGES", "PdfRefused", "read_fields"]

SECONDS: Final = 30
# How many this process has read at a time, since each may take what its bounds allow; others wait so many seconds.
AT_ONCE: Final = 2
WAIT: Final = 10
_room = threading.BoundedSemaphore(AT_ONCE)
_SOURCE: Final = Path(__file__).resolve().parents[3]

SAID: Final[dict[str, Any]] = {
    "too_large": _("The file is too large. At most 20 MB is taken."),
    "not_pdf": _("The file is not a PDF."),
    "damaged": _(
        "The PDF is damaged and cannot be read. Open it in the program you filled it in with, save it again and send "
        "that file."
    ),
    "encrypted": _(
        "The PDF is encrypted: it has a password, or is locked against changes, even if it opens without one. Save it "
        "without protection and send that file."
    ),
    "xfa": _(
        "The PDF is an XFA form, which only Adobe's own programs can read. Fill in the PDF that was downloaded here "
        "instead."
    ),
    "no_fields": _(
        "There are no fields to fill in left in the PDF. It seems to have been printed to PDF, scanned or flattened. "
        "Save the filled form itself, with “Save” rather than “Print”, and send that file."
    ),
    "scripts": _("There are scripts in the PDF. Fill in the PDF that was downloaded here, which has none."),
    "actions": _(
        "The PDF does things when it is opened or clicked, such as starting a program or sending data. Fill in the PDF "
        "that was downloaded here, which does not."
    ),
    "embedded_files": _("There are other files inside the PDF. Send the form alone, and the others apart from it."),
    "broken_signature": _(
        "The PDF was signed, and it is not what was signed: it was changed afterwards, or the signature cannot be "
        "checked. Send the file as it was signed, or an unsigned one."
    ),
    "too_many_pages": _("The PDF has too many pages. At most 200 are read."),
    "duplicate_names": _(
        "Two fields of the PDF have the same name but say different things. Fill in the PDF that was downloaded here, "
        "without putting forms together."
    ),
    "too_heavy": _("The PDF takes too much time or memory to read, and was left unread."),
    "busy": _("The PDF could not be read just now, since much else is going on. Try again in a minute."),
}


class PdfRefused(Refusal):
    """A filled PDF that is not read. code: a key of SAID."""

    def __init__(self, code: str) -> None:
        super().__init__(SAID[code], code=code)


def read_fields(content: bytes) -> dict[str, str | list[str]]:
    """Full name of each field to its text as it stands; a list where several are chosen, empty text where nothing is.

    Texts are as the file has them, line breaks and all. Raises PdfRefused, and nothing else, whatever the bytes are.
    """
    if len(content) > LARGEST:
        raise PdfRefused("too_large")
    said = _said_of(content)
    if "code" in said:
        raise PdfRefused(said["code"] if said["code"] in SAID else "damaged")
    fields: dict[str, str | list[str]] = said["fields"]
    return fields


def _said_of(content: bytes) -> dict[str, Any]:
    """What the process that reads says."""
    if not _room.acquire(timeout=WAIT):
        raise PdfRefused("busy")
    try:
        done = subprocess.run(
            # Never a module that happens to lie where the program was started.
            [sys.executable, "-P", "-m", "samspel.kernel.documents.reading"],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            env=_environment(),
            check=True,
        )
        said: dict[str, Any] = json.loads(done.stdout)
        return said
    except (subprocess.SubprocessError, ValueError):
        # Ended by its bounds: nothing else keeps it from answering.
        raise PdfRefused("too_heavy") from None
    except OSError:
        # The system has no room for one process more.
        raise PdfRefused("busy") from None
    finally:
        _room.release()


def _environment() -> dict[str, str]:
    """What the process needs to find this code and the libraries, and none of what else is known here."""
    needed = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONHOME")
    kept = {name: os.environ[name] for name in needed if name in os.environ}
    return {**kept, "PYTHONPATH": str(_SOURCE), "PYTHONDONTWRITEBYTECODE": "1"}
