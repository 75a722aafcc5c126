"""Numbers and money as people write them, with marks that say why a number is not there."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

NBSP = "\u00a0"
MINUS = "\u2212"

EXACT, MISSING, SUPPRESSED, INTERVAL, APPROXIMATE = (
    "exact",
    "missing",
    "suppressed",
    "interval",
    "approximate",
)

SIGNS = {MISSING: "–", SUPPRESSED: "..", INTERVAL: "~", APPROXIMATE: "ca" + NBSP}

EXPLANATIONS = {
    MISSING: _("no figure"),
    SUPPRESSED: _("not shown, because it is about few people"),
    INTERVAL: _("close to this figure; the exact one is about few people"),
    APPROXIMATE: _("approximate"),
}


@dataclass(frozen=True)
class Figure:
    """A value with its mark, how many decimals to show (None: as many as it has) and its unit of measure."""

    value: Decimal | float | int | None
    mark: str = EXACT
    decimals: int | None = None
    unit: Any = ""


def number_text(value: Decimal | float | int, *, decimals: int | None = None) -> str:
    """`1234.5` as `1 234,5` in Swedish and `1,234.5` in English, rounded half up to `decimals`."""
    number = Decimal(str(value))
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _dot, rest = f"{abs(number):,f}".partition(".")
    thousands, point = (NBSP, ",") if _reads_swedish() else (",", ".")
    sign = MINUS if number < 0 else ""
    return sign + whole.replace(",", thousands) + (point + rest if rest else "")


def figure_text(figure: Figure) -> str:
    """A figure in plain text, with its mark's sign: `71,5 %`, `..`, `–`, `~100`, `ca 270`."""
    if figure.mark == SUPPRESSED:
        return SIGNS[SUPPRESSED]
    if figure.value is None or figure.mark == MISSING:
        return SIGNS[MISSING]
    unit = f"{NBSP}{figure.unit}" if figure.unit else ""
    return SIGNS.get(figure.mark, "") + number_text(figure.value, decimals=figure.decimals) + unit


def explanation_of(figure: Figure) -> Any:
    """What the figure's mark means, in words; nothing for an exact one."""
    mark = MISSING if figure.value is None and figure.mark != SUPPRESSED else figure.mark
    return EXPLANATIONS.get(mark, "")


def figure_html(figure: Figure, *, explanation: Any = "") -> SafeString:
    """A figure for a page: its sign for the eye, its explanation for who listens or points."""
    explanation = explanation or explanation_of(figure)
    if not explanation:
        return format_html('<span class="figure">{}</span>', figure_text(figure))
    return format_html(
        '<span class="figure figure--marked" title="{0}">{1}<span class="visually-hidden"> ({0})</span></span>',
        explanation,
        figure_text(figure),
    )


def money_text(ore: int | None, *, whole: bool = False) -> str:
    """Whole öre as kronor: `123450` is `1 234,50 kr`, `SEK 1,234.50` in English. `whole` leaves out the öre."""
    if ore is None:
        return SIGNS[MISSING]
    kronor = number_text(Decimal(ore) / 100, decimals=0 if whole else 2)
    return f"{kronor}{NBSP}kr" if _reads_swedish() else f"SEK{NBSP}{kronor}"


def money_html(ore: int | None, *, whole: bool = False) -> SafeString:
    """An amount for a page, never broken over two lines."""
    return format_html('<span class="figure">{}</span>', money_text(ore, whole=whole))


def _reads_swedish() -> bool:
    return (get_language() or "sv").startswith("sv")
