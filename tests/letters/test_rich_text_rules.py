"""The text of a letter: a little Markdown, never markup, and the same words in every form."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.letters.rules import rich_text
from samspel.letters.rules.rich_text import TextFault
from tests.letters.markup import HARMFUL, Markup, words_of

KNOWN = {"h2", "h3", "p", "ul", "ol", "li", "blockquote", "strong", "em", "a", "br",
         "div", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
ATTRIBUTES = {"href", "start", "scope", "class", "role", "tabindex", "aria-label"}

PIECES = [
    *("<script>", "</script>", "<img src=x onerror=alert(1)>", "<!--", "]]>", "&lt;", "&#60;", "&colon;", "<", ">"),
    *("[", "](", ")", "!", "javascript:", "JaVaScRiPt&#58;", "data:text/html,", "//evil.example", "https://a.example/"),
    *("mailto:", "tel:", "/brev/", "<https://a.example>", "a@b.example", "\\", "`", "*", "**", "_", "# ", "### "),
    *("\n", "\n\n", "- ", "1. ", "> ", "| a | b |\n|---|---|\n", "    ", "\t", "\x00", "\u202e", "\u200b", "ord", "å"),
    *("'", "=", '"'),
]
ANY_MARKDOWN = st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=200)
WITHOUT_ADDRESSES = st.text(alphabet="abåÖ #*_>-|`~\\&;12.!\n\t\"'", max_size=120)


@given(ANY_MARKDOWN)
def test_whatever_is_typed_becomes_none_but_our_own_markup(source):
    markup = Markup(rich_text.html(source))

    assert markup.names <= KNOWN
    assert markup.attributes <= ATTRIBUTES
    assert all(rich_text.is_allowed(address) for address in markup.all_of("href"))


@given(ANY_MARKDOWN)
def test_whatever_is_typed_is_plain_data_for_paper(source):
    assert json.loads(json.dumps(rich_text.parts(source))) == rich_text.parts(source)


@given(WITHOUT_ADDRESSES)
def test_web_page_plain_text_and_paper_say_the_same_words(source):
    web = words_of(Markup(rich_text.html(source)).words)

    assert words_of(rich_text.text(source)) == web
    assert set().union(*map(words_of, texts_of(rich_text.parts(source)))) == web


def texts_of(data):
    """Each stretch of words on paper; runs of one line are one."""
    if isinstance(data, dict):
        for name, part in data.items():
            yield from texts_of(part) if name not in ("kind", "href") else ()
    elif isinstance(data, list) and data and isinstance(data[0], dict) and "words" in data[0]:
        yield "".join(run["words"] for run in data)
    elif isinstance(data, list):
        for part in data:
            yield from texts_of(part)


def test_markup_stands_as_words():
    assert rich_text.html("<b>fet</b> & <i>") == "<p>&lt;b&gt;fet&lt;/b&gt; &amp; &lt;i&gt;</p>"
    assert Markup(rich_text.html(HARMFUL)).names == {"p"}


def test_what_a_letter_needs_is_understood():
    source = (
        "# Rubrik\n\n### Under\n\nText med **fet**, *lutad* och [länk](https://a.example/?x=1&y=2).\n\n"
        "3. tre\n4. fyra\n\n> citat\n\n| År | Antal |\n|---|---|\n| 2021 | 12 |"
    )

    assert rich_text.html(source).split("\n") == [
        "<h2>Rubrik</h2>",
        "<h3>Under</h3>",
        '<p>Text med <strong>fet</strong>, <em>lutad</em> och <a href="https://a.example/?x=1&amp;y=2">länk</a>.</p>',
        '<ol start="3"><li>tre</li><li>fyra</li></ol>',
        "<blockquote><p>citat</p></blockquote>",
        '<div class="letter-table" role="group" aria-label="År, Antal" tabindex="0"><table><thead>'
        '<tr><th scope="col">År</th>'
        '<th scope="col">Antal</th></tr></thead><tbody><tr><td>2021</td><td>12</td></tr></tbody></table></div>',
    ]
    assert rich_text.text(source).split("\n\n") == [
        "Rubrik\n======",
        "Under\n-----",
        "Text med fet, lutad och länk (https://a.example/?x=1&y=2).",
        "3. tre\n4. fyra",
        "> citat",
        "År: 2021\nAntal: 12",
    ]


def test_an_address_written_out_is_a_link():
    assert rich_text.links(rich_text.read("Se https://a.example/x. Skriv till sam@b.example!")) == [
        "https://a.example/x",
        "mailto:sam@b.example",
    ]


@pytest.mark.parametrize(
    "address",
    ["https://a.example", "http://a.example/x?y=ä", "mailto:a@b.example", "tel:+4681234567", "/brev/ett-brev/#b-a1"],
)
def test_web_mail_telephone_and_our_own_pages_may_be_linked_to(address):
    assert rich_text.is_allowed(address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "javascript:alert(1)",
            "JAVASCRIPT:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "ftp://a.example",
        ),
        *(
            "//a.example",
            "/\\a.example",
            "\\\\a.example",
            "https:",
            "https:///x",
            "https://user@a.example",
            "brev",
            "",
            "#x",
        ),
        *(
            "https://a.example/\u202e",
            "https://a.exa mple",
            "java\nscript:x",
            "https://[::1",
            'https://a.example/"x',
            "#x",
        ),
    ],
)
def test_nothing_else_may_be_linked_to(address):
    assert not rich_text.is_allowed(address)


def test_an_address_that_may_not_be_linked_to_is_seen_beside_its_words():
    assert rich_text.html("[klicka](javascript:alert%281%29)") == "<p>klicka (javascript:alert%281%29)</p>"


def test_a_writer_is_told_what_does_not_become_what_she_meant():
    source = "<b>x</b> ![karta](karta.png) [gå](javascript:x) <https://a.example> 3 < 4"

    assert rich_text.faults(source) == [
        TextFault(rich_text.MARKUP, "<b>"),
        TextFault(rich_text.MARKUP, "</b>"),
        TextFault(rich_text.PICTURE, "![karta](karta.png)"),
        TextFault(rich_text.NOT_ALLOWED, "javascript:x"),
    ]
    assert rich_text.faults("Hej **alla**, se [sidan](/brev/).") == []


def test_what_lies_very_deep_is_shown_less_deep_and_not_lost():
    shown = rich_text.html("> " * 40 + "djupt")

    assert "djupt" in shown
    assert shown.count("<blockquote>") == 5


def test_no_level_of_headings_is_skipped():
    first, second = rich_text.levelled(rich_text.read("### Först\n\n### Sedan"))

    assert (first.level, second.level) == (2, 3)
