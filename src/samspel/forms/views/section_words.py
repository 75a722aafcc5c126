"""What the page of a section says: what happens next, and the sentences that its script speaks with."""

from __future__ import annotations

import json
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from samspel.forms.models import SectionStatus


def what_next(status: str, *, is_last: bool) -> str:
    """What a writer does now."""
    if status != SectionStatus.READY:
        return _("Answer the questions, and mark the section as ready")
    return _("Look through the answers") if is_last else _("Go on with the next section")


def brought_back() -> str:
    """Why a row is there that she took away."""
    return _("Somebody wrote in the row that you took away, so it stays.")


def written_and_going() -> str:
    """Why a row that she ticked is there still."""
    return _("You wrote in a row that you also ticked to take away. It stays, with what you wrote: tick it once more.")


def for_script() -> str:
    """The script's sentences as JSON, by name; {braces} hold what it fills in."""
    return json.dumps({**_of_saving(), **_of_others(), **_of_rows(), **_addresses()}, ensure_ascii=False)


def _of_saving() -> dict[str, Any]:
    return {
        "waiting": _("Not saved yet."),
        "saving": _("Saving …"),
        "offline": _("Not saved: no contact. What you have written is still here."),
        "logged_out": _("Not saved: you are no longer logged in. What you have written is still here."),
        "shut": _("Not saved: you may no longer write here. What you have written is still here."),
        "put_aside": _("Your text in one field is put aside beside it."),
        "log_in": _("Log in in a new window"),
        "refused": _("Not saved. What you have written is still here."),
        "with_faults": _("Not saved: {number} to put right. {saved}"),
        "unsaved_title": _("This was not saved"),
        "unsaved_text": _("You wrote it on this page before, and it did not reach the server."),
        "put_back": _("Put it back"),
        "let_go": _("Let it go"),
        "error": _("Error:"),
        "words_left": _("{left} words left of {most}."),
        "words_over": _("{over} words too many. At most {most}."),
        "words_most": _("At most {most} words."),
    }


def _of_others() -> dict[str, Any]:
    return {
        "changed_by": _("Changed by {who} at {when}."),
        "changed_while": _("{who} changed this field at {when}, while you are writing in it. There it now says:"),
        "take_in": _("Take in the change"),
        "aside_title": _("Both of you wrote here. Your text is put aside, not lost:"),
        "stands_now": _("In the field now stands what {who} wrote:"),
        "use_mine": _("Use mine"),
        "put_after": _("Put mine after"),
        "choose": _("Choose what becomes of it"),
        "emptied": _("(empty)"),
        "told": _("{who} changed “{label}”."),
        "joined": _("What {who} wrote at {when} is joined with yours."),
    }


def _of_rows() -> dict[str, Any]:
    return {
        "row_gone": _("The row was taken away by {who} at {when}."),
        "row_here": _("A row was added by {who} at {when}."),
        "row_taken": _("Row {number} is taken away."),
        "row_undo": _("Put the row back"),
        "row_added": _("Row {number} is added."),
        "brought_back": brought_back(),
    }


def _addresses() -> dict[str, str]:
    return {"login_url": reverse("account_login")}
