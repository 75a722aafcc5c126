"""The question types that come with the engine. Higher floors hand down more by name (`forms.queries.handed`)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Type(StrEnum):
    """What kind of answer a question takes, and how it is kept (JSON).

    short_text, long_text: text; number: decimal digits with a point ("12.5"); money: whole öre; date: "2026-11-22";
    term: "HT2026"; one_of: the option's key; several_of: keys in the definition's order; scale: whole number;
    file: the key of a kept file; rows: cells, each kept by itself; registry_value: a code; school_unit: a school unit's
    code; indicator_series: {"indicator", "as_of", "values": [{"period", "text", "mark"}]} as it stood when fetched.
    """

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    TERM = "term"
    ONE_OF = "one_of"
    SEVERAL_OF = "several_of"
    SCALE = "scale"
    FILE = "file"
    ROWS = "rows"
    REGISTRY_VALUE = "registry_value"
    SCHOOL_UNIT = "school_unit"
    INDICATOR_SERIES = "indicator_series"


SHIPPED_TYPES: Final = frozenset(Type)
CHOICES: Final = frozenset({Type.ONE_OF, Type.SEVERAL_OF})
# What a column of a table may be: all that stands in one cell.
COLUMN_TYPES: Final = frozenset(
    {
        Type.SHORT_TEXT,
        Type.LONG_TEXT,
        Type.NUMBER,
        Type.MONEY,
        Type.DATE,
        Type.TERM,
        Type.ONE_OF,
        Type.SCALE,
        Type.REGISTRY_VALUE,
        Type.SCHOOL_UNIT,
    }
)
# Who may write or submit: the roles of the registry, by code (a test holds the two alike).
ROLES: Final = frozenset(
    {
        "coordinator",
        "chief_education_officer",
        "principal",
        "board_chair",
        "authorized_signatory",
        "development_lead",
        "education_officer",
        "process_supporter",
        "decision_maker",
        "payments_officer",
        "registrar",
        "evaluator",
        "editor",
        "event_coordinator",
        "administrator",
        "network_leader",
        "process_leader",
    }
)
