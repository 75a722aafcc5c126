"""Two people write in one form in real browsers: nothing is lost, whatever the network or the other does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from samspel.forms.models import Answer, AnswerState, SetAside
from samspel.forms.operations import definitions, saving
from samspel.forms.queries.answers import fields_of
from samspel.forms.queries.definitions import body_of, in_use, shipped_documents
from samspel.forms.rules.definitions import read
from samspel.testing.sessions import log_in_page
from tests.forms.conftest import AT, handed_out

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 640}
DESK = {"width": 1280, "height": 720}
BACKGROUND, PLAN = "background", "plan"


def address(answer, section=BACKGROUND):
    return reverse("forms:section", args=[answer.key, section])


@pytest.fixture
def opened(live, new_page, answer):
    """`opened(person, section, **options)`: her page of a section, which looks for others often."""

    def open_page(person, section=BACKGROUND, **options):
        page = new_page(**options)
        log_in_page(page, person, live.url)
        page.goto(address(answer, section))
        return page

    return open_page


def expect(locator) -> Any:
    """Playwright's own, which is there only where a browser is."""
    from playwright.sync_api import expect

    return expect(locator)


def saved(page):
    """Wait until the page says that what was typed is kept."""
    page.locator('[data-status][data-kind="saved"]').wait_for(timeout=15_000)


def told(page, words):
    """Wait until the page says this where it says what is saved."""
    page.locator("[data-status]", has_text=words).wait_for(timeout=15_000)


def look(page):
    """What the page does every ten seconds, at once."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_what_is_typed_is_saved_by_itself_and_it_is_said_when(opened, answer, writer):
    page = opened(writer)

    page.get_by_label("Kontakt").fill("Anna")
    page.get_by_label("Elever").press_sequentially("120")
    saved(page)

    assert re.fullmatch(r"Sparat kl\. \d\d\.\d\d\.\d\d, \d fält\.", page.locator("[data-status]").inner_text())
    assert fields_of(answer) == {"contact": "Anna", "pupils": "120"}


def test_two_who_write_different_fields_see_each_other_and_what_the_other_changed(
    opened, answer, writer, second_writer
):
    hers, his = opened(writer), opened(second_writer)

    his.get_by_label("Kontakt").focus()
    look(his)
    hers.get_by_label("Sammanfattning").fill("Wilmas text.")
    saved(hers)
    his.get_by_label("Kontakt").press_sequentially("Didrik")
    saved(his)
    hers.get_by_label("Elever").focus()
    look(hers)

    hers.locator("[data-here]", has_text="Didrik Utvecklare är också här").wait_for()
    hers.locator("#q-contact .others__here", has_text="Didrik Utvecklare är här").wait_for()
    hers.locator(".others__mark", has_text="Ändrat av Didrik Utvecklare").wait_for()
    assert hers.get_by_label("Kontakt").input_value() == "Didrik"
    his.locator(".others__mark", has_text="Ändrat av Wilma Rektor").wait_for()
    assert his.get_by_label("Sammanfattning").input_value() == "Wilmas text."
    assert fields_of(answer) == {"summary": "Wilmas text.", "contact": "Didrik"}


def test_a_field_that_is_being_written_in_is_not_changed_under_the_cursor(opened, answer, writer, second_writer):
    hers, his = opened(writer), opened(second_writer)
    hers.get_by_label("Sammanfattning").fill("Första meningen. Andra meningen. Tredje meningen.")
    saved(hers)
    look(his)
    his.locator(".others__mark", has_text="Ändrat av Wilma Rektor").wait_for()
    area = hers.get_by_label("Sammanfattning")
    area.focus()
    area.press("End")

    his.get_by_label("Sammanfattning").fill("Didriks början. Andra meningen. Tredje meningen.")
    saved(his)
    look(hers)
    hers.get_by_text("medan du skriver i det").wait_for()
    assert area.input_value() == "Första meningen. Andra meningen. Tredje meningen."
    area.press_sequentially(" Och Wilmas slut.")
    saved(hers)
    assert area.input_value() == "Första meningen. Andra meningen. Tredje meningen. Och Wilmas slut."
    hers.get_by_label("Kontakt").focus()

    both = "Didriks början. Andra meningen. Tredje meningen. Och Wilmas slut."
    expect(area).to_have_value(both)
    saved(hers)
    assert fields_of(answer)["summary"] == both
    assert not SetAside.objects.exists()


def test_two_who_write_the_same_words_at_once_lose_none(opened, answer, writer, second_writer):
    hers, his = opened(writer), opened(second_writer)

    hers.get_by_label("Kontakt").fill("Wilmas ord")
    his.get_by_label("Kontakt").fill("Didriks ord")
    saved(hers)
    his.locator(".aside__head").wait_for(timeout=15_000)

    row = SetAside.objects.get()
    assert {fields_of(answer)["contact"], row.value} == {"Wilmas ord", "Didriks ord"}
    his.get_by_role("button", name="Lägg min efter").click()
    expect(his.get_by_label("Kontakt")).to_have_value("Wilmas ord Didriks ord")
    look(hers)
    hers.locator(".others__beside").wait_for()
    hers.get_by_role("button", name="Ta in ändringen").click()
    expect(hers.get_by_label("Kontakt")).to_have_value("Wilmas ord Didriks ord")
    assert fields_of(answer)["contact"] == "Wilmas ord Didriks ord"


def test_one_who_loses_the_network_goes_on_writing_and_all_is_saved_when_it_is_back(
    opened, answer, writer, second_writer
):
    hers, his = opened(writer), opened(second_writer)
    hers.context.set_offline(True)

    hers.get_by_label("Sammanfattning").fill("Skrivet på tåget.")
    told(hers, "Inte sparat: ingen kontakt. Det du skrivit finns kvar här.")
    hers.get_by_label("Elever").fill("77")
    his.get_by_label("Kontakt").fill("Didrik")
    saved(his)
    assert fields_of(answer) == {"contact": "Didrik"}
    hers.context.set_offline(False)
    saved(hers)

    assert fields_of(answer) == {"contact": "Didrik", "summary": "Skrivet på tåget.", "pupils": "77"}
    assert hers.get_by_label("Kontakt").input_value() == "Didrik"


def test_what_was_not_saved_is_offered_after_a_reload(opened, answer, writer):
    page = opened(writer)
    page.route(
        "**/del/background/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.get_by_label("Sammanfattning").fill("Aldrig framme.")
    told(page, "Inte sparat: ingen kontakt.")
    page.on("dialog", lambda dialog: dialog.accept())

    page.reload()
    page.unroute_all()
    page.get_by_role("heading", name="Det här var inte sparat").wait_for()
    page.get_by_role("button", name="Sätt tillbaka det").click()
    saved(page)

    assert fields_of(answer) == {"summary": "Aldrig framme."}


def test_a_server_that_fails_is_tried_again(opened, answer, writer):
    page = opened(writer)
    times = []

    def fail_once(route):
        if route.request.method != "POST" or times:
            return route.continue_()
        times.append(1)
        return route.fulfill(status=502, body="Bad gateway")

    page.route("**/del/background/", fail_once)
    page.get_by_label("Kontakt").fill("Anna")
    told(page, "Inte sparat: ingen kontakt.")
    saved(page)

    assert fields_of(answer) == {"contact": "Anna"}


def test_one_who_was_logged_out_is_told_so_and_goes_on_when_logged_in_again(live, opened, answer, writer):
    page = opened(writer)
    page.context.clear_cookies()

    page.get_by_label("Kontakt").fill("Anna")
    told(page, "du är inte längre inloggad")
    assert page.get_by_role("link", name="Logga in i ett nytt fönster").is_visible()
    log_in_page(page, writer, live.url)
    saved(page)

    assert fields_of(answer) == {"contact": "Anna"}


def test_a_form_that_was_submitted_meanwhile_says_so_and_keeps_what_was_written(opened, answer, writer):
    page = opened(writer)
    Answer.objects.filter(pk=answer.pk).update(state=AnswerState.SUBMITTED)

    page.get_by_label("Kontakt").fill("Sent")
    told(page, "Formuläret har lämnats in")

    assert SetAside.objects.get().value == "Sent"


def test_what_is_wrong_is_told_at_the_field_and_the_rest_is_saved(opened, answer, writer, axe):
    page = opened(writer)

    page.get_by_label("Elever").fill("många")
    page.get_by_label("Kontakt").fill("Anna")
    told(page, re.compile(r"^Inte sparat: 1 svar att rätta\. Sparat kl\. [\d.]+, 1 fält\.$"))

    assert page.get_by_label("Elever").get_attribute("aria-invalid") == "true"
    assert page.locator("#f-pupils-error").inner_text() and fields_of(answer) == {"contact": "Anna"}
    axe(page)
    page.get_by_label("Elever").fill("12")
    saved(page)
    assert page.locator("#f-pupils-error").is_hidden()


def test_questions_are_shown_as_they_are_asked_and_words_are_counted(opened, writer):
    page = opened(writer)
    why = page.get_by_label("Varför högt")

    assert why.is_hidden()
    page.get_by_label("Hög", exact=True).check()
    assert why.is_visible()
    page.get_by_role("button", name=re.compile("Ta bort svaret.*Behov")).click()
    assert why.is_hidden()
    page.get_by_label("Sammanfattning").fill("ord " * 185)
    assert page.get_by_text("15 ord kvar av 200.").first.is_visible()
    page.get_by_label("Sammanfattning").fill("ord " * 203)
    assert page.get_by_text("3 ord för mycket. Högst 200.").first.is_visible()


def test_rows_are_added_summed_and_taken_away_and_the_other_sees_them(opened, answer, writer, second_writer):
    hers, his = opened(writer, PLAN), opened(second_writer, PLAN)

    hers.get_by_label("Vad, rad 1").fill("Läsgrupper")
    hers.get_by_label("Kostnad, rad 1").fill("12 500,50")
    hers.get_by_label("Vad, rad 2").fill("Handledning")
    hers.get_by_label("Kostnad, rad 2").fill("500")
    assert hers.locator("output[data-sum=cost]").inner_text().replace("\xa0", " ") == "13 000,50 kr"
    hers.get_by_role("button", name=re.compile("Lägg till rad.*Insatser")).click()
    assert hers.get_by_label("Vad, rad 4").is_visible()
    saved(hers)
    look(his)
    his.locator(".others__mark", has_text="En rad lades till av Wilma Rektor").first.wait_for()
    # His own blank rows stand first.
    assert "Läsgrupper" in [one.input_value() for one in his.locator("input[name$='/what']").all()]
    assert his.locator("output[data-sum=cost]").inner_text().replace("\xa0", " ") == "13 000,50 kr"
    hers.get_by_label("Ta bort rad 1").check()
    saved(hers)

    kept = fields_of(answer)
    assert [value for path, value in kept.items() if path.endswith("/what")] == ["Handledning"]
    hers.get_by_role("button", name="Ångra").click()
    saved(hers)
    assert len([path for path in fields_of(answer) if path.endswith("/what")]) == 2


def test_what_is_wrong_in_a_row_that_is_taken_away_keeps_nobody_from_going_on(opened, answer, writer):
    page = opened(writer, PLAN)
    page.get_by_label("Vad, rad 1").fill("Läsgrupper")
    page.get_by_label("Kostnad, rad 1").fill("mycket")
    page.locator('[data-status][data-kind="faults"]').wait_for(timeout=15_000)

    page.get_by_label("Ta bort rad 1").check()
    saved(page)
    page.get_by_role("button", name="Ångra").click()
    page.locator('[data-status][data-kind="faults"]').wait_for(timeout=15_000)
    assert page.get_by_label("Kostnad, rad 1").input_value() == "mycket"
    page.get_by_label("Ta bort rad 1").check()
    page.locator(".save-bar button[value=go]").click()

    page.wait_for_url("**/granska/")
    assert fields_of(answer) == {}


def test_a_row_that_found_no_place_is_kept_whole_when_there_is_one(opened, answer, writer, second_writer):
    page = opened(writer, PLAN)
    full = {f"measures/r{number}/what": str(number) for number in range(20)}
    saving.save(answer=answer, typed=full, base=0, by=second_writer, at=timezone.now())
    row = page.locator("tr[data-row]").first.get_attribute("data-row")
    page.locator(f"[name='{row}/what']").fill("Mina ord")
    page.locator(f"[name='{row}/cost']").fill("500")
    page.locator('[data-status][data-kind="faults"]').wait_for(timeout=15_000)
    assert page.locator(f"[name='{row}/what']").input_value() == "Mina ord"

    saving.save(answer=answer, typed={"measures/r7": ""}, base=1, by=second_writer, at=timezone.now())
    page.locator(f"[name='{row}/what']").fill("Mina ord och fler")
    saved(page)

    kept = fields_of(answer)
    assert (kept[f"{row}/what"], kept[f"{row}/cost"]) == ("Mina ord och fler", 50_000)


def test_what_is_offered_after_a_reload_is_remembered_until_somebody_decides(opened, answer, writer):
    page = opened(writer)
    page.route(
        "**/del/background/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.get_by_label("Sammanfattning").fill("Aldrig framme.")
    told(page, "Inte sparat: ingen kontakt.")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.unroute_all()
    page.get_by_role("heading", name="Det här var inte sparat").wait_for()

    page.get_by_label("Kontakt").fill("Något annat")
    saved(page)
    page.reload()
    page.get_by_role("heading", name="Det här var inte sparat").wait_for()
    page.get_by_role("button", name="Sätt tillbaka det").click()
    saved(page)
    page.reload()

    assert page.get_by_label("Sammanfattning").input_value() == "Aldrig framme."
    assert page.get_by_role("heading", name="Det här var inte sparat").count() == 0
    assert fields_of(answer) == {"summary": "Aldrig framme.", "contact": "Något annat"}


def test_a_network_that_answers_with_a_page_of_its_own_ends_nothing(opened, answer, writer, second_writer):
    hers, his = opened(writer), opened(second_writer)
    hers.route("**/nu/**", lambda route: route.fulfill(status=200, content_type="text/html", body="<p>Log in</p>"))
    with hers.expect_response("**/nu/**"):
        look(hers)
    hers.unroute_all()
    his.get_by_label("Kontakt").fill("Didrik")
    saved(his)

    hers.locator(".others__mark", has_text="Ändrat av Didrik Utvecklare").wait_for(timeout=15_000)


def test_one_who_takes_part_no_longer_is_told_so(opened, answer, writer):
    page = opened(writer)
    answer.participants.filter(person=writer).delete()

    page.get_by_label("Kontakt").fill("Anna")

    told(page, "du får inte längre skriva här")


def test_writing_on_in_a_field_never_takes_the_place_of_what_another_wrote_there(opened, answer, writer, second_writer):
    hers, his = opened(writer), opened(second_writer)
    his.get_by_label("Kontakt").focus()
    hers.get_by_label("Kontakt").fill("Wilmas ord")
    saved(hers)
    look(his)
    his.locator(".others__beside").wait_for()

    his.get_by_label("Kontakt").press_sequentially("Didriks ord")
    his.locator(".aside__head").wait_for(timeout=15_000)
    his.get_by_label("Kontakt").press_sequentially(" och fler")
    his.locator(".aside blockquote", has_text="Didriks ord och fler").wait_for(timeout=15_000)

    assert fields_of(answer)["contact"] == "Wilmas ord"
    assert SetAside.objects.get().value == "Didriks ord och fler"


def test_what_is_written_at_a_text_that_is_put_aside_is_kept_when_that_takes_its_place(
    opened, answer, writer, second_writer
):
    hers, his = opened(writer), opened(second_writer)
    hers.get_by_label("Kontakt").fill("Wilmas ord")
    saved(hers)
    his.get_by_label("Kontakt").fill("Didriks ord")
    his.locator(".aside__head").wait_for(timeout=15_000)

    his.get_by_label("Kontakt").fill("Didriks ord och fler")
    his.get_by_role("button", name="Använd min").click()
    his.locator(".aside__head").wait_for(state="detached")

    assert his.get_by_label("Kontakt").input_value() == "Didriks ord och fler"
    assert fields_of(answer)["contact"] == "Didriks ord och fler"


def test_two_windows_of_one_person_do_not_write_over_each_other(live, opened, answer, writer):
    first = opened(writer)
    second = first.context.new_page()
    second.goto(address(answer))

    first.get_by_label("Kontakt").fill("Ett")
    saved(first)
    second.get_by_label("Elever").fill("5")
    saved(second)
    second.get_by_text("Ändrat av dig, i ett annat fönster").wait_for()

    assert second.get_by_label("Kontakt").input_value() == "Ett"
    assert fields_of(answer) == {"contact": "Ett", "pupils": "5"}


def test_without_a_script_a_form_is_written_section_by_section(opened, answer, writer, axe):
    page = opened(writer, java_script_enabled=False)
    assert page.get_by_label("Varför högt").is_visible() and page.get_by_text("Besvara om ”Behov” är Hög.").is_visible()

    page.get_by_label("Sammanfattning").fill("Utan skript.")
    page.get_by_label("Studiero").check()
    page.get_by_role("button", name="Spara och gå vidare").click()
    page.get_by_role("heading", name="Plan", level=1).wait_for()
    page.get_by_label("Vad, rad 1").fill("Läsgrupper")
    page.get_by_label("Kostnad, rad 1").fill("mycket")
    page.get_by_role("button", name="Lägg till rad").click()
    page.get_by_role("link", name=re.compile("Kostnad")).click()
    assert page.evaluate("location.hash").startswith("#f-measures-")
    page.get_by_label("Kostnad, rad 1").fill("500")
    page.get_by_role("button", name="Spara", exact=True).last.click()

    kept = fields_of(answer)
    assert kept["summary"] == "Utan skript." and kept["areas"] == ["calm"]
    assert [value for path, value in kept.items() if path.endswith("/cost")] == [50_000]


# What has the focus is marked, in the window, above the bar where the bar is under it, and hidden by nothing at all.
IS_SEEN = """
() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  if (!box.width || at === document.body) return true;
  const bar = document.querySelector('.save-bar'), over = bar.getBoundingClientRect();
  // The heading of the list beside takes no clicks: what is hit there is what holds it.
  const hit = getComputedStyle(at).pointerEvents === 'none' ? at.parentElement : at;
  const isOfAt = (one) => one && (hit.contains(one) || [...(at.labels ?? [])].some((label) => label.contains(one)));
  const points = [...at.getClientRects()].flatMap((rect) =>
    [...Array(9).keys()].map((n) => [rect.left + rect.width / 2, rect.top + (rect.height * (n + 1)) / 10]));
  const isHit = points.some(([x, y]) => isOfAt(document.elementFromPoint(x, y)));
  const isBeside = bar.contains(at) || box.right <= over.left || box.left >= over.right;
  const end = isBeside ? innerHeight : over.top;
  const isMarked = at.matches(':focus-visible') && getComputedStyle(at).outlineStyle !== 'none';
  return isHit && isMarked && box.top < end && box.bottom > 0
    ? true
    : `${at.outerHTML.slice(0, 200)} hit ${isHit}, marked ${isMarked}, ${box.top} to ${box.bottom} of ${end}`;
}
"""


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_walk_by_keyboard_alone_reaches_everything_and_nothing_is_behind_the_bar(opened, answer, writer, viewport):
    page = opened(writer, viewport=viewport)
    names = []

    for _step in range(90):
        page.keyboard.press("Tab")
        assert page.evaluate(IS_SEEN) is True
        names.append(page.evaluate("document.activeElement.name || ''"))
        if names[-1] == "_save":
            break

    reached = [name for name in dict.fromkeys(names) if name and not name.startswith("_")]
    assert [one for one in reached if one != "q"] == [
        "summary",
        "contact",
        "pupils",
        "decided",
        "begins",
        "need",
        "areas",
        "trust",
    ]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "go"


def places(data):
    """How much there is to fill in on the pages of a form: three rows of a table, every box, and each other field."""
    asked = read(data).questions.values()
    return sum(3 * len(one.columns) or len(one.options) or 1 for one in asked), len(asked)


@pytest.fixture
def longest(organizer, submitter):
    """An answer to the form with most to fill in of those that come with the program."""
    document = max(shipped_documents(), key=places)
    definitions.load_shipped(at=AT, documents=[document])
    return handed_out(in_use(document["slug"]), organizer, (submitter, "submit"))


# What stands in the focus: its name, how it is filled in, and the names that everybody who sees the page finds there.
AT_FOCUS = """
() => {
  const at = document.activeElement, seen = (one) => one.checkVisibility() && one.type !== 'hidden';
  const here = [...document.querySelectorAll('#section-form [name]')].filter(seen).map((one) => one.name);
  const kind = at.tagName === 'SELECT' ? 'select' : at.type === 'text' ? at.inputMode || 'text' : at.type;
  return [at.form?.id === 'section-form' ? at.name : '', kind ?? '', at.value ?? '', [...new Set(here)]];
}
"""
KEYS = {"text": "Ord", "textarea": "Ord", "decimal": "1", "numeric": "2026-09-30"}


def fill_in_by_keyboard(page):
    """Tab from the top through a whole section, answering everything, and on by Enter on the last button."""
    reached, answered = set(), set()
    for _step in range(200):
        page.keyboard.press("Tab")
        assert page.evaluate(IS_SEEN) is True
        name, kind, value, there = page.evaluate(AT_FOCUS)
        reached.add(name)
        if name == "_save" and value == "go":
            break
        if not name or name in answered or name.startswith("_"):
            continue
        answered.add(name)
        if kind in KEYS:
            page.keyboard.type(KEYS[kind])
        else:
            page.keyboard.press("ArrowDown" if kind == "select" else "Space")
    assert set(there) <= reached
    page.keyboard.press("Enter")


def test_the_longest_form_is_filled_in_and_submitted_by_keyboard_alone_on_accessible_pages(
    opened, longest, submitter, axe
):
    sections = body_of(longest.version).sections
    page = opened(submitter, viewport=DESK)
    page.goto(address(longest, sections[0].key))

    for section in sections:
        page.wait_for_url(f"**/del/{section.key}/")
        axe(page)
        fill_in_by_keyboard(page)
    page.wait_for_url("**/granska/")
    axe(page)
    assert page.get_by_text("Ingenting saknas.").is_visible()
    for _step in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#submit button')"):
            break
    page.keyboard.press("Enter")

    page.wait_for_url("**/formular/*/")
    longest.refresh_from_db()
    assert longest.state == AnswerState.SUBMITTED


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("section", [BACKGROUND, PLAN])
def test_the_page_is_accessible_and_fits(opened, answer, writer, second_writer, axe, width, section):
    page = opened(writer, section, viewport={"width": width, "height": 800})
    if section == PLAN:
        page.get_by_label("Vad, rad 1").fill("Läsgrupper för alla i årskurs ett till tre")
        page.get_by_label("Kostnad, rad 1").fill("mycket")
        page.locator('[data-status][data-kind="faults"]').wait_for()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    axe(page)


def test_reading_history_and_what_was_put_aside_are_accessible(
    live, opened, answer, writer, second_writer, commenter, axe
):
    hers, his = opened(writer), opened(second_writer)
    hers.get_by_label("Kontakt").fill("Wilmas ord")
    saved(hers)
    his.get_by_label("Kontakt").fill("Didriks ord")
    his.locator(".aside__head").wait_for(timeout=15_000)
    axe(his)
    his.get_by_role("link", name="Välj vad som ska hända med texten").first.click()
    axe(his)
    his.get_by_role("button", name="Använd den undanlagda texten").click()
    his.get_by_role("link", name=re.compile("Historik.*Kontakt")).click()
    axe(his)
    assert his.locator("ins").first.inner_text().split() == ["[tillagt:", "Didriks", "]"]
    reader = opened(commenter, viewport={"width": 320, "height": 700})
    axe(reader)
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320
