"""School forms and activities, by the name valid on a date.

Codes are the school-unit register's (CodeSchoolType); preschool, which has no code there, is FSK. The names of the
adapted forms changed on 2 July 2023 (SFS 2022:1315), and the adult form was renamed before that, on 1 July 2020
(SFS 2020:446). Documents keep the name of their own day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ADAPTED_FROM = date(2023, 7, 2)
ADULT_SPECIAL_FROM = date(2020, 7, 1)


@dataclass(frozen=True)
class SchoolForm:
    """A form or an activity: `names` are (first day valid, Swedish, English), oldest first."""

    code: str
    names: tuple[tuple[date, str, str], ...]

    def name_on(self, day: date, language: str = "sv") -> str:
        """Its name on a day; before its first known name, the first one."""
        valid = [name for name in self.names if name[0] <= day] or [self.names[0]]
        return valid[-1][1] if language == "sv" else valid[-1][2]


_ALWAYS = date.min


def _form(code: str, swedish: str, english: str, *later: tuple[date, str, str]) -> SchoolForm:
    return SchoolForm(code, ((_ALWAYS, swedish, english), *later))


SCHOOL_FORMS: dict[str, SchoolForm] = {
    form.code: form
    for form in (
        _form("FSK", "Förskola", "Preschool"),
        _form("FKLASS", "Förskoleklass", "Preschool class"),
        _form("FTH", "Fritidshem", "School-age educare"),
        _form("GR", "Grundskola", "Compulsory school"),
        _form(
            "GRAN",
            "Grundsärskola",
            "Compulsory school for pupils with learning disabilities",
            (ADAPTED_FROM, "Anpassad grundskola", "Adapted compulsory school"),
        ),
        _form("SP", "Specialskola", "Special school"),
        _form("SAM", "Sameskola", "Sami school"),
        _form("GY", "Gymnasieskola", "Upper secondary school"),
        _form(
            "GYAN",
            "Gymnasiesärskola",
            "Upper secondary school for pupils with learning disabilities",
            (ADAPTED_FROM, "Anpassad gymnasieskola", "Adapted upper secondary school"),
        ),
        _form("VUX", "Kommunal vuxenutbildning", "Municipal adult education"),
        _form(
            "VUXAN",
            "Särskild utbildning för vuxna",
            "Special education for adults",
            (
                ADULT_SPECIAL_FROM,
                "Kommunal vuxenutbildning som särskild utbildning",
                "Municipal adult education as special education",
            ),
            (
                ADAPTED_FROM,
                "Kommunal vuxenutbildning som anpassad utbildning",
                "Municipal adult education as adapted education",
            ),
        ),
        _form(
            "VUXSFI",
            "Kommunal vuxenutbildning i svenska för invandrare",
            "Municipal adult education in Swedish for immigrants",
        ),
    )
}


def names_on(codes: tuple[str, ...], day: date, language: str = "sv") -> list[str]:
    """The names of the forms on a day, in the order given. KeyError for an unknown code."""
    return [SCHOOL_FORMS[code].name_on(day, language) for code in codes]
