"""Plain-language advice, measured on sentences whose answers were counted by hand."""

import pytest

from samspel.letters.rules.plain_language import (
    LONG_SENTENCE,
    OFFICIALESE,
    PASSIVE,
    Advice,
    Finding,
    advise,
    lix,
    paragraphs,
    sentences,
)
from samspel.letters.rules.plain_language.passives import passives

PASSIVES = [
    ("Handlingarna skickas till huvudmannen i mars.", ["skickas"]),
    ("Vi skickar handlingarna till dig i mars.", []),
    ("Redovisningen ska lämnas in senast den 15 mars.", ["lämnas"]),
    ("Nätverket startades för fem år sedan.", ["startades"]),
    ("Beslutet har fattats av rektorn.", ["fattats"]),
    ("Enkäten genomfördes under hösten.", ["genomfördes"]),
    ("Träffen genomförs på distans.", ["genomförs"]),
    ("En samordnare utses av huvudmannen.", ["utses"]),
    ("Hon blev utsedd i maj.", ["blev utsedd"]),
    ("Ansökan blir behandlad nästa vecka.", ["blir behandlad"]),
    ("Frågorna ställs till alla skolor.", ["ställs"]),
    ("Bidraget betalas ut när planen har godkänts.", ["betalas", "godkänts"]),
    ("Mer information ges på träffen.", ["ges"]),
    ("Materialet togs fram tillsammans med lärarna.", ["togs"]),
    ("Resultaten har använts i tre kommuner.", ["använts"]),
    ("Här finns plats för alla.", []),
    ("Vi hoppas att det behövs fler insatser.", []),
    ("Elevernas resultat ökar.", []),
    ("Samordnarnas arbete känns viktigt.", []),
    ("Sveriges kommuner möts i Jonas skola.", []),
    ("Det är deras insats på vår arbetsplats.", []),
    ("Skolans och lärarens roll är tydlig.", []),
    ("Områdenas gränser är gamla.", []),
    ("Alla lyckades, och ingen saknas.", []),
    ("Universitetets och nuläges är ord.", []),
    ("Hon blir glad åt svaret.", []),
    ("Hans och hennes barn trivs hos oss.", []),
    ("Vad sägs om ett möte?", ["sägs"]),
    ("Stödet delas upp och sprids av nätverken.", ["delas", "sprids"]),
    ("Annars ses vi tillsammans i höst.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), PASSIVES)
def test_passives_are_found_by_their_form(sentence, expected):
    assert passives(sentence) == expected


def test_lix_is_words_in_a_sentence_and_the_share_of_long_ones():
    # 10 words in 2 sentences: 5; of them "Samordnare" and "huvudmannen" are longer than six letters: 20.
    assert lix(["Samordnare hos huvudmannen får stöd.", "De får det i dag."]) == 25
    # 4 words in 1 sentence: 4; none is longer than six: 0.
    assert lix(["Vi ses på måndag."]) == 4
    # 6 words in 1 sentence: 6; "kvalitetsarbetet", "utvecklas", "kontinuerligt", "tillsammans": 4 of 6 are 66.7.
    assert lix(["Det kvalitetsarbetet utvecklas kontinuerligt, tillsammans, nu."]) == 73
    assert lix([]) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hej. Du är välkommen.", ["Hej.", "Du är välkommen."]),
        ("Ta med t.ex. Annas bok. Den är bra.", ["Ta med t.ex. Annas bok.", "Den är bra."]),
        ("Vi ses kl. 15.00 den 3 maj.", ["Vi ses kl. 15.00 den 3 maj."]),
        ("Vad händer? Mycket! Läs mer.", ["Vad händer?", "Mycket!", "Läs mer."]),
        ("Summan är 1.5 miljoner.", ["Summan är 1.5 miljoner."]),
        ("...", []),
    ],
)
def test_sentences_end_where_a_reader_stops(text, expected):
    assert sentences(text) == expected


def test_marks_links_and_lists_are_no_words():
    source = (
        "## Tio år\nHär *och* nu,\nmed [mer att läsa](https://example.org/x).\n\n"
        "- Ett\n- Två\n\n---\n{{huvudman|over}} har"
    )

    assert paragraphs(source) == ["Tio år", "Här och nu, med mer att läsa.", "Ett", "Två", "0 har"]


def test_a_long_sentence_is_told_with_its_length():
    long = "Ord " + "och ett ord till " * 7 + "här."

    assert advise(f"{long} Kort.", "en").findings == (
        Finding(LONG_SENTENCE, "Ord och ett ord till och ett ord till och ett ord till och …", words=30),
    )
    assert advise("Ord " * 24 + "slut.", "en").findings == ()


def test_officialese_comes_with_better_words():
    advice = advise("Härmed bifogas avtalet i enlighet med beslutet samt planen.", "sv")

    assert [(one.excerpt, one.better) for one in advice.of_kind(OFFICIALESE)] == [
        ("härmed", "med det, så"),
        ("bifogas", "följer med"),
        ("i enlighet med", "enligt, som … säger"),
        ("samt", "och"),
    ]


def test_words_that_only_look_like_officialese_are_left_alone():
    assert advise("Vi samtalar om inkomst, ejder och skallen.", "sv").of_kind(OFFICIALESE) == []


def test_english_is_asked_for_long_sentences_alone():
    assert advise("Härmed skickas samt. It was sent.", "en") == Advice(words=6, sentences=2)


def test_each_thing_is_told_once_however_often_it_is_said():
    assert advise("Det skickas. Det skickas. Det Skickas.", "sv").of_kind(PASSIVE) == [Finding(PASSIVE, "skickas")]


@pytest.mark.parametrize(
    "source",
    ["", "\x00", "[" * 5_000, "* " * 5_000, "a." * 9_000, "{{" * 5_000, "ö" * 100_000, "[a](" * 20_000, "x@" * 50_000],
)
def test_no_text_is_too_odd_to_be_looked_at(source):
    assert advise(source, "sv").words >= 0
