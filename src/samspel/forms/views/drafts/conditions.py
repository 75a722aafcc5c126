"""When something is asked, or must be answered: parts added one by one, without a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from samspel.forms.forms.definitions.conditions import TEST_NAMES, QuestionChoice, TestForm
from samspel.forms.models import Version
from samspel.forms.rules import drafting
from samspel.forms.rules.conditions_as_data import joined, leaves_of, word_of
from samspel.forms.rules.definitions import Type
from samspel.forms.views.drafts.changing import changed, page_of, part_or_404
from samspel.forms.views.drafts.parts import draft_url, label_of, question_url, title_of
from samspel.forms.views.editing import draft_for, editors_only

WORDS = ("asked_when", "required_when")
SENTENCES = {
    "is": _lazy("“%(question)s” is %(value)s"),
    "is_not": _lazy("“%(question)s” is not %(value)s"),
    "has": _lazy("“%(question)s” holds %(value)s"),
    "at_least": _lazy("“%(question)s” is at least %(value)s"),
    "at_most": _lazy("“%(question)s” is at most %(value)s"),
    "is_answered": _lazy("“%(question)s” is answered"),
}


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def condition(request: HttpRequest, slug: str, key: str, word: str) -> HttpResponse:
    """The condition of a section or question: its parts, how they are joined, and one more."""
    draft = draft_for(slug)
    part, is_section = _part(draft, key)
    if word not in WORDS or (is_section and word != "asked_when"):
        raise Http404
    here = reverse("forms:draft_condition", args=[slug, key, word])
    refusal: Any = None
    chosen = _chosen(request, draft, part)
    form = _form(request, chosen)
    if request.method == "POST" and (change := _change(request, form, key, word)):
        refusal = changed(request, draft, change)
        if refusal is True:
            return redirect(here)
    page = {
        "form": form if request.method == "POST" and form is not None and "add" in request.POST else None,
        "test_form": form,
        "choice": _choice(request, draft, part),
        "chosen": chosen,
        "leaves": _told(leaves_of(part.get(word)), draft.body),
        "is_nested": leaves_of(part.get(word)) is None,
        "word": word_of(part.get(word)),
        "here": here,
        "back": draft_url(slug, key) if is_section else question_url(slug, key),
    }
    names = {"name": title_of(part) if is_section else label_of(part)}
    title = (_("When “%(name)s” is asked") if word == "asked_when" else _("When “%(name)s” must be answered")) % names
    return page_of(request, draft, "condition", title=title, refusal=refusal, **page)


def in_words(condition: Any, body: Mapping[str, Any]) -> str:
    """A condition of a draft as a sentence; empty if there is none."""
    leaves = leaves_of(condition)
    if leaves is None:
        return _("a condition in several layers")
    joint = _(" and ") if word_of(condition) == "all" else _(" or ")
    return joint.join(_told(leaves, body))


def _part(draft: Version, key: str) -> tuple[drafting.Data, bool]:
    try:
        return drafting.section_of(draft.body, key), True
    except drafting.NoSuchPart:
        return part_or_404(drafting.question_of, draft.body, key), False


def _choice(request: HttpRequest, draft: Version, part: drafting.Data) -> QuestionChoice:
    """Every question but the part itself, and not those of the section whose condition it is."""
    own = {part.get("key"), *(each.get("key") for each in part.get("questions") or [])}
    found = [
        (str(each.get("key")), label_of(each))
        for section in draft.body.get("sections", [])
        for each in section.get("questions") or []
        if each.get("key") not in own
    ]
    asked = request.GET.get("question") or request.POST.get("question")
    return QuestionChoice(questions=found, initial={"question": asked})


def _chosen(request: HttpRequest, draft: Version, part: drafting.Data) -> drafting.Data | None:
    key = (request.POST.get("question") or request.GET.get("question") or "")[:100]
    try:
        return drafting.question_of(draft.body, key) if key and key != part.get("key") else None
    except drafting.NoSuchPart:
        return None


def _form(request: HttpRequest, chosen: drafting.Data | None) -> TestForm | None:
    if chosen is None:
        return None
    return TestForm(request.POST if request.method == "POST" and "add" in request.POST else None, question=chosen)


def _change(request: HttpRequest, form: TestForm | None, key: str, word: str) -> Any:
    """What was asked for: a part more, one away, or another way of joining them."""

    def put(data: drafting.Data, leaves: list[Any], joint: str) -> drafting.Data:
        return drafting.with_condition(data, key, word, joined(leaves, joint))

    def now(data: drafting.Data) -> tuple[list[Any], str]:
        part = _raw(data, key)
        return list(leaves_of(part.get(word)) or []), word_of(part.get(word))

    if form is not None and "add" in request.POST:
        if not form.is_valid():
            return None
        return lambda data: put(data, [*now(data)[0], form.leaf()], now(data)[1])
    if "away" in request.POST:
        at = request.POST["away"]
        return lambda data: put(data, [each for n, each in enumerate(now(data)[0]) if str(n) != at], now(data)[1])
    if request.POST.get("join") in ("all", "any"):
        return lambda data: put(data, now(data)[0], request.POST["join"])
    if "clear" in request.POST:
        return lambda data: put(data, [], "all")
    return None


def _raw(data: drafting.Data, key: str) -> drafting.Data:
    try:
        return drafting.section_of(data, key)
    except drafting.NoSuchPart:
        return drafting.question_of(data, key)


def _told(leaves: list[Any] | None, body: Mapping[str, Any]) -> list[str]:
    return [_leaf(leaf, body) for leaf in leaves or []]


def _leaf(leaf: Mapping[str, Any], body: Mapping[str, Any]) -> str:
    """“Need” is High, and so on; what leads nowhere is told by its key."""
    key = str(leaf.get("question", ""))
    test = next((each for each in TEST_NAMES if each in leaf), "is_answered")
    try:
        asked = drafting.question_of(body, key)
    except drafting.NoSuchPart:
        asked = {"label": key}
    return str(SENTENCES[test]) % {"question": label_of(asked), "value": _value(asked, leaf.get(test, ""))}


def _value(asked: drafting.Data, value: Any) -> str:
    option = next((each for each in asked.get("options") or [] if each.get("key") == value), None)
    if option is not None:
        return label_of(option)
    if asked.get("type") == Type.MONEY and str(value).lstrip("-").isdigit():
        return f"{int(value) // 100} kr"
    return str(value)
