"""Withdrawing an import brings back what it replaced, in the order in which imports stand on each other."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from samspel.kernel.audit.models import AuditEntry
from samspel.registry.models import BatchState
from samspel.registry.operations import imports
from tests.registry.conftest import NOW, kolada, standing


@pytest.fixture
def first(import_now, batch_of):
    return batch_of(import_now({"first.csv": kolada({"0114": "224.2", "0115": "210", "1440": "199"})}))


@pytest.fixture
def second(first, import_now, batch_of):
    return batch_of(import_now({"second.csv": kolada({"0114": "225", "0115": "210", "0117": "201"})}))


def test_what_it_replaced_and_ended_counts_again(first, second, officer):
    batch = imports.withdraw(batch=second, by=officer, at=NOW)

    assert batch.state == BatchState.WITHDRAWN
    assert {code: figure for (_, code, _), (figure, _) in standing().items()} == {
        "0114": "224.2",
        "0115": "210",
        "1440": "199",
    }
    assert AuditEntry.objects.get(action="registry.import.withdrawn").facts == {"withdrawn": 2, "restored": 2}


def test_an_import_that_later_ones_replaced_is_refused_naming_them(first, second, officer):
    before = standing()

    with pytest.raises(imports.WithdrawalRefused) as refusal:
        imports.withdraw(batch=first, by=officer, at=NOW)

    assert refusal.value.later == (str(second.key),)
    assert "second.csv" in str(refusal.value)
    assert standing() == before


def test_a_place_that_was_emptied_and_filled_again_keeps_the_import_that_emptied_it(
    first, second, import_now, batch_of, officer
):
    third = batch_of(import_now({"third.csv": kolada({"1440": "222"})}))

    with pytest.raises(imports.WithdrawalRefused) as refusal:
        imports.withdraw(batch=second, by=officer, at=NOW)
    assert refusal.value.later == (str(third.key),)

    for batch in (third, second, first):
        imports.withdraw(batch=batch, by=officer, at=NOW)
    assert standing() == {}


def test_a_withdrawn_import_can_be_made_again(first, import_now, officer):
    imports.withdraw(batch=first, by=officer, at=NOW)

    again = import_now({"first.csv": kolada({"0114": "224.2", "0115": "210", "1440": "199"})})

    assert again.difference["values"]["new"] == 3
    with pytest.raises(imports.ImportNotOpen):
        imports.withdraw(batch=first, by=officer, at=NOW)


def test_outsiders_withdraw_nothing(first, supporter):
    with pytest.raises(PermissionDenied):
        imports.withdraw(batch=first, by=supporter, at=NOW)

    first.refresh_from_db()
    assert first.state == BatchState.APPLIED
