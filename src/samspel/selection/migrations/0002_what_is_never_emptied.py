"""Seeds and offers are not emptied in one stroke, as rankings and pairs are not."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("selection", "0001_initial"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="drawseed",
            trigger=pgtrigger.compiler.Trigger(
                name="seeds_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'what a round came to is kept';",
                    hash="9bfd65b4536da6c0507c7a3812f43bb9a361be17",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_seeds_never_emptied_51fd6",
                    table="selection_drawseed",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="offer",
            trigger=pgtrigger.compiler.Trigger(
                name="offers_never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'what a round came to is kept';",
                    hash="558cc889ae9168aa9143bc53218007e1e6d10b03",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_offers_never_emptied_065db",
                    table="selection_offer",
                    when="BEFORE",
                ),
            ),
        ),
    ]
