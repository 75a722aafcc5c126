"""Which mail server, and how fast bulk mail may go to each receiving domain."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from samspel.config.refused import Refused
from samspel.post.rules import paces

SERVER = "smtp://localhost:25"
# Ten a second to one domain: gentle to a small mail server, and 10 000 mails to many domains are not slowed by it.
RATES = "*=600/m"


def mail_settings(environ: Mapping[str, str]) -> dict[str, object]:
    """SAMSPEL_EMAIL_URL in Django's names: smtp://user:password@host:port, smtps for TLS from the start, and
    ?starttls=1 for TLS after the greeting.
    """
    parts = urlsplit(environ.get("SAMSPEL_EMAIL_URL", SERVER))
    return {
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": "starttls=1" in parts.query,
    }


def mail_rates(environ: Mapping[str, str]) -> str:
    """SAMSPEL_MAIL_RATES, as `*=600/m,outlook.com=30/m`. Raises Refused if it cannot be read."""
    stated = environ.get("SAMSPEL_MAIL_RATES", RATES)
    try:
        paces.parse(stated)
    except paces.RatesUnreadable as error:
        raise Refused(f"SAMSPEL_MAIL_RATES: {error} is no rate. Write *=600/m,outlook.com=30/m.") from error
    return stated
