"""The frame: who can be chosen, and for each of the others the reason why not."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from samspel.selection.rules.problems import Problem, Refused
from samspel.selection.rules.settings import FEDERATION, Exclusion, FrameRules, RoundRules
from samspel.selection.rules.subjects import Subject

# The first that holds is the reason given, so that the counts by reason add up to all who were considered.
REASONS = (
    "organizer_type",
    "federation_left_out",
    "school_form",
    "already_in",
    "excluded",
    "pupils_unknown",
    "too_few_pupils",
    "value_missing",
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One who is not in the frame. `detail` is the kind of an exclusion, the criterion of a missing value, or empty."""

    subject: Subject
    reason: str
    detail: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Who is in and who is not, each by organization number."""

    inside: tuple[Subject, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def considered(self) -> int:
        return len(self.inside) + len(self.left_out)

    def counts(self) -> dict[str, int]:
        """How many are left out for each reason, in the order of REASONS; reasons that took nobody are not there."""
        counted = Counter(out.reason for out in self.left_out)
        return {reason: counted[reason] for reason in REASONS if counted[reason]}

    def exclusions_by_kind(self) -> dict[str, int]:
        """How many were excluded one by one, by kind: what the public protocol shows."""
        return dict(sorted(Counter(out.detail for out in self.left_out if out.reason == "excluded").items()))


def draw_up(subjects: Iterable[Subject], rules: RoundRules) -> Frame:
    """The frame of a round.

    Raises Refused when an organization number stands twice, nobody is left, or a value is missing that a criterion
    refuses to go without.
    """
    considered = sorted(subjects, key=lambda subject: subject.organization_number)
    _refuse_repeated(considered)
    exclusions = {exclusion.organization_number: exclusion for exclusion in rules.frame.exclusions}
    inside: list[Subject] = []
    left_out: list[LeftOut] = []
    for subject in considered:
        out = _reason(subject, rules, exclusions)
        if out is None:
            inside.append(subject)
        else:
            left_out.append(out)
    if not inside:
        raise Refused([Problem("frame_is_empty", "frame", {"considered": str(len(considered))})])
    _refuse_missing(inside, rules)
    return Frame(tuple(inside), tuple(left_out))


def _reason(subject: Subject, rules: RoundRules, exclusions: Mapping[str, Exclusion]) -> LeftOut | None:
    frame = rules.frame
    if subject.organizer_type not in frame.organizer_types:
        return LeftOut(subject, "organizer_type", subject.organizer_type)
    if subject.organizer_type == FEDERATION and rules.federations == "leave_out":
        return LeftOut(subject, "federation_left_out")
    if frame.school_forms and not set(frame.school_forms) & set(subject.school_forms):
        return LeftOut(subject, "school_form")
    if entered := sorted(set(frame.not_already_in) & set(subject.already_in)):
        return LeftOut(subject, "already_in", entered[0])
    if exclusion := exclusions.get(subject.organization_number):
        return LeftOut(subject, "excluded", exclusion.kind, exclusion.reason)
    return _too_few(subject, frame) or _without_value(subject, rules)


def _too_few(subject: Subject, frame: FrameRules) -> LeftOut | None:
    if frame.least_pupils is None:
        return None
    if subject.pupils is None:
        return LeftOut(subject, "pupils_unknown")
    return LeftOut(subject, "too_few_pupils") if subject.pupils < frame.least_pupils else None


def _without_value(subject: Subject, rules: RoundRules) -> LeftOut | None:
    for criterion in rules.criteria:
        is_demanded = criterion.missing == "exclude_subject" and criterion.is_weighed
        if is_demanded and subject.observation(criterion.key).value is None:
            return LeftOut(subject, "value_missing", criterion.key)
    return None


def _refuse_repeated(subjects: list[Subject]) -> None:
    counted = Counter(subject.organization_number for subject in subjects)
    repeated = [number for number, times in counted.items() if times > 1]
    if repeated:
        raise Refused(Problem("repeated", "data", {"stood": number}) for number in repeated)


def _refuse_missing(inside: list[Subject], rules: RoundRules) -> None:
    problems = [
        Problem(
            "value_is_missing",
            f"data.{subject.organization_number}.{criterion.key}",
            {"name": subject.name, "indicator": criterion.indicator},
        )
        for criterion in rules.criteria
        if criterion.missing == "refuse" and criterion.is_weighed
        for subject in inside
        if subject.observation(criterion.key).value is None
    ]
    if problems:
        raise Refused(problems)
