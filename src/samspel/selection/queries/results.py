"""The result of a frozen round, recomputed from its frozen bytes, and kept in memory while pages ask about it."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from samspel.selection.models import DrawSeed, Round
from samspel.selection.rules import verification
from samspel.selection.rules.result import Result, resolve
from samspel.selection.rules.snapshot import Snapshot, from_document
from samspel.selection.rules.verification import Difference


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
    return _drawn(round.pk, round.digest, round.result_digest) if round.drawn_at is not None else frozen_result(round)


def frozen_result(round: Round) -> Result:
    """Frame, ranking and pairs of a frozen round, without the draw: what counts and sources are taken from."""
    return _frozen(round.pk, round.digest)


def verify(round: Round) -> list[Difference]:
    """Recompute a drawn round from what the database holds now; every place where the record says otherwise.

    ValueError before the draw. Raises Refused when what was frozen cannot be read or the seed is not the promised one.
    """
    kept = Round.objects.only("snapshot", "digest", "result", "result_digest", "commitment", "frozen_at").get(
        pk=round.pk
    )
    if kept.result is None:
        raise ValueError("not drawn")
    document, recorded = json.loads(bytes(kept.snapshot)), json.loads(bytes(kept.result))
    found = verification.verify(document, seed_of(kept), recorded, kept.digest)
    stored = hashlib.sha256(bytes(kept.result)).hexdigest()
    if stored != kept.result_digest:
        found.append(Difference("result_digest", stored, kept.result_digest))
    if document["commitment"] != kept.commitment:
        found.append(Difference("commitment", document["commitment"], kept.commitment))
    return found


# Digests say what the bytes are, so the bytes are read only when they are not at hand.
@lru_cache(maxsize=8)
def _frozen(pk: int, digest: str) -> Result:
    return resolve(snapshot_of(Round.objects.only("snapshot").get(pk=pk)))


@lru_cache(maxsize=8)
def _drawn(pk: int, digest: str, result_digest: str) -> Result:
    round = Round.objects.only("snapshot", "frozen_at").get(pk=pk)
    return resolve(snapshot_of(round), seed_of(round))
