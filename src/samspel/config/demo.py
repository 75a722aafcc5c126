"""The demo: fills and marks an empty home, brings a demo home up to this version, refuses any other."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import connection

from samspel.config.home import Home
from samspel.config.refused import Refused

SETTING = "samspel.demo"
# What the system itself leaves in the audit of a home that nobody has used.
DONE_BY_MIGRATING = ["schemes.edition.loaded", "forms.version.loaded", "forms.definition.used"]


def mark() -> None:
    """Make this home and its database a demo's, for good. Raises Refused if anything real was done in it."""
    home = Home.of()
    if home.is_demo:
        return
    if _has_been_used() and not _database_is_marked():
        raise Refused(f"{home.path} is in use, so it cannot become a demo. Choose an empty one with SAMSPEL_HOME.")
    home.mark_as_demo()
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(connection.settings_dict["NAME"])
        cursor.execute(f"ALTER DATABASE {name} SET {SETTING} = 'yes'")


def fill() -> None:
    """Let every app add its part, lower floors first; each adds only what is not there yet."""
    for app in reversed(list(apps.get_app_configs())):
        module = f"{app.name}.demo"
        if app.name.startswith("samspel.") and app.label != "config" and find_spec(module):
            print(f"Filling the demo: {app.label} …", flush=True)
            import_module(module).fill()


def refuse_real_use() -> None:
    """A database that was a demo's stays one, whatever became of the mark in the home."""
    if _database_is_marked():
        raise Refused("This database was filled by the demo and never becomes a real one.")


def _has_been_used() -> bool:
    """Whether anybody is registered or anything was done but loading what comes with the program."""
    person, entry = (apps.get_model("accounts.Person"), apps.get_model("kernel.AuditEntry"))
    return person.objects.exists() or entry.objects.exclude(action__in=DONE_BY_MIGRATING, by_key=None).exists()


def _database_is_marked() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase "
            "WHERE d.datname = current_database() AND %s = ANY (s.setconfig))",
            [f"{SETTING}=yes"],
        )
        return bool(cursor.fetchone()[0])
