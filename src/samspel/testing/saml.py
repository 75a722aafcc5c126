"""A SAML identity provider for tests: answers signed with a key of its own, right but for what a test changes."""

from __future__ import annotations

import base64
import secrets
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import pytest

ENTITY_ID = "https://idp.kommunen.example/metadata"
SSO_URL = "https://idp.kommunen.example/sso"


@cache
def _pair() -> tuple[str, str]:
    """A key and its certificate, as PEM; made once a run."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.kommunen.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode()
    return pem, certificate.public_bytes(serialization.Encoding.PEM).decode()


@dataclass
class IdentityProvider:
    """Answers questions. `attributes`: name to values; `context`: how she showed there who she is."""

    attributes: dict[str, list[str]] = field(default_factory=dict)
    context: str = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
    is_signed: bool = True

    @property
    def certificate(self) -> str:
        """Its certificate, as PEM."""
        return _pair()[1]

    def answer(self, address: str, *, audience: str, to: str, at: datetime | None = None) -> str:
        """The SAMLResponse to the question in the address that a browser was sent to. at: when it was made (now)."""
        return base64.b64encode(self.xml(address, audience=audience, to=to, at=at)).decode()

    def xml(self, address: str, *, audience: str, to: str, at: datetime | None = None) -> bytes:
        """The same, as XML."""
        at = at or datetime.now(UTC)
        question = _id_of_question(address)
        assertion = self._assertion(question, audience, to, at)
        if self.is_signed:
            assertion = _signed(assertion)
        until = _moment(at)
        return (
            f'<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" '
            f'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_{secrets.token_hex(16)}" Version="2.0" '
            f'IssueInstant="{until}" Destination="{to}" InResponseTo="{question}">'
            f"<saml:Issuer>{ENTITY_ID}</saml:Issuer><samlp:Status>"
            f'<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
            f"{assertion}</samlp:Response>"
        ).encode()

    def _assertion(self, question: str, audience: str, to: str, at: datetime) -> str:
        told = "".join(_attribute(name, values) for name, values in self.attributes.items())
        begun, made, until = _moment(at - timedelta(minutes=1)), _moment(at), _moment(at + timedelta(minutes=5))
        return (
            f'<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_{secrets.token_hex(16)}" '
            f'Version="2.0" IssueInstant="{made}"><saml:Issuer>{ENTITY_ID}</saml:Issuer><saml:Subject>'
            f'<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">{secrets.token_hex(8)}'
            f'</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
            f'<saml:SubjectConfirmationData NotOnOrAfter="{until}" Recipient="{to}" InResponseTo="{question}"/>'
            f'</saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{begun}" NotOnOrAfter="{until}">'
            f"<saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction>"
            f'</saml:Conditions><saml:AuthnStatement AuthnInstant="{made}" SessionIndex="_1"><saml:AuthnContext>'
            f"<saml:AuthnContextClassRef>{self.context}</saml:AuthnContextClassRef></saml:AuthnContext>"
            f"</saml:AuthnStatement><saml:AttributeStatement>{told}</saml:AttributeStatement></saml:Assertion>"
        )


def _signed(assertion: str) -> str:
    from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
    from onelogin.saml2.utils import OneLogin_Saml2_Utils as Tools

    key, certificate = _pair()
    signed = Tools.add_sign(assertion, key, certificate, sign_algorithm=Names.RSA_SHA256, digest_algorithm=Names.SHA256)
    return signed.decode() if isinstance(signed, bytes) else signed


def _attribute(name: str, values: list[str]) -> str:
    told = "".join(f"<saml:AttributeValue>{escape(value)}</saml:AttributeValue>" for value in values)
    return (
        f'<saml:Attribute Name="{name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri">{told}'
        "</saml:Attribute>"
    )


def _id_of_question(address: str) -> str:
    from lxml import etree

    asked = parse_qs(urlsplit(address).query)["SAMLRequest"][0]
    return etree.fromstring(zlib.decompress(base64.b64decode(asked), -15)).get("ID")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture
def saml_idp() -> Any:
    """An identity provider of an organizer."""
    return IdentityProvider()
