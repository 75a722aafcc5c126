"""A bundle is the same bytes each time, verifies anywhere, and a hostile one is refused before it costs anything."""

import io
import json
import struct
import zipfile

import pytest

from samspel.selection.rules.bundle import DATA, MOST_BYTES, READ_ME, RESULT, RULES, pack, unpack
from samspel.selection.rules.bundle import SEED as SEED_FILE
from samspel.selection.rules.problems import Refused
from samspel.selection.rules.result import resolve

from .rounds import SEED, frozen, greatest_need, rules, subjects


@pytest.fixture
def result():
    return resolve(frozen(rules(), subjects("60", "50.5", "40", "30", "20", "10")), SEED)


@pytest.fixture
def packed(result):
    return pack(result, SEED)


def repacked(packed, *, compression=zipfile.ZIP_DEFLATED, **changes):
    """The bundle again with files changed: what stands before the dot to bytes, or to None to leave it out."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    for name in list(contents):
        content = changes.pop(name.partition(".")[0], contents[name])
        if content is None:
            del contents[name]
        else:
            contents[name] = content
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in {**contents, **changes}.items():
            archive.writestr(name, content)
    return io.BytesIO(file.getvalue())


def refusal(file, **arguments):
    with pytest.raises(Refused) as refused:
        unpack(file, **arguments)
    return [(problem.code, problem.where) for problem in refused.value.problems]


def test_bundle_is_the_same_bytes_each_time(result, packed):
    assert pack(result, SEED) == packed


def test_bundle_verifies_against_the_published_digest(result, packed):
    assert unpack(io.BytesIO(packed)).differences(result.snapshot.digest()) == []


def test_bundle_verifies_when_zipped_anew_by_another_program(packed):
    assert unpack(repacked(packed)).differences() == []


def test_bundle_without_lot_carries_no_seed():
    packed = pack(resolve(frozen(rules(choice=greatest_need()), subjects("3", "2", "1"))), None)
    bundle = unpack(io.BytesIO(packed))

    assert bundle.seed is None
    assert bundle.differences() == []


def test_secrecy_mark_stands_first_in_the_readme(result):
    with zipfile.ZipFile(io.BytesIO(pack(result, SEED, secrecy="Kan omfattas av sekretess"))) as archive:
        assert archive.read(READ_ME).decode().splitlines()[0] == "Kan omfattas av sekretess"


def test_readme_says_digest_of_the_frozen_document(result, packed):
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.read(READ_ME).decode().count(result.snapshot.digest()) == 2


def test_changed_figure_in_a_bundle_is_found(result, packed):
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        changed = archive.read(DATA).replace(b'"50.5"', b'"50.6"')
    found = unpack(repacked(packed, data=changed)).differences(result.snapshot.digest())

    assert [found[0].where, found[0].recorded] == ["published_digest", result.snapshot.digest()]


def test_seed_of_another_round_is_refused(packed):
    with pytest.raises(Refused) as refused:
        unpack(repacked(packed, seed=bytes(32).hex().encode())).differences()

    assert [problem.code for problem in refused.value.problems] == ["seed_not_promised"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b'{"rules": 1.5}', "not_json"),
        (b'{"a": 1, "a": 2}', "not_json"),
        (b"\xff\xfe", "not_json"),
        (b"NaN", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"1" * 5000, "not_json"),
        (b"[]", "not_a_table"),
        (b'{"rules": {}}', "not_a_table"),
    ],
)
def test_data_that_is_no_plain_json_table_is_refused(packed, content, code):
    assert refusal(repacked(packed, data=content)) == [(code, DATA)]


def test_seed_that_is_not_hexadecimal_is_refused(packed):
    assert refusal(repacked(packed, seed="frö".encode())) == [("not_a_seed", SEED_FILE)]


def test_missing_and_foreign_files_are_refused(packed):
    assert refusal(repacked(packed, seed=None)) == [("wrong_files", "")]
    assert refusal(repacked(packed, **{"../evil.json": b"{}"})) == [("wrong_files", "")]


def test_file_that_grows_beyond_its_limit_is_refused_while_unpacking(packed):
    bomb = repacked(packed, rules=b" " * (MOST_BYTES[RULES] + 1))

    assert len(bomb.getvalue()) < 20_000
    assert refusal(bomb) == [("too_large", RULES)]


def test_size_that_the_zip_states_is_not_believed(packed):
    content = repacked(packed, rules=b" " * (MOST_BYTES[RULES] + 1)).getvalue()
    lied = content.replace(struct.pack("<I", MOST_BYTES[RULES] + 1), struct.pack("<I", 10))

    assert lied != content
    assert refusal(io.BytesIO(lied)) in ([("not_a_zip", "")], [("too_large", RULES)])


def test_whole_file_beyond_the_limit_is_refused_unread(packed):
    assert refusal(io.BytesIO(packed), most_bytes=dict.fromkeys(MOST_BYTES, 10)) == [("too_large", "")]


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all" * 10, b"PK\x05\x06" + bytes(18)])
def test_what_is_no_zip_is_refused(content):
    assert refusal(io.BytesIO(content)) in ([("not_a_zip", "")], [("wrong_files", "")])


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compression_that_a_bundle_never_has_is_refused(packed, compression):
    assert refusal(repacked(packed, compression=compression)) == [("not_a_zip", READ_ME)]


def test_truncated_bundle_is_refused(packed):
    assert refusal(io.BytesIO(packed[: len(packed) // 2])) == [("not_a_zip", "")]


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_every_flipped_byte_is_refused_or_found_or_without_meaning(result, packed, compression):
    """A byte flipped anywhere either is refused, or shows in the comparison, or leaves what was read as it was."""
    whole = unpack(io.BytesIO(packed))
    packed = repacked(packed, compression=compression).getvalue()
    for place in range(0, len(packed), 23):
        flipped = bytearray(packed)
        flipped[place] ^= 0x01
        try:
            bundle = unpack(io.BytesIO(bytes(flipped)))
            assert bundle == whole or bundle.differences(result.snapshot.digest())
        except Refused:
            continue


def test_recorded_result_of_any_shape_is_compared_and_not_trusted(packed):
    for recorded in (b"[]", b"null", b'"text"', b"{}", json.dumps({"ranking": {"a": [[[]]]}}).encode()):
        assert unpack(repacked(packed, result=recorded)).differences() != []


def test_result_file_is_named_as_in_the_readme():
    assert {DATA, RULES, SEED_FILE, RESULT, READ_ME} == set(MOST_BYTES)
