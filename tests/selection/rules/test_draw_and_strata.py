"""The seed and its promise, and the strata within which pairs are formed."""

import hashlib

import pytest

from samspel.selection.rules.draw import SeedTooShort, commitment, draw, is_promised, lot, new_seed
from samspel.selection.rules.problems import Refused
from samspel.selection.rules.result import resolve
from samspel.selection.rules.settings import StrataRules
from samspel.selection.rules.strata import stratum_of, stratum_text

from .rounds import SEED, frozen, greatest_need, rules, subject, subjects


def test_new_seed_has_256_bits_and_is_new_each_time():
    one, other = new_seed(), new_seed()

    assert (len(one), len(other)) == (32, 32)
    assert one != other


def test_commitment_is_sha256_of_the_bytes_of_the_seed():
    assert commitment(SEED) == hashlib.sha256(SEED).hexdigest()
    assert is_promised(SEED, commitment(SEED))
    assert not is_promised(SEED[::-1], commitment(SEED))


@pytest.mark.parametrize("seed", [b"", bytes(15)])
def test_seed_below_128_bits_is_never_used(seed):
    with pytest.raises(SeedTooShort):
        commitment(seed)
    with pytest.raises(SeedTooShort):
        draw([], seed)
    assert not is_promised(seed, hashlib.sha256(seed).hexdigest())


def test_seed_of_128_bits_is_enough():
    assert is_promised(bytes(16), commitment(bytes(16)))


def test_lot_is_the_digest_of_seed_and_digits():
    # The bytes 00 to 1f and the ten digits, hashed by sha256sum.
    assert lot(SEED, "2120000142") == "caf1765d671835548db9e32c79cc9992137e048e706719374c4abcba38e36e6d"


def test_seed_is_refused_where_it_was_not_promised_or_nothing_is_drawn():
    for one, seed, code in (
        (rules(), bytes(32), "seed_not_promised"),
        (rules(choice=greatest_need()), SEED, "seed_without_lot"),
    ):
        with pytest.raises(Refused) as refused:
            resolve(frozen(one, subjects("1", "2")), seed)
        assert [problem.code for problem in refused.value.problems] == [code]


def test_round_without_its_seed_yet_has_pairs_and_offers_nobody():
    result = resolve(frozen(rules(), subjects("4", "3", "2", "1")))

    assert (len(result.paired.pairs), result.drawn, result.offers(), result.reserves()) == (2, (), (), ())


@pytest.mark.parametrize(
    ("population", "size"), [(0, "0"), (14_999, "0"), (15_000, "1"), (49_999, "1"), (50_000, "2"), (None, "unknown")]
)
def test_size_class_begins_at_its_bound(population, size):
    strata = StrataRules(by=("size_class",), bounds=(15_000, 50_000))

    assert stratum_of(subject(1, population=population), strata) == (size,)


def test_size_can_be_pupils_instead_of_population():
    strata = StrataRules(by=("size_class",), size_of="pupils", bounds=(1000,))

    assert stratum_of(subject(1, population=5, pupils=1000), strata) == ("1",)


def test_stratum_has_its_keys_in_the_order_of_the_rules():
    strata = StrataRules(by=("county", "organizer_type"))

    assert stratum_text(stratum_of(subject(1, county="01"), strata)) == "01/municipality"
    assert stratum_text(stratum_of(subject(1), strata)) == "unknown/municipality"
    assert stratum_of(subject(1), StrataRules()) == ()
