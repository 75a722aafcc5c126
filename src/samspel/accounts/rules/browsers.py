"""Which browser and which system a browser says it is, in the names that people know them by."""

from __future__ import annotations

from typing import Final

# In this order: Edge and Opera say that they are Chrome, and Chrome says that it is Safari.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_of(user_agent: str) -> tuple[str, str]:
    """(browser, system) of a User-Agent header, "" for what is not known."""
    return _found(user_agent, _BROWSERS), _found(user_agent, _SYSTEMS)


def kept(user_agent: str) -> str:
    """All that is kept of the header: `Firefox|Windows`. No version, which would tell one person from another."""
    return "|".join(browser_of(user_agent))


def read(kept_words: str) -> tuple[str, str]:
    """What `kept` wrote, as (browser, system)."""
    browser, _, system = kept_words.partition("|")
    return browser, system


def _found(user_agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in known if mark in user_agent), "")
