"""What the rules say as codes, put into sentences that a person can act on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from samspel.registry.rules.official.catalogue import indicators as known_indicators
from samspel.selection.models import RoundState
from samspel.selection.rules.problems import Problem

STATES: Mapping[str, Any] = dict(RoundState.choices)

# Facts of a problem stand in braces; one that is not there is shown as a dash.
SENTENCES: Mapping[str, Any] = {
    # The road.
    "step_not_here": gettext_lazy("The round is {state}, and this cannot be done then."),
    "evaluation_is_over": gettext_lazy("The day the evaluation closes has passed. Choose a later day."),
    "proposed_by_yourself": gettext_lazy("You proposed the round yourself. Another person has to confirm it."),
    "rules_changed_by_yourself": gettext_lazy(
        "You were the last to change the rules or the exclusions. Another person has to confirm the round."
    ),
    "reason_is_missing": gettext_lazy("A reason is needed."),
    "not_published": gettext_lazy("The round is not published yet."),
    "published_already": gettext_lazy("The round is published already."),
    "exercise_gives_nothing": gettext_lazy(
        "The round is an exercise: nobody is offered anything, so there is nothing to answer or to end."
    ),
    "nobody_is_left": gettext_lazy("Nobody is left to offer: the list is used up."),
    "no_place_is_free": gettext_lazy("No place is free: nobody has declined without a reserve having been offered it."),
    "no_moves_nobody_up": gettext_lazy(
        "The round is drawn in pairs: a no moves nobody up. The pair stays and is analysed as offered."
    ),
    "no_further_pairs": gettext_lazy("The round has a reserve list and no further pairs."),
    "not_frozen": gettext_lazy("The round is not frozen yet."),
    "not_drawn": gettext_lazy("The round is not drawn yet."),
    # Making, and taking out.
    "edition_is_open_to_all": gettext_lazy("The edition {edition} is open to all: nobody is selected to it."),
    "slug_is_taken": gettext_lazy("There is a round with the address {stood} already."),
    "excluded_already": gettext_lazy("{name} is taken out already."),
    "not_excluded": gettext_lazy("{name} has not been taken out."),
    # Offers.
    "day_outside": gettext_lazy("The day {stood} cannot be right: it is before the offer or in the future."),
    "support_has_ended": gettext_lazy("The support has ended ({stood})."),
    "never_accepted": gettext_lazy("The offer was never accepted, so there is no support to end."),
    # Rules.
    "no_weight": gettext_lazy("No criterion has a weight above zero, so there is nothing to rank by."),
    "not_a_weight": gettext_lazy("{stood} is no weight. Write a number from 0 to 1000 with at most six decimals."),
    "not_a_period": gettext_lazy("{stood} is no year. Write a school year as 2024/25 or a calendar year as 2024."),
    "not_a_choice": gettext_lazy("{stood} is not one of the choices: {expected}."),
    "not_a_key": gettext_lazy("{stood} is no key: letters, digits, and - _ . : /, beginning with a letter or digit."),
    "not_a_text": gettext_lazy("A text is missing or too long: {stood}."),
    "not_a_table": gettext_lazy("{stood} stands where a table is expected."),
    "not_a_list": gettext_lazy("{stood} stands where a list is expected."),
    "not_a_list_of_keys": gettext_lazy("{stood} stands where a list of keys is expected."),
    "not_a_list_of_whole_numbers": gettext_lazy("{stood} stands where whole numbers ({expected}) are expected."),
    "not_a_whole_number": gettext_lazy("{stood} stands where a whole number ({expected}) is expected."),
    "not_true_or_false": gettext_lazy("{stood} stands where true or false is expected."),
    "not_a_decimal": gettext_lazy("{stood} stands where a number with at most nine decimals is expected."),
    "not_an_organization_number": gettext_lazy("{stood} is no organization number of ten digits."),
    "not_a_digest": gettext_lazy("{stood} is no SHA-256 of 64 hexadecimal digits."),
    "wrong_number_of_items": gettext_lazy("There are {stood}, and there must be {expected}."),
    "repeated": gettext_lazy("{stood} stands more than once."),
    "not_rising": gettext_lazy("The bounds must rise: {stood}."),
    "size_class_needs_bounds": gettext_lazy("Size classes and their bounds go together: give both or neither."),
    "neutral_needs_z_score": gettext_lazy("A missing figure can count as the mean only with the z-score."),
    "stand_in_is_the_indicator": gettext_lazy("The stand-in is the same indicator: {stood}."),
    "bounds_out_of_order": gettext_lazy("The lowest possible figure is not below the highest: {stood}."),
    "unknown_key": gettext_lazy("{stood} is not known here. Known: {expected}."),
    # Figures.
    "frame_is_empty": gettext_lazy("Nobody is left in the frame, of {considered} considered."),
    "value_is_missing": gettext_lazy(
        "{name} has no figure of {indicator}. "
        "Import one, take the organizer out, or say what to do with missing figures."
    ),
    "nobody_has_a_figure": gettext_lazy(
        "Nobody has a figure of {indicator}. Import some, or choose another indicator."
    ),
    "too_few_subjects": gettext_lazy("The frame holds {inside}, and the round is to choose among {needed}."),
    "value_against_mark": gettext_lazy("The figure {stood} does not go with the mark {mark}."),
    "commitment_against_mode": gettext_lazy("A promise of a seed goes with a draw by lot, and only with it."),
    "seed_without_lot": gettext_lazy("There is a seed, and nothing is drawn by lot in this round."),
    "seed_not_promised": gettext_lazy("The seed is not the one whose SHA-256 was published: {expected}."),
    # Bundles.
    "not_a_zip": gettext_lazy("The file is no zip file that can be read: {stood}."),
    "wrong_files": gettext_lazy("The zip file holds {stood}, and should hold {expected}."),
    "too_large": gettext_lazy("The file is too large; at most {expected} bytes."),
    "not_json": gettext_lazy("The file is not JSON: {stood}."),
    "not_a_seed": gettext_lazy("{stood} is no seed."),
}

_PLACES: Mapping[str, Any] = {
    "choice": gettext_lazy("Choice"),
    "criteria": gettext_lazy("Criteria"),
    "data": gettext_lazy("Figures"),
    "edition": gettext_lazy("Edition"),
    "federations": gettext_lazy("Federations"),
    "frame": gettext_lazy("Frame"),
    "strata": gettext_lazy("Strata"),
    "evaluation_closes_on": gettext_lazy("The evaluation closes"),
    "bounds": gettext_lazy("bounds of the size classes"),
    "direction": gettext_lazy("direction"),
    "exclusions": gettext_lazy("exclusions"),
    "further_pairs": gettext_lazy("further pairs"),
    "indicator": gettext_lazy("indicator"),
    "key": gettext_lazy("key"),
    "kind": gettext_lazy("kind"),
    "least_pupils": gettext_lazy("least number of pupils"),
    "missing": gettext_lazy("missing figures"),
    "mode": gettext_lazy("how they are chosen"),
    "offers": gettext_lazy("number of offers"),
    "organizer_types": gettext_lazy("types of organizer"),
    "pairs": gettext_lazy("number of pairs"),
    "period": gettext_lazy("year"),
    "pupils_indicator": gettext_lazy("indicator of pupils"),
    "pupils_period": gettext_lazy("year of the pupils"),
    "reserves": gettext_lazy("length of the reserve list"),
    "rule": gettext_lazy("year"),
    "slice": gettext_lazy("whose schools"),
    "stand_in": gettext_lazy("stand-in"),
    "transform": pgettext_lazy("how figures are made comparable", "transform"),
    "weight": gettext_lazy("weight"),
    "year": gettext_lazy("year"),
    "years": gettext_lazy("number of years"),
}
# These name what they are about, so the place in the document says nothing more.
SAID_WHOLE = {"value_is_missing", "nobody_has_a_figure"}
# As many as a line can hold; the others are counted.
MOST_NAMES = 6
_ITEM = re.compile(r"(?P<name>[a-z_]+)\[(?P<place>\d+)\]")


def sentence_of(problem: Problem) -> Any:
    """A problem as a lazy sentence, with its place when it has one."""
    return _sentence(problem)


def sentences_of(problems: Iterable[Problem]) -> list[Any]:
    """Problems as lazy sentences, in their order; all who lack a figure of the same indicator share one sentence."""
    gathered: dict[Any, list[Problem]] = defaultdict(list)
    for place, problem in enumerate(problems):
        lacking = problem.facts.get("indicator") if problem.code == "value_is_missing" else None
        gathered[lacking or place].append(problem)
    return [sentence_of(alike[0]) if len(alike) == 1 else _together(alike) for alike in gathered.values()]


def code_and_sentence(problem: Problem) -> dict[str, str]:
    """A problem for a program and for its reader."""
    return {"code": problem.code, "where": problem.where, "sentence": str(sentence_of(problem))}


def _written(problem: Problem) -> str:
    facts = {**problem.facts}
    if "state" in facts:
        facts["state"] = str(STATES.get(facts["state"], facts["state"])).lower()
    if "indicator" in facts:
        facts["indicator"] = _named(facts["indicator"])
    template = str(SENTENCES.get(problem.code, problem.code))
    sentence = template.format_map(defaultdict(lambda: "–", facts))
    place = "" if problem.code in SAID_WHOLE else _place(problem.where)
    return f"{place}: {sentence}" if place else sentence


def _written_together(problems: list[Problem]) -> str:
    names = [problem.facts["name"] for problem in problems]
    shown, more = names[:MOST_NAMES], len(names) - MOST_NAMES
    if more > 0:
        shown.append(_("%(number)s more") % {"number": more})
    facts = {
        "count": len(names),
        "indicator": _named(problems[0].facts["indicator"]),
        "names": _(", ").join(shown[:-1]) + _(" and ") + shown[-1],
    }
    return (
        _(
            "%(count)s organizers have no figure of %(indicator)s: %(names)s. "
            "Import figures, take the organizers out, or say what to do with missing figures."
        )
        % facts
    )


def _named(indicator: str) -> str:
    known = known_indicators().get(indicator)
    if known is None:
        return indicator
    return f"“{known.name_en}”" if get_language() == "en" else f"”{known.name_sv}”"


def _place(where: str) -> str:
    """`criteria[2].weight` as “Criterion 3, weight”; nothing for a place that has no name on a page."""
    words = [_part(part) for part in where.split(".")]
    return ", ".join(word for word in words if word)


def _part(part: str) -> str:
    if found := _ITEM.fullmatch(part):
        number = int(found["place"]) + 1
        return _("Criterion %(number)s") % {"number": number} if found["name"] == "criteria" else ""
    return str(_PLACES.get(part, "" if part in ("", "reason", "slug", "response") else _number(part)))


def _number(part: str) -> str:
    return part if part.isdigit() or part.isidentifier() else ""


_sentence = lazy(_written, str)
_together = lazy(_written_together, str)
