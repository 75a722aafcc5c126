"""What a writer should be told of her text: what does not become what she may have meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from samspel.letters.rules.rich_text.addresses import is_allowed

MARKUP: Final = "markup"
PICTURE: Final = "picture"
NOT_ALLOWED: Final = "address_not_allowed"

_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_PICTURE: Final = re.compile(r"!\[[^\]\n]{0,200}\]\([^()\n]{0,500}\)")
_LINK: Final = re.compile(r"(?<!!)\[[^\]\n]{1,300}\]\(\s*<?([^()\s<>]{1,2000})")
_AUTOLINK: Final = re.compile(r"<(?:https?:|mailto:|tel:|[^<>\s]+@)[^<>\s]*>")


@dataclass(frozen=True)
class TextFault:
    """code: MARKUP (a tag that stands as words), PICTURE (belongs in a block of its own), NOT_ALLOWED (an address).

    detail: the words it is about.
    """

    code: str
    detail: str


def faults(source: str) -> list[TextFault]:
    """Everything of that sort in a text, each once, in a fixed order. None of it keeps the text from being shown."""
    bare = _AUTOLINK.sub("", source)
    found = [TextFault(MARKUP, tag[:80]) for tag in _TAG.findall(bare)]
    found += [TextFault(PICTURE, picture[:80]) for picture in _PICTURE.findall(source)]
    found += [TextFault(NOT_ALLOWED, link[:200]) for link in _LINK.findall(source) if not is_allowed(link)]
    return list(dict.fromkeys(found))
