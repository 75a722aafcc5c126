"""A letter's own page: what happens next, who does it and by when, what is missing, and where to go."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from samspel.accounts.queries import names_of
from samspel.kernel import audit
from samspel.kernel.ui.components import Fact
from samspel.kernel.ui.dates import moment_text
from samspel.letters import permissions
from samspel.letters.models import Letter, LetterState
from samspel.letters.operations.sending.refusals import sentence_of
from samspel.letters.queries import audiences, chosen, letters
from samspel.letters.queries.writing import asides, where_in_words
from samspel.letters.rules import documents, merging
from samspel.letters.views import missing
from samspel.letters.views.deeds import may_now
from samspel.letters.views.found import crumbs_to
from samspel.letters.views.tables import badge_of

# Revisions shown at a time.
MOST_REVISIONS = 100


@dataclass(frozen=True)
class Next:
    """What happens next, who does it, by when, and where she does it if that is the reader."""

    what: Any
    who: Any = ""
    by: Any = None
    url: str = ""
    action: Any = ""


@dataclass(frozen=True)
class RevisionRow:
    """What a revision changed: (where, what stood, what stands), or that it was set aside."""

    number: int
    at: datetime
    by: Any
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    is_audience: bool = False
    is_aside: bool = False
    is_now: bool = False


def page_of(request: HttpRequest, letter: Letter) -> dict[str, Any]:
    """What the page of a letter shows."""
    at = timezone.now()
    is_before = letter.state in letters.BEFORE_SENDING
    found = missing.of(letter, at) if is_before else []
    hindrances = [one for one in found if one.is_hindrance]
    rows = audit.history_of(letter)
    return {
        "letter": letter,
        "title": letters.title_of(letter, get_language() or "sv"),
        "badge": badge_of(letter),
        "next": next_of(request, letter, bool(hindrances)),
        "hindrances": hindrances,
        "warnings": [one for one in found if not one.is_hindrance],
        "asides": asides(letter) if letter.state == LetterState.DRAFT else [],
        "links": _links(request, letter),
        "asks": _address("ask", letter) if _may_ask(request, letter) and not hindrances else "",
        "sent_back": letter.sent_back_because if letter.state == LetterState.DRAFT else "",
        "stopped": sentence_of(letter.stopped_because) if letter.stopped_because else "",
        "unplans": _address("unplan", letter) if _may_unplan(request, letter) else "",
        "loses_approval": letter.state in (LetterState.APPROVED, LetterState.PLANNED),
        "takes_back": _address("take_back", letter) if _may_take_back(request, letter) else "",
        "facts": _facts(letter, at),
        "history": rows,
        "people": names_of(row.by_key for row in rows),
        "crumbs": crumbs_to(letter),
    }


def next_of(request: HttpRequest, letter: Letter, is_unfinished: bool) -> Next:
    """The next step of a letter."""
    if letter.state == LetterState.DRAFT:
        return _next_of_draft(request, letter, is_unfinished)
    if letter.state == LetterState.FOR_APPROVAL:
        may = may_now(request, permissions.APPROVE, state=letter.state)
        return _step(
            may,
            _("The letter is to be approved."),
            _("Who approves letters"),
            letter,
            "approve",
            _("Read it and decide"),
        )
    if letter.state == LetterState.APPROVED:
        may = may_now(request, permissions.SEND, state=letter.state)
        return _step(
            may,
            _("The letter is to be planned or sent."),
            _("Who sends letters"),
            letter,
            "plan",
            _("Plan when it is sent"),
        )
    if letter.state == LetterState.PLANNED:
        said = _("The letter is sent by itself %(moment)s.") % {"moment": moment_text(letter.planned_for)}
        return Next(said, _("The system itself"), timezone.localdate(letter.planned_for))
    if letter.state == LetterState.SENT:
        return Next(_("Nothing: the letter is sent. See how it arrived, and correct it if something was wrong."))
    return Next(_("Nothing: the letter is not to be sent. Its words can be copied to a new one."))


def writing_address(letter: Letter) -> str:
    """Where it is written."""
    return reverse("letters:write", args=[letter.key])


def revisions_of(letter: Letter) -> list[RevisionRow]:
    """The newest revisions, each with what it changed from the one before it that stood."""
    found = list(letter.revisions.order_by("-number")[: MOST_REVISIONS + 1])[::-1]
    rows, before, audience = [], documents.LetterDocument(), {}
    for one in found:
        document = documents.read(one.body)
        is_aside = "set_aside" in one.body
        changes = [
            (where_in_words(place, document), was, now)
            for place, was, now in merging.differences(before, document)
            if place != "order" and not place.endswith("/kind")
        ]
        rows.append(
            RevisionRow(
                one.number, one.at, one.by, changes, one.audience != audience, is_aside, one.number == letter.revision
            )
        )
        if not is_aside:
            before, audience = document, one.audience
    return rows[-MOST_REVISIONS:][::-1]


def _next_of_draft(request: HttpRequest, letter: Letter, is_unfinished: bool) -> Next:
    may = may_now(request, permissions.WRITE, state=letter.state)
    who = names_of([letter.changed_by]).get(letter.changed_by, "") if letter.changed_by else ""
    if is_unfinished:
        return _step(may, _("The letter is to be written."), who, letter, "write", _("Write"))
    if letter.sent_back_because:
        return _step(may, _("The letter is to be changed as asked, and shown again."), who, letter, "write", _("Write"))
    if letter.corrects_id and letter.revision == 1:
        said = _("What was wrong is to be put right in the text.")
        return _step(may, said, who, letter, "write", _("Write"))
    return Next(_("The letter can be shown to who approves it."), who)


def _step(may: bool, what: Any, who: Any, letter: Letter, name: str, action: Any) -> Next:
    url = _address(name, letter) if may else ""
    return Next(what, who, None, url, action if url else "")


def _address(name: str, letter: Letter) -> str:
    try:
        return reverse(f"letters:{name}", args=[letter.key])
    except NoReverseMatch:
        return ""


def _may_ask(request: HttpRequest, letter: Letter) -> bool:
    return letter.state == LetterState.DRAFT and may_now(request, permissions.WRITE, state=letter.state)


def _may_unplan(request: HttpRequest, letter: Letter) -> bool:
    return letter.state == LetterState.PLANNED and may_now(request, permissions.SEND, state=letter.state)


def _may_take_back(request: HttpRequest, letter: Letter) -> bool:
    is_waiting = letter.state in (LetterState.FOR_APPROVAL, LetterState.APPROVED, LetterState.PLANNED)
    return is_waiting and may_now(request, permissions.WRITE, state=LetterState.DRAFT)


def _links(request: HttpRequest, letter: Letter) -> list[tuple[str, Any]]:
    """The pages of a letter that are of use to her as it stands."""
    is_sent, is_draft = letter.state == LetterState.SENT, letter.state == LetterState.DRAFT
    writes, sends = may_now(request, permissions.WRITE, state=LetterState.DRAFT), permissions.TABLE.allows_in_some_state
    at = timezone.now()
    offered = [
        ("write", _("Write"), is_draft and writes),
        ("pictures", _("Pictures"), is_draft and writes),
        ("audience", _("Who gets it"), not is_sent),
        ("about", _("About the letter"), is_draft and writes),
        ("preview", _("Preview"), True),
        ("test_send", _("Send a test"), not is_sent and writes),
        (
            "plan",
            _("Plan when it is sent"),
            letter.state in ("approved", "planned") and sends(request.user, "send", at),
        ),
        ("send", _("Send now"), letter.state in ("approved", "planned") and sends(request.user, "send", at)),
        ("delivery", _("How it arrived"), is_sent),
        ("passed_on", _("Passed on"), is_sent),
        ("correct", _("Begin a correction"), is_sent and may_now(request, permissions.CORRECT, state=letter.state)),
        ("history", _("What it has said"), True),
        ("withdraw", _("Take the letter back"), may_now(request, permissions.WITHDRAW, state=letter.state)),
    ]
    found = [(_address(name, letter), label) for name, label, is_offered in offered if is_offered]
    return [(url, label) for url, label in found if url]


def _facts(letter: Letter, at: datetime) -> list[Fact]:
    language = get_language() or "sv"
    facts = [Fact(_("Why it is sent"), letter.get_kind_display()), Fact(_("Who gets it"), _audience(letter, language))]
    if letter.state in letters.BEFORE_SENDING:
        facts.append(Fact(_("Would get it now"), chosen.count(letter, at)))
    elif letter.expected is not None:
        facts.append(Fact(_("Was sent to"), letter.expected))
    if letter.scheme:
        facts.append(Fact(_("Programme"), (letter.scheme.name_en if language == "en" else "") or letter.scheme.name_sv))
    if letter.case_file:
        url = reverse("casefiles:detail", args=[letter.case_file.address])
        facts.append(Fact(_("Case file"), letter.case_file.diary_number, url=url))
    if letter.corrects:
        url = reverse("letters:letter", args=[letter.corrects.key])
        facts.append(Fact(_("Corrects"), letters.title_of(letter.corrects, language), url=url))
    facts.append(Fact(_("Sender"), letter.sender.name if letter.sender else _("The agency")))
    facts.append(Fact(_("In the archive"), _("For everybody, once it is sent") if letter.is_public else _("No")))
    if letter.withdrawn_because:
        facts.append(Fact(_("Why it is not sent"), letter.withdrawn_because))
    return facts


def _audience(letter: Letter, language: str) -> str:
    if letter.corrects_id:
        return _("Those who got the letter that it corrects")
    with override(language):
        return str(audiences.described(letter.audience, language))
