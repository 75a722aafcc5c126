"""Options that several commands share."""

import click

host_option = click.option(
    "--host",
    envvar="SAMSPEL_HOST",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on. Put a proxy that speaks HTTPS in front before you open it to others.",
)
port_option = click.option(
    "--port", envvar="PORT", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port, also as PORT."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")
