"""Log in by an organization's own login: there by OpenID Connect, and back."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from requests import RequestException

from samspel.accounts.queries.federations import FederationRefused
from samspel.accounts.queries.logins import is_fresh


def provider_or_404(request: HttpRequest, login_id: str) -> Any:
    """The way in of that id. Raises Http404 for one that the settings do not know."""
    try:
        return get_adapter(request).get_provider(request, login_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error


@never_cache
@login_not_required
@require_safe
def start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the organization's own login; what must come back the same stays in the session.

    By a link, since our policy lets a form lead to this site alone, and the way there leads on through others.
    """
    provider = provider_or_404(request, provider_id)
    if "koppla" in request.GET and request.user.is_authenticated and not is_fresh(request):
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': request.get_full_path()})}")
    try:
        return provider.redirect_from_request(request)
    except (FederationRefused, OAuth2Error, RequestException) as error:
        return render_authentication_error(request, provider, exception=error)


class Callback(OAuth2CallbackView):
    """Back with an answer."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, response


@never_cache
@login_not_required
@require_safe
def answered(request: HttpRequest, provider_id: str) -> HttpResponse:
    """What the provider says, checked and matched: she is in, or a page says what was wrong."""
    provider = provider_or_404(request, provider_id)
    if provider.login.kind != "oidc":
        raise Http404
    return Callback.adapter_view(provider.get_oauth2_adapter(request))(request)
