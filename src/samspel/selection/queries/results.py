"""The result of a frozen round, recomputed from its frozen bytes, and kept in memory while pages ask about it."""

from __future__ import annotations

import json
from functools import lru_cache

from samspel.selection.models import DrawSeed, Round
from samspel.selection.rules.result import Result, resolve
from samspel.selection.rules.snapshot import Snapshot, from_document


def snapshot_of(round: Round) -> Snapshot:
    """What was frozen. ValueError before the freeze."""
    if round.snapshot is None:
        raise ValueError("not frozen")
    return from_document(json.loads(bytes(round.snapshot)))


def seed_of(round: Round) -> bytes | None:
    """The seed of a frozen round; None before the freeze, where nothing is drawn by lot, or none was kept."""
    if round.frozen_at is None:
        return None
    seed = DrawSeed.objects.filter(round=round).values_list("seed", flat=True).first()
    return None if seed is None else bytes(seed)


def result_of(round: Round) -> Result:
    """Frame, ranking and pairs of a frozen round, with the draw once it is drawn. For those who may see the figures."""
    seed = seed_of(round) if round.drawn_at is not None else None
    return _resolved(round.digest, bytes(round.snapshot or b""), seed)


@lru_cache(maxsize=8)
def _resolved(digest: str, frozen: bytes, seed: bytes | None) -> Result:
    # The digest comes first so that rounds are told apart before their bytes are compared.
    return resolve(from_document(json.loads(frozen)), seed)
