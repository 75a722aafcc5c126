"""Tables that sort, filter and turn pages by plain links."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from django import forms
from django.http import QueryDict

from samspel.kernel.models import AuditEntry
from samspel.kernel.ui.components import Badge
from samspel.kernel.ui.figures import SUPPRESSED, Figure
from samspel.kernel.ui.tables import Column, Table, address_with


@dataclass(frozen=True)
class Unit:
    name: str
    pupils: int | None = None
    county: object = None


COLUMNS = [
    Column("name", "Namn", is_row_header=True, order_by=("name",), url=lambda unit: f"/{unit.name}/"),
    Column("pupils", "Elever", kind="number", order_by=("pupils",)),
    Column("code", "Kod", value=lambda unit: unit.name[:1]),
]
UNITS = [Unit("Cedern", 3), Unit("Alen", None), Unit("Boken", 12)]


def table(query="", rows=UNITS, columns=COLUMNS, **facts):
    return Table(caption="Enheter", columns=columns, rows=rows, params=QueryDict(query), **facts)


def names(shown):
    return [unit.name for unit in shown.page]


def test_a_table_stands_as_given_until_it_is_sorted():
    assert names(table()) == ["Cedern", "Alen", "Boken"]


def test_a_table_sorts_by_its_first_column_from_the_start():
    assert names(table(sort="name")) == ["Alen", "Boken", "Cedern"]


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("sort=name", ["Alen", "Boken", "Cedern"]),
        ("sort=-name", ["Cedern", "Boken", "Alen"]),
        ("sort=pupils", ["Cedern", "Boken", "Alen"]),
        ("sort=-pupils", ["Boken", "Cedern", "Alen"]),
    ],
)
def test_sorting_puts_rows_without_a_value_last_both_ways(query, order):
    assert names(table(query)) == order


@pytest.mark.parametrize("asked", ["code", "-code", "password", "name;drop", "", "--name"])
def test_only_columns_that_sort_can_be_asked_for(asked):
    assert names(table(f"sort={asked}", sort="name")) == ["Alen", "Boken", "Cedern"]


def test_a_heading_sorts_and_then_turns_and_keeps_the_rest_of_the_address():
    first = table("q=å&page=2").headings[0]
    again = table("q=å&sort=name").headings[0]

    assert (first.url, first.aria_sort) == ("?q=%C3%A5&sort=name", "")
    assert (again.url, again.aria_sort) == ("?q=%C3%A5&sort=-name", "ascending")
    assert table("sort=-name").headings[0].aria_sort == "descending"


def test_a_column_without_order_has_no_link():
    assert table().headings[2].url == ""


@pytest.mark.parametrize(
    ("asked", "number"), [("1", 1), ("2", 2), ("0", 2), ("99", 2), ("-1", 2), ("x", 1), ("", 1), ("1e9", 1)]
)
def test_a_page_beyond_the_ends_is_the_nearest(asked, number):
    assert table(f"page={asked}", page_size=2).page.number == number


def test_the_pager_tells_the_extent_and_leads_both_ways():
    pager = table("page=3&sort=name", rows=[Unit(f"U{i:02}") for i in range(45)], page_size=10).pager

    assert (pager.number, pager.pages, pager.first, pager.last, pager.total) == (3, 5, 21, 30, 45)
    assert (pager.previous_url, pager.next_url) == ("?sort=name&page=2", "?sort=name&page=4")
    assert (pager.first_url, pager.last_url) == ("?sort=name", "?sort=name&page=5")


def test_the_pager_ends_where_the_pages_end():
    first, last = table(page_size=2).pager, table("page=2", page_size=2).pager

    assert (first.previous_url, first.first_url, first.last_url) == ("", "", "")
    assert (last.next_url, last.last_url, last.first_url) == ("", "", "")
    assert last.previous_url == "?"


def test_two_tables_on_a_page_keep_apart():
    one = table("units-sort=-name&sort=name", name="units")

    assert names(one) == ["Cedern", "Boken", "Alen"]
    assert one.headings[0].url == "?units-sort=name&sort=name" or one.headings[0].url == "?sort=name&units-sort=name"


def test_an_address_parameter_can_be_set_and_taken_away():
    assert address_with(QueryDict("a=1&b=2&b=3"), {"a": None, "c": "å"}) == "?b=2&b=3&c=%C3%A5"


def test_cells_are_escaped_and_linked():
    assert COLUMNS[0].html_of(Unit('<b>"')) == '<a href="/&lt;b&gt;&quot;/">&lt;b&gt;&quot;</a>'


def test_a_label_is_escaped_where_a_phone_shows_it(write):
    shown = write("{% data_table table=table %}", table=table(columns=[Column("name", '<script>"')]))

    assert '<td role="cell" data-label="&lt;script&gt;&quot;">Cedern</td>' in shown
    assert "<script" not in shown


@pytest.mark.parametrize(
    ("column", "value", "html"),
    [
        (Column("v", "V"), "", "–"),
        (Column("v", "V"), None, "–"),
        (Column("v", "V"), 0, "0"),
        (Column("v", "V", kind="number", decimals=1, unit="%"), 2, '<span class="figure">2,0\u00a0%</span>'),
        (Column("v", "V", kind="number", decimals=1, unit="%"), Figure(2), '<span class="figure">2,0\u00a0%</span>'),
        (Column("v", "V", kind="money"), 100, '<span class="figure">1,00\u00a0kr</span>'),
        (Column("v", "V", kind="date"), date(2026, 3, 3), '<time datetime="2026-03-03">3 mars 2026</time>'),
        (Column("v", "V", kind="badge"), Badge("<i>", "info"), '<span class="badge badge--info">&lt;i&gt;</span>'),
    ],
)
def test_each_kind_of_column_writes_its_value(column, value, html):
    assert str(column.html_of({"v": value})) == html


def test_a_suppressed_figure_is_never_nought_in_a_table():
    assert ">..<" in Column("v", "V", kind="number").html_of({"v": Figure(0, SUPPRESSED)})


def test_a_path_ends_where_something_is_missing():
    column = Column("county", "Län", value="county__name")

    assert column.html_of(Unit("A")) == "–"
    assert column.html_of(Unit("A", county=replace(UNITS[0], name="Norrbotten"))) == "Norrbotten"


def test_an_unknown_kind_of_column_is_refused():
    with pytest.raises(ValueError, match="colour"):
        Column("v", "V", kind="colour")


class Filter(forms.Form):
    q = forms.CharField(label="Namn", required=False)


def test_the_filter_form_keeps_the_sorting_and_can_be_emptied():
    shown = table("q=bo&sort=-name&page=2", filters=Filter(QueryDict("q=bo")))

    assert shown.kept == [("sort", "-name")]
    assert shown.is_filtered is True
    assert shown.unfiltered_url == "?sort=-name"


def test_a_table_is_marked_up_for_all(write):
    shown = write("{% data_table table=table %}", table=table("sort=name", page_size=2, filters=Filter(QueryDict(""))))

    assert '<caption id="table-main-caption">Enheter <span class="table__extent">1–2 av 3</span></caption>' in shown
    assert '<th role="columnheader" scope="col" aria-sort="ascending"><a href="?sort=-name">Namn ' in shown
    assert '<th role="rowheader" scope="row"><a href="/Alen/">Alen</a></th>' in shown
    assert '<td role="cell" data-label="Elever" class="is-numeric">' in shown
    assert '<input type="hidden" name="sort" value="name">' in shown
    assert 'aria-label="Sidor i Enheter"' in shown


def test_an_empty_table_says_why(write):
    shown = write("{% data_table table=table %}", table=table(rows=[], empty="Inga enheter än."))

    assert "<table" not in shown
    assert "Inga enheter än." in shown


def test_a_queryset_is_sorted_with_missing_values_last_and_a_tie_break():
    columns = [Column("by_key", "Av", order_by=("by_key",)), Column("at", "När", order_by=("-at",))]
    down = table("sort=-by_key", rows=AuditEntry.objects.all(), columns=columns)._sorted()
    turned = table("sort=at", rows=AuditEntry.objects.all(), columns=columns)._sorted()

    assert 'ORDER BY "kernel_auditentry"."by_key" DESC NULLS LAST, "kernel_auditentry"."id" ASC' in str(down.query)
    assert 'ORDER BY "kernel_auditentry"."at" DESC NULLS LAST' in str(turned.query)


def test_an_unordered_queryset_gets_an_order_so_that_pages_do_not_overlap():
    assert table(rows=AuditEntry.objects.all(), columns=[Column("at", "När")])._sorted().query.order_by == ("pk",)
