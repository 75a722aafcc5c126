"""A text taken apart as a reader does it: paragraphs, sentences, words, and how hard they are to read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_LINK: Final = re.compile(r"\[([^\[\]\n]{0,300})\]\([^()\s]{0,1000}\)")
_ADDRESS: Final = re.compile(r"(?:https?://|mailto:|tel:)\S+|[^\s@]{1,64}@[^\s@]{1,255}")
_FIGURE: Final = re.compile(r"\{\{[^{}\n]{0,80}\}\}")
_OWN_LINE: Final = re.compile(r"\s{0,6}(?:#{1,6}|[-*+]|\d{1,3}[.)]|>)\s+")
_RULER: Final = re.compile(r"[\s|:=-]*")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’:-][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
_END: Final = re.compile(r"[.!?]+[\"”»')\]]*\s+(?=[\"”»“'(\[]?[A-ZÅÄÖÉ0-9])")
# After these a full stop ends no sentence.
_SHORT_SAID: Final = (
    "t.ex bl.a d.v.s dvs o.s.v osv m.m m.fl f.d s.k fr.o.m t.o.m p.g.a resp kl nr ca st kap prop jfr tel dr e.g i.e"
    " etc mr mrs ms no"
)
_SHORT: Final = frozenset(_SHORT_SAID.split())
_SIGNS: Final = re.compile(r"[*_`\\]+")
_LONG: Final = 6


def paragraphs(source: str) -> list[str]:
    """The text of a letter (its kind of Markdown) without signs: each heading, list item and paragraph by itself."""
    found: list[list[str]] = [[]]
    for line in source.splitlines():
        is_own = _OWN_LINE.match(line)
        if is_own or not line.strip():
            found.append([])
        if _RULER.fullmatch(line):
            continue
        found[-1].append(line[is_own.end() :] if is_own else line)
        if is_own and line.lstrip().startswith("#"):
            found.append([])
    texts = (_plain(" ".join(lines)) for lines in found)
    return [text for text in texts if text]


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph: to a full stop, a question mark or an exclamation mark with a capital after it."""
    found, begin = [], 0
    for end in _END.finditer(paragraph):
        said = paragraph[begin : end.start()]
        last = said.rsplit(None, 1)[-1].lower().lstrip("(\"”'") if said.strip() else ""
        if end.group().startswith(".") and (last in _SHORT or (len(last) == 1 and last.isalpha())):
            continue
        found.append(paragraph[begin : end.end()].strip())
        begin = end.end()
    rest = paragraph[begin:].strip()
    return [one for one in [*found, rest] if words(one)]


def words(text: str) -> list[str]:
    """The words of a text; a number is one."""
    return _WORD.findall(text)


def lix(said: Sequence[str]) -> int | None:
    """Readability of sentences: words per sentence, plus per cent of words longer than six letters.

    None without words. Under 30 very easy, 40 as a newspaper, 50 as an authority writes, above 60 very hard. A heading
    or a list item counts as a sentence. Björnsson (1968), Läsbarhet.
    """
    every = [word for sentence in said for word in words(sentence)]
    if not every:
        return None
    long = sum(len(word) > _LONG for word in every)
    return round(len(every) / len(said) + 100 * long / len(every))


def _plain(text: str) -> str:
    text = _FIGURE.sub("0", _LINK.sub(r"\1", text))
    text = _SIGNS.sub("", _ADDRESS.sub(" ", text).replace("|", ". "))
    flat = " ".join(text.split())
    return flat if words(flat) else ""
