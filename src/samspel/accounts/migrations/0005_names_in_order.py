"""The keys of the names that were there before there were keys."""

from django.db import migrations

from samspel.kernel.values.sorting import search_key, sort_key


def fill(apps, schema_editor):
    person_model = apps.get_model("accounts", "Person")
    for person in person_model.objects.filter(sort_key="").only("name").iterator():
        person.sort_key, person.search_key = sort_key(person.name)[:420], search_key(person.name)[:420]
        person.save(update_fields=["sort_key", "search_key"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_people_in_order")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
