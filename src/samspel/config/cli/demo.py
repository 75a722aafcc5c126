"""`samspel demo`."""

import os
import subprocess
import sys

import click


@click.command("demo")
def command() -> None:
    """Fill an empty home with the demo, or bring a demo home up to this version.

    Adds what is missing and nothing twice. Refuses a home that is in use, and DATABASE_URL.
    """
    from samspel.config.home import Home
    from samspel.config.supervisor.borrow import database
    from samspel.config.supervisor.run import Wish, refuse_mistaken

    refuse_mistaken(Home.of(), Wish(True, "127.0.0.1", 0), os.environ)
    with database("demo"):
        done = subprocess.run([sys.executable, "-m", "samspel.config.prepare", "--demo"], check=False)
    sys.exit(done.returncode)
