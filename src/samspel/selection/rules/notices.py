"""What a reader of a result must be told beside it, as codes and facts; the pages put it into words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from samspel.selection.rules.result import Result


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to say. `criterion` is its key, or "" when it is about the whole round.

    `code`: stand_in (another indicator than the one wanted was used), no_figures, all_equal (it told nobody apart),
    filled_in (medians were put in), without_part (missing figures gave 0), several_periods, fewer_pairs,
    fewer_further_pairs, fewer_subjects (the frame is smaller than the choice reaches).
    """

    code: str
    criterion: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def notices(result: Result) -> list[Notice]:
    """Everything to be said of a result: by criterion first, in their order, then of the whole round."""
    return [*_of_criteria(result), *_of_choice(result)]


def _of_criteria(result: Result) -> Iterator[Notice]:
    scored = result.scored
    for criterion in scored.rules.criteria:
        observed = [subject.observation(criterion.key) for subject in scored.subjects]
        valued = [observation for observation in observed if observation.value is not None]
        indicators = sorted({observation.indicator for observation in valued if observation.stand_in})
        if indicators:
            wanted = {"indicator": criterion.indicator, "stand_in": ", ".join(indicators)}
            yield Notice("stand_in", criterion.key, wanted)
        if not valued:
            yield Notice("no_figures", criterion.key)
        elif scored.transforms[criterion.key].is_flat:
            yield Notice("all_equal", criterion.key)
        periods = sorted({observation.period for observation in valued})
        if len(periods) > 1:
            yield Notice("several_periods", criterion.key, {"periods": "; ".join(periods)})
        filled_in = len(scored.filled_in[criterion.key])
        if filled_in:
            yield Notice("filled_in", criterion.key, {"count": str(filled_in)})
        if without := len(observed) - len(valued) - filled_in:
            yield Notice("without_part", criterion.key, {"count": str(without)})


def _of_choice(result: Result) -> Iterator[Notice]:
    choice = result.scored.rules.choice
    if len(result.scored) < choice.further_limit:
        facts = {"subjects": str(len(result.scored)), "reaches": str(choice.further_limit)}
        yield Notice("fewer_subjects", facts=facts)
    further = sum(pair.is_further for pair in result.paired.pairs)
    main = len(result.paired.pairs) - further
    if main < choice.pairs:
        yield Notice("fewer_pairs", facts={"pairs": str(main), "stated": str(choice.pairs)})
    if further < choice.further_pairs:
        yield Notice("fewer_further_pairs", facts={"pairs": str(further), "stated": str(choice.further_pairs)})
