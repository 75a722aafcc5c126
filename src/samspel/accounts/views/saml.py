"""Log in by an organization's own login: back by SAML. Imported only where python3-saml is installed."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.saml import views as allauth
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from lxml.etree import LxmlError
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError

from samspel.accounts.queries.federations import ANSWER, REPLAYED, FederationRefused
from samspel.accounts.views.federated import provider_or_404

# For how long (seconds) an answer is laid by: until the browser has come back with its cookie.
LAID_BY = 5 * 60
# What reading an answer that somebody wrote by hand may raise.
ODD = (ValueError, TypeError, KeyError, AttributeError, IndexError, LxmlError)
ODD += (OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError)


class _Ours:
    """allauth's views with a way in of ours."""

    request: HttpRequest

    def get_provider(self, organization_slug: str) -> Any:
        """The way in of that id. Raises Http404 for one that is none, or not by SAML."""
        provider = provider_or_404(self.request, organization_slug)
        if provider.login.kind != "saml":
            raise Http404
        return provider


@method_decorator(csrf_exempt, name="dispatch")
class Answered(_Ours, allauth.ACSView):
    """The other site makes the browser post its answer here; it is laid by until her cookie comes along."""

    def dispatch(self, request: HttpRequest, organization_slug: str) -> HttpResponse:
        """Only posted, only for a way in that there is."""
        self.get_provider(organization_slug)
        if request.method != "POST" or not request.POST.get("SAMLResponse"):
            return redirect("account_login")
        request.META.setdefault("HTTP_HOST", request.get_host())
        response = super().dispatch(request, organization_slug)
        request.saml_acs_session.set_expiry(LAID_BY)
        request.saml_acs_session.save()
        return response


@method_decorator(never_cache, name="dispatch")
class Finish(_Ours, allauth.FinishACSView):
    """The answer, checked and matched: she is in, or a page says what was wrong."""

    def dispatch(self, request: HttpRequest, organization_slug: str) -> HttpResponse:
        """allauth's; whatever is wrong with an answer is told in words."""
        provider = self.get_provider(organization_slug)
        try:
            with override(settings.LANGUAGE_CODE):
                return super().dispatch(request, organization_slug)
        except FederationRefused as error:
            refused = error
        except PermissionDenied:  # nobody here asked for it, or its question was answered before
            refused = FederationRefused(REPLAYED, "not_asked_for")
        except ODD as error:
            refused = FederationRefused(ANSWER, type(error).__name__)
        return render_authentication_error(request, provider, exception=refused)


class Metadata(_Ours, allauth.MetadataView):
    """What the other site needs to know of us."""

    def dispatch(self, request: HttpRequest, organization_slug: str) -> HttpResponse:
        """The same whatever the language."""
        with override(settings.LANGUAGE_CODE):
            return super().dispatch(request, organization_slug)


def leave(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Logging out there leads to the button here: nobody is logged out by a link."""
    return redirect("account_logout")
