"""SAML as allauth does it, and what it leaves out: an answer lets in once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import override

from samspel.accounts.adapters.answers import ReadsByTable
from samspel.accounts.operations.logins import take_assertion
from samspel.accounts.queries.federations import ANSWER, REPLAYED, FederationRefused
from samspel.accounts.rules.presets import AUTHENTICATION_CONTEXT

# How much the other's clock may differ (python3-saml allows as much), so that nothing is forgotten too early.
CLOCK_SKEW: Final = timedelta(minutes=5)


class SamlProvider(ReadsByTable, SAMLProvider):
    """A way in by SAML: signed assertions alone, asked for by us, each taken once."""

    @staticmethod
    def settings_of(login: Any) -> dict[str, Any]:
        """What allauth and python3-saml want to know of it."""
        reached = login.reached
        idp = {"entity_id": reached["entity_id"]}
        if reached.get("metadata_url"):
            idp["metadata_url"] = reached["metadata_url"]
        else:
            idp |= {"sso_url": reached["sso_url"], "x509cert": reached["certificate"]}
        own = {"private_key": reached.get("own_key"), "x509cert": reached.get("own_certificate")}
        return {
            "idp": idp,
            "sp": {"entity_id": reached.get("own_entity_id")},
            "advanced": {
                **{name: value for name, value in own.items() if value},
                "authn_request_signed": bool(reached.get("own_key")),
                "want_assertion_signed": True,
                "reject_idp_initiated_sso": True,
                "reject_deprecated_algorithm": True,
                "allow_single_label_domains": True,
                "strict": True,
            },
        }

    def redirect(self, request: HttpRequest, process: str, next_url: str | None = None, **kwargs: Any) -> HttpResponse:
        """To the provider, with our addresses as they are without a language."""
        # allauth reads the header itself, which an old client may leave out.
        request.META.setdefault("HTTP_HOST", request.get_host())
        with override(settings.LANGUAGE_CODE):
            return super().redirect(request, process, next_url=next_url, **kwargs)

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> SocialLogin:
        """From a checked answer to a person. Raises FederationRefused, also for one that was taken before."""
        self._take(response)
        return super().sociallogin_from_response(request, response)

    def answer(self, response: Any) -> dict[str, list[str]]:
        """Attributes by name, and how she showed there who she is as one more."""
        attributes = {name: [str(value) for value in values] for name, values in response.get_attributes().items()}
        return {**attributes, AUTHENTICATION_CONTEXT: list(response.get_last_authn_contexts())}

    def _take(self, response: Any) -> None:
        number, until = response.get_last_assertion_id(), response.get_last_assertion_not_on_or_after()
        if not number:
            raise FederationRefused(ANSWER, "assertion")
        good_until = datetime.fromtimestamp(until, UTC) if until else timezone.now() + timedelta(days=1)
        if not take_assertion(login=self.app.provider_id, assertion=number, good_until=good_until + CLOCK_SKEW):
            raise FederationRefused(REPLAYED)
