"""What a notice is written with: each tag adds a part, from which HTML and plain text are both made.

{% para %}…{% endpara %}  {% heading %}…{% endheading %}  {% item %}…{% enditem %}  {% quote %}…{% endquote %}
{% own_words %}…{% endown_words %}  {% own_quote %}…{% endown_quote %}
{% code %}…{% endcode %}  {% fact label=_("…") value=x %}  {% button url=address %}…{% endbutton %}
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django import template
from django.conf import settings
from django.template.base import render_value_in_context
from django.template.context import Context
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from samspel.kernel.ui import links
from samspel.post.rules import looks, notices
from samspel.post.rules.notices import Part

register = template.Library()

# Where the parts gather while a notice's template is rendered.
SHEET = "notice_sheet"
LONGEST_SUBJECT = 300


class Sheet:
    """What a notice's template said: its subject, its parts in order, and why she gets it."""

    def __init__(self) -> None:
        self.subject = ""
        self.why = ""
        self.parts: list[Part] = []


def _sheet(context: Context) -> Sheet:
    if SHEET not in context:
        raise template.TemplateSyntaxError("this tag belongs in a notice (post.operations.notices)")
    sheet: Sheet = context[SHEET]
    return sheet


def _plain(content: str) -> str:
    return notices.without_foreign_links(notices.one_line(unescape(content)), settings.SAMSPEL_URL)


def _address(url: str) -> str:
    return links.in_language(links.absolute(url), get_language() or settings.LANGUAGE_CODE)


def _add(context: Context, kind: str, words: str, label: str = "") -> str:
    if words:
        _sheet(context).parts.append(Part(kind, words, label))
    return ""


@register.simple_block_tag(takes_context=True)
def subject(context: Context, content: str) -> str:
    """The subject, on one line."""
    _sheet(context).subject = notices.shortened(notices.one_line(unescape(content)), LONGEST_SUBJECT)
    return ""


@register.simple_block_tag(takes_context=True)
def why(context: Context, content: str) -> str:
    """Why she gets it; stands at the foot."""
    _sheet(context).why = _plain(content)
    return ""


@register.simple_block_tag(takes_context=True)
def para(context: Context, content: str) -> str:
    """A paragraph."""
    return _add(context, notices.PARA, _plain(content))


@register.simple_block_tag(takes_context=True)
def own_words(context: Context, content: str) -> str:
    """A paragraph that one of our own people wrote to this reader: web addresses in it stay."""
    return _add(context, notices.PARA, notices.one_line(unescape(content)))


@register.simple_block_tag(takes_context=True)
def heading(context: Context, content: str) -> str:
    """A heading within the notice."""
    return _add(context, notices.HEADING, _plain(content))


@register.simple_block_tag(takes_context=True)
def item(context: Context, content: str, url: str = "") -> str:
    """A row of a list, which may lead to a page of ours; rows after each other are one list."""
    return _add(context, notices.ITEM, _plain(content), _address(url) if url else "")


@register.simple_block_tag(takes_context=True)
def code(context: Context, content: str) -> str:
    """A code to be written off or copied."""
    return _add(context, notices.CODE, _plain(content))


@register.simple_block_tag(takes_context=True)
def quote(context: Context, content: str) -> str:
    """What somebody else wrote, with its lines."""
    return _add(
        context, notices.QUOTE, notices.without_foreign_links(notices.lines(unescape(content)), settings.SAMSPEL_URL)
    )


@register.simple_block_tag(takes_context=True)
def own_quote(context: Context, content: str) -> str:
    """What one of our own people wrote, with its lines: web addresses in it are links."""
    return _add(context, notices.OWN_QUOTE, notices.lines(unescape(content)))


@register.simple_tag(takes_context=True)
def fact(context: Context, label: Any, value: Any) -> str:
    """A name and its value; nothing at all if there is no value. Facts after each other are one table."""
    if value is None or value == "":
        return ""
    shown = render_value_in_context(value, context)
    return _add(context, notices.FACT, _plain(shown), notices.one_line(str(label)))


@register.simple_block_tag(takes_context=True)
def button(context: Context, content: str, url: str) -> str:
    """The one thing to do. Leads to us, in the language of her who reads; raises ValueError for other addresses."""
    return _add(context, notices.BUTTON, _address(url), notices.one_line(unescape(content)))


@register.simple_tag
def styled(name: str, colour: str) -> SafeString:
    """The style attribute of a part: mail programs read no style sheet of ours."""
    return mark_safe(f' style="{looks.style(name, colour)}"')


@register.simple_tag
def looks_in_the_dark() -> SafeString:
    """The style element for readers who have chosen dark."""
    return mark_safe(f"<style>{looks.DARK}</style>")


@register.simple_tag
def our_links(*, text: str, site: str) -> SafeString:
    """Plain text in which addresses of ours, and no others, are links."""
    pieces = re.split(rf"({re.escape(site)}(?:/[^\s<>\"]*)?)", text)
    made = [format_html('<a href="{0}">{0}</a>', one) if place % 2 else escape(one) for place, one in enumerate(pieces)]
    return mark_safe("".join(made))
