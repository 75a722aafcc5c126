"""The series of diary numbers that come with the program."""

from django.db import migrations

SERIES = [
    (
        "ALM",
        "Allmänt: brev, samtal och frågor som inte hör till ett annat ärende",
        "General: letters, calls and questions of no other case",
    ),
    (
        "FUL",
        "Fullmakter för organisationers första administratör",
        "Authorizations of organizations' first administrators",
    ),
    ("SAM", "Samordnare för skolutveckling", "Coordinators of school development"),
    ("URV", "Urval av huvudmän till stödprogram", "Selection of organizers for support schemes"),
]


def ship(apps, schema_editor):
    """Add those that are not there."""
    series = apps.get_model("casefiles", "Series")
    for code, name, name_en in SERIES:
        series.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en})


class Migration(migrations.Migration):
    dependencies = [("casefiles", "0002_guards_and_remarks")]

    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
