"""`samspel where`."""

import json
import os

import click

from samspel.config.cli.options import json_option


@click.command("where")
@json_option
def command(as_json: bool) -> None:
    """Say where everything is written, and whose it is."""
    from samspel.config.home import Home

    places = _places(Home.of())
    if as_json:
        click.echo(json.dumps(places, ensure_ascii=False, indent=1))
        return
    width = max(map(len, places))
    for what, where in places.items():
        click.echo(f"{what:<{width}}  {where}")


def _places(home) -> dict[str, str]:  # type: ignore[no-untyped-def]
    from samspel.config import embedded
    from samspel.config.database import from_url

    places = {"home": str(home.path), "kind": "demo" if home.is_demo else "real"}
    if address := os.environ.get("DATABASE_URL"):
        settings = from_url(address)
        places["database"] = f"{settings['NAME']} at {settings['HOST'] or 'this machine'} (DATABASE_URL)"
    else:
        places |= {what: str(where) for what, where in embedded.places(home).items()}
        places["log"] = str(home.logs)
    return places | {"files": str(home.files), "static": str(home.static), "secret key": str(home.path / "secret_key")}
