"""A mail as it came, taken apart without trusting it: headers, leaves, and whether all could be read. Pure: no Django.

Anybody can send us a mail. Nothing here raises, whatever the bytes are: what cannot be read is left out, and the mail
says that it is not whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import collapse_rfc2231_value
from typing import Any, Final

# Longer mails are read as far as their headers; longer headers are cut; further parts are left out.
MOST_BYTES: Final = 40 * 1024 * 1024
MOST_HEADER: Final = 20_000
MOST_HEADERS: Final = 500
MOST_PARTS: Final = 200

# Character sets that text comes in. Python knows others that are slow or are no character sets (punycode, idna).
_CHARSET: Final = re.compile(
    r"utf-?(8|16|32)(-?[bl]e)?|us-ascii|ascii|latin-?\d+|iso[-_]8859[-_]\d+|(windows-|cp)\d+|mac-?roman|"
    r"koi8-[ru]|gb2312|gbk|gb18030|big5|shift[-_]jis|euc-(jp|kr)|iso-2022-jp",
    re.IGNORECASE,
)
_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}")
_ANYTHING_WRONG = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, OverflowError)


@dataclass(frozen=True)
class Leaf:
    """One part without parts of its own. type: as "text/plain", declared by the sender; name: of a file, if given."""

    type: str
    content: bytes
    charset: str = ""
    name: str = ""
    is_attachment: bool = False

    @property
    def words(self) -> str:
        """The content as text."""
        return decoded(self.content, self.charset)


@dataclass(frozen=True)
class Mail:
    """A mail taken apart. headers: name in small letters and its value, decoded and unfolded, in order."""

    headers: tuple[tuple[str, str], ...]
    leaves: tuple[Leaf, ...]
    type: str = "text/plain"
    report_type: str = ""
    is_whole: bool = True

    def header(self, name: str) -> str:
        """The first value under that name; empty if there is none."""
        return next((value for known, value in self.headers if known == name.lower()), "")


def parsed(raw: bytes) -> Mail:
    """The mail that these bytes are. Never raises."""
    try:
        if len(raw) > MOST_BYTES:
            return _taken_apart(BytesHeaderParser(policy=policy.compat32).parsebytes(raw[:MOST_HEADER]), cut=True)
        return _taken_apart(message_from_bytes(raw, policy=policy.compat32), cut=False)
    except _ANYTHING_WRONG:
        return Mail(_headers_alone(raw), (), is_whole=False)


def decoded(content: bytes, charset: str = "") -> str:
    """Bytes as text: by the declared character set if it is one and fits, else UTF-8, else Windows Latin 1."""
    for known in (charset.strip().strip("\"'"), "utf-8", "cp1252"):
        if _CHARSET.fullmatch(known):
            try:
                return content.decode(known)
            except (LookupError, ValueError):
                continue
    return content.decode("latin-1")


def _taken_apart(message: Message, *, cut: bool) -> Mail:
    headers = tuple(_headers(message))
    if cut:
        return Mail(headers, (), _type(message), is_whole=False)
    leaves, is_whole = [], True
    for number, part in enumerate(_leaves_of(message)):
        leaf = _leaf(part) if number < MOST_PARTS else None
        if leaf is None:
            is_whole = False
            if number >= MOST_PARTS:
                break
        else:
            leaves.append(leaf)
    report_type = _parameter(message, "report-type")
    return Mail(headers, tuple(leaves), _type(message), report_type.lower(), is_whole)


def _leaves_of(message: Message) -> Iterator[Message]:
    """The parts in order, a mail within the mail as one of them. Without recursion: nesting may be deep."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting.extend(reversed(_inside(part)))
        else:
            yield part


def _leaf(part: Message) -> Leaf | None:
    try:
        # Never asked for as text: the parser would decode it by any character set that a stranger names.
        if part.is_multipart():
            content = b"\n".join(one.as_bytes() for one in _inside(part))
        else:
            found = part.get_payload(decode=True)
            content = found if isinstance(found, bytes) else b""
        return Leaf(
            type=_type(part),
            content=content,
            charset=_parameter(part, "charset"),
            name=_name(part),
            is_attachment=str(part.get("content-disposition", "")).strip().lower().startswith("attachment"),
        )
    except _ANYTHING_WRONG:
        return None


def _inside(part: Message) -> list[Message]:
    return [one for one in part.get_payload() if isinstance(one, Message)]


def _type(part: Message) -> str:
    found = part.get_content_type()
    return found if _TYPE.fullmatch(found) else "application/octet-stream"


def _parameter(part: Message, name: str) -> str:
    try:
        found: Any = part.get_param(name)
        return collapse_rfc2231_value(found)[:MOST_HEADER] if found else ""
    except _ANYTHING_WRONG:
        return ""


def _name(part: Message) -> str:
    try:
        return _header_words(part.get_filename() or "")
    except _ANYTHING_WRONG:
        return ""


def _headers(message: Message) -> Iterator[tuple[str, str]]:
    for number, (name, value) in enumerate(message.raw_items()):
        if number == MOST_HEADERS:
            return
        yield str(name).lower(), _header_words(str(value))


def _header_words(value: str) -> str:
    """A header's value on one line, encoded words decoded; what cannot be decoded stays as it is written."""
    # Bytes that the parser kept as they came are surrogates here.
    try:
        written = decoded(value[:MOST_HEADER].encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        written = value[:MOST_HEADER].encode("ascii", "replace").decode("ascii")
    flat = " ".join(written.split())
    if "=?" not in flat:
        return flat
    try:
        pieces = decode_header(flat)
        joined = "".join(
            decoded(piece, charset or "") if isinstance(piece, bytes) else piece for piece, charset in pieces
        )
    except Exception:
        # Raises of many kinds, by version.
        return flat
    return " ".join(joined.split())


def _headers_alone(raw: bytes) -> tuple[tuple[str, str], ...]:
    """The headers of a mail whose body brings the parser down."""
    head = re.split(rb"\r?\n\r?\n", raw[: MOST_HEADER * 10], maxsplit=1)[0]
    found = re.findall(rb"(?m)^([!-9;-~]{1,100}):[ \t]*((?:[^\r\n]|\r?\n[ \t])*)", head)
    return tuple(
        (name.decode("ascii").lower(), _header_words(decoded(value[:MOST_HEADER])))
        for name, value in found[:MOST_HEADERS]
    )
