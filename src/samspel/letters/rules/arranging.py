"""Blocks and signers of a letter are added, moved and taken away, in its data as a page sends them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from samspel.letters.rules.documents.parts import KINDS

DEEDS: Final = ("add", "up", "down", "remove", "add-signer", "remove-signer")


def arranged(data: Mapping[str, Any], deed: str, new_key: str) -> dict[str, Any]:
    """The letter's data after a deed: "add:<kind>:<key to stand after>", "up:<key>", "down:<key>", "remove:<key>",
    "add-signer", "remove-signer:<place>". A deed that is none, or about what is not there, changes nothing.
    """
    name, _, about = deed.partition(":")
    blocks, signers = list(data.get("blocks", [])), list(data.get("signers", []))
    if name == "add":
        kind, _, after = about.partition(":")
        blocks = _added(blocks, kind, after, new_key)
    elif name in ("up", "down"):
        blocks = _moved(blocks, about, -1 if name == "up" else 1)
    elif name == "remove":
        blocks = [block for block in blocks if block["key"] != about]
    elif name == "add-signer":
        signers = [*signers, {"name": "", "title": {"sv": "", "en": ""}}]
    elif name == "remove-signer":
        signers = [one for place, one in enumerate(signers) if str(place) != about]
    return {**data, "blocks": blocks, "signers": signers}


def _added(blocks: list[Any], kind: str, after: str, new_key: str) -> list[Any]:
    if kind not in KINDS:
        return blocks
    places = [place for place, block in enumerate(blocks) if block["key"] == after]
    place = places[0] + 1 if places else (len(blocks) if not after else 0)
    empty = {"sv": "", "en": ""}
    new = {"key": new_key, "kind": kind, "words": dict(empty), "caption": dict(empty), "ref": ""}
    return [*blocks[:place], new, *blocks[place:]]


def _moved(blocks: list[Any], key: str, step: int) -> list[Any]:
    places = [place for place, block in enumerate(blocks) if block["key"] == key]
    if not places or not 0 <= places[0] + step < len(blocks):
        return blocks
    place = places[0]
    blocks[place], blocks[place + step] = blocks[place + step], blocks[place]
    return blocks
