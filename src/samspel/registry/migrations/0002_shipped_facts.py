"""The 21 counties, the 290 municipalities, their organizers and the federations we are sure of, from facts/*.csv."""

import csv
from pathlib import Path

from django.db import migrations

from samspel.kernel.values.sorting import search_key, sort_key

FACTS = Path(__file__).resolve().parent.parent / "facts"
FOREIGN_KEYS = {"county": "county_id", "municipality": "municipality_id"}


def _rows(name):
    """Rows of a facts file as model fields: empty is None, references by their code."""
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return [
            {FOREIGN_KEYS.get(key, key): value or None for key, value in row.items()} for row in csv.DictReader(file)
        ]


def load(apps, schema_editor):
    """Places first, then who is responsible for education in them."""
    county, municipality, organizer, member = (
        apps.get_model("registry", name) for name in ("County", "Municipality", "Organizer", "OrganizerMember")
    )
    county.objects.bulk_create(county(**row, sort_key=sort_key(row["name"])) for row in _rows("counties.csv"))
    municipality.objects.bulk_create(
        municipality(**row, sort_key=sort_key(row["name"]), search_key=search_key(row["name"]))
        for row in _rows("municipalities.csv")
    )
    organizers = organizer.objects.bulk_create(
        organizer(**row, sort_key=sort_key(row["name"]), search_key=search_key(row["name"]))
        for row in _rows("organizers.csv")
    )
    by_number = {made.organization_number: made for made in organizers}
    member.objects.bulk_create(
        member(
            organizer=by_number[row["organization_number"]],
            municipality_id=row["municipality_id"],
            source=row["source"],
        )
        for row in _rows("members.csv")
    )


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
