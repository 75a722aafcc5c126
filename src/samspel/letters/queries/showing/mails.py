"""A letter as mail, in HTML and plain text: made once, and for each recipient only what is about her."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspel.kernel.ui.links import in_language
from samspel.letters.queries.showing.addresses import whole
from samspel.letters.queries.showing.letters import ShownLetter
from samspel.letters.rules import rich_text
from samspel.letters.rules.rendering import mail_block, plain_block
from samspel.post.queries.notices import name_of_house, signature
from samspel.post.rules import looks

# Where what is each recipient's own is put in. No text of a letter can hold it: documents.read takes NUL away.
_GREETING: Final = "\0greeting\0"
_FOOT: Final = "\0foot\0"
# A part of a text to what notices call it, so that letters look like the rest of the mail.
_AS_IN_NOTICES: Final = {"para": "para", "heading": "heading", "list": "list", "quote": "quote", "table": "facts",
                         "cell": "cell"}  # fmt: skip
_PICTURE: Final = ' style="max-width:100%;height:auto;border:0"'


@dataclass(frozen=True)
class Mail:
    """A mail as it is written: subject on one line, plain text, HTML."""

    subject: str
    text: str
    html: str


def mail_of(
    shown: ShownLetter, *, why: str, archive_address: str, unsubscribe_address: str, greeting: str = ""
) -> Mail:
    """The mail to one recipient. why: a sentence; addresses are whole, or empty; greeting: of who passes it on."""
    frame = _frame(shown)
    with override(shown.language):
        archive = in_language(archive_address, shown.language) if archive_address else ""
        links = [
            (_("Read the letter on the web, as it now stands:"), archive),
            (_("No more news like this:"), unsubscribe_address),
        ]
    links = [(label, address) for label, address in links if address]
    words = rich_text.read(greeting) if greeting else ()
    styled = partial(_styled, _colour(shown))
    return Mail(
        subject=shown.subject,
        text=_put_in(frame.text, rich_text.text(words), _foot_text(why, links, shown)),
        html=_put_in(frame.html, rich_text.html(words, styled=styled), _foot_html(why, links, shown, styled)),
    )


def _frame(shown: ShownLetter) -> Mail:
    """The mail without what is each recipient's own; made once for a shown letter."""
    kept: Mail | None = shown.__dict__.get("_mail")
    if kept is None:
        with override(shown.language):
            kept = shown.__dict__["_mail"] = Mail(shown.subject, _text(shown), _html(shown))
    return kept


def _text(shown: ShownLetter) -> str:
    blocks = [plain_block(block, whole(shown.language)) for block in shown.blocks]
    signers = ["\n".join(line for line in signer if line) for signer in shown.signers]
    contact = [_("Questions? Write to %(contact)s") % {"contact": shown.contact}] if shown.contact else []
    title = rich_text.wrapped(shown.subject)
    parts = [title, shown.lead and rich_text.wrapped(shown.lead), _GREETING, *blocks, *signers, *contact]
    # Two hyphens and a space: where a mail program lets the signature begin (RFC 3676, 4.3).
    return "\n\n".join([part for part in parts if part] + [f"-- \n{_FOOT}"]) + "\n"


def _html(shown: ShownLetter) -> str:
    styled = partial(_styled, _colour(shown))
    facts: dict[str, Any] = {
        "shown": shown,
        "contact": _contact(shown.contact),
        "body": "\n".join(mail_block(block, styled, whole(shown.language)) for block in shown.blocks),
        "greeting": _GREETING,
        "foot": _FOOT,
        "colour": _colour(shown),
        "sender_name": shown.letter.sender.name if shown.letter.sender else name_of_house(),
    }
    return render_to_string("letters/mail.html", facts)


def _contact(contact: str) -> str:
    return format_html('<a href="mailto:{0}">{0}</a>', contact) if "@" in contact else contact


def _put_in(frame: str, greeting: str, foot: str) -> str:
    frame = frame if greeting else frame.replace(f"{_GREETING}\n\n", "")
    return frame.replace(_GREETING, greeting).replace(_FOOT, foot)


def _foot_text(why: str, links: list[tuple[str, str]], shown: ShownLetter) -> str:
    lines = [rich_text.wrapped(why), *(f"{label}\n{address}" for label, address in links)]
    return "\n".join(line for line in (*lines, signature(shown.letter.sender)) if line)


def _foot_html(why: str, links: list[tuple[str, str]], shown: ShownLetter, styled: Callable[[str], str]) -> str:
    lines = [escape(why)]
    lines += [f'<a href="{escape(address)}">{escape(label.rstrip(":"))}</a>' for label, address in links]
    lines.append(escape(signature(shown.letter.sender)))
    return "\n".join(f"<p{styled('foot_line')}>{line}</p>" for line in lines if line)


def _styled(colour: str, name: str) -> str:
    if name == "picture":
        return _PICTURE
    return f' style="{looks.style(_AS_IN_NOTICES.get(name, name), colour)}"'


def _colour(shown: ShownLetter) -> str:
    return shown.letter.sender.colour if shown.letter.sender else looks.HOUSE_COLOUR
