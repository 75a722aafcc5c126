"""The same round reckoned anew from the files of its bundle alone, by another road than the rules take.

Follows the README of the bundle: decimals of sixty digits instead of whole numbers, hashlib and json.
"""

import decimal
import hashlib
import io
import json
import statistics
import zipfile
from decimal import Decimal

import pytest

from samspel.selection.rules.bundle import pack
from samspel.selection.rules.result import resolve

from .rounds import SEED
from .test_golden_round import mixed


@pytest.fixture(scope="module")
def files():
    with zipfile.ZipFile(io.BytesIO(pack(resolve(mixed(), SEED), SEED))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def recorded(files):
    return json.loads(files["result.json"])


def stratum(one):
    classes = sum(one["population"] >= bound for bound in (20000, 50000))
    return [one["county"], str(classes)]


def filled(data, key, missing):
    """Values by organization number, medians put in; and the observed ones."""
    known = {one["organization_number"]: one["values"][key]["value"] for one in data}
    observed = {number: Decimal(value) for number, value in known.items() if value is not None}
    values = dict(observed)
    for one in data:
        if one["organization_number"] not in observed:
            alike = [
                observed[other["organization_number"]]
                for other in data
                if other["organization_number"] in observed and (missing == "median" or stratum(other) == stratum(one))
            ]
            values[one["organization_number"]] = statistics.median(alike or observed.values())
    return values, list(observed.values())


def transformed(transform, value, observed):
    if transform == "z_score":
        mean = sum(observed) / len(observed)
        return (value - mean) / (sum((each - mean) ** 2 for each in observed) / len(observed)).sqrt()
    if transform == "min_max":
        return (value - min(observed)) / (max(observed) - min(observed))
    lower, equal = sum(each < value for each in observed), sum(each == value for each in observed)
    return (lower + Decimal(equal) / 2) / len(observed)


def scores(data, rules):
    totals = dict.fromkeys((one["organization_number"] for one in data), Decimal(0))
    for criterion in rules["criteria"]:
        values, observed = filled(data, criterion["key"], criterion["missing"])
        sign = 1 if criterion["direction"] == "higher_is_greater_need" else -1
        for number, value in values.items():
            part = sign * Decimal(criterion["weight"]) * transformed(criterion["transform"], value, observed)
            totals[number] += part.quantize(Decimal("1e-9"), decimal.ROUND_HALF_EVEN)
    return totals


def test_frozen_digest_is_that_of_data_with_rules_put_in(files, recorded):
    document = json.loads(files["data.json"]) | {"rules": json.loads(files["rules.json"])}
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert hashlib.sha256(text.encode()).hexdigest() == recorded["snapshot"]
    assert hashlib.sha256(bytes.fromhex(files["seed.txt"].decode())).hexdigest() == document["commitment"]


def test_ranking_is_the_same_by_another_road(files, recorded):
    with decimal.localcontext(decimal.Context(prec=60)):
        totals = scores(json.loads(files["data.json"])["data"], json.loads(files["rules.json"]))
    ordered = sorted(totals.items(), key=lambda item: (-item[1], item[0]))

    assert ordered == [(ranked["organization_number"], Decimal(ranked["score"])) for ranked in recorded["ranking"]]


def test_pairs_and_lot_are_the_same_by_another_road(files, recorded):
    seed = bytes.fromhex(files["seed.txt"].decode())
    choice = json.loads(files["rules.json"])["choice"]

    def digest(*numbers):
        return hashlib.sha256(seed + "".join(numbers).encode()).hexdigest()

    def drawn(ranking):
        strata = {}
        for ranked in ranking:
            strata.setdefault(tuple(ranked["stratum"]), []).append(ranked["organization_number"])
        pairs = [sorted(alike[at : at + 2]) for alike in strata.values() for at in range(0, len(alike) - 1, 2)]
        return [min(pair, key=digest) for pair in sorted(pairs, key=lambda pair: digest(*pair))]

    last = 2 * choice["pairs"]
    assert drawn(recorded["ranking"][:last]) == recorded["offers"]
    assert drawn(recorded["ranking"][last : last + 2 * choice["further_pairs"]]) == recorded["reserves"]
