"""`samspel select`, as an operator runs it."""

import json
import zipfile

import pytest
from click.testing import CliRunner

from samspel.config.cli import main, program
from samspel.kernel.audit.models import AuditEntry
from samspel.selection.models import DrawSeed

from .conftest import make_draft


@pytest.fixture
def select(monkeypatch, db):
    """`select("ri-test", "verify")`: what the command answered. The database is the test's own, and stays open."""
    from contextlib import nullcontext

    from samspel.config.supervisor import borrow

    monkeypatch.setattr(borrow, "database", lambda deed: nullcontext())
    monkeypatch.setattr(program, "_close", lambda: None)

    def run(*arguments):
        return CliRunner().invoke(main, ["select", *map(str, arguments)])

    return run


def test_run_draws_a_frozen_round_once_for_the_person_named(select, frozen, people):
    first = select("ri-test", "run", "--as", people.decider.email)
    second = select("ri-test", "run", "--as", people.decider.email)

    assert first.exit_code == 0
    assert second.exit_code == 1
    assert len(second.stderr.strip().splitlines()) == 1
    frozen.refresh_from_db()
    assert frozen.drawn_by == people.decider
    assert AuditEntry.objects.filter(action="selection.round.drawn").count() == 1


@pytest.mark.parametrize("state", ["draft", "proposed", "confirmed", "accepted"])
def test_run_refuses_any_other_state_with_a_sentence(select, people, request, state):
    round = request.getfixturevalue(state)
    answer = select("ri-test", "run", "--as", people.officer.email)

    assert answer.exit_code == 1
    assert answer.stderr.strip().endswith(".")
    round.refresh_from_db()
    assert round.state == state


def test_run_needs_a_person_and_one_with_the_right(select, frozen, people):
    assert select("ri-test", "run").exit_code == 2
    assert select("ri-test", "run", "--as", "nobody@example.org").exit_code == 1
    assert select("ri-test", "run", "--as", people.evaluator.email).exit_code == 1
    frozen.refresh_from_db()
    assert frozen.state == "frozen"


def test_explain_gives_parts_that_sum_to_the_score(select, drawn, organizers):
    from decimal import Decimal

    answer = json.loads(select("ri-test", "explain", organizers[11].written_number, "--json").stdout)

    assert sum(Decimal(part["part"]) for part in answer["parts"]) == Decimal(answer["score"])
    assert answer["organization_number"] == organizers[11].organization_number


def test_explain_keeps_to_the_right_of_the_person_named(select, drawn, people, organizers):
    number = organizers[0].organization_number

    assert select("ri-test", "explain", number, "--as", people.evaluator.email).exit_code == 0
    assert select("ri-test", "explain", number, "--as", people.process_supporter.email).exit_code == 1


def test_verify_says_that_everything_holds(select, drawn):
    answer = select("ri-test", "verify", "--json")

    assert answer.exit_code == 0
    told = json.loads(answer.stdout)
    assert (told["ok"], told["differences"], told["digest"]) == (True, [], drawn.digest)


def test_a_bundle_is_verified_by_itself(select, drawn, people, tmp_path):
    file = tmp_path / "bundle.zip"
    assert select("ri-test", "bundle", file, "--as", people.officer.email).exit_code == 0

    answer = select("verify", "--bundle", file, "--digest", drawn.digest, "--json")

    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["ok"] is True
    assert AuditEntry.objects.filter(action="selection.round.bundled").count() == 1


def test_a_bundle_is_not_taken_for_another_rounds(select, drawn, people, tmp_path):
    file = tmp_path / "bundle.zip"
    select("ri-test", "bundle", file, "--as", people.officer.email)

    assert select("ri-test", "verify", "--bundle", file).exit_code == 0
    answer = select("ri-other", "verify", "--bundle", file)
    assert answer.exit_code == 1
    assert "ri-test" in answer.stderr


def test_a_bundle_bears_its_secrecy_mark(select, drawn, people, tmp_path):
    file = tmp_path / "bundle.zip"
    select("ri-test", "bundle", file, "--as", people.officer.email)

    with zipfile.ZipFile(file) as archive:
        assert "2033-12-31" in archive.read("README.txt").decode()
    assert file.stat().st_mode & 0o077 == 0


def test_a_demonstrations_bundle_says_that_it_is_one(select, drawn, people, tmp_path, settings):
    settings.SAMSPEL_IS_DEMO = True
    file = tmp_path / "bundle.zip"
    select("ri-test", "bundle", file, "--as", people.officer.email)

    with zipfile.ZipFile(file) as archive:
        assert "Demonstration: the programme shown here is invented." in archive.read("README.txt").decode()


def test_a_bundle_that_was_changed_does_not_verify(select, drawn, people, tmp_path):
    file, changed = tmp_path / "bundle.zip", tmp_path / "changed.zip"
    select("ri-test", "bundle", file, "--as", people.officer.email)
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(changed, "w") as target:
        for name in archive.namelist():
            content = archive.read(name)
            target.writestr(name, content.replace(b'"value":"12"', b'"value":"1"') if name == "data.json" else content)

    answer = select("verify", "--bundle", changed, "--json")

    assert answer.exit_code == 1
    assert json.loads(answer.stdout)["ok"] is False


@pytest.mark.parametrize("who", ["process_supporter", "administrator", "supporting_officer", "outsider"])
def test_the_bundle_goes_to_nobody_without_the_right(select, drawn, people, tmp_path, who):
    file = tmp_path / "bundle.zip"

    assert select("ri-test", "bundle", file, "--as", getattr(people, who).email).exit_code == 1
    assert not file.exists()


@pytest.mark.parametrize("state", ["draft", "proposed", "confirmed", "frozen"])
def test_no_bundle_before_the_draw(select, people, request, tmp_path, state):
    request.getfixturevalue(state)

    assert select("ri-test", "bundle", tmp_path / "b.zip", "--as", people.officer.email).exit_code == 1


def test_the_protocol_is_the_public_one_unless_somebody_with_the_right_asks(select, drawn, people, tmp_path):
    public = select("ri-test", "protocol", tmp_path / "a.pdf", "--json")
    full = select("ri-test", "protocol", tmp_path / "b.pdf", "--as", people.registrar.email, "--json")
    refused = select("ri-test", "protocol", tmp_path / "c.pdf", "--as", people.process_supporter.email)

    assert json.loads(public.stdout)["kind"] == "public"
    assert json.loads(full.stdout)["kind"] == "full"
    assert refused.exit_code == 1
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_no_answer_of_the_command_line_holds_the_seed_before_the_freeze(select, confirmed, people, tmp_path):
    seed = bytes(DrawSeed.objects.get(round=confirmed).seed).hex()
    asked = [
        ("run", "--as", people.officer.email),
        ("verify",),
        ("verify", "--json"),
        ("explain", "2120000142"),
        ("bundle", tmp_path / "b.zip", "--as", people.officer.email),
        ("protocol", tmp_path / "p.pdf", "--as", people.officer.email),
    ]

    for arguments in asked:
        answer = select("ri-test", *arguments)
        assert seed not in answer.output
        assert answer.exit_code == 1


def test_an_unknown_round_is_refused(select, people, edition):
    make_draft(people, edition, slug="other")

    assert select("ri-nowhere", "verify").exit_code == 1
