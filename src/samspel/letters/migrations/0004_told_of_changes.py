"""Of a change of a key date it is kept whether those concerned are to be told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more column."""

    dependencies = [("letters", "0003_reminder_rules")]

    operations = [
        migrations.AddField(model_name="keydatechange", name="is_told", field=models.BooleanField(default=True)),
    ]
