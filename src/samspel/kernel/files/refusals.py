"""How files are refused."""

from __future__ import annotations

from samspel.kernel.refusals import Refusal


class FileRefused(Refusal):
    """The file is not taken, and why."""

    code = "file_refused"
