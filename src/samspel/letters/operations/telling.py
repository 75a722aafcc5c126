"""Tell all whom something concerns: one mailing, each in her own language, written in the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from samspel.kernel.audit import SYSTEM
from samspel.letters.queries.handed import Addressed
from samspel.post.models import Mailing
from samspel.post.operations import mailings
from samspel.post.operations.notices import kind_of
from samspel.post.queries import notices

Context = Callable[[str], Mapping[str, Any]]


def tell(*, template: str, title: str, to: Sequence[Addressed], context: Context, at: datetime) -> Mailing | None:
    """One mailing of a notice to all of them; None where there is nobody to tell.

    context: what the notice says, by language. title: for the person who looks after the system; it names nobody.
    """
    if not to:
        return None
    rows = _drafts(template, to, {language: context(language) for language in {one.language for one in to}})
    return mailings.write(kind=kind_of(template), title=title[:300], expected=len(to), rows=rows, by=SYSTEM, at=at)


def _drafts(template: str, to: Sequence[Addressed], said: Mapping[str, Mapping[str, Any]]) -> Iterator[mailings.Draft]:
    for one in to:
        words = notices.composed(template, said[one.language], to_name=one.name, language=one.language)
        yield mailings.Draft(
            to_address=one.address,
            to_name=" ".join(one.name.split())[:200],
            to_key=one.person_key,
            language=one.language,
            postal_address=one.postal_address,
            subject=words.subject,
            body=words.text,
            body_html=words.html,
            template=template,
            template_version=words.version,
        )
