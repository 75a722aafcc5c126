"""Translation catalogues without GNU gettext: compiled, checked for being complete, and what is missing listed.

`python -m samspel.config.translations compile|check|missing`
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent
LANGUAGE = "sv"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATES = {".html", ".txt", ".svg", ".xml"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)(?:[!:][^}]*)?\}|(?<!%)%([sd])")


@dataclass(frozen=True)
class Wanted:
    """A message of the program: where it first stands, context (or None), the message, its plural (or None)."""

    place: str
    context: str | None
    text: str
    plural: str | None

    @property
    def key(self) -> tuple[str | None, str]:
        """What a catalogue knows it by."""
        return self.context, self.text


def apps() -> list[Path]:
    """The folders of the apps, by name."""
    return sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


def catalogue_file(app: Path) -> Path:
    """Where an app's Swedish lies."""
    return app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def read(app: Path) -> Catalog:
    """An app's Swedish; an empty catalogue if it has none."""
    file = catalogue_file(app)
    if not file.exists():
        return Catalog(locale=LANGUAGE)
    with file.open("rb") as stream:
        return read_po(stream, locale=LANGUAGE, abort_invalid=True)


def compile_all() -> int:
    """Write every `.mo` that is missing or older than its `.po`; returns how many."""
    written = 0
    for file in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po")):
        compiled = file.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= file.stat().st_mtime:
            continue
        beside = compiled.with_name(f".{compiled.name}.{os.getpid()}")
        with file.open("rb") as source, beside.open("wb") as target:
            write_mo(target, read_po(source, locale=file.parent.parent.name, abort_invalid=True))
        beside.replace(compiled)
        written += 1
    return written


def wanted(app: Path) -> list[Wanted]:
    """Every message in the app's Python and templates, once, by place."""
    found: dict[tuple[str | None, str], Wanted] = {}
    for file in sorted(app.rglob("*.py")):
        for message in _extract(file, file.read_bytes()):
            found.setdefault(message.key, message)
    for file in sorted(path for path in app.glob("templates/**/*") if path.suffix in TEMPLATES):
        for message in _extract(file, _as_python(file)):
            found.setdefault(message.key, message)
    return list(found.values())


def _as_python(template: Path) -> bytes:
    from django.utils.translation.template import templatize

    source = templatize(template.read_text(), origin=str(template))
    return "\n".join(line.lstrip() for line in source.splitlines()).encode()  # Python's indents mean nothing here


def _extract(file: Path, source: bytes) -> Iterator[Wanted]:
    options = {"encoding": "utf-8"}
    for line, message, _, context in extract("python", BytesIO(source), KEYWORDS, options=options):
        text, plural = message if isinstance(message, tuple) else (message, None)
        if text:
            yield Wanted(f"{file.relative_to(PACKAGE)}:{line}", context, text, plural)


def faults() -> list[str]:
    """Everything that keeps Swedish from being complete and right, as sentences; none is as it should be."""
    catalogues = {app.name: read(app) for app in apps()}
    told = [fault for app in apps() for fault in _faults_of(app, catalogues)]
    return told + list(_contradictions(catalogues))


def _faults_of(app: Path, catalogues: dict[str, Catalog]) -> Iterator[str]:
    for message in wanted(app):
        if _translation(message, app, catalogues) is None:
            yield f"{message.place}: no Swedish for {message.text!r} in {app.name}"
    for entry in catalogues[app.name]:
        if entry.id:
            yield from (f"{app.name}: {fault} in the Swedish of {entry.id!r}" for fault in _faults_in(entry))


def _translation(message: Wanted, app: Path, catalogues: dict[str, Catalog]) -> Message | None:
    """The app's own, else that of a neighbour: Django reads them all as one."""
    own = catalogues[app.name].get(message.text, message.context)
    return own or next(filter(None, (other.get(message.text, message.context) for other in catalogues.values())), None)


def _faults_in(entry: Message) -> Iterator[str]:
    strings = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
    texts = entry.id if isinstance(entry.id, tuple | list) else (entry.id,)
    if not all(strings):
        yield "nothing stands"
        return
    if entry.fuzzy:
        yield "a guess (fuzzy) stands"
    if isinstance(entry.id, tuple | list) and len(strings) != 2:
        yield "not two forms of number stand"
    if _placeholders(strings[-1]) != _placeholders(texts[-1]):
        yield "other placeholders stand"
    if _placeholders(strings[0]) - _placeholders(texts[-1]):
        yield "unknown placeholders stand"


def _placeholders(text: str) -> set[str]:
    return {"".join(found) for found in PLACEHOLDER.findall(text)}


def _contradictions(catalogues: dict[str, Catalog]) -> Iterator[str]:
    """Two apps that say one thing in two ways: Django would take either."""
    first: dict[tuple[str | None, object], tuple[str, object]] = {}
    for name, catalogue in catalogues.items():
        for entry in catalogue:
            if not entry.id:
                continue
            other, string = first.setdefault((entry.context, entry.id), (name, entry.string))
            if string != entry.string:
                yield f"{other} and {name} translate {entry.id!r} differently"


def _compile() -> int:
    compile_all()
    return 0


def _check() -> int:
    told = faults()
    for fault in told:
        print(fault, file=sys.stderr)
    return 1 if told else 0


def _missing() -> int:
    """What to add to each catalogue, ready to be filled in."""
    catalogues = {app.name: read(app) for app in apps()}
    for app in apps():
        lacking = [message for message in wanted(app) if _translation(message, app, catalogues) is None]
        if lacking:
            print(f"# {catalogue_file(app).relative_to(PACKAGE.parent.parent)}\n")
        for message in lacking:
            print(_entry(message))
    return 0


def _entry(message: Wanted) -> str:
    lines = [f"#: {message.place}"]
    if message.context:
        lines.append(f"msgctxt {_quoted(message.context)}")
    lines.append(f"msgid {_quoted(message.text)}")
    if message.plural:
        lines += [f"msgid_plural {_quoted(message.plural)}", 'msgstr[0] ""', 'msgstr[1] ""']
    else:
        lines.append('msgstr ""')
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


COMMANDS: dict[str, Callable[[], int]] = {"compile": _compile, "check": _check, "missing": _missing}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"use: python -m samspel.config.translations {'|'.join(COMMANDS)}")
    sys.exit(COMMANDS[sys.argv[1]]())
