"""The ways of writing a name with an age or a class, as patterns: `name`, and `what` (or `also`) that tells of it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from samspel.forms.rules.personal.findings import Kind

_SMALL: Final = r"a-zåäöéèêëáàâãíìîïóòôõúùûüýÿçñšžćčđðøæłńśźżğış'’"
_WORD: Final = rf"[A-ZÅÄÖÉÜÇŠŽŁÖØÆ][{_SMALL}]+(?:-[A-ZÅÄÖÉ][{_SMALL}]+)?"
_DIGITS: Final = (
    r"ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton"
)
_AGE: Final = rf"(?:\d{{1,2}}(?:[,.]5|½)?|{_DIGITS}|tjugo)"
_NTHS: Final = r"första|andra|tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde|ett|två|tre|fyra|fem|sex"
_CLASS: Final = (
    r"(?:(?i:åk|årskurs|klass|grupp)\.?\s?"
    r"(?:[1-9]|F|(?:ett|två|tre|fyra|fem|sex|sju|åtta|nio)(?!\w))\s?[A-Ea-e]?(?![\w%])"
    r"|[1-9]\s?[A-Ea-e](?![\w%])|[1-9]:an(?!\w)"
    r"|(?i:f-klass|förskoleklass|förberedelseklass)(?:en)?(?!\w)"
    r"|(?:ettan|tvåan|trean|fyran|femman|sexan|sjuan|åttan|nian)(?!\w)"
    r"|(?i:NA|SA|EK|TE|ES|HU|IM|VO|BA|EE|FT|HT|BF|IMS|IMA|IMV|FS|HA|NB|RL|HV|VF)\d\d[A-Fa-f]?(?!\w)"
    r"|avdelning(?:en)?\s[A-ZÅÄÖ][a-zåäö]+|(?:första|andra|tredje)\s?(?:året|ring|årskursen)(?!\w))"
)
_FAMILY: Final = rf"(?:\s(?:[A-ZÅÄÖ]\.?|{_WORD}|al|el|bin|von|af|de)){{0,2}}"
_IS: Final = (
    r"(?:bara\s)?(?:är|var|blir|blev|fyller|fyllt|fyllde|har\sfyllt)\s"
    r"(?:nu\s|snart\s|bara\s|endast\s|cirka\s|ca\s|redan\s)?"
)
_NO_AGE: Final = r"(?!\w|\s(?:sedan|efter|senare|framåt|i\srad|i\ssträck|tillbaka|därefter|av\s))"
_YEARS: Final = rf"{_AGE}(?:\s?år(?:\s(?:och|\d)[^.,;]{{0,8}}?mån\w*)?(?:\sgamm?al)?{_NO_AGE})"

# What stands before the name or after it, and how sure it makes one of the word being a name.
SURE: Final = "sure"
LIKELY: Final = "likely"
WEAK: Final = "weak"


class Way(NamedTuple):
    """One way of writing: what it finds, and how much it says by itself."""

    kind: Kind
    says: str
    pattern: re.Pattern[str]


WAYS: Final = (
    Way(
        Kind.NAME_WITH_AGE,
        LIKELY,
        re.compile(
            rf"(?P<name>{_WORD}){_FAMILY}(?:\s?,\s|\s?\(|,?\s(?:som\s)?(?:nu\s|snart\s)?{_IS}|\s)"
            rf"(?:nu\s|snart\s|bara\s)?(?P<what>{_YEARS})"
        ),
    ),
    Way(
        Kind.NAME_WITH_AGE,
        LIKELY,
        re.compile(
            rf"(?P<name>{_WORD}){_FAMILY}(?:\s?,\s(?:en\s)?|\s?\(|,?\s(?:som\s)?är\s(?:en\s)?)"
            rf"(?P<what>{_AGE}\s?-?\s?(?:årig|åring)\w{{0,3}})"
        ),
    ),
    Way(
        Kind.NAME_WITH_AGE,
        WEAK,
        re.compile(rf"(?P<name>{_WORD}){_FAMILY}(?:\s\((?:snart\s)?(?P<what>{_AGE})\)|,\s(?P<also>\d{{1,2}}),)"),
    ),
    Way(
        Kind.NAME_WITH_AGE,
        WEAK,
        re.compile(
            rf"(?P<name>{_WORD}){_FAMILY}\s(?:har\s|som\s|nyss\s|snart\s){{0,2}}(?:fyller|fyllde|fyllt)\s"
            rf"(?P<what>{_AGE})(?!\w)"
        ),
    ),
    Way(
        Kind.NAME_WITH_AGE,
        LIKELY,
        re.compile(rf"(?P<name>{_WORD}){_FAMILY}\svid\s(?P<what>{_AGE}\sårs(?:\sålder)?)"),
    ),
    Way(
        Kind.NAME_WITH_AGE,
        SURE,
        re.compile(
            rf"(?P<what>\b(?i:{_AGE})\s?-?\s?årig[ae]?(?:\s(?:eleven|elev|pojken|pojke|flickan|flicka|barnet|sonen|son|"
            rf"dottern|dotter|brodern|bror|systern|syster))?)\s(?P<name>{_WORD})"
        ),
    ),
    Way(
        Kind.NAME_WITH_AGE,
        SURE,
        re.compile(rf"(?P<what>\b(?i:{_AGE})\s?-?\s?åring(?:en)?),?\s(?:som\sheter\s)?(?P<name>{_WORD})"),
    ),
    Way(
        Kind.NAME_WITH_CLASS,
        LIKELY,
        re.compile(
            rf"(?P<name>{_WORD}){_FAMILY}"
            r"(?:\s?\((?:elev\s)?(?:i\s|går\si\s)?|,\s(?:elev\s)?(?:som\sgår\s)?(?:i\s|på\s)?|\s/\s"
            r"|\s(?:som\s)?(?:går\s|gick\s|börjar\s|börjat\s|läser\s)?(?:nu\s)?(?:i\s|på\s)|\s)"
            rf"(?P<what>{_CLASS})"
        ),
    ),
    Way(
        Kind.NAME_WITH_CLASS,
        WEAK,
        re.compile(rf"(?P<name>{_WORD}){_FAMILY}(?P<between>,?(?:\s[a-zåäö]+,?){{1,5}}?)\s(?P<what>{_CLASS})"),
    ),
    Way(
        Kind.NAME_WITH_CLASS,
        WEAK,
        re.compile(
            rf"(?P<what>{_CLASS})(?::s\s|\s?[:–-]\s|,\s|\s)(?P<between>(?:[a-zåäö]+,?\s){{0,4}}?)(?P<name>{_WORD})"
        ),
    ),
    Way(
        Kind.NAME_WITH_CLASS,
        SURE,
        re.compile(rf"(?P<what>\b(?i:{_NTHS})klassare[n]?)\s(?P<name>{_WORD})"),
    ),
)
