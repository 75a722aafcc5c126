"""The pure rules of selection: from rules, data and a seed to a result that can be recomputed anywhere.

The way through:

- `settings.from_document(document)` reads the rules of a round, `settings.problems_in(document)` says what is wrong;
- `observations` picks each figure (`indicator_of`, `periods_of`, `observe`, `of_federation`) for a `subjects.Subject`;
- `draw.new_seed()` and `draw.commitment(seed)` make the seed and its promise;
- `snapshot.freeze(slug, rules, subjects, commitment)` makes what is frozen, with `.canonical_bytes()` and `.digest()`;
- `result.resolve(snapshot, seed=None)` frames, scores, ranks, pairs and, with the seed, draws: `.offers()`,
  `.reserves()`, `.drawn`, `.paired.leftovers`, `.frame`, `.scored.ranking()`; `.document()` is what is recorded;
- `notices.notices(result)` is what has to be said beside it;
- `explanation.standing`, `.explain` and `.compare` tell why, `turning.turning_points` what would have changed it;
- `verification.verify(document, seed, recorded, digest)` recomputes; `bundle.pack` and `.unpack` carry it elsewhere.

Whatever is wrong with what somebody else wrote is raised as `problems.Refused`, with every `Problem` found.
"""
