"""What HTML holds, for tests: its tags with their attributes, and the words one reads."""

from __future__ import annotations

import re
from html.parser import HTMLParser

INLINE = {"a", "em", "strong"}
WORD = re.compile(r"[^\W\d_]+")
HARMFUL = '<script>alert(1)</script><img src=x onerror=alert(2)>"\'><a href="javascript:alert(3)">x</a>{% debug %}'


class Markup(HTMLParser):
    """HTML taken apart."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.words += "" if tag in INLINE else " "

    def handle_endtag(self, tag):
        self.words += "" if tag in INLINE else " "

    def handle_data(self, data):
        self.words += data

    @property
    def names(self) -> set[str]:
        """Every tag."""
        return {tag for tag, _attributes in self.tags}

    @property
    def attributes(self) -> set[str]:
        """Every attribute's name."""
        return {name for _tag, attributes in self.tags for name in attributes}

    def all_of(self, attribute: str) -> list[str]:
        """The values of an attribute, wherever it stands."""
        return [attributes[attribute] or "" for _tag, attributes in self.tags if attribute in attributes]


def words_of(text: str) -> set[str]:
    """The words of a text, each once."""
    return set(WORD.findall(text))
