"""What every provider of ours does with an answer: reads it by the agreed table, and keeps nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from samspel.accounts.queries.federations import FederationRefused, login_by_id
from samspel.accounts.queries.logins import is_meant_as_link
from samspel.accounts.rules import federations
from samspel.accounts.rules.federations import Told

# allauth keeps stable ids of this length.
LONGEST_ID = 191


class ReadsByTable:
    """Mixed into a provider of allauth's. `answer` gives attribute names and their values, as lists of text."""

    app: Any
    # What was told, by attribute: each kind of provider has its own.
    answer: Callable[[Any], dict[str, list[str]]]
    _told: Told

    @property
    def login(self) -> Any:
        """This way in, as the settings have it."""
        return login_by_id(settings.SAMSPEL_LOGINS, self.app.provider_id)

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> SocialLogin:
        """allauth's, with what the answer tells by the table as `told`. Raises FederationRefused."""
        agreed = self.login.agreed
        self._told = federations.read(self.answer(response), agreed)
        if code := federations.refusal(self._told, agreed):
            raise FederationRefused(code)
        if len(self._told.stable_id) > LONGEST_ID or not self._told.stable_id.isprintable():
            raise FederationRefused(federations.NO_STABLE_ID, "shape")
        login = super().sociallogin_from_response(request, response)  # type: ignore[misc]
        login.told = self._told
        return login

    def extract_uid(self, response: Any) -> str:
        """The stable id."""
        return self._told.stable_id

    def extract_extra_data(self, response: Any) -> dict[str, Any]:
        """Nothing of the answer is kept."""
        return {}

    def extract_common_fields(self, response: Any) -> dict[str, Any]:
        """Nothing: people are matched, never made."""
        return {}

    def extract_email_addresses(self, response: Any) -> list:
        """None: the address is only looked for among people who are here."""
        return []

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Where to go afterwards, and nothing else that an address could ask for: scopes and purpose are ours.

        The way back has one address whatever the language, so where to go is settled in the language being read.
        """
        data = {"link_for": request.user.pk} if is_meant_as_link(request) else None
        return {
            "process": "login",
            "next_url": get_next_redirect_url(request) or reverse("accounts:work"),
            "data": data,
        }
