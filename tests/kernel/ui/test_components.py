"""Each component: what it shows, that it escapes, and that it refuses what it does not know."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.template import TemplateSyntaxError

from samspel.kernel.audit import HistoryRow
from samspel.kernel.ui import icons
from samspel.kernel.ui.components import Badge, Card, Crumb, Download, Event, Fact, Step

EVIL = '<script>"&'
SAFE = "&lt;script&gt;&quot;&amp;"
DAY = date(2026, 3, 3)
KEY = UUID("00000000-0000-4000-8000-000000000001")

CALLS = {
    "icon": 'name="info"',
    "number": "value=1",
    "money": "ore=1",
    "date": "value=day",
    "moment": "value=day",
    "term": 'value="HT2026"',
    "badge": 'label="x"',
    "breadcrumbs": "crumbs=none",
    "fact_list": "facts=none",
    "data_table": "table=none",
    "pager": "pager=none",
    "step_list": "steps=none",
    "next_step": 'what="x"',
    "error_summary": "form=none",
    "field": "field=none",
    "form_buttons": 'submit="x"',
    "empty_state": 'text="x"',
    "source_note": 'source="x"',
    "mark_legend": "",
    "history": "rows=none",
    "card_grid": "cards=none",
    "download_links": "downloads=none",
    "bar_chart": "chart=none",
    "line_chart": "chart=none",
}
BLOCKS = {
    "notice": "",
    "disclosure": 'summary="x"',
    "dialog": 'id="x" title="x" open_label="x" page_url="/x/"',
}


@pytest.mark.parametrize("tag", CALLS)
def test_an_unknown_argument_is_refused_when_the_template_is_read(write, tag):
    with pytest.raises(TemplateSyntaxError, match="unexpected keyword argument 'colour'"):
        write("{% " + f'{tag} {CALLS[tag]} colour="red"' + " %}")


@pytest.mark.parametrize("tag", BLOCKS)
def test_an_unknown_argument_of_a_block_is_refused(write, tag):
    with pytest.raises(TemplateSyntaxError, match="unexpected keyword argument 'colour'"):
        write("{% " + f'{tag} {BLOCKS[tag]} colour="red"' + " %}x{% end" + tag + " %}")


@pytest.mark.parametrize("tag", [*CALLS, *BLOCKS])
def test_arguments_without_a_name_are_refused(write, tag):
    ending = "{% end" + tag + " %}" if tag in BLOCKS else ""
    with pytest.raises(TemplateSyntaxError, match="too many positional arguments"):
        write("{% " + f'{tag} "x"' + " %}" + ending)


def test_the_guide_names_every_component(request):
    guide = (request.config.rootpath / "docs" / "guides" / "components.md").read_text(encoding="utf-8")

    assert [tag for tag in [*CALLS, *BLOCKS] if f"`{tag}`" not in guide and f"% {tag} " not in guide] == []


@pytest.mark.parametrize(
    ("template", "context"),
    [
        ("{% badge label=evil %}", {}),
        ("{% fact_list facts=given %}", {"given": [(EVIL, EVIL)]}),
        ("{% fact_list facts=given %}", {"given": [Fact(EVIL, EVIL, note=EVIL, url=EVIL)]}),
        ("{% breadcrumbs crumbs=given %}", {"given": [Crumb(EVIL, EVIL), Crumb(EVIL)]}),
        ("{% step_list steps=given label=evil %}", {"given": [Step(EVIL, who=EVIL, note=EVIL, url=EVIL)]}),
        ("{% next_step what=evil who=evil note=evil url=evil action=evil %}", {}),
        ("{% notice title=evil %}{{ evil }}{% endnotice %}", {}),
        ("{% disclosure summary=evil id=evil %}{{ evil }}{% enddisclosure %}", {}),
        ("{% dialog id=evil title=evil open_label=evil page_url=evil %}{{ evil }}{% enddialog %}", {}),
        ("{% empty_state text=evil title=evil url=evil action=evil %}", {}),
        ("{% source_note source=evil caveat=evil url=evil %}", {}),
        ("{% form_buttons submit=evil name=evil value=evil cancel_url=evil cancel=evil %}", {}),
        ("{% card_grid cards=given %}", {"given": [Card(EVIL, EVIL, EVIL, Badge(EVIL), (Fact(EVIL, EVIL),))]}),
        ("{% download_links downloads=given label=evil %}", {"given": [Download(EVIL, EVIL, EVIL)]}),
        ("{% history rows=given %}", {"given": [Event(DAY, EVIL, EVIL, {EVIL: EVIL})]}),
        ("{% number value=1 unit=evil %}", {}),
    ],
)
def test_what_pages_give_is_escaped(write, template, context):
    if "history" in template:
        context = {"given": [Event(datetime(2026, 3, 3, tzinfo=UTC), EVIL, EVIL, {EVIL: EVIL})]}
    shown = write(template, evil=EVIL, **context)

    assert "<script" not in shown
    assert SAFE in shown


def test_a_fact_without_a_value_is_a_dash(write):
    assert "<dt>Avslutad</dt><dd>–</dd>" in write("{% fact_list facts=facts %}", facts=[("Avslutad", None)])


def test_a_fact_of_nought_is_nought(write):
    assert "<dd>0</dd>" in write("{% fact_list facts=facts %}", facts=[("Elever", 0)])


def test_the_last_crumb_is_this_page_and_no_link(write):
    shown = write("{% breadcrumbs crumbs=crumbs %}", crumbs=[("Start", "/"), ("Här", "/har/")])

    assert '<a href="/">Start</a>' in shown
    assert '<span aria-current="page">Här</span>' in shown


def test_the_current_step_is_marked_for_all_senses(write):
    shown = write(
        "{% step_list steps=steps %}",
        steps=[Step("Ett", "done", by=DAY), Step("Två", "current", "handläggaren", DAY), Step("Tre")],
    )

    assert shown.count('aria-current="step"') == 1
    assert "på tur" in shown
    assert "handläggaren, senast" in shown
    assert [word for word in ("klart", "på tur", "återstår") if word not in shown] == []


def test_a_step_in_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match="half"):
        Step("Ett", "half")


def test_what_happens_next_tells_who_and_by_when(write):
    shown = write('{% next_step what="Bekräfta" who="Handläggaren" by=day %}', day=DAY)

    assert "<dt>Vem</dt><dd>Handläggaren</dd>" in shown
    assert '<dt>Senast</dt><dd><time datetime="2026-03-03">3 mars 2026</time></dd>' in shown
    assert "button" not in shown


@pytest.mark.parametrize(("kind", "spoken"), [("success", "Klart"), ("warning", "Tänk på detta"), ("error", "Fel")])
def test_a_notice_says_its_kind_in_words(write, kind, spoken):
    shown = write("{% notice kind=kind %}Hej{% endnotice %}", kind=kind)

    assert f'<span class="visually-hidden">{spoken}: </span>' in shown
    assert f"notice--{kind}" in shown


@pytest.mark.parametrize("template", ['{% notice kind="red" %}x{% endnotice %}', '{% badge label="x" kind="red" %}'])
def test_an_unknown_kind_is_refused(write, template):
    with pytest.raises((KeyError, ValueError), match="red"):
        write(template)


def test_an_unknown_icon_is_refused():
    with pytest.raises(KeyError, match="unicorn"):
        icons.icon("unicorn")


def test_icons_are_hidden_from_those_who_listen():
    assert [name for name in icons.SHAPES if 'aria-hidden="true"' not in icons.icon(name)] == []


def test_a_dialog_is_a_link_to_a_page_without_a_script(write):
    shown = write('{% dialog id="void" title="T" open_label="Upphäv" page_url="/upphav/" %}<p>x</p>{% enddialog %}')

    assert '<a class="button" href="/upphav/" data-opens-dialog="void">Upphäv</a>' in shown
    assert '<dialog class="dialog" id="void" aria-labelledby="void-title">' in shown


def test_a_source_stands_with_day_and_caveat(write):
    shown = write('{% source_note source="SCB" on=day caveat="Avrundat." %}', day=DAY)

    assert shown.endswith('Källa: SCB, <time datetime="2026-03-03">3 mars 2026</time>. Avrundat.</p>')


def test_the_legend_explains_every_mark(write):
    shown = write("{% mark_legend %}")

    assert [sign for sign in ("–", "..", "~", "ca") if f"<dt>{sign}</dt>" not in shown] == []


def test_a_history_reads_the_audit_and_names_only_those_who_may_be_named(write):
    at = datetime(2026, 3, 3, 13, 5, tzinfo=UTC)
    rows = [
        HistoryRow(at=at, action="a", label="Fryst", by_key=None, facts={}),
        HistoryRow(at=at, action="a", label="Bekräftad", by_key=KEY, facts={}),
        HistoryRow(at=at, action="a", label="Föreslagen", by_key=UUID(int=5), facts={"secret": 1}),
    ]
    shown = write("{% history rows=rows people=people %}", rows=rows, people={KEY: "Kim Ek"})

    assert [text for text in ("av systemet", "av Kim Ek", "av en person") if text not in shown] == []
    assert "secret" not in shown


def test_no_history_says_so(write):
    assert "Ingenting har hänt än." in write("{% history rows=rows %}", rows=[])


def test_a_file_tells_its_kind_and_size(write):
    shown = write("{% download_links downloads=files %}", files=[Download("Listan", "/l.csv", "CSV", 48_000)])

    assert "Listan (CSV, 46,9\u00a0kB)" in shown
