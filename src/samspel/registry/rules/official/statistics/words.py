"""The words of the exports for types of organizer and for sex, folded, to ours."""

from __future__ import annotations

SLICES = {
    "samtliga": "all",
    "kommunal": "municipal",
    "kom": "municipal",
    "enskild": "private",
    "ensk": "private",
    "fristående": "private",
    "statlig": "state",
    "region": "region",
    "landsting": "region",
    "internationellaskolor": "intl",
}
SEXES = {"flickor": "girls", "pojkar": "boys", "totalt": "all", "samtliga": "all", "kvinnor": "girls", "män": "boys"}
