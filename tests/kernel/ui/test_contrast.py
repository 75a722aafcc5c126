"""Every pair of colours that text or marks are made of holds WCAG 2.2 AA, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

TEXT, GRAPHIC = 4.5, 3.0

GROUNDS = ("paper", "surface", "surface-sunken")
KINDS = ("info", "success", "warning", "danger", "neutral")
PAIRS = [
    *[
        (ink, ground, TEXT)
        for ink in ("ink", "ink-soft", "link", "link-visited", "brand", "danger")
        for ground in GROUNDS
    ],
    *[(kind, f"{kind}-soft", TEXT) for kind in KINDS],
    *[("ink", f"{kind}-soft", TEXT) for kind in KINDS],
    *[("link", f"{kind}-soft", TEXT) for kind in KINDS],
    ("brand", "brand-soft", TEXT),
    ("brand-strong", "brand-soft", TEXT),
    ("ink-soft", "neutral-soft", TEXT),
    ("on-brand", "brand", TEXT),
    ("on-brand", "brand-strong", TEXT),
    ("on-danger", "danger", TEXT),
    *[("line-strong", ground, GRAPHIC) for ground in GROUNDS],
    *[("focus", ground, GRAPHIC) for ground in GROUNDS],
    *[(f"series-{number}", ground, GRAPHIC) for number in range(1, 7) for ground in ("paper", "surface")],
]


def _palettes() -> dict[str, dict[str, str]]:
    tokens = Path(finders.find("kernel/css/tokens.css")).read_text(encoding="utf-8")
    light, dark = tokens.split("@media (prefers-color-scheme: dark)")
    read = {
        name: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))
        for name, text in (("light", light), ("dark", dark))
    }
    return {"light": read["light"], "dark": {**read["light"], **read["dark"]}}


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_is_right():
    assert _contrast("#ffffff", "#000000") == pytest.approx(21)
    assert _contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_told_apart(scheme):
    palette = _palettes()[scheme]
    poor = [
        f"{ink} on {ground}: {_contrast(palette[ink], palette[ground]):.2f}"
        for ink, ground, least in PAIRS
        if _contrast(palette[ink], palette[ground]) < least
    ]

    assert poor == []


# Decoration, and what a camera reads.
SAME_IN_BOTH = {"accent", "scan-light", "scan-dark"}


def test_dark_answers_every_colour_of_light():
    light, dark = _palettes()["light"], _palettes()["dark"]

    assert [name for name in light if light[name] == dark[name] and name not in SAME_IN_BOTH] == []


def test_no_other_style_names_a_colour(request):
    source = request.config.rootpath / "src" / "samspel"
    found = [
        f"{path.name}: {match}"
        for path in sorted(source.glob("*/static/**/*.css"))
        if path.name != "tokens.css"
        for match in re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s])", path.read_text(encoding="utf-8"))
        if match != "#ffffff"
    ]

    assert found == []
