"""Names of school forms on a day: several were renamed on 2 July 2023 (SFS 2022:1315). English message ids."""

from __future__ import annotations

from datetime import date

RENAMED_ON = date(2023, 7, 2)

NOW = {
    "FKLASS": "preschool class",
    "FTH": "school-age educare",
    "OPPFTH": "open leisure-time activities",
    "GR": "compulsory school",
    "GRAN": "adapted compulsory school",
    "SP": "special school",
    "SAM": "Sami school",
    "GY": "upper secondary school",
    "GYAN": "adapted upper secondary school",
    "VUX": "municipal adult education",
    "VUXGR": "municipal adult education, basic level",
    "VUXGY": "municipal adult education, upper secondary level",
    "VUXGRAN": "adult education as adapted education, basic level",
    "VUXGYAN": "adult education as adapted education, upper secondary level",
    "VUXAN": "adult education as adapted education",
    "VUXSFI": "Swedish for immigrants",
}
BEFORE = {
    "GRAN": "compulsory school for pupils with intellectual disabilities",
    "GYAN": "upper secondary school for pupils with intellectual disabilities",
    "VUXGRAN": "special adult education, basic level",
    "VUXGYAN": "special adult education, upper secondary level",
    "VUXAN": "special adult education",
}


def form_name(code: str, on: date) -> str:
    """The name of a school form (register code) valid on a day; the code itself when it is not known."""
    if on < RENAMED_ON and code in BEFORE:
        return BEFORE[code]
    return NOW.get(code, code)
