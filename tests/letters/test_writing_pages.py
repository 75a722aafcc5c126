"""The pages on which a letter is written: whole without a script, and nothing typed is lost."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from samspel.letters.models import Letter
from samspel.letters.operations import writing
from tests.letters.conftest import AT, BODY, make_letter


def at(name, letter, *more):
    return reverse(f"letters:{name}", args=[letter.key, *more])


def page(client, *where):
    return client.get(at(*where)).content.decode()


@pytest.fixture
def mine(client, editor):
    """A letter with words, and the editor logged in."""
    client.force_login(editor)
    letter = writing.begin(by=editor, at=AT)
    return writing.change(letter=letter, body=BODY, revision=1, by=editor, at=AT)


def form_of(letter, **more):
    """What the page of writing sends, as it stands."""
    body = letter.body
    sent = {
        "revision": letter.revision,
        "block": [block["key"] for block in body["blocks"]],
        "contact": body["contact"],
    }
    for name in ("subject", "lead"):
        sent |= {f"{name}-{language}": body[name][language] for language in ("sv", "en")}
    for block in body["blocks"]:
        key = block["key"]
        sent |= {f"{key}-kind": block["kind"], f"{key}-ref": block["ref"]}
        sent |= {f"{key}-words-{language}": block["words"][language] for language in ("sv", "en")}
        sent |= {f"{key}-caption-{language}": block["caption"][language] for language in ("sv", "en")}
        if block["is_for_passing_on"]:
            sent[f"{key}-passing"] = "on"
    for place, signer in enumerate(body["signers"]):
        sent |= {f"signer-{place}-name": signer["name"]}
        sent |= {f"signer-{place}-title-{language}": signer["title"][language] for language in ("sv", "en")}
    return {**sent, "signers": len(body["signers"]), "deed": "save", **more}


def picture(width=400, height=300):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(out, "PNG")
    return SimpleUploadedFile("gård.png", out.getvalue(), content_type="image/png")


def blocks(letter):
    letter.refresh_from_db()
    return [(block["kind"], block["words"]["sv"]) for block in letter.body["blocks"]]


def test_a_letter_is_begun_and_written(client, editor):
    client.force_login(editor)

    answer = client.post(reverse("letters:begin"), {"kind": "news"}, follow=True)

    letter = Letter.objects.get()
    assert (letter.kind, answer.redirect_chain[-1][0]) == ("news", at("write", letter))
    client.post(at("write", letter), form_of(letter, deed="add:text:"))
    letter.refresh_from_db()
    key = letter.body["blocks"][0]["key"]
    client.post(at("write", letter), form_of(letter, **{"subject-sv": "Hej", f"{key}-words-sv": "Välkommen."}))
    assert (blocks(letter), letter.body["subject"]["sv"]) == ([("text", "Välkommen.")], "Hej")


def test_saving_what_stands_changes_nothing(client, mine):
    answer = client.post(at("write", mine), form_of(mine))

    assert answer.status_code == 302
    mine.refresh_from_db()
    assert mine.revision == 2


@pytest.mark.parametrize(
    ("deed", "expected"),
    [
        ("up:b2", ["b2", "a1"]),
        ("down:a1", ["b2", "a1"]),
        ("up:a1", ["a1", "b2"]),
        ("remove:a1", ["b2"]),
        ("remove:none", ["a1", "b2"]),
        ("add:script:", ["a1", "b2"]),
        ("nonsense", ["a1", "b2"]),
    ],
)
def test_every_button_saves_what_is_typed_and_does_its_deed(client, mine, deed, expected):
    client.post(at("write", mine), form_of(mine, deed=deed, **{"subject-sv": "Nytt ämne"}))

    mine.refresh_from_db()
    assert [block["key"] for block in mine.body["blocks"]] == expected
    assert mine.body["subject"]["sv"] == "Nytt ämne"


def test_a_part_is_added_after_another_and_the_page_goes_there(client, mine):
    answer = client.post(at("write", mine), form_of(mine, deed="add:picture:a1"))

    assert [kind for kind, _words in blocks(mine)] == ["text", "picture", "text"]
    assert answer.headers["Location"].endswith(f"#part-{mine.body['blocks'][1]['key']}")


def test_who_comes_second_sees_both_texts_and_chooses(client, mine, officer):
    body = {**BODY, "blocks": [{**BODY["blocks"][0], "words": {"sv": "Först", "en": "First"}}, BODY["blocks"][1]]}
    writing.change(letter=mine, body=body, revision=2, by=officer, at=AT)

    shown = client.post(at("write", mine), form_of(mine, **{"a1-words-sv": "Min text"}), follow=True).content.decode()

    assert "Min text" in shown
    assert "Lagt åt sidan, inte borttappat" in shown
    assert blocks(mine)[0] == ("text", "Först")
    client.post(at("settle", mine), {"number": 4, "place": "blocks/a1/words/sv", "deed": "use"})
    assert blocks(mine)[0] == ("text", "Min text")


def test_what_is_too_much_is_said_and_stays_on_the_page(client, mine):
    answer = client.post(at("write", mine), form_of(mine, **{"a1-words-sv": "y" * 20_001, "subject-sv": "Kvar"}))

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "y" * 20_001 in shown
    assert "Del 1: för lång. Högst 20000 tecken." in shown


def test_what_was_typed_when_the_letter_went_to_approval_stays_on_the_page(client, mine):
    Letter.objects.filter(pk=mine.pk).update(state="for_approval")

    answer = client.post(at("write", mine), form_of(mine, **{"a1-words-sv": "Det jag skrev"}))

    assert (answer.status_code, "Det jag skrev" in answer.content.decode()) == (409, True)
    assert client.get(at("write", mine)).headers["Location"] == at("letter", mine)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"block": ["a1", "a1", "../x", "A", "a" * 13]},
        {"block": ["a1"], "a1-kind": "script"},
        {"signers": "9" * 30, "revision": "-1", "deed": "x" * 5000},
        {"signers": "²", "revision": "１"},
        {"subject-sv": "\x00<script>alert(1)</script>", "contact": "x" * 1_000_000},
        {"block": [f"b{number}" for number in range(190)]},
        {"deed": "remove-signer:99999999999999999999"},
    ],
)
def test_no_post_is_too_odd_to_be_answered(client, mine, sent):
    assert client.post(at("write", mine), sent).status_code in (302, 422)
    assert client.get(at("write", mine)).status_code == 200


def test_markup_stands_as_words_on_every_page(client, mine):
    bad = "<script>alert(1)</script>"
    for name in ("subject-sv", "lead-sv", "a1-words-sv", "signer-0-name"):
        mine.refresh_from_db()
        client.post(at("write", mine), form_of(mine, **{name: bad}))

    for name in ("letter", "write", "preview", "history"):
        assert bad not in page(client, name, mine)
    assert bad not in client.get(at("preview_mail", mine)).content.decode()


def test_how_a_text_reads_is_shown_with_advice(client, mine):
    shown = client.post(at("look", mine), {"words": "**Härmed** skickas brevet.", "language": "sv"}).content.decode()

    assert "<strong>Härmed</strong>" in shown
    assert "Härmed".lower() in shown
    assert "vem gör det" in shown


def test_advice_stops_nobody(client, mine):
    hard = "Härmed skickas samt. " * 200
    answer = client.post(at("write", mine), form_of(mine, **{"a1-words-sv": hard}))

    assert (answer.status_code, blocks(mine)[0][1]) == (302, hard.strip())


def test_a_picture_is_brought_in_chosen_and_must_have_words(client, mine):
    client.post(at("pictures", mine), {"picture": picture(3000, 2000)})
    kept = mine.pictures.get()
    client.post(at("write", mine), form_of(mine, deed="add:picture:"))
    mine.refresh_from_db()
    key = mine.body["blocks"][2]["key"]
    client.post(at("write", mine), form_of(mine, **{f"{key}-ref": str(kept.key)}))
    need = "Skriv vad den visar."

    assert (kept.width, kept.height) == (1200, 800)
    assert need in page(client, "letter", mine)
    mine.refresh_from_db()
    client.post(at("write", mine), form_of(mine, **{f"{key}-words-sv": "En gård"}))
    assert need not in page(client, "letter", mine)


def test_a_picture_that_stands_in_the_letter_is_not_taken_away(client, mine):
    client.post(at("pictures", mine), {"picture": picture()})
    kept = mine.pictures.get()
    client.post(at("write", mine), form_of(mine, deed="add:picture:"))
    mine.refresh_from_db()
    key = mine.body["blocks"][2]["key"]
    client.post(at("write", mine), form_of(mine, **{f"{key}-ref": str(kept.key)}))

    client.post(at("picture_remove", mine, kept.key))
    assert mine.pictures.count() == 1
    mine.refresh_from_db()
    client.post(at("write", mine), form_of(mine, deed=f"remove:{key}"))
    client.post(at("picture_remove", mine, kept.key))
    assert mine.pictures.count() == 0


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n" + b"x" * 99])
def test_what_is_no_picture_is_refused_in_words(client, mine, content):
    answer = client.post(at("pictures", mine), {"picture": SimpleUploadedFile("x.png", content)})

    assert (answer.status_code, mine.pictures.count()) == (422, 0)


def test_a_copied_letter_has_pictures_of_its_own(client, mine, editor):
    client.post(at("pictures", mine), {"picture": picture()})
    mine.refresh_from_db()
    client.post(at("write", mine), form_of(mine, deed="add:picture:"))
    mine.refresh_from_db()
    key = mine.body["blocks"][2]["key"]
    client.post(at("write", mine), form_of(mine, **{f"{key}-ref": str(mine.pictures.get().key)}))
    mine.refresh_from_db()

    copied = writing.begin(by=editor, at=AT, like=mine)

    assert copied.body["blocks"][2]["ref"] == str(copied.pictures.get().key)
    assert copied.pictures.get().file == mine.pictures.get().file


def test_the_page_says_what_is_next_and_what_is_missing(client, mine, editor):
    empty = writing.begin(by=editor, at=AT)

    shown = page(client, "letter", empty)
    assert "Brevet ska skrivas." in shown
    assert "Brevet har inget ämne på svenska" in shown


def test_the_preview_is_read_as_one_who_gets_it(client, mine, coordinator):
    writing.set_audience(letter=mine, audience={"to": ["role:coordinator"]}, by=mine_writer(mine), at=AT)
    answer = client.get(at("preview", mine), {"visa": "text", "till": f"person:{coordinator.pk}"}).content.decode()

    assert "Sanna Samordnare" in answer
    assert "Så får Sanna Samordnare det." in answer
    assert "HÄR" not in answer
    assert "Tio år" in answer


def mine_writer(letter):
    from samspel.accounts.models import Person

    return Person.objects.get(key=letter.begun_by)


def test_who_is_protected_is_not_named_in_the_preview(client, mine, coordinator):
    coordinator.is_protected = True
    coordinator.save()
    writing.set_audience(letter=mine, audience={"to": ["role:coordinator"]}, by=mine_writer(mine), at=AT)

    assert "Sanna Samordnare" not in page(client, "preview", mine)


def test_the_letter_can_be_had_on_paper_before_it_is_sent(client, mine):
    answer = client.get(at("preview_pdf", mine))

    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_the_history_tells_what_changed_and_takes_it_back(client, mine):
    client.post(at("write", mine), form_of(mine, **{"a1-words-sv": "Nytt"}))
    mine.refresh_from_db()

    assert "Nytt" in page(client, "history", mine)
    client.post(at("restore", mine), {"number": 2, "revision": mine.revision})
    assert blocks(mine)[0][1] == BODY["blocks"][0]["words"]["sv"]


def test_what_is_said_about_a_letter_is_changed_field_by_field(client, mine, officer):
    shown = {"initial-kind": "duty", "initial-is_public": "on", "kind": "news", "is_public": "on"}
    writing.change(letter=mine, body=BODY, revision=2, by=officer, at=AT, is_public=False)

    client.post(at("about", mine), shown)

    mine.refresh_from_db()
    assert (mine.kind, mine.is_public) == ("news", False)


def test_a_letter_is_taken_back_with_a_reason(client, mine):
    assert client.post(at("withdraw", mine), {"reason": ""}).status_code == 422
    client.post(at("withdraw", mine), {"reason": "Inget möte"})

    mine.refresh_from_db()
    assert mine.state == "withdrawn"


def test_the_lists_cost_the_same_however_many_there_are(client, editor, django_assert_num_queries):
    client.force_login(editor)
    make_letter(by=editor)
    client.get(reverse("letters:letters"))
    with django_assert_num_queries(8, exact=False) as few:
        client.get(reverse("letters:letters"))
    for _number in range(5):
        make_letter(by=editor)
    with django_assert_num_queries(len(few)):
        client.get(reverse("letters:letters"))


def test_the_page_of_writing_costs_the_same_however_long_the_letter_is(client, mine, django_assert_num_queries):
    with django_assert_num_queries(40, exact=False) as few:
        client.get(at("write", mine))
    number = len(few)
    for kind in ("picture", "live", "promise", "text", "picture", "live", "promise"):
        mine.refresh_from_db()
        client.post(at("write", mine), form_of(mine, deed=f"add:{kind}:"))
    with django_assert_num_queries(number + 3):
        client.get(at("write", mine))


def test_those_without_the_task_see_nothing(client, mine, coordinator):
    client.force_login(coordinator)

    for name in ("letter", "write", "preview", "history", "pictures", "about"):
        assert client.get(at(name, mine)).status_code == 403


@pytest.mark.parametrize(("deed", "name"), [("make-date", "key_date_make"), ("make-promise", "promise_make")])
def test_what_is_typed_is_saved_before_she_goes_to_make_a_date_or_a_promise(client, mine, deed, name):
    answer = client.post(at("write", mine), form_of(mine, **{"subject-sv": "Nytt ämne", "deed": deed}))

    mine.refresh_from_db()
    assert mine.body["subject"]["sv"] == "Nytt ämne"
    assert answer["Location"].startswith(reverse(f"letters:{name}"))


def test_who_got_it_back_is_told_to_change_it_first(client, mine, coordinators):
    Letter.objects.filter(pk=mine.pk).update(sent_back_because="Byt rubriken", audience={"to": ["role:coordinator"]})

    assert "Brevet ska ändras så som önskats" in page(client, "letter", mine)


@pytest.mark.parametrize("state", ["approved", "planned"])
def test_that_writing_on_takes_the_approval_away_is_said_beside_the_button(client, mine, state):
    moment = AT if state == "planned" else None
    Letter.objects.filter(pk=mine.pk).update(state=state, planned_for=moment)

    assert "det är inte godkänt längre" in page(client, "letter", mine)
