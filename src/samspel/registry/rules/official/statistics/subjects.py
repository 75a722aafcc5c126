"""Whom a row of an export speaks of, and the units and organizers that an export by school unit brings with it."""

from __future__ import annotations

from samspel.registry.rules.official.gathering import Gathering
from samspel.registry.rules.official.headings import federation_key, fold, tidy
from samspel.registry.rules.official.results import Offering, Organizer, SchoolUnit
from samspel.registry.rules.official.statistics.layout import Table
from samspel.registry.rules.official.statistics.words import SLICES
from samspel.registry.rules.official.subjects import Refused, code_text, name_refused, organization, unit_refused
from samspel.registry.rules.official.tables import Row


class Subjects:
    """The subjects of one table's rows."""

    def __init__(self, table: Table, out: Gathering) -> None:
        self.table, self.out, self.sheet = table, out, table.sheet
        self.parts, self.named = table.parts, table.named()
        self.units: set[str] = {unit.code for unit in out.school_units}
        self.organizers: set[str] = {organizer.organization_number for organizer in out.organizers}

    def municipality(self, row: Row, number: int) -> tuple[str, str] | None:
        """Kind and code of a municipality's or a federation's row, or None: refused, or a federation not known."""
        parts = self.parts
        name, code = row[parts["name"]], row[parts["code"]]
        county = row[parts["county"]] if "county" in parts else None
        if self.table.report.federations and county is not None and not tidy(county):
            return self._federation(str(name), code_text(code), number)
        found, refused = self.out.towns.judge(code, name, county)
        if refused:
            self.out.refuse(refused, row=number, sheet=self.sheet.name, headings=self.named)
            return None
        return "municipality", found

    def _federation(self, name: str, code: str, number: int) -> tuple[str, str] | None:
        """A federation has no county, and a code that is no municipality's or none: it is known by its name."""
        if code and not (len(code) == 4 and code.startswith("3") and code.isascii() and code.isdigit()):
            refused = Refused("bad_county_code", "county_of_municipality", "county", "")
            self.out.refuse(refused, row=number, sheet=self.sheet.name, headings=self.named)
            return None
        number_of = self.out.known.federations.get(federation_key(name))
        if number_of is None:
            self.out.skipped["unknown_federation"] += 1
            return None
        return "organizer", number_of

    def unit(self, row: Row, number: int) -> tuple[str, str] | None:
        """Kind and code of a school unit's row, which brings the unit itself too; None with faults when refused."""
        parts = self.parts
        code, name = code_text(row[parts["unit"]]), tidy(row[parts["unit_name"]])
        town, town_refused = self.out.towns.judge(row[parts["code"]], row[parts["name"]])
        org, org_refused = organization(row[parts["organizer"]])
        refusals = [unit_refused(code), name_refused(name), town_refused, org_refused]
        if found := [refused for refused in refusals if refused]:
            named = {**self.named, "code": self.named["unit" if refusals[0] else "code"]}
            if refusals[1]:
                named["name"] = self.named["unit_name"]
            for refused in found:
                self.out.refuse(refused, row=number, sheet=self.sheet.name, headings=named)
            return None
        if code not in self.units:
            self.units.add(code)
            self._keep_unit(row, number, code, name, town, org)
        return "school_unit", code

    def _keep_unit(self, row: Row, number: int, code: str, name: str, town: str, org: str) -> None:
        offerings = (Offering("GR", (), (), None),)
        self.out.school_units.append(SchoolUnit(code, name, town, org, "", offerings, self.sheet.name, number))
        written = tidy(row[self.parts["organizer_name"]]) if "organizer_name" in self.parts else ""
        if org in self.organizers or name_refused(written):
            return
        self.organizers.add(org)
        part = SLICES.get(fold(row[self.parts["slice"]]), "") if "slice" in self.parts else ""
        kinds = {"private": "private", "state": "state", "region": "region", "municipal": _municipal_type(org)}
        if kind := kinds.get(part):
            self.out.organizers.append(Organizer(org, written, kind, "", (), self.sheet.name, number))


def _municipal_type(organization_number: str) -> str:
    """A municipality's number begins with 2120 (Gotland's too); other municipal organizers are federations."""
    return "municipality" if organization_number.startswith("2120") else "municipal_federation"
