"""OpenID Connect as allauth does it, and what it leaves out: a nonce, the signature always, one subject throughout."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from hmac import compare_digest
from typing import Any, Final

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from samspel.accounts.adapters.answers import ReadsByTable
from samspel.accounts.queries.federations import ANSWER, FederationRefused

# Signatures with a key pair alone: with a shared secret, whoever checks could also have signed.
ALGORITHMS: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
REQUIRED: Final = ["iss", "sub", "aud", "exp", "iat"]
CLOCK_SKEW: Final = 60  # seconds


def _in_words(ask: Callable[..., Any]) -> Callable[..., Any]:
    """What is not even of the right shape is an answer that cannot be trusted, not an error of ours."""

    @wraps(ask)
    def asking(*args: Any, **kwargs: Any) -> Any:
        try:
            return ask(*args, **kwargs)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise FederationRefused(ANSWER, "shape") from error

    return asking


class OpenIDAdapter(OpenIDConnectOAuth2Adapter):
    """Fetches and checks. `nonce` is what was asked with: the callback's view sets it from the session."""

    nonce = ""

    @property
    @_in_words
    def openid_config(self) -> dict[str, Any]:
        """The provider's own description; it must be of the issuer that we agreed with."""
        config = super().openid_config
        if config["issuer"].rstrip("/") != self.get_provider().login.reached["issuer"].rstrip("/"):
            raise FederationRefused(ANSWER, "issuer")
        return config

    @_in_words
    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """From token to person. Raises FederationRefused."""
        identity = self._decode_id_token(app, kwargs["response"]["id_token"])
        told = self._fetch_user_info(token.token) if "userinfo_endpoint" in self.openid_config else {}
        if told and told["sub"] != identity["sub"]:
            raise FederationRefused(ANSWER, "subject")
        return self.get_provider().sociallogin_from_response(request, {**identity, **told})

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            told = jwt.decode(
                id_token,
                key=self._key_of(id_token),
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=CLOCK_SKEW,
                options={"require": REQUIRED},
            )
        except jwt.PyJWTError as error:
            raise FederationRefused(ANSWER, type(error).__name__) from error
        if not compare_digest(str(told.get("nonce", "")).encode(), self.nonce.encode()) or not self.nonce:
            raise FederationRefused(ANSWER, "nonce")
        if told.get("azp", app.client_id) != app.client_id:
            raise FederationRefused(ANSWER, "authorized_party")
        return told

    def _key_of(self, id_token: str) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        wanted = jwt.get_unverified_header(id_token).get("kid")
        keys = [key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if wanted in (None, key.key_id)]
        if len(keys) != 1:
            raise FederationRefused(ANSWER, "key")
        return keys[0]

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """One address whatever the language being read: the provider knows it by heart."""
        with override(settings.LANGUAGE_CODE):
            return request.build_absolute_uri(reverse("openid_connect_callback", args=[self.provider_id]))


class OpenIDProvider(ReadsByTable, OpenIDConnectProvider):
    """A way in by OpenID Connect, with PKCE and a nonce each time."""

    oauth2_adapter_class = OpenIDAdapter

    @staticmethod
    def settings_of(login: Any) -> dict[str, Any]:
        """What allauth wants to know of it."""
        return {
            "server_url": login.reached["issuer"].rstrip("/"),
            "scope": list(login.reached.get("scope", ["openid", "profile", "email"])),
            "oauth_pkce_enabled": True,
        }

    def redirect(self, request: HttpRequest, process: str, next_url: str | None = None, **kwargs: Any) -> HttpResponse:
        """To the provider; the nonce stays in the session, with what else must come back the same."""
        nonce = secrets.token_urlsafe(32)
        return super().redirect(
            request,
            process,
            next_url=next_url,
            data=kwargs.get("data"),
            auth_params={**self.get_auth_params(), "nonce": nonce},
            nonce=nonce,
        )

    def answer(self, response: dict[str, Any]) -> dict[str, list[str]]:
        """Claims as lists of text; what is no text, number or truth is left out."""
        return {name: _texts(value) for name, value in response.items()}


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [text for one in value if not isinstance(one, list) for text in _texts(one)]
    if isinstance(value, bool):
        return [str(value).lower()]
    return [str(value)] if isinstance(value, str | int) else []
