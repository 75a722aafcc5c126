"""When a second step is asked for at login."""

from __future__ import annotations

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from samspel.accounts.queries.logins import is_let_in_by_federation


class SecondFactor(AuthenticateStage):
    """Of whoever has one; but not of her whose organization's own login already showed two things."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return super()._should_handle(request) and not is_let_in_by_federation(request, self.login.user)
