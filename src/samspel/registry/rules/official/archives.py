"""Zip files opened without trusting what they say of themselves: measured while unpacking, names harmless."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from samspel.registry.rules.official.faults import Fault, shown

FILE_MOST = 50_000_000
UNPACKED_MOST = 300_000_000
ENTRIES_MOST = 1_000
# Official files shrink to a tenth or a twentieth; nothing honest to a two-hundredth once it is large.
RATIO_MOST = 200
RATIO_FROM = 10_000_000
_PIECE = 1 << 20
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)


class ArchiveRefused(Exception):
    """A zip file that is not opened; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def received(name: str, pieces: Iterable[bytes], most: int = FILE_MOST) -> bytes:
    """The whole of an upload, refused as soon as it is larger than `most` bytes. Raises ArchiveRefused."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) > most:
            raise ArchiveRefused(too_large(name))
    return bytes(held)


def too_large(name: str) -> Fault:
    """The fault of a file beyond the limit."""
    return Fault("file_too_large", name, stood=f"{FILE_MOST // 1_000_000} MB", expected="file_within_limit")


def is_zip(data: bytes) -> bool:
    """Whether the bytes open like a zip file (a workbook is one too)."""
    return data.startswith((_ZIP, _EMPTY_ZIP))


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a zip file with the table of contents of an Office document, or claim to be one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except BROKEN:
        return b"[Content_Types].xml" in data[:100_000]


class Unpacking:
    """What has been unpacked so far, against the limits."""

    def __init__(self, name: str, packed: int, code: str, expected: str, most: int = UNPACKED_MOST) -> None:
        self.name, self.packed, self.code, self.expected, self.most = name, max(packed, 1), code, expected, most
        self.unpacked = 0

    def add(self, count: int) -> None:
        """Count bytes; raises ArchiveRefused when they are too many, in all or for what they were packed in."""
        self.unpacked += count
        bomb = self.unpacked > RATIO_FROM and self.unpacked > RATIO_MOST * self.packed
        if bomb or self.unpacked > self.most:
            stood = f"{self.unpacked // 1_000_000} MB"
            raise ArchiveRefused(Fault(self.code, self.name, stood=stood, expected=self.expected))

    def read(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int | None = None) -> bytes:
        """An entry's bytes, counted piece by piece; beyond `most` bytes the rest is left."""
        held = bytearray()
        with archive.open(entry) as stream:
            while piece := stream.read(_PIECE):
                self.add(len(piece))
                held += piece
                if most is not None and len(held) > most:
                    break
        return bytes(held)


def harmless_name(name: str) -> str:
    """An entry's name as a plain file name: no folders, no drive, nothing a file system would take for a path."""
    last = re.split(r"[/\\:]", name.replace("\0", ""))[-1]
    cleaned = "".join(c for c in last if c.isprintable())[:200].strip(" .")
    return cleaned or "file"


def _is_passed_over(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename
    return entry.is_dir() or name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith("._")


def open_archive(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Each file in a zip file as (harmless name, bytes), in its own order.

    Raises ArchiveRefused for one that is broken, encrypted, too large, too full, or holds a zip file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not _is_passed_over(entry)]
            if len(archive.infolist()) > ENTRIES_MOST:
                stood = str(len(archive.infolist()))
                raise ArchiveRefused(Fault("archive_too_many", name, stood=stood, expected="archive_within_limit"))
            if any(entry.flag_bits & 1 for entry in entries):
                raise ArchiveRefused(Fault("archive_encrypted", name, expected="open_archive"))
            unpacking = Unpacking(name, len(data), "archive_too_large", "archive_within_limit")
            for entry in entries:
                inside = unpacking.read(archive, entry, FILE_MOST)
                if is_zip(inside) and not is_workbook(inside):
                    stood = shown(harmless_name(entry.filename))
                    raise ArchiveRefused(
                        Fault("archive_nested", name, stood=stood, expected="archive_without_archives")
                    )
                yield harmless_name(entry.filename), inside
    except BROKEN as broken:
        raise ArchiveRefused(Fault("broken_archive", name, expected="open_archive")) from broken
