"""What the page of a section is made of."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from samspel.forms import permissions
from samspel.forms.models import Answer, AnswerState, Comment
from samspel.forms.queries import writing
from samspel.forms.queries.answers import Their, fields_of
from samspel.forms.queries.controls import Control, RegistryChoices, controls_of, lists_of
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.seeing import about_whom, form_name
from samspel.forms.rules import conditions, tables
from samspel.forms.rules.definitions import Section
from samspel.forms.views import section_words
from samspel.forms.views.left_behind import left_behind
from samspel.kernel.permissions import is_looked_at


class SectionPage:
    """One section of an answer, for one reader, at one moment."""

    def __init__(self, request: HttpRequest, answer: Answer, section: Section) -> None:
        self.request, self.answer, self.section = request, answer, section
        self.person = request.user
        self.at = timezone.now()
        self.language = get_language() or "sv"
        self.definition = body_of(answer.version)
        self.choices = RegistryChoices(answer, lambda: self.fields)
        # What is being saved; of a page that was left behind, what it sent then, and what waits if that is refused.
        self.posted, self.left = request.POST, []

    @cached_property
    def fields(self) -> dict[str, Any]:
        """Path to what is kept."""
        return fields_of(self.answer)

    @cached_property
    def asked(self) -> frozenset[str]:
        """Keys of the questions that are asked."""
        return conditions.asked(self.definition, tables.by_question(self.definition, self.fields))

    @cached_property
    def may_write(self) -> bool:
        """Whether the reader may write here now."""
        return not is_looked_at(self.person) and permissions.may(self.person, permissions.WRITE, self.answer, self.at)

    @property
    def url(self) -> str:
        """The page's own address."""
        return writing.section_url(self.answer, self.section.key)

    @cached_property
    def stops(self) -> list[writing.Stop]:
        """The sections."""
        return writing.stops(
            self.answer, self.definition, self.asked, self.section.key, self.language, seen_by=self.person
        )

    def next_url(self) -> str:
        """Where "save and go on" leads: the section after this, or what is looked through before submitting."""
        after = self.stops[self._place + 1 :]
        return after[0].url if after else self.review_url

    @property
    def review_url(self) -> str:
        """Where the answer is looked through."""
        return reverse("forms:review", args=[self.answer.key])

    @cached_property
    def _place(self) -> int:
        return next(number for number, stop in enumerate(self.stops) if stop.is_here)

    def context(self, **given: Any) -> dict[str, Any]:
        """All that the template shows. given: as `controls_of` takes it (faults, typed, more_rows), and notices."""
        notices = {name: given.pop(name, ()) for name in ("errors", "theirs", "put_aside")}
        controls = self._controls(**given)
        title = self.section.title.in_language(self.language)
        name = form_name(self.answer)
        help_first, _gap, help_rest = self.section.help.in_language(self.language).partition("\n\n")
        return {
            "answer": self.answer,
            "section": self.section,
            "title": title,
            "help": help_first,
            "more_help": help_rest,
            "form_name": name,
            "about": about_whom(self.answer),
            "crumbs": self._crumbs(name, title),
            "controls": controls,
            "lists": lists_of(self.section, self.choices),
            "has_files": any(control.type == "file" for control in controls),
            "has_series": sum(one.type == "indicator_series" and not one.is_read_only for one in controls) > 1,
            "known": self._known(),
            "may_write": self.may_write,
            "may_comment": permissions.may(self.person, permissions.COMMENT, self.answer, self.at),
            "comments_url": reverse("forms:comments", args=[self.answer.key, self.section.key]),
            "comments": writing.comments_in_words(self._comments()),
            "stops": self.stops,
            "place": self._place + 1,
            "previous": self.stops[self._place - 1] if self._place else None,
            "next": self.stops[self._place + 1] if self._place + 1 < len(self.stops) else None,
            "next_url": self.next_url(),
            "review_url": self.review_url,
            "answer_url": reverse("forms:answer", args=[self.answer.key]),
            "now_url": reverse("forms:section_now", args=[self.answer.key, self.section.key]),
            "mark_url": reverse("forms:mark", args=[self.answer.key, self.section.key]),
            "here": self._here().sentences,
            "saved": writing.last_saved(self.answer),
            "state_words": self.state_words(),
            "writer": self.person.key,
            "left_behind": left_behind(self) if self.may_write or self.state_words() else (),
            **self._next_step(),
            **notices,
        }

    def _next_step(self) -> dict[str, Any]:
        here = self.stops[self._place]
        return {
            "is_ready": here.is_ready,
            "what_next": section_words.what_next(here.status, is_last=self._place + 1 == len(self.stops)),
            "who_next": here.given_to or _("whoever writes in the form"),
            "script_words": section_words.for_script() if self.may_write else "",
            "read_only_words": _("Read, and comment if you wish. Others write here."),
            "comment_words": pgettext("what is said beside a section", "Comments"),
            "overview_words": _("The whole form"),
            "theirs_title": _("Others changed this at the same time"),
            "aside_title": _("Put aside, not lost"),
        }

    def state_words(self) -> str:
        """Why nothing can be written, if it is the form's state that says so."""
        return {
            AnswerState.SUBMITTED: _("The form is submitted. Nothing in it changes unless it is opened again."),
            AnswerState.WITHDRAWN: _("The form is no longer asked for."),
        }.get(AnswerState(self.answer.state), "")

    def now(self, theirs: dict[str, Their]) -> dict[str, Any]:
        """What the page is told while it stands open."""
        here = self._here()
        return {
            "revision": self.answer.revision,
            "here": here.sentences,
            "in_fields": here.fields,
            "theirs": self.told(theirs),
            "comments": writing.comments_in_words(self._comments()),
            "may_write": self.may_write,
            "writer": str(self.person.key),
            "token": get_token(self.request),
            "state": self.state_words(),
        }

    def told(self, theirs: dict[str, Their]) -> list[dict[str, Any]]:
        """What others changed in this section."""
        return writing.theirs_as_data(
            theirs, self.definition, self.section, self.choices, self.language, who=self.person
        )

    def _controls(self, **given: Any) -> list[Control]:
        around = writing.around(
            self.answer, self.definition, self.section, self.fields, self.choices, seen_by=self.person
        )
        return controls_of(
            self.definition,
            self.section,
            self.fields,
            asked=self.asked,
            language=self.language,
            today=timezone.localdate(self.at),
            is_read_only=not self.may_write,
            around=around,
            **given,
        )

    def _here(self) -> writing.Here:
        return writing.here_now(self.answer, self.definition, self.section, self.language, self.at, self.person)

    def _comments(self) -> int:
        """How many comments on the section and its questions are not settled."""
        return Comment.objects.filter(answer=self.answer, section=self.section.key, settled_at=None).count()

    def _known(self) -> str:
        """The values that conditions on this page ask of other pages, as JSON: the page's script cannot see them."""
        here = {question.key for question in self.section.questions}
        needed = {
            key
            for question in self.section.questions
            if question.asked_when
            for key in question.asked_when.questions - here
        }
        return json.dumps({key: self.fields[key] for key in sorted(needed & self.asked) if key in self.fields})

    def _crumbs(self, name: str, title: str) -> list[tuple[Any, str]]:
        return [
            (_("To do"), reverse("accounts:work")),
            (_("Forms"), reverse("forms:mine")),
            (name, reverse("forms:answer", args=[self.answer.key])),
            (title, ""),
        ]
