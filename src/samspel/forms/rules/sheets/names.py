"""What the fields of a fillable PDF are called: the path of what they hold, so that nothing is read by its place.

Text, number, date, term and code: the path. One of several, and a scale: a field of that path whose value is the
option's key (buttons where there is room for them, a list in the cell of a table). Several of: a tick box for each
option, `path=option`. The rest of a long text: `path+`. Rows that nobody has written in yet: `question/new1/column`.
"""

from __future__ import annotations

from typing import Final

from samspel.forms.rules import paths

FORM: Final = "samspel.form"
VERSION: Final = "samspel.version"
DIGEST: Final = "samspel.digest"
LANGUAGE: Final = "samspel.language"
TOKEN: Final = "samspel.token"
HIDDEN: Final = (FORM, VERSION, DIGEST, LANGUAGE, TOKEN)
SALT: Final = "samspel.forms.sheet"
_SPARE: Final = "new"
_MORE: Final = "+"


def text_name(path: str) -> str:
    """The field of a value."""
    return path


def option_name(path: str, option: str) -> str:
    """The tick box of one option of a several_of question."""
    return f"{path}={option}"


def continuation_name(path: str) -> str:
    """The field that a long text goes on in."""
    return f"{path}{_MORE}"


def spare_row(number: int) -> str:
    """The id of the first, second … row that stands empty."""
    return f"{_SPARE}{number}"


def is_spare(row: str) -> bool:
    """Whether a row's id is that of a row that stood empty."""
    return row.startswith(_SPARE) and row[len(_SPARE) :].isascii() and row[len(_SPARE) :].isdigit()


def parts_of(name: str) -> tuple[str, str, bool]:
    """(path, option or "", whether it is a continuation) of a field's name. Raises ValueError for what is none."""
    path, _, option = name.partition("=")
    is_more = path.endswith(_MORE) and not option
    path = path.removesuffix(_MORE) if is_more else path
    paths.parse(path)
    return path, option, is_more


def joined(text: str, more: str) -> str:
    """A long text from its field and its continuation."""
    return "\n".join(part for part in (text, more) if part)
