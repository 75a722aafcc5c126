"""The table of the shared cache, as Django's createcachetable makes it: rate limits live there."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql=[
                """
                CREATE TABLE samspel_cache (
                    cache_key varchar(255) NOT NULL PRIMARY KEY,
                    value text NOT NULL,
                    expires timestamp with time zone NOT NULL
                )
                """,
                "CREATE INDEX samspel_cache_expires ON samspel_cache (expires)",
            ],
            reverse_sql="DROP TABLE samspel_cache",
        )
    ]
