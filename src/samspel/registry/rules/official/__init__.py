"""Official files as they are: recognised by content, read to cleaned rows, every fault told as data. No Django here.

`read` takes one file, `read_many` several and zip files of them; both give `ReadFile`. Nothing in a file makes them
raise. Personal data (principals' names, mail, phone) are dropped while reading and stand in no object or fault.
"""

from samspel.registry.rules.official.archives import ArchiveRefused, open_archive, received
from samspel.registry.rules.official.catalogue import IndicatorDefinition, indicators
from samspel.registry.rules.official.faults import EXPECTED, FAULT_SENTENCES, PLACES, Fault
from samspel.registry.rules.official.headings import federation_key
from samspel.registry.rules.official.reading import read, read_many
from samspel.registry.rules.official.results import (
    Kind,
    Known,
    Municipality,
    Offering,
    Organizer,
    ReadFile,
    SchoolUnit,
    Value,
)

INDICATORS = indicators()

__all__ = [
    "EXPECTED",
    "FAULT_SENTENCES",
    "INDICATORS",
    "PLACES",
    "ArchiveRefused",
    "Fault",
    "IndicatorDefinition",
    "Kind",
    "Known",
    "Municipality",
    "Offering",
    "Organizer",
    "ReadFile",
    "SchoolUnit",
    "Value",
    "federation_key",
    "indicators",
    "open_archive",
    "read",
    "read_many",
    "received",
]
