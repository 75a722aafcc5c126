"""`samspel worker`."""

import os

import click


@click.command("worker")
@click.argument("lane", type=click.Choice(["urgent", "bulk"]))
def command(lane: str) -> None:
    """Run a job worker for one LANE; its database must be up.

    urgent: somebody waits for it. bulk: nobody does. Run at least one of each.
    """
    from samspel.config.worker import work

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspel.config.settings")
    work(lane)
