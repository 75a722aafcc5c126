"""What tests of organizations' own logins share: a way in of the settings, and what is left after it."""

from __future__ import annotations

from samspel.accounts.queries.logins import LEVEL
from samspel.config import logins
from samspel.testing.oidc import CLIENT_ID
from samspel.testing.saml import ENTITY_ID, SSO_URL

NUMBER = "2999990001"


def oidc_login(issuer, **facts):
    told = {
        "id": "kommunen", "kind": "oidc", "name": {"sv": "Ekvikens kommun", "en": "Ekviken Municipality"},
        "issuer": issuer, "client_id": CLIENT_ID, "secret_env": "SECRET",
        "speaks_for": ["kommunen.example"], "organization_number": NUMBER, **facts,
    }  # fmt: skip
    return logins.login_of(told, {"SECRET": "s3cret"})


def saml_login(idp, tmp_path, **facts):
    (tmp_path / "idp.pem").write_text(idp.certificate)
    told = {
        "id": "uni", "kind": "saml", "name": {"sv": "Universitetet", "en": "The university"}, "preset": "swamid",
        "entity_id": ENTITY_ID, "sso_url": SSO_URL, "certificate_file": "idp.pem",
        "speaks_for": ["kommunen.example"], "organization_number": NUMBER, "mail_is_verified": True, **facts,
    }  # fmt: skip
    return logins.login_of(told, {}, tmp_path)


def is_in(client, person=None):
    """Whether somebody is logged in with this browser (that person, if named)."""
    key = client.session.get("_auth_user_id")
    return key is not None and (person is None or key == str(person.pk))


def level_of(client):
    return client.session.get(LEVEL)
