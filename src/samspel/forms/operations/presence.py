"""That somebody has a section open: said again and again, so in one statement, without a lock and without a trace."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from samspel.forms import permissions
from samspel.forms.models import Answer
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules import paths
from samspel.kernel.permissions import require

# What was said before this means nothing, and goes when somebody else says something.
KEPT_FOR: Final = timedelta(minutes=5)


def seen(*, answer: Answer, person: Any, section: str = "", path: str = "", at: datetime) -> None:
    """Somebody is here, in a section and perhaps in a field; what the definition does not know counts as nowhere.

    Raises PermissionDenied for those who may not read the answer.
    """
    require(permissions.may_read(person, answer, at))
    definition = body_of(answer.version)
    where = section if definition.section(section) else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM forms_presence WHERE answer_id = %s AND person_id <> %s AND seen_at < %s)"
            " INSERT INTO forms_presence (answer_id, person_id, section, path, seen_at) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (answer_id, person_id) DO UPDATE SET section = EXCLUDED.section, path = EXCLUDED.path,"
            " seen_at = GREATEST(forms_presence.seen_at, EXCLUDED.seen_at)",
            [answer.pk, person.pk, at - KEPT_FOR, answer.pk, person.pk, where, _field(path, definition.questions), at],
        )


def _field(path: str, questions: Any) -> str:
    try:
        return path if paths.parse(path).question in questions else ""
    except ValueError:
        return ""
