"""Reminders are found by mail, by day and by end; the rules that the system begins with."""

from django.db import migrations, models
from django.utils import timezone

# Kind of date (empty: every kind without a rule of its own) and days from it. Of tasks that end people are told a
# month and a week before already.
RULES = [("", -7), ("", -1), ("", 1), ("registry.ending", -1)]


def begin_with_rules(apps, schema_editor):
    ReminderRule = apps.get_model("letters", "ReminderRule")
    for source, days in RULES:
        ReminderRule.objects.get_or_create(source=source, days=days, defaults={"made_at": timezone.now()})


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0002_sent_back_and_stopped"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(
                condition=models.Q(("message_key__isnull", False)), fields=["message_key"], name="reminder_message"
            ),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", False)), fields=["state", "ended_at"], name="reminder_ended"
            ),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(fields=["due_on"], name="reminder_day"),
        ),
        migrations.RunPython(begin_with_rules, migrations.RunPython.noop, elidable=False),
    ]
