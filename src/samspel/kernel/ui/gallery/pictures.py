"""Examples of pictures of figures."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samspel.kernel.ui.charts import BarChart, LineChart, Series
from samspel.kernel.ui.figures import SUPPRESSED, Figure


def bars() -> BarChart:
    """Two series, one of them with a figure that may not be shown."""
    return BarChart(
        id="bars",
        title=_("Eligible for upper secondary school"),
        description=_("Girls are eligible more often than boys in the years where both can be shown."),
        category_label=_("School year"),
        categories=["2022/23", "2023/24", "2024/25"],
        series=[
            Series(_("Girls"), [81.2, 83.4, 84.1]),
            Series(_("Boys"), [74.9, Figure(None, SUPPRESSED), 79.3]),
        ],
        unit="%",
        decimals=1,
    )


def lines() -> LineChart:
    """Three series over seven years, one of them broken."""
    return LineChart(
        id="lines",
        title=_("Merit value in year 9"),
        description=_("The organizer rises from 189 to 214 and comes close to the country, which stands near 221."),
        category_label=_("School year"),
        categories=["2018/19", "2019/20", "2020/21", "2021/22", "2022/23", "2023/24", "2024/25"],
        series=[
            Series("Lövberga", [189.5, 194.0, 192.3, None, 203.1, 208.8, 214.2]),
            Series(_("The county"), [205.1, 206.3, 206.9, 208.0, 207.2, 209.9, 210.4]),
            Series(_("The country"), [221.7, 221.9, 222.4, 221.0, 220.6, 220.8, 221.3]),
        ],
        decimals=1,
        from_zero=False,
    )
