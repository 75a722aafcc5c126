"""What an answer from an organization's own login means: by a table, and only as far as the answerer may speak.

Attributes of Skolfederation, SWAMID and Sweden Connect: their attribute profiles (DOMAIN 4.5). What the table does not
name is dropped; a personal number has no row in it, so that none is ever read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from samspel.accounts.rules.levels import READ
from samspel.kernel.values.identifiers import IdentifierRefused, parse_organization_number

# What a table of attributes can tell. The first attribute that has a value tells, and all of its values are read;
# of assurance, every attribute.
TOLD: Final = (
    "stable_id",
    "mail",
    "mail_verified",
    "name",
    "given_name",
    "surname",
    "organization_number",
    "school_unit",
    "scoped_affiliation",
    "organization_affiliation",
    "assurance",
)
# Who may speak for anybody: a national service, which checks the organizations itself.
ANYBODY: Final = "*"

# Why an answer is not enough.
NO_STABLE_ID: Final = "no_stable_id"
SCOPE: Final = "scope"
ORGANIZATION: Final = "organization"


@dataclass(frozen=True)
class Federation:
    """What is agreed with one answerer.

    mapping: one of TOLD to the names of attributes. levels: assurance value to a level (READ, SUBMIT, SIGN).
    speaks_for: the scopes (`kommunen.se`) and organization numbers it may speak for, or ANYBODY.
    organization_number: whose people they are when the answer does not say. is_mail_verified: whether a mail address
    in its answers is one that it has checked. is_agency: whether its people are the agency's own.
    """

    mapping: Mapping[str, tuple[str, ...]]
    levels: Mapping[str, int] = field(default_factory=dict)
    speaks_for: frozenset[str] = frozenset()
    organization_number: str = ""
    is_mail_verified: bool = False
    is_agency: bool = False


@dataclass(frozen=True)
class Told:
    """An answer, read: who, and where. Empty where nothing was told."""

    stable_id: str = ""
    mail: str = ""
    is_mail_verified: bool = False
    name: str = ""
    organization_numbers: tuple[str, ...] = ()
    school_units: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    level: int = READ
    is_agency: bool = False


def split_scope(value: str) -> tuple[str, str]:
    """`who@kommunen.se` as (`who`, `kommunen.se`), at the LAST "@"; ("value", "") without one."""
    who, at, scope = value.rpartition("@")
    return (who, scope.strip().lower()) if at else (value, "")


def read(answer: Mapping[str, Iterable[str]], agreed: Federation) -> Told:
    """An answer by the table. A stable id keeps its capitals; mail and scopes lose them."""
    values = {what: _values(answer, names) for what, names in agreed.mapping.items()}
    # How sure the login was is told in several places, of which the highest counts.
    values["assurance"] = tuple(one for name in agreed.mapping.get("assurance", ()) for one in answer.get(name, ()))
    scoped = [*values.get("scoped_affiliation", ()), *_if_scoped(values.get("stable_id", ()))]
    affiliated = [split_scope(value)[1] for value in values.get("organization_affiliation", ())]
    verified = _first(values, "mail_verified").lower() in {"true", "1"}
    return Told(
        stable_id=_first(values, "stable_id"),
        mail=_first(values, "mail").lower(),
        is_mail_verified=agreed.is_mail_verified or verified,
        name=_first(values, "name") or f"{_first(values, 'given_name')} {_first(values, 'surname')}".strip(),
        organization_numbers=_organizations([*values.get("organization_number", ()), *affiliated], agreed),
        school_units=tuple(dict.fromkeys(code for code in values.get("school_unit", ()) if _is_unit(code))),
        scopes=tuple(dict.fromkeys(scope for scope in (split_scope(value)[1] for value in scoped) if scope)),
        level=highest(values.get("assurance", ()), agreed.levels),
        is_agency=agreed.is_agency,
    )


def highest(assurances: Iterable[str], levels: Mapping[str, int]) -> int:
    """The highest level among several assurance values: who has al2 has al1 too, and both are told (SWAMID)."""
    return max([READ, *(levels[value] for value in assurances if value in levels)])


def refusal(told: Told, agreed: Federation) -> str:
    """Why an answer is not taken ("" if it is): NO_STABLE_ID, or it speaks for a SCOPE or ORGANIZATION not its own."""
    if not told.stable_id:
        return NO_STABLE_ID
    if ANYBODY in agreed.speaks_for:
        return ""
    if not agreed.speaks_for.issuperset(told.scopes):
        return SCOPE
    own = {*agreed.speaks_for, agreed.organization_number}
    return "" if own.issuperset(told.organization_numbers) else ORGANIZATION


def may_speak_for(organization_number: str, agreed: Federation) -> bool:
    """Whether the people of an organization may come by this answerer: a school-unit code leads to one, too."""
    return bool({ANYBODY, organization_number} & {*agreed.speaks_for, agreed.organization_number} - {""})


def _values(answer: Mapping[str, Iterable[str]], names: Iterable[str]) -> tuple[str, ...]:
    for name in names:
        if found := tuple(value.strip() for value in answer.get(name, ()) if value.strip()):
            return found
    return ()


def _first(values: Mapping[str, tuple[str, ...]], what: str) -> str:
    return next(iter(values.get(what, ())), "")


def _if_scoped(values: Iterable[str]) -> list[str]:
    return [value for value in values if "@" in value]


def _organizations(values: Iterable[str], agreed: Federation) -> tuple[str, ...]:
    told = [number for number in map(_organization, values) if number]
    return tuple(dict.fromkeys(told)) or tuple(filter(None, [agreed.organization_number]))


def _organization(value: str) -> str:
    try:
        return parse_organization_number(value)
    except IdentifierRefused:
        return ""


def _is_unit(code: str) -> bool:
    return len(code) == 8 and code.isascii() and code.isdigit()
