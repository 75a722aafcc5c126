"""Which database, from the environment alone."""

from __future__ import annotations

import pytest

from samspel.config.database import database_settings
from samspel.config.refused import Refused


def settings(**environ):
    return database_settings(environ)


def test_an_address_says_who_where_and_how():
    found = settings(DATABASE_URL="postgresql://anna:a%40b@db.example:5433/sam%20spel?sslmode=verify-full")

    assert (found["NAME"], found["USER"], found["PASSWORD"]) == ("sam spel", "anna", "a@b")
    assert (found["HOST"], found["PORT"]) == ("db.example", "5433")
    assert found["OPTIONS"]["sslmode"] == "verify-full"
    assert found["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 5, "timeout": 5, "max_idle": 60}
    assert found["CONN_MAX_AGE"] == 0


def test_a_socket_folder_may_stand_as_host():
    assert settings(DATABASE_URL="postgres://anna@/samspel?host=/run/postgresql")["HOST"] == "/run/postgresql"


def test_without_an_address_it_is_the_homes_own_on_a_socket(tmp_path):
    found = settings(SAMSPEL_HOME=str(tmp_path))

    assert (found["NAME"], found["USER"]) == ("samspel", "samspel")
    assert found["HOST"].startswith("/")


def test_tests_have_no_pool():
    assert settings(DATABASE_URL="postgres:///samspel", SAMSPEL_TESTING="1")["OPTIONS"] == {}


def test_a_demo_home_keeps_its_own_database(tmp_path):
    (tmp_path / "DEMO").touch()

    with pytest.raises(Refused, match="keeps its own database"):
        settings(SAMSPEL_HOME=str(tmp_path), DATABASE_URL="postgres:///samspel")
