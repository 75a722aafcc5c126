"""Threads, answers in time, and mails that appoint a coordinator."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.casefiles.rules import appointing, threads
from samspel.casefiles.rules.appointing import Proposed

TODAY = date(2026, 11, 20)
SENDER = {"sender_address": "eva.strand@almvik.example", "sender_name": "Eva Strand", "today": TODAY}


@pytest.mark.parametrize(
    "subject",
    ["Byte av samordnare", "SV: Byte av samordnare", "Re: SV:  VB: byte av  samordnare", "Sv[2]: Byte av samordnare"],
)
def test_an_answer_has_the_subject_it_answers(subject):
    assert threads.bare_subject(subject) == "byte av samordnare"


def test_an_answer_says_so_once():
    assert threads.answer_subject("Re: SV: Frågan") == "SV: Frågan"


@given(st.text(max_size=400))
def test_any_subject_can_be_answered(subject):
    assert threads.answer_subject(threads.answer_subject(subject)) == threads.answer_subject(subject)
    assert len(threads.answer_subject(subject)) <= 300


def test_our_own_messages_are_known_among_the_references():
    key = UUID("6f9619ff-8b86-4011-b42d-00cf4fc964ff")

    assert threads.our_messages(["<annan@x.example>", f"<{key}@samspel.example>"]) == [key]


def test_a_question_is_answered_within_working_days():
    assert threads.answer_by(date(2026, 12, 22), 5) == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Ny samordnare", "Hej, se nedan."),
        ("Hej", "Vi har utsett Anna Frisk till samordnare."),
        ("Samordnare", "Anna Frisk tar över efter Elin."),
        ("Byte av samordnare", ""),
    ],
)
def test_a_mail_that_appoints_is_noticed(subject, words):
    assert appointing.seems_to_appoint(subject, words)


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Fråga om nätverksträffen", "När är den?"),
        ("Samordnarens konferens", "Var äter vi lunch?"),
        ("Ny lokal", "Vi har utsett en sal."),
    ],
)
def test_other_mails_are_not(subject, words):
    assert not appointing.seems_to_appoint(subject, words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Hej! Vi har utsett Anna Frisk (anna.frisk@almvik.example, 070-174 06 12) från den 1 februari.",
            Proposed("Anna Frisk", "anna.frisk@almvik.example", "070-174 06 12", date(2027, 2, 1)),
        ),
        (
            "Ny samordnare blir Per af Ekenstam från 2027-01-15. Nås på per.ekenstam@almvik.example.",
            Proposed("Per af Ekenstam", "per.ekenstam@almvik.example", "", date(2027, 1, 15)),
        ),
        ("Karin Ahl tar över som samordnare den 15 december 2026.", Proposed("Karin Ahl", "", "", date(2026, 12, 15))),
        ("Jag anmäler mig som samordnare.", Proposed("Eva Strand", "eva.strand@almvik.example", "", None)),
        ("Byte av samordnare den 31 februari 2027.", Proposed("Eva Strand", "eva.strand@almvik.example", "", None)),
    ],
)
def test_who_is_appointed_is_proposed_from_the_words(words, expected):
    assert appointing.proposed(words, **SENDER) == expected


@given(st.text(max_size=500))
def test_any_words_give_a_proposal(words):
    proposal = appointing.proposed(words, **SENDER)

    assert proposal.email == "" or "@" in proposal.email
