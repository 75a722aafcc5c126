"""What the page of a section shows beside its questions: who is here, how far the others are, what waits at a field."""

from samspel.forms.queries.writing.around import around, asides_by_path, ways
from samspel.forms.queries.writing.naming import label_at, typed_of, words_of
from samspel.forms.queries.writing.stops import Stop, section_url, stops
from samspel.forms.queries.writing.telling import (
    Here,
    clock,
    comments_in_words,
    here_now,
    last_saved,
    saved_in_words,
    theirs_as_data,
)

__all__ = [
    "Here",
    "Stop",
    "around",
    "asides_by_path",
    "clock",
    "comments_in_words",
    "here_now",
    "label_at",
    "last_saved",
    "saved_in_words",
    "section_url",
    "stops",
    "theirs_as_data",
    "typed_of",
    "ways",
    "words_of",
]
