"""Organizations' own logins in our house: known by the settings alone, matched to people who are here, nothing kept."""

from __future__ import annotations

from typing import Any

import structlog
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from requests import RequestException

from samspel.accounts.adapters.openid import OpenIDProvider
from samspel.accounts.adapters.saml import SamlProvider
from samspel.accounts.models import Person
from samspel.accounts.operations import methods
from samspel.accounts.queries import federations
from samspel.accounts.queries.logins import FEDERATED
from samspel.accounts.queries.methods import name_in_language

log = structlog.get_logger(__name__)

_PROVIDERS = {"openid_connect": OpenIDProvider, "saml": SamlProvider}


class FederationAdapter(DefaultSocialAccountAdapter):
    """What allauth asks us about logins that other organizations run."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list:
        """The ways in of the settings, and none from the database: who may let people in is an operator's to say."""
        found = [_app(login) for login in settings.SAMSPEL_LOGINS]
        by_provider = [app for app in found if provider in (None, app.provider_id, app.provider)]
        return [app for app in by_provider if client_id in (None, app.client_id)]

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """Our own kind of provider. Raises SocialApp.DoesNotExist for a way in that the settings do not know."""
        app = self.get_app(request, provider, client_id)
        return _PROVIDERS[app.provider](request, app=app)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody makes an account for herself, whoever vouches for her."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Person:
        """Nothing: a person's data are the agency's and her own, not the answer's."""
        assert isinstance(sociallogin.user, Person)
        return sociallogin.user

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Not allauth's: operations.methods tells her, in the transaction that changes it."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Whose login it is: by a link, else hers who asks for one, else by address; otherwise who can invite her."""
        told, login = sociallogin.told, sociallogin.provider.login
        if not sociallogin.is_existing:
            person = _linking(request, sociallogin) or federations.person_told(told, login.agreed, timezone.now())
            if person is None:
                raise ImmediateHttpResponse(_not_known(request, login, told))
            stable_id = sociallogin.account.uid
            sociallogin.user = person
            sociallogin.account = methods.link(person=person, login=login.id, stable_id=stable_id, at=timezone.now())
        if request.user.is_authenticated:
            get_account_adapter(request).logout(request)
        request.session[FEDERATED] = {"login": login.id, "level": told.level}

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Say in words what was wrong, and log it without a word of the answer itself."""
        code = _code(error, exception)
        detail = _detail(exception, extra_context or {})
        log.warning("federated_login_refused", login=provider.login.id, reason=code, detail=detail)
        page = {
            "name": name_in_language(provider.login),
            "sentence": federations.SENTENCES[code],
            "is_cancelled": code == federations.CANCELLED,
        }
        status = 200 if code == federations.CANCELLED else 403
        raise ImmediateHttpResponse(render(request, "socialaccount/authentication_error.html", page, status=status))


def _linking(request: HttpRequest, sociallogin: SocialLogin) -> Person | None:
    """She who asked on her own page for this link, still logged in, if she belongs where the answer says."""
    asked = (sociallogin.state.get("data") or {}).get("link_for")
    if asked is None or asked != request.user.pk:
        return None
    agreed, now = sociallogin.provider.login.agreed, timezone.now()
    return request.user if federations.belongs(request.user, sociallogin.told, agreed, now) else None


def _not_known(request: HttpRequest, login: Any, told: Any) -> HttpResponse:
    log.warning("federated_login_refused", login=login.id, reason=federations.NOT_KNOWN, detail="")
    page = {
        "name": name_in_language(login),
        "organizations": federations.organizations(told, login.agreed, timezone.now()),
    }
    return render(request, "socialaccount/not_known.html", page, status=403)


def _code(error: Any, exception: Exception | None) -> str:
    if isinstance(exception, federations.FederationRefused):
        return exception.code
    if error == AuthError.CANCELLED:
        return federations.CANCELLED
    return federations.UNREACHABLE if isinstance(exception, RequestException) else federations.ANSWER


def _detail(exception: Exception | None, context: dict[str, Any]) -> str:
    if isinstance(exception, federations.FederationRefused):
        return exception.detail
    if errors := context.get("saml_errors"):
        return ",".join(map(str, errors))
    cause = exception.__cause__ or exception if exception else None
    return type(cause).__name__ if cause else "state"


def _app(login: Any) -> SocialApp:
    is_oidc = login.kind == "oidc"
    return SocialApp(
        provider="openid_connect" if is_oidc else "saml",
        provider_id=login.id,
        name=login.name["sv"][:40],
        client_id=login.reached["client_id"] if is_oidc else login.id,
        secret=login.secret,
        settings=OpenIDProvider.settings_of(login) if is_oidc else SamlProvider.settings_of(login),
    )
