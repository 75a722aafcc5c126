"""What an answer from an organization's own login means, by the agreed table."""

import pytest

from samspel.accounts.rules import federations, levels
from samspel.accounts.rules.federations import ANYBODY, Federation, Told, highest, may_speak_for, read, refusal
from samspel.accounts.rules.presets import AUTHENTICATION_CONTEXT, PRESETS

MAPPING = {
    "stable_id": ("eppn",),
    "mail": ("mail", "email"),
    "mail_verified": ("mail_ok",),
    "name": ("displayName",),
    "given_name": ("givenName",),
    "surname": ("sn",),
    "organization_number": ("orgnr",),
    "school_unit": ("unit",),
    "scoped_affiliation": ("affiliation",),
    "organization_affiliation": ("orgAffiliation",),
    "assurance": ("assurance",),
}
LEVELS = {"al1": levels.READ, "al2": levels.SUBMIT, "al3": levels.SIGN}
KOMMUNEN = Federation(MAPPING, LEVELS, frozenset({"kommunen.example"}), organization_number="2120000142")


def answer(**told):
    return {name: values if isinstance(values, list) else [values] for name, values in told.items()}


def test_scope_is_what_stands_after_the_last_at():
    assert federations.split_scope("staff@kommunen.example") == ("staff", "kommunen.example")
    assert federations.split_scope("kim@home@Kommunen.Example") == ("kim@home", "kommunen.example")
    assert federations.split_scope("nobody") == ("nobody", "")


def test_who_may_speak_for_the_last_part_alone_is_asked_for_it():
    told = read(answer(eppn="kim@kommunen.example@another.example"), KOMMUNEN)

    assert told.scopes == ("another.example",)
    assert refusal(told, KOMMUNEN) == federations.SCOPE


def test_answer_is_read_by_the_table_and_the_rest_dropped():
    told = read(
        answer(
            eppn="ab12@kommunen.example", mail="Astrid@Kommunen.Example", displayName="Astrid Bergvall",
            assurance=["al1", "al2"], personalIdentityNumber="190001019999", memberOf=["secret"],
        ),
        KOMMUNEN,
    )  # fmt: skip

    assert told == Told(
        stable_id="ab12@kommunen.example",
        mail="astrid@kommunen.example",
        name="Astrid Bergvall",
        organization_numbers=("2120000142",),
        scopes=("kommunen.example",),
        level=levels.SUBMIT,
    )


def test_name_is_put_together_when_it_comes_in_parts():
    assert read(answer(givenName="Astrid", sn="Bergvall"), KOMMUNEN).name == "Astrid Bergvall"


@pytest.mark.parametrize("told", [["al1", "al2"], ["al2", "al1"], ["al1", "al2", "http://unknown.example"]])
def test_highest_of_several_assurances_counts_in_any_order(told):
    assert highest(told, LEVELS) == levels.SUBMIT


def test_assurance_is_read_wherever_it_is_told():
    preset = PRESETS["skolfederation"]
    agreed = Federation(
        preset.mapping, {v: levels.level_named(n) for v, n in preset.levels.items()}, frozenset({ANYBODY})
    )
    password = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
    told = {"eduPersonAssurance": ["http://id.skolfederation.se/loa/2fa"]}

    assert read({AUTHENTICATION_CONTEXT: [password], **told}, agreed).level == levels.SUBMIT
    assert read({AUTHENTICATION_CONTEXT: ["http://id.skolfederation.se/loa/loa3"], **told}, agreed).level == levels.SIGN


def test_no_known_assurance_is_enough_to_read():
    assert highest([], LEVELS) == highest(["al9"], LEVELS) == levels.READ


def test_first_attribute_that_has_a_value_tells():
    assert read(answer(mail=[" "], email="a@kommunen.example"), KOMMUNEN).mail == "a@kommunen.example"


@pytest.mark.parametrize("told", ["2120000142", "212000-0142", "162120000142", "16212000-0142", " 212000 0142 "])
def test_organization_number_is_read_as_people_and_registers_write_it(told):
    assert read(answer(orgnr=told), KOMMUNEN).organization_numbers == ("2120000142",)


@pytest.mark.parametrize("told", ["2120000143", "1234567890", "190001019999", "abc", "2120000142\x00"])
def test_what_is_no_organization_number_tells_nothing(told):
    nobody = Federation(MAPPING, speaks_for=frozenset({ANYBODY}))

    assert read(answer(orgnr=told), nobody).organization_numbers == ()


def test_organization_affiliation_carries_its_number_after_the_at():
    told = read(
        answer(eppn="x", orgAffiliation="ab12@2120000142"), Federation(MAPPING, speaks_for=frozenset({ANYBODY}))
    )

    assert told.organization_numbers == ("2120000142",)


def test_school_unit_codes_are_eight_digits_and_told_once():
    told = read(answer(unit=["12345678", "12345678", "1234567", "1234567a"]), KOMMUNEN)

    assert told.school_units == ("12345678",)


def test_answer_without_a_stable_id_is_refused():
    assert refusal(read(answer(mail="a@kommunen.example"), KOMMUNEN), KOMMUNEN) == federations.NO_STABLE_ID


def test_answer_for_another_scope_is_refused():
    told = read(
        answer(eppn="a@kommunen.example", affiliation=["staff@kommunen.example", "staff@other.example"]), KOMMUNEN
    )

    assert refusal(told, KOMMUNEN) == federations.SCOPE


def test_answer_for_another_organization_is_refused():
    told = read(answer(eppn="a@kommunen.example", orgnr="2120001355"), KOMMUNEN)

    assert refusal(told, KOMMUNEN) == federations.ORGANIZATION


def test_national_service_speaks_for_anybody():
    national = Federation(MAPPING, LEVELS, frozenset({ANYBODY}))

    assert refusal(read(answer(eppn="a@any.example", orgnr="2120001355"), national), national) == ""


def test_school_unit_leads_only_to_an_organization_that_it_speaks_for():
    assert may_speak_for("2120000142", KOMMUNEN)
    assert not may_speak_for("2120001355", KOMMUNEN)
    assert not may_speak_for("", KOMMUNEN)
    assert may_speak_for("2120001355", Federation(MAPPING, speaks_for=frozenset({ANYBODY})))


def test_address_counts_as_verified_only_where_that_is_said():
    assert not read(answer(eppn="a", mail="a@kommunen.example"), KOMMUNEN).is_mail_verified
    assert read(answer(eppn="a", mail_ok="true"), KOMMUNEN).is_mail_verified
    assert not read(answer(eppn="a", mail_ok="false"), KOMMUNEN).is_mail_verified


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_presets_are_whole_and_read_no_personal_number(name):
    preset = PRESETS[name]
    attributes = {one for names in preset.mapping.values() for one in names}

    assert preset.mapping["stable_id"] and preset.mapping["assurance"]
    assert set(preset.mapping) <= set(federations.TOLD)
    assert set(preset.levels.values()) <= set(levels.NAMES)
    # personalIdentityNumber, norEduPersonNIN, dateOfBirth
    assert attributes.isdisjoint(
        {"urn:oid:1.2.752.29.4.13", "urn:oid:1.3.6.1.4.1.2428.90.1.5", "urn:oid:1.3.6.1.5.5.7.9.1"}
    )


def test_swamid_answer_gives_its_level():
    preset = PRESETS["swamid"]
    agreed = Federation(
        preset.mapping, {v: levels.level_named(n) for v, n in preset.levels.items()}, frozenset({"uni.example"})
    )
    told = read(
        {
            "urn:oid:1.3.6.1.4.1.5923.1.1.1.6": ["ab@uni.example"],
            "urn:oid:1.3.6.1.4.1.5923.1.1.1.11": [
                "http://www.swamid.se/policy/assurance/al1", "http://www.swamid.se/policy/assurance/al2",
            ],
        },
        agreed,
    )  # fmt: skip

    assert (told.stable_id, told.level, refusal(told, agreed)) == ("ab@uni.example", levels.SUBMIT, "")


def test_sweden_connect_answer_gives_organization_and_level():
    preset = PRESETS["swedenconnect"]
    agreed = Federation(
        preset.mapping, {v: levels.level_named(n) for v, n in preset.levels.items()}, frozenset({ANYBODY})
    )
    told = read(
        {
            "urn:oid:1.2.752.201.3.1": ["ab12@2120000142"],
            "urn:oid:2.5.4.97": ["2120000142"],
            AUTHENTICATION_CONTEXT: ["http://id.elegnamnden.se/loa/1.0/loa3"],
        },
        agreed,
    )

    assert (told.stable_id, told.organization_numbers, told.level) == ("ab12@2120000142", ("2120000142",), levels.SIGN)
