"""Who may do what with forms: one table, read with the rows that say who takes part.

What a participant may is in her rows (`Participant`): they stand in the table as roles of their own, held in that
answer alone. Higher apps write the rows; so forms judge without knowing cases or networks.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspel.forms.models import Answer, AnswerState, Participant, ParticipantDeed
from samspel.kernel.audit import SYSTEM
from samspel.kernel.permissions import (
    AGENCY,
    ANY_STATE,
    THE_SYSTEM,
    Deed,
    Level,
    Place,
    Table,
    holdings_of,
    is_looked_at,
    require,
)
from samspel.registry.models import Role
from samspel.registry.queries.holdings import organizer_place, university_place

# Definitions
SEE_DEFINITIONS = "see_definitions"
EDIT_DEFINITIONS = "edit_definitions"
PUBLISH = "publish"
# Answers
HAND_OUT = "hand_out"
BEGIN = "begin"
SEE = "see"
READ = "read"
READ_SUBMITTED = "read_submitted"
WRITE = "write"
COMMENT = "comment"
SHARE_OUT = "share_out"
BRING_IN = "bring_in"
SUBMIT = "submit"
HAND_IN = "hand_in"
HAND_IN_MAILED = "hand_in_mailed"
DIFFER = "differ"
REOPEN = "reopen"
WITHDRAW = "withdraw"

# Roles that rows of participants give, in one answer alone.
WRITER: Final = "form_writer"
COMMENTER: Final = "form_commenter"
SUBMITTER: Final = "form_submitter"
READER: Final = "form_reader"
PARTICIPANT_NAMES: Final = {
    WRITER: _("Writer of the form"),
    COMMENTER: _("Commenter of the form"),
    SUBMITTER: _("Submitter of the form"),
    READER: _("Reader of the form"),
}
ROLE_OF: Final = {
    ParticipantDeed.WRITE: WRITER,
    ParticipantDeed.COMMENT: COMMENTER,
    ParticipantDeed.SUBMIT: SUBMITTER,
    ParticipantDeed.READ: READER,
}

_EDITOR = frozenset({Role.EDITOR})
_DESK = frozenset({Role.EDUCATION_OFFICER})
_MAILBOX = frozenset({Role.EDUCATION_OFFICER, Role.REGISTRAR})
_STAFF = frozenset(
    {Role.EDUCATION_OFFICER, Role.DECISION_MAKER, Role.EVALUATOR, Role.REGISTRAR, Role.PROCESS_SUPPORTER}
)
_SYSTEM = frozenset({THE_SYSTEM})
_ORGANIZERS = frozenset(
    {
        Role.COORDINATOR,
        Role.CHIEF_EDUCATION_OFFICER,
        Role.PRINCIPAL,
        Role.DEVELOPMENT_LEAD,
        Role.AUTHORIZED_SIGNATORY,
        Role.ADMINISTRATOR,
        Role.NETWORK_LEADER,
    }
)
# Who answers for the people of an organization, and so for that somebody comes after who has left.
_HEADS = frozenset({Role.ADMINISTRATOR, Role.CHIEF_EDUCATION_OFFICER})
_ALL = frozenset({WRITER, COMMENTER, SUBMITTER, READER})
_WRITERS = frozenset({WRITER, SUBMITTER})
_IN_WRITING = AnswerState.WRITING
_IN_SUBMITTED = AnswerState.SUBMITTED

TABLE = Table(
    title=_("Forms"),
    deeds={
        SEE_DEFINITIONS: Deed(_("See every form and its versions, also drafts"), {ANY_STATE: _EDITOR | _STAFF}),
        EDIT_DEFINITIONS: Deed(
            _("Write and preview drafts of forms"), {ANY_STATE: _EDITOR | _SYSTEM}, level=Level.SUBMIT
        ),
        PUBLISH: Deed(
            _("Put a version of a form to use, or end a form"), {ANY_STATE: _EDITOR | _SYSTEM}, level=Level.SUBMIT
        ),
        HAND_OUT: Deed(
            _("Hand out a form, with a day to be ready by, and say who takes part"),
            {ANY_STATE: _DESK | _SYSTEM},
            level=Level.SUBMIT,
        ),
        BEGIN: Deed(
            _("Begin a form of one's own organization"),
            {ANY_STATE: _ORGANIZERS},
            at_own_place=_ORGANIZERS,
            but=_("Only the roles that the form names."),
        ),
        SEE: Deed(
            _("See that a form is being answered, by whom and how far"),
            {ANY_STATE: _ALL | _DESK | _HEADS},
            at_own_place=_HEADS,
        ),
        READ: Deed(_("Read the answers of a form that is being written"), {ANY_STATE: _ALL}),
        READ_SUBMITTED: Deed(
            _("Read submitted forms"),
            {_IN_SUBMITTED: _ALL | _STAFF},
            but=_("Not those that are the organization's own alone."),
        ),
        WRITE: Deed(_("Write in a form"), {_IN_WRITING: _WRITERS}),
        COMMENT: Deed(_("Comment on a form"), {_IN_WRITING: _ALL - {READER}}),
        HAND_IN: Deed(_("Hand in a filled PDF, to be gone through"), {_IN_WRITING: _WRITERS, _IN_SUBMITTED: _WRITERS}),
        HAND_IN_MAILED: Deed(
            _("Read in a filled PDF that came to the shared mailbox"),
            {_IN_WRITING: _MAILBOX, _IN_SUBMITTED: _MAILBOX},
            level=Level.SUBMIT,
            but=_("Those who write in the form go through it."),
        ),
        SHARE_OUT: Deed(_("Give a section to somebody, and bring in colleagues"), {_IN_WRITING: _WRITERS}),
        BRING_IN: Deed(
            _("Say who takes part in a form of one's own organization, as when somebody has left"),
            {_IN_WRITING: _HEADS, _IN_SUBMITTED: _HEADS},
            level=Level.SUBMIT,
            at_own_place=_HEADS,
            but=_("Never herself."),
        ),
        SUBMIT: Deed(_("Submit a form"), {_IN_WRITING: frozenset({SUBMITTER})}, level=Level.SUBMIT),
        DIFFER: Deed(
            _("Say that one sees it otherwise"), {_IN_WRITING: _ALL - {READER}, _IN_SUBMITTED: _ALL - {READER}}
        ),
        REOPEN: Deed(
            _("Decide that a submitted form is opened again"), {_IN_SUBMITTED: _DESK | _SYSTEM}, level=Level.SUBMIT
        ),
        WITHDRAW: Deed(_("Say that a form is no longer asked for"), {_IN_WRITING: _DESK | _SYSTEM}, level=Level.SUBMIT),
    },
    states=dict(AnswerState.choices),
)


def roles_in(person: Any, answer: Answer, at: datetime) -> frozenset[str]:
    """The roles that rows of participants give a person in an answer on that day, hers and those of whom she stands in
    for. One query, kept on the answer."""
    if not getattr(person, "pk", None):
        return frozenset()
    day = timezone.localdate(at)
    kept: dict[Any, frozenset[str]] = answer.__dict__.setdefault("_roles_in", {})
    if (person.pk, day) not in kept:
        deeds = rows_of(person, at).filter(answer=answer).values_list("deed", flat=True)
        kept[person.pk, day] = frozenset(ROLE_OF[ParticipantDeed(deed)] for deed in deeds)
    return kept[person.pk, day]


def rows_of(person: Any, at: datetime) -> QuerySet[Participant]:
    """The rows by which a person takes part on that day: her own, and as a deputy those that the one who is away has by
    the role that she stands in for, in answers of that place.

    A row that says in what role she takes part holds as long as she has that role there: who has left an organizer
    does not go on reading its forms, though nobody thought of the row.
    """
    day, mine, who = timezone.localdate(at), Q(role=""), Q()
    for held in holdings_of(person, at):
        # A university's and the agency's people take part in answers of organizers.
        there = answers_of(held.place) if held.place and held.place[0] == "organizer" else Q()
        if held.instead_of is None:
            mine |= Q(role=held.role) & there
        else:
            who |= Q(person__key=held.instead_of, role=held.role) & answers_of(held.place)
    who |= Q(person=person) & mine
    return Participant.objects.filter(who, Q(to_on=None) | Q(to_on__gte=day), from_on__lte=day)


def answers_of(place: Place) -> Q:
    """Rows in answers that belong to a place; of a role at the agency, in any."""
    if place is AGENCY:
        return Q()
    kind, pk = place
    here = Q(**{f"answer__{kind}": pk})
    return here | Q(answer__school_unit__organizer=pk) if kind == "organizer" else here


def place_of(answer: Answer) -> Place:
    """Where an answer belongs: its organizer, its unit's organizer, its university, or nowhere."""
    if answer.organizer_id:
        return organizer_place(answer.organizer_id)
    if answer.school_unit_id and answer.school_unit is not None:
        return organizer_place(answer.school_unit.organizer_id)
    return university_place(answer.university_id) if answer.university_id else AGENCY


def may(person: Any, deed: str, answer: Answer, at: datetime) -> bool:
    """Whether a deed is a person's in this answer: by her rows in it, or by her role at the agency.

    A test is for those who take part in it: no role at the agency reaches it. Nor is what is the organization's own
    read by whoever at the agency looks as another.
    """
    row = TABLE.deeds[deed]
    if deed in (READ, READ_SUBMITTED) and is_looked_at(person) and is_private(answer):
        return False
    if not (row.is_private and is_looked_at(person)) and roles_in(person, answer, at) & row.roles_in(answer.state):
        return True
    if _is_closed(answer, person) or (deed == READ_SUBMITTED and is_private(answer)):
        return False
    return TABLE.allows(person, deed, at, state=answer.state, place=_home(answer, row))


def _home(answer: Answer, row: Deed) -> Place:
    """Where a role has to be held, for a deed that asks for it; a test is at home nowhere."""
    return place_of(answer) if row.at_own_place and not answer.is_test else AGENCY


def may_in_some_state(person: Any, deed: str, answer: Answer, at: datetime) -> bool:
    """Whether the deed would be hers in some state: who is told what keeps it from being done, rather than shut out."""
    row = TABLE.deeds[deed]
    if roles_in(person, answer, at) & row.roles:
        return True
    return not _is_closed(answer, person) and TABLE.allows_in_some_state(person, deed, at, place=_home(answer, row))


def _is_closed(answer: Answer, person: Any) -> bool:
    """Whether no role reaches it: a test is for those who take part in it."""
    return answer.is_test and person is not SYSTEM


def require_may(person: Any, deed: str, answer: Answer, at: datetime) -> None:
    """Raises PermissionDenied unless the deed is hers, LevelTooLow if only her login falls short."""
    require(may(person, deed, answer, at))
    TABLE.require_level(person, deed)


def may_read(person: Any, answer: Answer, at: datetime) -> bool:
    """Whether a person may read what is written in an answer, as it stands now."""
    return may(person, READ, answer, at) or may(person, READ_SUBMITTED, answer, at)


def may_read_in(person: Any, at: datetime) -> bool:
    """Whether a person reads in filled PDFs that came to the shared mailbox."""
    return TABLE.allows_in_some_state(person, HAND_IN_MAILED, at)


def is_private(answer: Answer) -> bool:
    """Whether the answer is the organization's own alone, as its definition says."""
    return bool(answer.version.body.get("is_private", False))
