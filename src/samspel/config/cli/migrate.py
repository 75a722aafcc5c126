"""`samspel migrate`."""

import os

import click

from samspel.config.cli.program import with_program


@click.command("migrate")
@with_program("migrate")
def command() -> None:
    """Bring the database and the static files to this version."""
    from samspel.config import demo, migrating, prepared
    from samspel.config.database import database_settings
    from samspel.config.home import Home

    code = prepared.fingerprint()
    migrating.migrate(verbosity=1)
    migrating.collect_static()
    home = Home.of()
    if not home.is_demo:
        demo.refuse_real_use()
        # For a demo home nothing is noted: a newer version may bring more demo, and that is for `samspel demo`.
        prepared.note_prepared(home, code, is_demo=False, database=database_settings(os.environ))
