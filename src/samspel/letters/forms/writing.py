"""A letter as the page of writing sends it: read field by field into its data, whatever else was sent along."""

from __future__ import annotations

import re
from typing import Any, Final

from django.http import QueryDict

_KEY: Final = re.compile(r"[a-z0-9]{1,12}")
# So many are read; the letter itself says how many it can hold.
_MOST: Final = 200
LANGUAGES: Final = ("sv", "en")


def typed(post: QueryDict) -> dict[str, Any]:
    """The letter's data as they were typed (rules.documents reads them, and refuses what is too much)."""
    return {
        "format": "samspel.letter/1",
        "subject": _words(post, "subject"),
        "lead": _words(post, "lead"),
        "blocks": [_block(post, key) for key in dict.fromkeys(post.getlist("block")[:_MOST]) if _KEY.fullmatch(key)],
        "signers": [
            {"name": post.get(f"signer-{place}-name", ""), "title": _words(post, f"signer-{place}-title")}
            for place in range(_place(post.get("signers", "")))
        ],
        "contact": post.get("contact", ""),
    }


def revision(post: QueryDict) -> int:
    """The revision that the page was opened with; 0, which nobody has, if it says none."""
    return _place(post.get("revision", ""), most=2**31 - 1)


def without_empty_signers(data: dict[str, Any]) -> dict[str, Any]:
    """The data without rows for signers in which nothing was typed."""
    said = [one for one in data["signers"] if any([one["name"].strip(), *(w.strip() for w in one["title"].values())])]
    return {**data, "signers": said}


def _block(post: QueryDict, key: str) -> dict[str, Any]:
    return {
        "key": key,
        "kind": post.get(f"{key}-kind", ""),
        "words": _words(post, f"{key}-words"),
        "caption": _words(post, f"{key}-caption"),
        "ref": post.get(f"{key}-ref", ""),
        "is_for_passing_on": post.get(f"{key}-passing") == "on",
    }


def _words(post: QueryDict, name: str) -> dict[str, str]:
    return {language: post.get(f"{name}-{language}", "") for language in LANGUAGES}


def _place(said: str, most: int = _MOST) -> int:
    return min(int(said), most) if said.isascii() and said.isdigit() and len(said) < 11 else 0
