"""What the log tells: every failure with its traceback, never the row that the database refused."""

from __future__ import annotations

import logging
import sys

import pytest
import structlog
from django.db import IntegrityError, transaction

from samspel.accounts.models import Person
from samspel.config import logs
from samspel.kernel.values.identifiers import parse_organization_number


def _line(failure) -> str:
    formatter = structlog.stdlib.ProcessorFormatter(processor=logs.render, foreign_pre_chain=[])
    told = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "Internal Server Error: %s", ("/",), failure)
    return formatter.format(told)


def test_a_failure_is_told_with_where_it_happened():
    try:
        parse_organization_number("12")
    except ValueError:
        line = _line(sys.exc_info())

    assert "parse_organization_number" in line
    assert "IdentifierRefused" in line
    assert "\n" not in line


@pytest.mark.django_db
def test_what_stood_in_a_refused_row_is_left_out(django_user_model):
    told = {"email": "anna.hemlig@kommun.example", "name": "Anna", "joined_at": "2026-01-01T00:00:00Z"}
    Person.objects.create(**told)
    try:
        with transaction.atomic():
            Person.objects.create(**told)
    except IntegrityError:
        line = _line(sys.exc_info())

    assert "IntegrityError" in line
    assert "anna.hemlig" not in line
