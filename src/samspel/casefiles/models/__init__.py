"""The tables of case files, one module per noun."""

from samspel.casefiles.models.casefiles import CaseFile, CaseFileState, Party, Series, SeriesYear
from samspel.casefiles.models.documents import Channel, Direction, Document, DocumentKind
from samspel.casefiles.models.mailbox import Question, QuestionAttachment, QuestionMail, QuestionState
from samspel.casefiles.models.remarks import Remark, RemarkKind

__all__ = [
    "CaseFile",
    "CaseFileState",
    "Channel",
    "Direction",
    "Document",
    "DocumentKind",
    "Party",
    "Question",
    "QuestionAttachment",
    "QuestionMail",
    "QuestionState",
    "Remark",
    "RemarkKind",
    "Series",
    "SeriesYear",
]
