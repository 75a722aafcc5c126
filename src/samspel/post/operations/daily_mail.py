"""The daily mail on what is wrong: to the administrators, only when something is, once a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import cache

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from samspel.kernel.handed_down import HandedDown
from samspel.post.operations import notices
from samspel.post.operations.notices import Addressee
from samspel.post.queries.health import Trouble, troubles

TEMPLATE = "post/notices/what_is_wrong.html"

administrators: HandedDown[Callable[[datetime], Iterable[Addressee]]] = HandedDown()
"""Who looks after the system on a day; the app that keeps appointments adds them."""


@transaction.atomic
def tell_what_is_wrong(*, at: datetime) -> int:
    """Write to each administrator what is wrong, in her language. Returns to how many; none if all is well.

    Asked again on the same Swedish day it writes to nobody twice.
    """
    on = timezone.localdate(at)

    @cache
    def found(language: str) -> list[Trouble]:
        with override(language):
            return troubles(at)

    told = [to for given in administrators for to in given(at) if found(to.language)]
    for to in told:
        notices.send(
            template=TEMPLATE,
            to=to,
            context={"troubles": found(to.language), "on": on, "number": len(found(to.language))},
            at=at,
            idempotency_key=f"post.what_is_wrong {on} {to.key or to.address}"[:200],
            good_for=timedelta(days=1),
            forget_after=timedelta(days=30),
        )
    return len(told)
