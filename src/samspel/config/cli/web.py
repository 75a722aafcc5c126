"""`samspel web`."""

import os

import click

from samspel.config.cli.options import host_option, port_option


@click.command("web")
@host_option
@port_option
def command(host: str, port: int) -> None:
    """Run the web server alone; its database must be up (with DATABASE_URL, or under `samspel run`)."""
    from samspel.config.home import Home
    from samspel.config.supervisor import ports
    from samspel.config.supervisor.run import Wish, refuse_mistaken
    from samspel.config.web import serve

    home = Home.of()
    refuse_mistaken(home, Wish(home.is_demo, host, port), os.environ)
    ports.refuse_taken(host, port)
    serve(host, port)
