"""What it costs to read a filled PDF back, beside pypdf alone: in this process, and whole, in a process of its own.

CPU time; the floor loads pypdf, opens the same bytes and asks it for the fields, with none of the checks. The form is
the longest that comes with the program, filled in wherever a text can stand.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from io import BytesIO
from typing import Final

import pypdf
from pypdf.generic import NameObject, TextStringObject

from samspel.forms.models import Definition, Version, VersionState
from samspel.forms.queries import sheets
from samspel.forms.queries.definitions import shipped_documents
from samspel.forms.rules import definitions as rules
from samspel.kernel.documents.filled import read_fields
from samspel.kernel.documents.reading import read
from samspel.kernel.values.benches import BenchRow

TIMES: Final = 5
_ALONE: Final = "import io, sys, pypdf; pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read())).get_fields()"


def rows() -> list[BenchRow]:
    """Both, each beside its floor."""
    content = _filled()
    fields = len(read(content))
    floor = _cpu(lambda: pypdf.PdfReader(BytesIO(content)).get_fields())
    here = _cpu(lambda: read(content))
    alone = _cpu(lambda: _pypdf_alone(content))
    whole = _cpu(lambda: read_fields(content))
    return [
        _row(f"PDF back: {fields} fields read and checked", here, floor, "pypdf", "at most 2"),
        _row(f"PDF back: {fields} fields, whole", whole, alone, "pypdf in a process of its own", "at most 1.5"),
    ]


def _row(what: str, measured: float, floor: float, by: str, goal: str) -> BenchRow:
    return BenchRow(what, f"{measured * 1000:.0f} ms", f"{floor * 1000:.0f} ms {by}", measured / floor, goal)


def _filled() -> bytes:
    """The longest form as a blank, with words in every text."""
    body = max((rules.read(data) for data in shipped_documents()), key=lambda each: len(each.questions))
    version = Version(
        definition=Definition(slug=body.slug, name_sv=body.name.sv),
        number=1,
        state=VersionState.PUBLISHED,
        body=rules.as_data(body),
        digest=rules.digest_of(body),
    )
    writer = pypdf.PdfWriter(clone_from=BytesIO(sheets.blank(version, "sv")))
    for page in writer.pages:
        for reference in page.get("/Annots", []):  # type: ignore[attr-defined]
            widget = reference.get_object()
            if widget.get("/FT") == "/Tx" and not str(widget["/T"]).startswith("samspel"):
                widget[NameObject("/V")] = TextStringObject("Skolorna har kommit olika långt. " * 10)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _pypdf_alone(content: bytes) -> None:
    subprocess.run([sys.executable, "-c", _ALONE], input=content, check=True, capture_output=True)


def _cpu(deed: Callable[[], object]) -> float:
    """The least CPU seconds of a deed, those of the processes it starts counted."""
    taken = []
    for _ in range(TIMES):
        began = _worked()
        deed()
        taken.append(_worked() - began)
    return min(taken)


def _worked() -> float:
    """CPU seconds of this process and of those it started; the clock where the latter are not told."""
    try:
        import resource
    except ImportError:
        return time.perf_counter()
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)
