"""The pure rules of selection: from rules, data and a seed to a result that can be recomputed anywhere.

The way through:

- `settings.from_document(document)` reads the rules of a round, `settings.problems_in(document)` says what is wrong;
- `snapshot.freeze(slug, rules, subjects, commitment)` makes what is frozen, with `.canonical_bytes()` and `.digest()`;
- `draw.new_seed()` and `draw.commitment(seed)` make the seed and its promise;
- `result.resolve(snapshot, seed=None)` frames, scores, ranks, pairs and draws; `Result.document()` is what is recorded;
- `explanation` tells why, `verification.verify` recomputes, `bundle` carries it all elsewhere.
"""
