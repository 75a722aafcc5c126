"""What uses a definition or a part of it, in words and with a link where there is a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspel.forms.models import Answer, AnswerState, Definition, Version
from samspel.forms.rules import drafting
from samspel.forms.rules.uses import Part, parts
from samspel.kernel.handed_down import HandedDown

user_links: HandedDown[Callable[[str], str]] = HandedDown()
"""Kind of user, as `operations.dependencies.use` names it, to what gives its page's address from its key."""


@dataclass(frozen=True)
class UseInWords:
    """One use: what is used (empty for the whole form), who uses it, and where to see it."""

    used: str
    who: str
    url: str = ""


def of_definition(definition: Definition) -> list[UseInWords]:
    """What uses it from outside: editions, events … and answers, counted."""
    rows = definition.dependencies.filter(version=None)
    newest = definition.versions.first()
    body = newest.body if newest else {}
    return [*in_words(rows, body, definition.slug), *_answers(definition)]


def in_words(uses: Iterable[Any], body: Mapping[str, Any], slug: str) -> list[UseInWords]:
    """Rows or hindrances (`used`, `user_kind`, `user`, `label`) as people are told them; `body`: to name parts by."""
    named = parts(body)
    return [UseInWords(_named(named, each.used), _who(named, each), _url(each, slug, body)) for each in uses]


def answers_of(version: Version) -> int:
    """How many answers are pinned to a version, tests apart."""
    return Answer.objects.filter(version=version, is_test=False).count()


def _answers(definition: Definition) -> list[UseInWords]:
    found = Answer.objects.filter(version__definition=definition, is_test=False)
    writing = found.filter(state=AnswerState.WRITING).count()
    other = found.count() - writing
    told = []
    if writing:
        told.append(
            ngettext("%(n)d answer that is being written", "%(n)d answers that are being written", writing)
            % {"n": writing}
        )
    if other:
        told.append(
            ngettext("%(n)d answer submitted or withdrawn", "%(n)d answers submitted or withdrawn", other)
            % {"n": other}
        )
    return [UseInWords("", each) for each in told]


def _who(named: Mapping[str, Part], use: Any) -> str:
    words = {"name": _named(named, use.user)}
    if use.user_kind == "condition":
        return _("the condition of “%(name)s”") % words
    if use.user_kind == "sum":
        return _("the sum in “%(name)s”") % words
    if use.user_kind == "answers":
        return ngettext("%(n)d answer", "%(n)d answers", int(use.user)) % {"n": int(use.user)}
    return getattr(use, "label", "") or f"{use.user_kind}: {use.user}"


def _url(use: Any, slug: str, body: Mapping[str, Any]) -> str:
    if use.user_kind == "sum":
        return reverse("forms:draft_question", args=[slug, use.user])
    if use.user_kind == "condition":
        is_section = any(each.get("key") == use.user for each in body.get("sections", []))
        word = "asked_when" if is_section else _which(body, use)
        return reverse("forms:draft_condition", args=[slug, use.user, word])
    found = user_links.get(use.user_kind)
    return found(use.user) if found else ""


def _which(body: Mapping[str, Any], use: Any) -> str:
    """Which of the two conditions of a question looks at what is used."""
    try:
        question = drafting.question_of(body, use.user)
    except drafting.NoSuchPart:
        return "asked_when"
    asked = use.used.partition("=")[0]
    return "asked_when" if asked in str(question.get("asked_when", "")) else "required_when"


def _named(named: Mapping[str, Part], key: str) -> str:
    part = named.get(key)
    return (part.sv or key) if part else key
