"""Exact numbers: whole billionths and whole units, rounded once and half to even.

Nothing here is a float and nothing reads the decimal context of the thread: sums, ratios and roots are taken on whole
numbers of any size, so that every machine, system and Python gives the same digits.
"""

import re
from decimal import Decimal
from math import isqrt

DECIMALS = 9
NANO = 10**DECIMALS
# Values are counted in half billionths: nine decimals, doubled so that a median between two values is whole too.
UNITS = 2 * NANO
LARGEST = 10**12

_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,12})(\.[0-9]{1,9})?", re.ASCII)


def decimal_from(text: object) -> Decimal | None:
    """The decimal written in a text: at most nine decimals and not beyond 10^12 either way; None when it is not one."""
    if not isinstance(text, str) or not _DECIMAL.fullmatch(text):
        return None
    value = Decimal(text)
    return value if -LARGEST <= value <= LARGEST else None


def decimal_text(value: Decimal) -> str:
    """The one way to write a decimal: no exponent, no trailing zeros, no minus before zero."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def is_exact(value: Decimal) -> bool:
    """Whether a value fits what is scored: finite, at most nine decimals, not beyond 10^12 either way."""
    return value.is_finite() and -LARGEST <= value <= LARGEST and UNITS % value.as_integer_ratio()[1] == 0


def units(value: Decimal) -> int:
    """A value in whole half billionths. ValueError when it has more than nine decimals."""
    numerator, denominator = value.as_integer_ratio()
    if UNITS % denominator:
        raise ValueError(f"{value} has more than {DECIMALS} decimals")
    count: int = numerator * (UNITS // denominator)
    return count


def from_units(count: int) -> Decimal:
    """Units as a decimal without trailing zeros. Exact: half a billionth takes a tenth decimal."""
    return Decimal(decimal_text(Decimal((int(count < 0), tuple(map(int, str(abs(count) * 5))), -(DECIMALS + 1)))))


def nano_text(nano: int) -> str:
    """Billionths written with all nine decimals: -1500000000 is "-1.500000000"."""
    whole, rest = divmod(abs(nano), NANO)
    return f"{'-' if nano < 0 else ''}{whole}.{rest:0{DECIMALS}d}"


def nano_decimal(nano: int) -> Decimal:
    """Billionths as a decimal with nine decimals."""
    return Decimal(nano_text(nano))


def rounded_ratio(numerator: int, denominator: int) -> int:
    """numerator / denominator to the nearest whole number, half to even. The denominator is above zero."""
    quotient, rest = divmod(numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and quotient & 1):
        quotient += 1
    return quotient


def rounded_over_root(numerator: int, denominator: int, square: int) -> int:
    """numerator / (denominator * sqrt(square)) to the nearest whole number, half to even; the two last above zero.

    The root is never taken as a number with decimals, which would have to be cut somewhere: the floor of twice the
    quotient is the whole square root of its square, and that one is exact.
    """
    dividend, divisor = 4 * numerator * numerator, denominator * denominator * square
    twice = isqrt(dividend // divisor)
    quotient, is_odd = divmod(twice, 2)
    is_tie = is_odd and twice * twice * divisor == dividend
    if is_odd and not (is_tie and quotient % 2 == 0):
        quotient += 1
    return -quotient if numerator < 0 else quotient
