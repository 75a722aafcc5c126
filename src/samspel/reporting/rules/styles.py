"""How the rounds are told apart on the map: each has a colour and a pattern, so that neither is needed alone."""

from collections.abc import Iterable
from dataclasses import dataclass

COLOURS = ("#0e4f5b", "#b4531a", "#6a4c93", "#4d7a29", "#9c2f5d", "#5b6770")
# Drawn in a tile of 12 by 12 upon the colour; the first is plain.
PATTERNS = (
    "",
    '<path d="M-3 3 3-3M0 12 12 0M9 15l6-6"/>',
    '<circle cx="3" cy="3" r="1.6"/><circle cx="9" cy="9" r="1.6"/>',
    '<path d="M0 3h12M0 9h12"/>',
    '<path d="M3 0v12M9 0v12"/>',
    '<path d="M0 6h12M6 0v12"/>',
)


@dataclass(frozen=True, slots=True)
class Style:
    """The colour and the pattern of a round, as places in COLOURS and PATTERNS."""

    colour: int
    pattern: int

    @property
    def id(self) -> str:
        """The name of its pattern in the drawing."""
        return f"round-{self.colour}-{self.pattern}"


def styles(keys: Iterable[str]) -> dict[str, Style]:
    """A style for each key. The first six differ in colour and in pattern, the first thirty-six in one of them."""
    return {key: _style(place) for place, key in enumerate(keys)}


def _style(place: int) -> Style:
    turn, colour = divmod(place % (len(COLOURS) * len(PATTERNS)), len(COLOURS))
    return Style(colour, (colour + turn) % len(PATTERNS))


def definition(style: Style, *, tile: int, prefix: str = "") -> str:
    """The SVG pattern of a style; `tile` is its width in units of the drawing. Classes let a page set colours."""
    return (
        f'<pattern id="{prefix}{style.id}" class="round-colour-{style.colour}" width="{tile}" height="{tile}"'
        f' patternUnits="userSpaceOnUse"><g transform="scale({tile / 12:.4g})">'
        f'<path class="pattern-ground" fill="{COLOURS[style.colour]}" d="M0 0h12v12H0z"/>'
        f'<g class="pattern-figure" fill="#fff" stroke="#fff" stroke-width="1.5">{PATTERNS[style.pattern]}'
        "</g></g></pattern>"
    )
