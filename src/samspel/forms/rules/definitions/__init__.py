"""A form definition as data: read from a mapping (TOML or JSON), with every fault found, and written back the same."""

from samspel.forms.rules.definitions.asking import tests_of
from samspel.forms.rules.definitions.faults import DefinitionRefused, Fault
from samspel.forms.rules.definitions.parts import (
    Column,
    Condition,
    Definition,
    Limits,
    Option,
    PersonalData,
    Question,
    Section,
    Text,
)
from samspel.forms.rules.definitions.reading import FORMAT, faults_of, read
from samspel.forms.rules.definitions.types import CHOICES, COLUMN_TYPES, SHIPPED_TYPES, Type
from samspel.forms.rules.definitions.writing import as_data, digest_of

__all__ = [
    "CHOICES",
    "COLUMN_TYPES",
    "FORMAT",
    "SHIPPED_TYPES",
    "Column",
    "Condition",
    "Definition",
    "DefinitionRefused",
    "Fault",
    "Limits",
    "Option",
    "PersonalData",
    "Question",
    "Section",
    "Text",
    "Type",
    "as_data",
    "digest_of",
    "faults_of",
    "read",
    "tests_of",
]
