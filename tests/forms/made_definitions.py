"""Definitions made up by hypothesis, as plain data that can be read: every type, limits, conditions, tables."""

from hypothesis import strategies as st

from samspel.forms.rules.definitions import COLUMN_TYPES, SHIPPED_TYPES, Type

words = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=("C", "Z")), min_size=1, max_size=20
)
texts = st.fixed_dictionaries({"sv": words}, optional={"en": words})
OF_KINDS = ["organizer", "municipality", "county", "university"]


@st.composite
def parts(draw, key, types):
    """A question or column without what only questions have."""
    type_ = draw(st.sampled_from(sorted(types)))
    found = {"key": key, "type": str(type_), "label": draw(texts)}
    if draw(st.booleans()):
        found["help"] = draw(texts)
    if draw(st.booleans()):
        found["is_required"] = True
    return found | draw(_OF_TYPE.get(type_, st.just({})))


@st.composite
def _options(draw, least):
    count = draw(st.integers(least, 5))
    return {"options": [{"key": f"o{n}", "label": draw(texts)} for n in range(count)]}


@st.composite
def _bounds(draw, numbers, written=str):
    low, high = sorted([draw(numbers), draw(numbers)])
    given_bounds = {"least": written(low), "most": written(high)}
    return {name: value for name, value in given_bounds.items() if draw(st.booleans())}


@st.composite
def _scale(draw):
    least = draw(st.integers(-3, 3))
    return {"least": least, "most": least + draw(st.integers(1, 9))}


_TEXTS = st.fixed_dictionaries(
    {},
    optional={
        "max_words": st.integers(1, 500),
        "max_characters": st.integers(1, 5000),
        "pdf_lines": st.integers(1, 40),
    },
)
_COLUMN_TEXTS = st.fixed_dictionaries({}, optional={"max_words": st.integers(1, 500)})
_NUMBERS = st.tuples(
    _bounds(st.decimals(-1000, 1000, places=2)),
    st.fixed_dictionaries({}, optional={"decimals": st.integers(0, 6), "unit": texts}),
).map(lambda pair: pair[0] | pair[1])
_OF_TYPE = {
    Type.SHORT_TEXT: _COLUMN_TEXTS,
    Type.LONG_TEXT: _COLUMN_TEXTS,
    Type.NUMBER: _NUMBERS,
    Type.MONEY: _bounds(st.integers(-(10**9), 10**9)),
    Type.DATE: _bounds(st.dates(), lambda day: day.isoformat()),
    Type.ONE_OF: _options(2),
    Type.SEVERAL_OF: _options(1),
    Type.SCALE: _scale(),
    Type.REGISTRY_VALUE: st.sampled_from(OF_KINDS).map(lambda kind: {"of": kind}),
    Type.INDICATOR_SERIES: st.just({"indicator": "merit_value_17"}),
}
# A table in a column has no meaning, and a choice in one needs its options: both are kept from columns here by type.
_COLUMNS = COLUMN_TYPES


@st.composite
def columns(draw):
    count = draw(st.integers(1, 4))
    found = [draw(parts(f"c{n}", _COLUMNS)) for n in range(count)]
    for column in found:
        if column["type"] in (Type.NUMBER, Type.MONEY) and draw(st.booleans()):
            column["has_sum"] = True
        if draw(st.booleans()):
            column["width"] = draw(st.integers(1, 12))
    return found


@st.composite
def questions(draw, key, before):
    """A question whose condition, if it has one, asks of a question before it."""
    found = draw(parts(key, SHIPPED_TYPES))
    if found["type"] == Type.ROWS:
        found["columns"] = draw(columns())
        found |= draw(
            st.fixed_dictionaries({}, optional={"least_rows": st.integers(0, 3), "pdf_rows": st.integers(1, 60)})
        )
    if found["type"] == Type.LONG_TEXT:
        found |= draw(_TEXTS)
    if found["type"] == Type.SCALE and draw(st.booleans()):
        found |= {"low": draw(texts), "high": draw(texts)}
    if draw(st.booleans()):
        found |= {"prefill": "organizer.name", "is_fixed": draw(st.booleans())}
    for name in ("asked_when", "required_when"):
        if before and draw(st.booleans()):
            found[name] = draw(conditions(before))
    return found


@st.composite
def leaves(draw, before):
    asked = draw(st.sampled_from(before))
    return {"question": asked["key"]} | draw(
        _TESTS.get(asked["type"], lambda _asked: st.just({"is_answered": True}))(asked)
    )


def conditions(before):
    """Leaves, and what is built of them."""
    return st.recursive(
        leaves(before),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda found: {"all": found}),
            st.lists(inner, min_size=1, max_size=3).map(lambda found: {"any": found}),
        ),
        max_leaves=4,
    )


def _of_options(name):
    return lambda asked: st.sampled_from([option["key"] for option in asked["options"]]).map(lambda key: {name: key})


_TESTS = {
    Type.ONE_OF: _of_options("is"),
    Type.SEVERAL_OF: _of_options("has"),
    Type.NUMBER: lambda _asked: st.sampled_from([{"at_least": 3}, {"at_most": "2.5"}]),
    Type.MONEY: lambda _asked: st.just({"at_least": 100}),
    Type.SCALE: lambda asked: st.just({"is": asked["least"]}),
    Type.TERM: lambda _asked: st.just({"is_not": "HT2026"}),
}


@st.composite
def definitions(draw):
    """A whole definition as plain data."""
    sections, before = [], []
    for number in range(draw(st.integers(1, 3))):
        section = {"key": f"s{number}", "title": draw(texts), "questions": []}
        if before and draw(st.booleans()):
            section["asked_when"] = draw(conditions(list(before)))
        earlier = list(before)
        for place in range(draw(st.integers(1, 3))):
            question = draw(questions(f"q{number}_{place}", list(earlier)))
            section["questions"].append(question)
            earlier.append(question)
        before = earlier
        sections.append(section)
    found = {"format": "samspel.form/1", "slug": "made-up", "name": draw(texts), "sections": sections}
    optional = {
        "purpose": texts,
        "subject": st.sampled_from(["", "organizer", "school_unit", "preschool_unit", "university", "person"]),
        "writers": st.lists(st.sampled_from(["coordinator", "principal"]), unique=True),
        "submitters": st.just(["coordinator"]),
        "is_private": st.booleans(),
        "personal_data": st.builds(
            lambda purpose, months: {"purpose": purpose, "keep_months": months}, texts, st.integers(0, 99)
        ),
    }
    return found | draw(st.fixed_dictionaries({}, optional=optional))
