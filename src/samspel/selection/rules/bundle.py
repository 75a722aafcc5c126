"""A round in one zip file: data, rules, seed and result, to be verified anywhere by anybody who may have it.

The bytes are the same each time: fixed times and rights, and stored without compression, since two versions of a
compressor need not give the same bytes.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from samspel.selection.rules import canonical
from samspel.selection.rules.bundle_readme import README
from samspel.selection.rules.problems import Problem, Refused, shown
from samspel.selection.rules.result import Result
from samspel.selection.rules.verification import Difference, verify

DATA, RULES, SEED, RESULT, READ_ME = "data.json", "rules.json", "seed.txt", "result.json", "README.txt"
# What each file may grow to, in bytes, unpacked: room for 20 000 subjects, and nothing to fill a machine's memory with.
MOST_BYTES: Mapping[str, int] = {
    READ_ME: 64 * 1024,
    DATA: 64 * 1024 * 1024,
    RULES: 4 * 1024 * 1024,
    SEED: 1024,
    RESULT: 64 * 1024 * 1024,
}
NO_SEED = "-"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_END, _END_BYTES, _LOCATOR, _LOCATOR_BYTES = b"PK\x05\x06", 22, b"PK\x06\x07", 20
_MOST_DIRECTORY = 4096
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What reading a damaged or hostile zip can raise.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle carries: the frozen document, the seed (None where nothing is drawn by lot) and the result."""

    document: dict[str, Any]
    seed: bytes | None
    recorded: Any

    def differences(self, published_digest: str = "") -> list[Difference]:
        """Recompute and compare: empty when the bundle holds. Raises Refused when it cannot be recomputed at all."""
        return verify(self.document, self.seed, self.recorded, published_digest)


def pack(result: Result, seed: bytes | None, *, secrecy: str = "") -> bytes:
    """The bundle of a result, as the bytes of a zip file.

    `secrecy` is the secrecy mark, in words; it stands first in the README.
    """
    document = result.snapshot.document()
    rules = document.pop("rules")
    facts = {"round": result.snapshot.round, "digest": result.snapshot.digest(), "secrecy": secrecy}
    contents = {
        READ_ME: README.format(**facts).lstrip().encode(),
        DATA: canonical.canonical_bytes(document),
        RULES: canonical.canonical_bytes(rules),
        SEED: f"{NO_SEED if seed is None else seed.hex()}\n".encode(),
        RESULT: canonical.canonical_bytes(result.document()),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in contents.items():
            archive.writestr(_entry(name), content)
    return file.getvalue()


def unpack(file: BinaryIO, most_bytes: Mapping[str, int] = MOST_BYTES) -> Bundle:
    """Read a bundle that anybody may have made. `file` can seek.

    Raises Refused when it is not a zip with just these files, grows beyond `most_bytes`, or holds what is no JSON.
    """
    try:
        contents = _contents(file, most_bytes)
    except Refused:
        raise
    except _BROKEN as error:
        raise Refused([Problem("not_a_zip", "", {"stood": shown(str(error))})]) from error
    document, rules, recorded = (_json(name, contents[name]) for name in (DATA, RULES, RESULT))
    if not isinstance(document, dict) or "rules" in document:
        raise Refused([Problem("not_a_table", DATA, {"stood": shown(document)})])
    return Bundle({**document, "rules": rules}, _seed(contents[SEED]), recorded)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    return entry


def _contents(file: BinaryIO, most_bytes: Mapping[str, int]) -> dict[str, bytes]:
    _check_directory(file, sum(most_bytes.values()))
    with zipfile.ZipFile(file) as archive:
        names = sorted(entry.filename for entry in archive.infolist())
        if names != sorted(most_bytes):
            stood, expected = shown(", ".join(names), 200), ", ".join(sorted(most_bytes))
            raise Refused([Problem("wrong_files", "", {"stood": stood, "expected": expected})])
        return {name: _content(archive, name, most) for name, most in most_bytes.items()}


def _check_directory(file: BinaryIO, most: int) -> None:
    """Look at the end of the file before anything is read into memory: few entries, no comment, no 64-bit extra."""
    size = file.seek(0, io.SEEK_END)
    if size > most:
        raise Refused([Problem("too_large", "", {"stood": str(size), "expected": str(most)})])
    file.seek(max(0, size - _END_BYTES - _LOCATOR_BYTES))
    tail = file.read(_END_BYTES + _LOCATOR_BYTES)
    end = tail[-_END_BYTES:]
    directory = int.from_bytes(end[12:16], "little")
    if len(end) < _END_BYTES or end[:4] != _END or tail[:4] == _LOCATOR or directory > _MOST_DIRECTORY:
        raise Refused([Problem("not_a_zip", "", {"stood": f"{size} bytes"})])


def _content(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    # What the entry says of its own size is not believed: one byte more than allowed is asked for.
    if archive.getinfo(name).compress_type not in _METHODS:
        raise Refused([Problem("not_a_zip", name, {"stood": "compression"})])
    with archive.open(name) as stream:
        content = stream.read(most + 1)
    if len(content) > most:
        raise Refused([Problem("too_large", name, {"expected": str(most)})])
    return content


def _json(name: str, content: bytes) -> Any:
    try:
        return canonical.read(content)
    except canonical.NotCanonical as error:
        raise Refused([Problem("not_json", name, {"stood": shown(str(error), 200)})]) from error


def _seed(content: bytes) -> bytes | None:
    text = content.decode("ascii", "replace").strip()
    if text == NO_SEED:
        return None
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise Refused([Problem("not_a_seed", SEED, {"stood": shown(text)})]) from error
