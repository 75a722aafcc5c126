"""The ways in of other organizations, read from the file that SAMSPEL_LOGIN_FILE names (docs/guides/login.md)."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from samspel.accounts.rules import levels
from samspel.accounts.rules.federations import ANYBODY, TOLD, Federation
from samspel.accounts.rules.presets import PRESETS
from samspel.config.refused import Refused
from samspel.kernel.values.identifiers import IdentifierRefused, parse_organization_number

OIDC: Final = "oidc"
SAML: Final = "saml"
KINDS: Final = (OIDC, SAML)
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_COMMON = {"id", "kind", "preset", "name", "speaks_for", "organization_number", "mail_is_verified", "agency"}
_KNOWN = {
    OIDC: {*_COMMON, "mapping", "levels", "issuer", "client_id", "secret_env", "scope"},
    SAML: {*_COMMON, "mapping", "levels", "entity_id", "metadata_url", "sso_url", "certificate_file"}
    | {"own_entity_id", "own_key_file", "own_certificate_file"},
}
_NEEDED = {OIDC: ("issuer", "client_id"), SAML: ("entity_id",)}


@dataclass(frozen=True)
class Login:
    """One way in: its name by language, what is agreed with it, and how it is reached (`reached`, by kind)."""

    id: str
    kind: str
    name: Mapping[str, str]
    agreed: Federation
    reached: Mapping[str, Any] = field(default_factory=dict)
    secret: str = field(default="", repr=False)


def read(environ: Mapping[str, str] = os.environ) -> tuple[Login, ...]:
    """The ways in of the file, in its order; none without a file. Raises Refused with what to put right."""
    named = environ.get("SAMSPEL_LOGIN_FILE", "")
    if not named:
        return ()
    try:
        told = tomllib.loads(Path(named).read_text())
    except OSError as error:
        raise Refused(f"The login file {named} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"The login file {named} is not TOML: {error}.") from error
    logins = tuple(login_of(one, environ, Path(named).parent) for one in told.get("login", []))
    if len({login.id for login in logins}) < len(logins):
        raise Refused(f"In the login file {named} two ways in have the same id.")
    return logins


def login_of(told: Mapping[str, Any], environ: Mapping[str, str], beside: Path = Path()) -> Login:
    """One table of the file. Raises Refused with the id and the word that is wrong."""
    name, kind = str(told.get("id", "")), told.get("kind")
    if not _ID.fullmatch(name):
        raise Refused(f"A way in has the id {name!r}: use small letters, digits and hyphens, at most 40.")
    if kind not in KINDS:
        raise Refused(f"The way in {name} has the kind {kind!r}; it is one of {', '.join(KINDS)}.")
    if strange := set(told) - _KNOWN[kind]:
        raise Refused(f"The way in {name} has words that mean nothing here: {', '.join(sorted(strange))}.")
    if missing := [word for word in _NEEDED[kind] if not told.get(word)]:
        raise Refused(f"The way in {name} lacks {', '.join(missing)}.")
    return Login(
        id=name,
        kind=kind,
        name=_name(name, told.get("name")),
        agreed=_agreed(name, told),
        reached=_reached(name, kind, told, beside),
        secret=_secret(name, told, environ),
    )


def _name(login: str, told: Any) -> dict[str, str]:
    if isinstance(told, str):
        return {"sv": told, "en": told}
    if not isinstance(told, dict) or not told.get("sv") or not told.get("en"):
        raise Refused(f'The way in {login} needs a name in both languages: name = {{ sv = "…", en = "…" }}.')
    return {"sv": str(told["sv"]), "en": str(told["en"])}


def _agreed(login: str, told: Mapping[str, Any]) -> Federation:
    preset = PRESETS.get(told.get("preset", "oidc" if told["kind"] == OIDC else "skolfederation"))
    if preset is None:
        raise Refused(f"The way in {login} names a preset that is none of {', '.join(sorted(PRESETS))}.")
    speaks_for = frozenset(str(one).strip().lower() for one in told.get("speaks_for", []))
    if not speaks_for:
        raise Refused(
            f"The way in {login} does not say whom it speaks for: speaks_for lists scopes and organization numbers, "
            f'or is ["{ANYBODY}"] for a national service.'
        )
    return Federation(
        mapping={**preset.mapping, **_mapping(login, told.get("mapping", {}))},
        levels=_levels(login, told.get("levels", preset.levels)),
        speaks_for=speaks_for,
        organization_number=_organization(login, told.get("organization_number", "")),
        is_mail_verified=told.get("mail_is_verified", False) is True,
        is_agency=told.get("agency", False) is True,
    )


def _mapping(login: str, told: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    if strange := set(told) - set(TOLD):
        raise Refused(f"The mapping of {login} tells {', '.join(sorted(strange))}; it can tell {', '.join(TOLD)}.")
    return {what: (names,) if isinstance(names, str) else tuple(map(str, names)) for what, names in told.items()}


def _levels(login: str, told: Mapping[str, str]) -> dict[str, int]:
    try:
        return {value: levels.level_named(name) for value, name in told.items()}
    except ValueError as error:
        raise Refused(f"The way in {login} has the level {error}; it is one of {', '.join(levels.NAMES)}.") from error


def _organization(login: str, told: str) -> str:
    if not told:
        return ""
    try:
        return parse_organization_number(str(told))
    except IdentifierRefused as error:
        raise Refused(f"The organization number of {login}, {told!r}, is none ({error}).") from error


def _reached(login: str, kind: str, told: Mapping[str, Any], beside: Path) -> dict[str, Any]:
    reached = {
        word: told[word] for word in _KNOWN[kind] - _COMMON - {"mapping", "levels", "secret_env"} if word in told
    }
    for word in ("issuer", "metadata_url", "sso_url"):
        if word in reached and not _is_safe(str(reached[word])):
            raise Refused(f"The way in {login} has a {word} without https: {reached[word]}.")
    for word in ("certificate_file", "own_key_file", "own_certificate_file"):
        if word in reached:
            reached[word.removesuffix("_file")] = _pem(login, beside / str(reached.pop(word)))
    if kind == SAML and not reached.get("metadata_url") and not (reached.get("sso_url") and reached.get("certificate")):
        raise Refused(f"The way in {login} needs metadata_url, or sso_url and certificate_file.")
    return reached


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1"))


def _pem(login: str, path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"The file {path} of the way in {login} cannot be read.") from error


def _secret(login: str, told: Mapping[str, Any], environ: Mapping[str, str]) -> str:
    named = told.get("secret_env", "")
    if named and not environ.get(str(named)):
        raise Refused(f"The environment does not hold {named}, the secret of the way in {login}.")
    return environ.get(str(named), "") if named else ""
