"""The editor's pages: a form is made, changed part by part, tried and put to use, without a script."""

from __future__ import annotations

import copy
import tomllib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from samspel.forms.models import Answer, Definition, Field, Submission, Version, VersionState
from samspel.forms.operations import answers, definitions, dependencies
from samspel.forms.operations import participants as people
from samspel.forms.operations.participants import Taking
from samspel.forms.queries.definitions import body_of, in_use
from samspel.forms.rules import toml
from samspel.kernel.audit import SYSTEM
from samspel.kernel.permissions import Level
from samspel.registry.models import Role
from tests.casefiles.conftest import make_organizer, person_with
from tests.forms.conftest import BODY
from tests.forms.test_definitions import AT

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

SLUG = BODY["slug"]


@pytest.fixture
def author(db):
    """Who writes forms."""
    return person_with(Role.EDITOR, name="Edda Redaktör")


@pytest.fixture
def first(db):
    """The small analysis, version 1 in use."""
    return definitions.load(data=BODY, by=SYSTEM, at=AT)


@pytest.fixture
def draft(first, author):
    """Version 2 of it, as a draft."""
    return definitions.begin_draft(definition=first.definition, by=author, at=AT)


@pytest.fixture
def pages(client, author):
    """Asks for the editor's pages as the editor: `pages.get(name, …)`, `pages.post(name, …, data)`."""
    client.force_login(author)
    return Pages(client)


class Pages:
    """The editor's pages by name."""

    def __init__(self, client):
        self.client = client

    def get(self, name, *arguments, slug=SLUG, **query):
        return self.client.get(self._address(name, arguments, slug), query)

    def post(self, name, *arguments, slug=SLUG, **data):
        data.setdefault("revision", Version.objects.get(definition__slug=slug, state="draft").revision)
        return self.client.post(self._address(name, arguments, slug), data)

    @staticmethod
    def _address(name, arguments, slug):
        own = [slug] if slug else []
        return reverse(f"forms:{name}", args=[*own, *arguments])


def text_of(response):
    return response.content.decode().replace("&quot;", '"').replace("&#x27;", "'")


def now(draft):
    draft.refresh_from_db()
    return body_of(draft)


def question_fields(**changes):
    """What the page of a question sends, whatever its type."""
    return {"label_sv": "Fråga", "label_en": "", "help_sv": "", "help_en": "", "section": "background"} | changes


# Who


@pytest.mark.parametrize("name", ["definitions", "definition", "version", "preview"])
def test_those_at_the_agency_who_may_see_forms_read_but_do_not_write(client, first, name):
    client.force_login(person_with(Role.EDUCATION_OFFICER, name="Hanna Handläggare"))
    arguments = {"definitions": [], "definition": [SLUG]}.get(name, [SLUG, 1])

    shown = client.get(reverse(f"forms:{name}", args=arguments))

    assert shown.status_code == 200
    assert reverse("forms:draft_begin", args=[SLUG]) not in text_of(shown)


@pytest.mark.parametrize("role", [None, Role.EDUCATION_OFFICER, Role.COORDINATOR])
def test_nobody_but_editors_sees_or_changes_a_draft(client, draft, role):
    client.force_login(person_with(*([role] if role else []), name="Någon Annan"))

    tried = [
        client.get(reverse("forms:draft", args=[SLUG])),
        client.get(reverse("forms:draft_question", args=[SLUG, "need"])),
        client.post(reverse("forms:draft_words", args=[SLUG]), {"name_sv": "Kapat", "revision": 1}),
        client.post(reverse("forms:draft_publish", args=[SLUG]), {"note": "x"}),
        client.post(reverse("forms:definition_end", args=[SLUG])),
    ]

    assert {each.status_code for each in tried} == {403}


def test_somebody_who_is_not_logged_in_is_asked_to(client, draft):
    assert "/konto/logga-in/" in client.get(reverse("forms:draft", args=[SLUG])).headers["Location"]


# The list, a form and its versions


def test_the_list_tells_each_form_its_version_in_use_and_its_draft(pages, draft):
    shown = text_of(pages.get("definitions", slug=""))

    assert "Liten analys" in shown
    assert "Version 1" in shown
    assert "Version 2" in shown


def test_the_list_asks_the_database_no_more_when_there_are_more_forms(pages, first, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    pages.get("definitions", slug="")
    with CaptureQueriesContext(connection) as few:
        pages.get("definitions", slug="")
    for number in range(4):
        definitions.load(data=BODY | {"slug": f"form-{number}"}, by=SYSTEM, at=AT)

    with django_assert_num_queries(len(few)):
        pages.get("definitions", slug="")


def test_a_form_tells_what_is_next_and_who_uses_it(pages, first):
    dependencies.use(
        definition=first.definition,
        user_kind="schemes.edition",
        user="riktade-insatser-2020",
        label="Riktade insatser 2020",
        by=SYSTEM,
        at=AT,
    )

    shown = text_of(pages.get("definition"))

    assert "Inget: version 1 används. En ändring görs i ett nytt utkast." in shown
    assert "Riktade insatser 2020" in shown


def test_a_draft_is_begun_by_a_button_and_once_only(pages, first):
    begun = pages.client.post(reverse("forms:draft_begin", args=[SLUG]))
    again = pages.client.post(reverse("forms:draft_begin", args=[SLUG]), follow=True)

    assert begun.headers["Location"] == reverse("forms:draft", args=[SLUG])
    assert "Det finns redan ett utkast." in text_of(again)
    assert first.definition.versions.filter(state=VersionState.DRAFT).count() == 1


def test_a_version_tells_what_is_new_in_it(pages, draft):
    pages.post("draft_new_question", "background", label_sv="Antal lärare", type="number", key="")

    shown = text_of(pages.get("version", 2))

    assert "Ny fråga: ”Antal lärare”." in shown


# A new form


def test_a_new_form_is_made_from_nothing_and_put_to_use(pages, author):
    made = pages.client.post(
        reverse("forms:new_definition"), {"name_sv": "Enkät", "name_en": "Survey", "slug": "enkat"}
    )
    assert made.headers["Location"] == reverse("forms:draft", args=["enkat"])
    pages.post("draft_words", slug="enkat", name_sv="Enkät", name_en="Survey", subject="", keep_months="0")
    pages.post("draft_new_section", slug="enkat", title_sv="Om mötet", key="")
    pages.post("draft_new_question", "om_motet", slug="enkat", label_sv="Hur var det?", type="scale", key="")

    published = pages.post("draft_publish", slug="enkat", note="")

    assert published.headers["Location"] == reverse("forms:definition", args=["enkat"])
    found = body_of(in_use("enkat"))
    assert [(each.key, each.type, each.limits.most) for each in found.questions.values()] == [
        ("hur_var_det", "scale", "5")
    ]
    assert found.subject == ""


@pytest.mark.parametrize("slug", ["liten-analys", "nytt", "Stora Bokstäver", "", "../x"])
def test_an_address_that_is_taken_or_is_none_is_refused_in_words(pages, first, slug):
    refused = pages.client.post(reverse("forms:new_definition"), {"name_sv": "Enkät", "slug": slug})

    assert refused.status_code == 422
    assert Definition.objects.filter(name_sv="Enkät").count() == 0


# Questions


def test_a_question_is_added_with_a_key_of_its_own_words(pages, draft):
    answer = pages.post("draft_new_question", "plan", label_sv="Vem följer upp?", type="short_text", key="")

    assert answer.headers["Location"] == reverse("forms:draft_question", args=[SLUG, "vem_foljer_upp"])
    assert list(now(draft).questions)[-1] == "vem_foljer_upp"


def test_a_key_that_is_taken_is_refused_at_its_field(pages, draft):
    refused = pages.post("draft_new_question", "plan", label_sv="Behov", type="short_text", key="need")

    assert refused.status_code == 422
    assert "Något annat i formuläret har den nyckeln." in text_of(refused)


TYPES = {
    "short_text": ({"max_words": "10", "max_characters": "80"}, {"max_words": 10, "max_characters": 80}),
    "long_text": ({"max_words": "300", "pdf_lines": "20"}, {"max_words": 300, "pdf_lines": 20}),
    "number": (
        {"unit_sv": "elever", "unit_en": "pupils", "least": "0", "most": "1 000,5", "decimals": "1"},
        {"unit": {"sv": "elever", "en": "pupils"}, "least": "0", "most": "1000.5", "decimals": 1},
    ),
    "money": ({"least": "100", "most": "2 000 kr"}, {"least": "10000", "most": "200000"}),
    "date": ({"least": "2026-01-01", "most": "20261231"}, {"least": "2026-01-01", "most": "2026-12-31"}),
    "term": ({}, {}),
    "scale": (
        {"least": "1", "most": "4", "low_sv": "Dåligt", "high_sv": "Bra"},
        {"least": "1", "most": "4", "low": {"sv": "Dåligt"}, "high": {"sv": "Bra"}},
    ),
    "file": ({}, {}),
    "registry_value": ({"of": "municipality"}, {"of": "municipality"}),
    "school_unit": ({}, {}),
    "one_of": (
        {"option_0_sv": "Ja", "option_0_en": "Yes", "option_1_sv": "Nej", "option_1_place": "-1", "option_2_sv": ""},
        {"options": [{"key": "nej", "label": {"sv": "Nej"}}, {"key": "ja", "label": {"sv": "Ja", "en": "Yes"}}]},
    ),
    "several_of": ({"option_0_sv": "Läsning"}, {"options": [{"key": "lasning", "label": {"sv": "Läsning"}}]}),
}


@pytest.mark.parametrize("type_", TYPES)
def test_a_question_of_every_type_keeps_what_its_page_says(pages, draft, type_):
    sent, kept = TYPES[type_]
    pages.post("draft_new_question", "background", label_sv="Fråga", type=type_, key="asked")

    saved = pages.post("draft_question", "asked", **question_fields(is_required="on", **sent))

    assert saved.status_code == 302, text_of(saved)
    draft.refresh_from_db()
    [question] = [each for each in draft.body["sections"][0]["questions"] if each["key"] == "asked"]
    assert question == {"key": "asked", "type": type_, "label": {"sv": "Fråga"}, "is_required": True, **kept}
    assert pages.get("draft_question", "asked").status_code == 200


def test_what_a_question_page_shows_saved_again_changes_nothing(pages, draft):
    for section in BODY["sections"]:
        for question in section["questions"]:
            shown = pages.get("draft_question", question["key"])
            form = shown.context["form"]
            sent = {name: value for name in form.fields if (value := form[name].value()) not in (None, "", False)}
            saved = pages.post("draft_question", question["key"], **sent)
            # The register of the test has no indicators to choose among.
            assert saved.status_code == 302 or question["type"] == "indicator_series", (question["key"], form.errors)

    draft.refresh_from_db()
    assert (draft.body, draft.revision) == (Version.objects.get(definition__slug=SLUG, number=1).body, 1)


def test_a_question_is_filled_in_from_what_was_answered_the_last_time(pages, draft):
    fields = question_fields(label_sv="Kontakt", section="background", prefill="previous.contact")

    assert pages.post("draft_question", "contact", **fields).status_code == 302
    assert now(draft).questions["contact"].prefill == "previous.contact"


def test_what_a_question_is_filled_in_from_is_chosen_among_what_there_is(pages, draft):
    choices = pages.get("draft_question", "contact").context["form"].fields["prefill"].choices

    groups = {str(name): dict(each) for name, each in choices if isinstance(each, list)}
    assert str(groups["Det som är känt"]["organizer.pupils"]) == "Huvudmannens elever, ett antal"
    earlier = groups["Det som svarades förra gången"]
    assert earlier["previous.summary"] == "Sammanfattning"
    assert "previous.measures" not in earlier


def test_a_table_is_filled_in_from_tables_alone(pages, draft):
    choices = pages.get("draft_question", "measures").context["form"].fields["prefill"].choices

    assert [list(dict(each)) for _name, each in choices if isinstance(each, list)] == [["previous.measures"]]


def test_a_table_gets_columns_with_sums_held_under_an_answer(pages, draft):
    pages.post("draft_new_question", "plan", label_sv="Kostnader", type="rows", key="costs")
    pages.post("draft_new_column", "costs", label_sv="Belopp", type="money", key="amount")
    pages.post("draft_column", "costs", "amount", label_sv="Belopp", has_sum="on", width="2", least="0")
    fields = question_fields(label_sv="Kostnader", section="plan", most_rows="30", sum_at_most="amount|ceiling")

    assert pages.post("draft_question", "costs", **fields).status_code == 302
    table = now(draft).questions["costs"]
    assert (table.sum_at_most, table.most_rows, table.column("amount").has_sum) == (("amount", "ceiling"), 30, True)


@pytest.mark.parametrize(
    ("type_", "fields"),
    [
        ("number", {"least": "många"}),
        ("number", {"least": "9" * 300}),
        ("short_text", {"max_words": "-3"}),
        ("short_text", {"max_words": "9" * 400}),
        ("short_text", {"label_sv": ""}),
        ("short_text", {"label_sv": "x" * 1_000_000}),
        ("short_text", {"label_sv": "a\x00b"}),
        ("short_text", {"section": "finns-inte"}),
        ("short_text", {"prefill": "finns.inte"}),
        ("date", {"most": "2026-02-30"}),
        ("scale", {"least": "5", "most": "1"}),
        ("scale", {"least": "", "most": ""}),
        ("one_of", {"option_0_sv": "", "option_1_sv": ""}),
        ("registry_value", {"of": "planeter"}),
    ],
)
def test_bad_input_is_refused_at_its_field_and_nothing_is_changed(pages, draft, type_, fields):
    pages.post("draft_new_question", "background", label_sv="Fråga", type=type_, key="asked")
    draft.refresh_from_db()
    before = draft.body

    refused = pages.post("draft_question", "asked", **question_fields(**fields))

    assert refused.status_code == 422
    draft.refresh_from_db()
    assert draft.body == before


def test_another_type_keeps_what_belongs_to_every_type(pages, draft):
    pages.post("draft_type", "why_high", type="short_text")

    question = now(draft).questions["why_high"]
    assert (question.type, question.label.sv, question.asked_when.question) == ("short_text", "Varför högt", "need")


# Conditions


def test_a_condition_is_made_of_question_test_and_value(pages, draft):
    chosen = pages.get("draft_condition", "contact", "asked_when", question="need")
    assert "Hög" in text_of(chosen)

    pages.post("draft_condition", "contact", "asked_when", question="need", test="is", value="high", add="yes")
    pages.post("draft_condition", "contact", "asked_when", question="pupils", test="at_least", value="1 000", add="yes")
    pages.post("draft_condition", "contact", "asked_when", join="any")

    draft.refresh_from_db()
    [contact] = [each for each in draft.body["sections"][0]["questions"] if each["key"] == "contact"]
    assert contact["asked_when"] == {
        "any": [{"question": "need", "is": "high"}, {"question": "pupils", "at_least": "1000"}]
    }
    shown = text_of(pages.get("draft_condition", "contact", "asked_when"))
    assert "”Behov” är Hög" in shown
    pages.post("draft_condition", "contact", "asked_when", away="1")
    assert now(draft).questions["contact"].asked_when.question == "need"


def test_a_question_whose_condition_goes_round_is_told_on_the_draft_and_stops_it(pages, draft):
    pages.post("draft_condition", "need", "asked_when", question="why_high", test="is_answered", add="yes")

    shown = pages.get("draft")
    refused = pages.post("draft_publish", note="x")

    assert "Att rätta" in text_of(shown)
    assert reverse("forms:draft_question", args=[SLUG, "need"]) in text_of(shown)
    assert refused.status_code == 422
    assert in_use(SLUG).number == 1


@pytest.mark.parametrize(
    "data",
    [
        {"question": "need", "test": "is", "value": "", "add": "yes"},
        {"question": "need", "test": "at_least", "value": "3", "add": "yes"},
        {"question": "pupils", "test": "at_least", "value": "många", "add": "yes"},
        {"question": "need", "test": "is", "value": "finns-inte", "add": "yes"},
    ],
)
def test_a_test_that_does_not_fit_is_refused_at_its_field(pages, draft, data):
    assert pages.post("draft_condition", "contact", "asked_when", **data).status_code == 422
    assert now(draft).questions["contact"].asked_when is None


# Moving and taking away


def test_parts_move_one_place_and_a_question_at_the_end_of_its_section_to_the_next(pages, draft):
    pages.post("draft_move", part="contact", step="up")
    pages.post("draft_move", part="trust", step="down")
    pages.post("draft_move", part="measures/cost", step="up")

    found = now(draft)
    assert [each.key for each in found.sections[0].questions][:2] == ["contact", "summary"]
    assert next(each.key for each in found.sections[1].questions) == "trust"
    assert [each.key for each in found.questions["measures"].columns] == ["cost", "what"]


@pytest.mark.parametrize(
    ("part", "who"),
    [
        ("need", "villkoret för ”Varför högt”"),
        ("ceiling", "summan i ”Insatser”"),
        ("measures/cost", "summan i ”Insatser”"),
    ],
)
def test_what_something_uses_is_not_taken_away_and_the_page_says_who_uses_it(pages, draft, part, who):
    asked = text_of(pages.get("draft_remove", part=part))
    refused = pages.post("draft_remove", part=part)

    assert who in asked
    assert refused.status_code == 422
    assert who in text_of(refused)
    assert now(draft).questions.keys() >= {"need", "ceiling", "measures"}


def test_what_nothing_uses_is_taken_away(pages, draft):
    gone = pages.post("draft_remove", part="why_high")

    assert gone.status_code == 302
    assert "why_high" not in now(draft).questions


def test_an_option_that_a_condition_asks_for_is_not_emptied(pages, draft):
    sent = {"option_0_key": "low", "option_0_sv": "Låg", "option_1_key": "high", "option_1_sv": "", "option_2_sv": "Ny"}

    refused = pages.post("draft_question", "need", **question_fields(label_sv="Behov", **sent))

    assert refused.status_code == 422
    assert "villkoret för ”Varför högt”" in text_of(refused)


# Two editors


def test_who_was_second_is_told_keeps_her_words_and_saves_again(pages, draft):
    pages.post("draft_section", "plan", title_sv="Planen")

    second = pages.post("draft_section", "background", title_sv="Min bakgrund", revision=1)

    assert second.status_code == 422
    assert "Utkastet har ändrats" in text_of(second)
    assert "Min bakgrund" in text_of(second)
    assert 'name="revision" value="2"' in text_of(second)
    assert pages.post("draft_section", "background", title_sv="Min bakgrund", revision=2).status_code == 302
    assert [each.title.sv for each in now(draft).sections] == ["Min bakgrund", "Planen"]


# As text


def test_the_text_taken_out_and_sent_in_again_is_the_same_draft(pages, draft):
    taken = pages.get("version_text", 2)
    pages.client.post(
        reverse("forms:draft_text", args=[SLUG]),
        {"file": SimpleUploadedFile("x.toml", taken.content), "revision": 1},
    )

    draft.refresh_from_db()
    assert taken.headers["Content-Disposition"] == 'attachment; filename="liten-analys-2.toml"'
    assert tomllib.loads(taken.content.decode()) == draft.body
    assert draft.revision == 1


def test_a_text_with_faults_is_not_taken_and_each_is_told_with_its_place(pages, draft):
    data = copy.deepcopy(BODY)
    data["sections"][0]["questions"][0]["type"] = "dikt"
    data["sections"][1]["questions"][0].pop("label")
    from samspel.forms.rules.toml import written

    refused = pages.post("draft_text", text=written(data))

    assert refused.status_code == 422
    shown = text_of(refused)
    assert reverse("forms:draft_question", args=[SLUG, "summary"]) in shown
    assert reverse("forms:draft_question", args=[SLUG, "ceiling"]) in shown
    assert now(draft).questions["summary"].type == "long_text"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "inte toml = =",
        "x = " + "[" * 3000,
        "a = 1",
        'format = "samspel.form/1"\nslug = "annan"',
        "\x00",
        "x" * 1_100_000,
    ],
)
def test_what_is_no_definition_is_refused_in_words(pages, draft, text):
    refused = pages.post("draft_text", text=text)

    assert refused.status_code == 422
    draft.refresh_from_db()
    assert draft.revision == 1


def test_a_text_that_is_no_toml_is_told_where_in_swedish(pages, draft):
    refused = text_of(pages.post("draft_text", text='slug = "x"\nname = = 1'))

    assert "det går inte att läsa från rad 2, tecken 8" in refused
    assert "Invalid" not in refused


def test_a_text_with_a_mark_of_its_order_first_is_taken(pages, draft):
    """As some editors of text save it, and so as it is pasted."""
    text = "\ufeff" + toml.written(draft.body | {"name": {"sv": "Nytt namn"}})

    assert pages.post("draft_text", text=text).status_code == 302
    assert now(draft).name.sv == "Nytt namn"


def test_a_file_that_is_no_text_is_refused(pages, draft):
    sent = {"file": SimpleUploadedFile("x.toml", b"\xff\xfe\x00"), "revision": 1}

    assert pages.client.post(reverse("forms:draft_text", args=[SLUG]), sent).status_code == 422


# Preview and trial


def test_a_preview_shows_the_controls_and_saves_nothing(pages, draft):
    before = (Answer.objects.count(), Field.objects.count())

    shown = pages.get("preview", 2, **{"del": "background"})
    looked = pages.post("preview", 2, pupils="många", need="high")

    assert 'name="summary"' in text_of(shown)
    assert "Skriv ett tal" in text_of(looked)
    assert (Answer.objects.count(), Field.objects.count()) == before


def test_a_trial_is_an_answer_of_the_editors_own_that_counts_nowhere_and_tells_nobody(pages, draft, author, mailoutbox):
    from samspel.forms.permissions import SUBMIT, may
    from samspel.post.models import Message

    organizer = make_organizer()

    begun = pages.post("try", 2, organizer=organizer.organization_number)

    answer = Answer.objects.get(version=draft)
    assert begun.headers["Location"] == reverse("forms:answer", args=[answer.key])
    assert answer.is_test
    assert may(author, SUBMIT, answer, answer.begun_at)
    assert Message.objects.count() == 0
    assert "svar" not in text_of(pages.get("definition")).partition("Vad som använder det")[2].partition("<h2>")[0]


def test_a_trial_goes_away_when_the_draft_is_changed_also_a_submitted_one(pages, draft, author):
    pages.post("try", 2, organizer=make_organizer().organization_number)
    trial = Answer.objects.get(version=draft)
    Submission.objects.create(
        answer=trial, number=1, values={}, revision=0, digest="0" * 64, submitted_at=AT, submitted_by=author.key
    )

    saved = pages.post("draft_new_section", title_sv="Uppföljning", key="")

    assert saved.status_code == 302
    assert Answer.objects.count() == 0


def test_a_trial_of_a_version_in_use_is_thrown_away_by_the_one_who_began_it_alone(client, author, first, editor):
    trial = answers.begin(definition=first.definition, is_test=True, version=first, by=author, at=AT)
    people.write_rows(
        trial, [Taking(author, "submit", AT.date()), Taking(editor, "write", AT.date())], by=author, at=AT
    )
    throw = reverse("forms:drop_trial", args=[trial.key])
    client.force_login(editor, backend=BACKEND, level=Level.SIGN)
    assert client.post(throw).status_code == 403
    client.force_login(author, backend=BACKEND, level=Level.SIGN)
    assert throw in client.get(reverse("forms:answer", args=[trial.key])).content.decode()

    assert (client.get(throw).status_code, Answer.objects.count()) == (200, 1)
    assert client.post(throw).headers["Location"] == reverse("forms:version", args=[first.definition.slug, 1])

    assert Answer.objects.count() == 0


def test_an_answer_that_is_no_trial_is_not_thrown_away(client, author, first):
    answer = answers.begin(definition=first.definition, organizer=make_organizer(), by=SYSTEM, at=AT)
    Answer.objects.update(begun_by=author.key)
    client.force_login(author, backend=BACKEND, level=Level.SIGN)

    assert client.post(reverse("forms:drop_trial", args=[answer.key])).status_code == 404


def test_a_draft_with_trials_is_thrown_away_with_them(pages, draft):
    pages.post("try", 2, organizer=make_organizer().organization_number)

    pages.post("draft_drop")

    assert Answer.objects.count() == 0
    assert not Version.objects.filter(pk=draft.pk).exists()


# Ending and taking away


def test_a_form_that_something_uses_is_neither_ended_nor_taken_away(pages, first):
    dependencies.use(
        definition=first.definition, user_kind="events.event", user="17", label="Ett möte", by=SYSTEM, at=AT
    )

    refused = [pages.client.post(reverse(f"forms:definition_{deed}", args=[SLUG])) for deed in ("end", "delete")]

    assert [each.status_code for each in refused] == [422, 422]
    assert all("Ett möte" in text_of(each) for each in refused)
    assert in_use(SLUG) == first


def test_a_form_is_ended_and_hidden_by_buttons(pages, first):
    pages.client.post(reverse("forms:definition_show", args=[SLUG]), {"is_public": "no"})
    first.definition.refresh_from_db()
    assert not first.definition.is_public

    pages.client.post(reverse("forms:definition_end", args=[SLUG]))

    assert in_use(SLUG) is None


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("definition", ["finns-inte"]),
        ("version", [SLUG, 99]),
        ("version", [SLUG, 10**30]),
        ("draft_question", [SLUG, "finns-inte"]),
        ("draft_section", [SLUG, "finns-inte"]),
        ("draft_column", [SLUG, "measures", "finns-inte"]),
        ("draft_condition", [SLUG, "need", "annat_ord"]),
        ("draft_condition", [SLUG, "finns-inte", "asked_when"]),
        ("draft_remove", [SLUG]),
        ("draft", ["finns-inte"]),
    ],
)
def test_what_is_not_there_is_not_found(pages, draft, name, arguments):
    assert pages.client.get(reverse(f"forms:{name}", args=arguments)).status_code == 404


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 500, "²", "1\x00"])
def test_a_page_that_does_not_say_what_it_was_made_from_changes_nothing(pages, draft, revision):
    refused = pages.post("draft_section", "plan", title_sv="Planen", revision=revision)

    assert refused.status_code == 422
    assert now(draft).section("plan").title.sv == "Plan"


ODD = [
    "",
    "\x00",
    "x" * 1_000_000,
    "9" * 400,
    "-1",
    "²",
    "../..",
    "{{ 7*7 }}",
    "<script>",
    "\ud800".encode("utf-8", "replace"),
]
EDITING = [
    ("draft_words", []),
    ("draft_text", []),
    ("draft_new_section", []),
    ("draft_section", ["plan"]),
    ("draft_new_question", ["plan"]),
    ("draft_question", ["need"]),
    ("draft_question", ["measures"]),
    ("draft_question", ["trust"]),
    ("draft_type", ["need"]),
    ("draft_new_column", ["measures"]),
    ("draft_column", ["measures", "cost"]),
    ("draft_condition", ["contact", "asked_when"]),
    ("draft_move", []),
    ("draft_remove", []),
    ("preview", [2]),
    ("try", [2]),
]


@pytest.mark.parametrize(("name", "arguments"), EDITING)
def test_whatever_is_sent_is_refused_in_words_or_saved_whole(pages, draft, name, arguments):
    names = list(pages.get(name, *arguments).context["form"].fields) if name not in _WITHOUT_A_FORM else []
    names += [
        "part",
        "step",
        "question",
        "test",
        "value",
        "add",
        "away",
        "join",
        "revision",
        "option_0_sv",
        "summary",
        "areas",
    ]

    for odd in ODD:
        answered = pages.post(name, *arguments, **dict.fromkeys(names, odd))
        assert answered.status_code in (200, 302, 400, 404, 422), (name, odd[:20])
        draft.refresh_from_db()
        assert draft.state == VersionState.DRAFT


_WITHOUT_A_FORM = ("draft_condition", "draft_move", "draft_remove", "preview")


def test_a_draft_is_read_in_the_language_of_the_page(pages, draft):
    swedish = pages.get("draft").content.decode()
    with translation.override("en"):
        english = pages.get("draft").content.decode()

    assert "Varför högt" in swedish and "”Behov” är Hög" in swedish
    assert "Why high" in english and "“Need” is High" in english
    assert "Varför högt" not in english and "Behov" not in english


def test_a_trial_about_nobody_is_told_what_to_write(client, author, first):
    client.force_login(author)

    page = client.post(reverse("forms:try", args=[SLUG, first.number]), {})

    assert page.status_code == 422
    assert "Skriv vem provet gäller." in page.content.decode()
