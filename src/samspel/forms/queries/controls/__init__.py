"""Questions as controls on a page: to write in, to preview, to read."""

from samspel.forms.queries.controls.building import controls_of
from samspel.forms.queries.controls.choices import RegistryChoices, meant
from samspel.forms.queries.controls.choosing import lists_of
from samspel.forms.queries.controls.parts import Around, Aside, Choice, Control, KeptFile, Row, Rows, Words, id_of

__all__ = [
    "Around",
    "Aside",
    "Choice",
    "Control",
    "KeptFile",
    "RegistryChoices",
    "Row",
    "Rows",
    "Words",
    "controls_of",
    "id_of",
    "lists_of",
    "meant",
]
