"""`samspel run`."""

import os
import sys

import click

from samspel.config.cli.options import host_option, port_option


@click.command("run")
@click.option("--demo", "is_demo", is_flag=True, help="Run the demo: this machine only, everybody may log in.")
@host_option
@port_option
def command(is_demo: bool, host: str, port: int) -> None:
    """Run everything: database, web and job workers, until Ctrl-C.

    A home belongs to the demo or to real use, for good: the first start decides.
    """
    from samspel.config.home import Home
    from samspel.config.supervisor.run import Wish, run

    sys.exit(run(Home.of(), Wish(is_demo, host, port), os.environ))
