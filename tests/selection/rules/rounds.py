"""Small rounds to try the rules on, and strategies that make more of them. No organizer here exists."""

from decimal import Decimal

from hypothesis import strategies as st

from samspel.selection.rules.draw import commitment
from samspel.selection.rules.settings import RoundRules, from_document
from samspel.selection.rules.snapshot import Snapshot, freeze
from samspel.selection.rules.subjects import Observation, Source, Subject

SEED = bytes(range(32))
FILE = "ab" * 32


def criterion(key="newly_arrived", **changes):
    return {
        "key": key,
        "indicator": f"indicator-{key}",
        "direction": "higher_is_greater_need",
        "transform": "z_score",
        "weight": "1",
        "missing": "refuse",
        **changes,
    }


def rules_document(*criteria, choice=None, strata=None, federations="own_row_only", **frame):
    return {
        "federations": federations,
        "frame": {"organizer_types": ["municipality", "municipal_federation"], **frame},
        "criteria": list(criteria) or [criterion()],
        "strata": strata or {},
        "choice": choice or {"mode": "pairs", "pairs": 2, "further_pairs": 1},
    }


def rules(*criteria, **changes) -> RoundRules:
    return from_document(rules_document(*criteria, **changes))


def greatest_need(offers=2, reserves=1):
    return {"mode": "greatest_need", "offers": offers, "reserves": reserves}


def pairs(count=2, further=0):
    return {"mode": "pairs", "pairs": count, "further_pairs": further}


def number(place: int) -> str:
    return f"{2120000000 + place}"


def observation(value, row=1) -> Observation:
    if value is None:
        return Observation(None, "suppressed", "2023/24", "indicator", (Source(FILE, row),))
    return Observation(Decimal(value), "exact", "2023/24", "indicator", (Source(FILE, row),))


def subject(place, *, name=None, kind="municipality", **changes) -> Subject:
    """A subject numbered by its place; every further name that is not a field of Subject is a figure."""
    fields = set(Subject.__dataclass_fields__)
    values = {key: observation(value, place) for key, value in changes.items() if key not in fields}
    own = {key: value for key, value in changes.items() if key in fields}
    return Subject(number(place), name or f"Organizer {place}", kind, **{"values": values, **own})


def subjects(*figures, key="newly_arrived"):
    """Subjects 1, 2, … with one figure each."""
    return [subject(place, **{key: figure}) for place, figure in enumerate(figures, start=1)]


def frozen(rules_: RoundRules, subjects_) -> Snapshot:
    is_by_lot = rules_.choice.mode == "pairs"
    return freeze("ri-test", rules_, subjects_, commitment(SEED) if is_by_lot else "")


TRANSFORMS = st.sampled_from(["z_score", "percentile_rank", "min_max"])
FIGURES = st.decimals(min_value=-1000, max_value=1000, places=2)
WEIGHTS = st.decimals(min_value=0, max_value=10, places=3).map(lambda weight: format(weight.normalize(), "f"))


@st.composite
def criteria_documents(draw, least=1, most=4):
    count = draw(st.integers(least, most))
    documents = [
        criterion(
            f"criterion_{place}",
            transform=draw(TRANSFORMS),
            direction=draw(st.sampled_from(["higher_is_greater_need", "lower_is_greater_need"])),
            weight=draw(WEIGHTS),
            missing=draw(st.sampled_from(["exclude_subject", "median", "median_of_stratum"])),
        )
        for place in range(count)
    ]
    # At least one criterion has to count.
    documents[0]["weight"] = "1.5"
    documents[0]["missing"] = "median"
    return documents


@st.composite
def rounds(draw, choice=None, least=1, most=24):
    """Rules and subjects that belong together: (RoundRules, list of Subject)."""
    documents = draw(criteria_documents())
    choice = choice or draw(
        st.one_of(
            st.builds(greatest_need, st.integers(1, 5), st.integers(0, 5)),
            st.builds(pairs, st.integers(1, 5), st.integers(0, 3)),
        )
    )
    by = draw(st.lists(st.sampled_from(["county", "size_class", "organizer_type"]), unique=True))
    strata = {"by": by, "bounds": [15000, 50000] if "size_class" in by else []}
    figures = st.one_of(FIGURES, st.sampled_from([Decimal("12.5"), Decimal(30)]), st.none())
    places = draw(st.lists(st.integers(1, 999), min_size=least, max_size=most, unique=True))
    found = [
        subject(
            place,
            county=draw(st.sampled_from(["01", "14", "25"])),
            population=draw(st.sampled_from([None, 9000, 15000, 40000, 90000])),
            # The first have all figures, so that the frame is never empty.
            **{document["key"]: draw(FIGURES if nth < least else figures) for document in documents},
        )
        for nth, place in enumerate(places)
    ]
    return rules(*documents, choice=choice, strata=strata), found
