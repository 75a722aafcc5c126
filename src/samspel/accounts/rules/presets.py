"""The attributes and assurance levels of the federations that Swedish organizers and universities are in.

Skolfederation: attribute profile of SIS/TK 450, levels of assurance in IANA's registry. SWAMID: entity categories and
assurance profiles, `al3` by analogy. Sweden Connect: attribute specification and registry of identifiers; its entity
categories loa3-orgid and loa3-name are meant here, never loa3-pnr. All as in DOMAIN 4.5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_EPPN: Final = "urn:oid:1.3.6.1.4.1.5923.1.1.1.6"
_UNIQUE_ID: Final = "urn:oid:1.3.6.1.4.1.5923.1.1.1.13"
_SCOPED_AFFILIATION: Final = "urn:oid:1.3.6.1.4.1.5923.1.1.1.9"
_ASSURANCE: Final = "urn:oid:1.3.6.1.4.1.5923.1.1.1.11"
_MAIL: Final = "urn:oid:0.9.2342.19200300.100.1.3"
_GIVEN_NAME: Final = "urn:oid:2.5.4.42"
_SURNAME: Final = "urn:oid:2.5.4.4"
_DISPLAY_NAME: Final = "urn:oid:2.16.840.1.113730.3.1.241"
_ORGANIZATION: Final = "urn:oid:2.5.4.97"
_ORGANIZATION_AFFILIATION: Final = "urn:oid:1.2.752.201.3.1"
_SCHOOL_UNIT: Final = "urn:oid:1.2.752.194.10.2.4"
# Under which name the method of login is told: not an attribute of a person but part of a SAML answer.
AUTHENTICATION_CONTEXT: Final = "urn:samspel:authn-context"


@dataclass(frozen=True)
class Preset:
    """What a federation's members agree on: attributes by what they tell, assurance value to a level's name."""

    mapping: Mapping[str, tuple[str, ...]]
    levels: Mapping[str, str]


_NAMES: Final = {
    "mail": (_MAIL, "mail"),
    "name": (_DISPLAY_NAME, "displayName"),
    "given_name": (_GIVEN_NAME, "givenName"),
    "surname": (_SURNAME, "sn"),
}

PRESETS: Final[Mapping[str, Preset]] = {
    "skolfederation": Preset(
        mapping={
            **_NAMES,
            "stable_id": (_EPPN, "eduPersonPrincipalName"),
            "school_unit": (_SCHOOL_UNIT, "sisSchoolUnitCode"),
            "scoped_affiliation": (_SCOPED_AFFILIATION, "eduPersonScopedAffiliation"),
            "assurance": (AUTHENTICATION_CONTEXT, _ASSURANCE, "eduPersonAssurance"),
        },
        levels={
            "http://id.skolfederation.se/loa/bas": "read",
            "http://id.skolfederation.se/loa/2fa": "submit",
            "http://id.skolfederation.se/loa/loa2": "submit",
            "http://id.skolfederation.se/loa/loa3": "sign",
        },
    ),
    "swamid": Preset(
        mapping={
            **_NAMES,
            "stable_id": (_UNIQUE_ID, "eduPersonUniqueID", _EPPN, "eduPersonPrincipalName"),
            "scoped_affiliation": (_SCOPED_AFFILIATION, "eduPersonScopedAffiliation"),
            "assurance": (_ASSURANCE, "eduPersonAssurance"),
        },
        levels={
            "http://www.swamid.se/policy/assurance/al1": "read",
            "http://www.swamid.se/policy/assurance/al2": "submit",
            "http://www.swamid.se/policy/assurance/al3": "sign",
        },
    ),
    "swedenconnect": Preset(
        mapping={
            **_NAMES,
            "stable_id": (_ORGANIZATION_AFFILIATION, "orgAffiliation"),
            "organization_affiliation": (_ORGANIZATION_AFFILIATION, "orgAffiliation"),
            "organization_number": (_ORGANIZATION, "organizationIdentifier"),
            "assurance": (AUTHENTICATION_CONTEXT,),
        },
        levels={
            "http://id.elegnamnden.se/loa/1.0/loa1": "read",
            "http://id.elegnamnden.se/loa/1.0/loa2": "submit",
            "http://id.elegnamnden.se/loa/1.0/loa3": "sign",
            "http://id.elegnamnden.se/loa/1.0/loa4": "sign",
            "http://id.swedenconnect.se/loa/1.0/uncertified-loa3": "submit",
        },
    ),
    # What OpenID Connect itself says (OpenID Connect Core 1.0, 5.1); how sure the login was stands in `acr`.
    "oidc": Preset(
        mapping={
            "stable_id": ("sub",),
            "mail": ("email",),
            "mail_verified": ("email_verified",),
            "name": ("name",),
            "given_name": ("given_name",),
            "surname": ("family_name",),
            "organization_number": ("organization_number",),
            "school_unit": ("school_unit_code",),
            "scoped_affiliation": ("eduperson_scoped_affiliation",),
            "assurance": ("acr", "eduperson_assurance"),
        },
        levels={
            "http://id.elegnamnden.se/loa/1.0/loa2": "submit",
            "http://id.elegnamnden.se/loa/1.0/loa3": "sign",
            "http://www.swamid.se/policy/assurance/al2": "submit",
            "http://id.skolfederation.se/loa/2fa": "submit",
        },
    ),
}
