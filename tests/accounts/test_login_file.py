"""The file that says which organizations' own logins let people in."""

import pytest

from samspel.config import logins
from samspel.config.refused import Refused

RIGHT = """
[[login]]
id = "kommunen"
kind = "oidc"
name = { sv = "Kommunen", en = "The municipality" }
issuer = "https://login.kommunen.example"
client_id = "samspel"
secret_env = "KOMMUNEN_SECRET"
speaks_for = ["Kommunen.example"]
organization_number = "212000-0142"

[login.mapping]
stable_id = "oid"
assurance = ["acr"]

[login.levels]
"urn:mfa" = "submit"
"""


def read(tmp_path, text, **environ):
    path = tmp_path / "logins.toml"
    path.write_text(text)
    return logins.read({"SAMSPEL_LOGIN_FILE": str(path), "KOMMUNEN_SECRET": "s3cret", **environ})


def test_without_a_file_there_are_none():
    assert logins.read({}) == ()


def test_file_is_read_whole(tmp_path):
    [login] = read(tmp_path, RIGHT)

    assert (login.id, login.kind, login.name["sv"], login.secret) == ("kommunen", "oidc", "Kommunen", "s3cret")
    assert login.reached == {"issuer": "https://login.kommunen.example", "client_id": "samspel"}
    assert login.agreed.speaks_for == {"kommunen.example"}
    assert login.agreed.organization_number == "2120000142"
    assert login.agreed.mapping["stable_id"] == ("oid",)
    assert login.agreed.mapping["mail"] == ("email",)  # of the preset
    assert login.agreed.levels == {"urn:mfa": 2}


def test_secret_is_never_shown(tmp_path):
    assert "s3cret" not in repr(read(tmp_path, RIGHT))


@pytest.mark.parametrize(
    "old, new, word",
    [
        ('id = "kommunen"', 'id = "../x"', "id"),
        ('kind = "oidc"', 'kind = "ldap"', "kind"),
        ('name = { sv = "Kommunen", en = "The municipality" }', 'name = { sv = "K" }', "both languages"),
        ('issuer = "https://login.kommunen.example"', "", "lacks issuer"),
        ("https://login", "http://login", "without https"),
        ('client_id = "samspel"', 'client_id = "samspel"\nsecret = "x"', "secret"),
        ("KOMMUNEN_SECRET", "ANOTHER_SECRET", "ANOTHER_SECRET"),
        ('speaks_for = ["Kommunen.example"]', "", "speaks for"),
        ("212000-0142", "212000-0143", "organization number"),
        ("stable_id =", "shoe_size =", "shoe_size"),
        ('"submit"', '"sometimes"', "sometimes"),
        ("[[login]]", "[[login", "not TOML"),
    ],
)
def test_mistake_is_told_in_a_sentence(tmp_path, old, new, word):
    with pytest.raises(Refused, match=word):
        read(tmp_path, RIGHT.replace(old, new))


def test_two_ways_in_of_one_id_are_refused(tmp_path):
    with pytest.raises(Refused, match="same id"):
        read(tmp_path, RIGHT + RIGHT)


def test_missing_file_is_told():
    with pytest.raises(Refused, match="cannot be read"):
        logins.read({"SAMSPEL_LOGIN_FILE": "/nowhere/logins.toml"})


def test_saml_needs_a_way_to_its_key(tmp_path):
    saml = '[[login]]\nid = "uni"\nkind = "saml"\nname = "Uni"\nspeaks_for = ["uni.example"]\n'
    saml += 'entity_id = "https://idp.uni.example"\n'

    with pytest.raises(Refused, match="metadata_url"):
        read(tmp_path, saml)
    (tmp_path / "idp.pem").write_text("PEM")
    [login] = read(
        tmp_path, saml + 'preset = "swamid"\nsso_url = "https://idp.uni.example/sso"\ncertificate_file = "idp.pem"\n'
    )
    assert login.reached["certificate"] == "PEM"
