"""allauth in our house: no sign-up, mail as message rows in our words, errors in our words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspel.accounts import queries
from samspel.kernel.ui.languages import front_page
from samspel.post.operations import notices
from samspel.post.operations.notices import Addressee

# How long it is kept to whom a login mail went: long enough to help somebody who did not get hers.
ADDRESS_KEPT: Final = timedelta(days=30)


class AccountAdapter(DefaultAccountAdapter):
    """What allauth asks us."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("That is not the code in the mail. Check it and try again."),
        "too_many_login_attempts": _("There were too many tries. Wait a while and ask for a new code."),
        "rate_limited": _("There were too many tries. Wait a while and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for herself: people are appointed."""
        return False

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """The front page in the language being read."""
        return front_page()

    def get_login_stages(self) -> list[str]:
        """allauth's, with our own word on when a second step is asked for."""
        own = {"allauth.mfa.stages.AuthenticateStage": "samspel.accounts.adapters.stages.SecondFactor"}
        return [own.get(stage, stage) for stage in super().get_login_stages()]

    @transaction.atomic
    def login(self, request: HttpRequest, user: Any) -> None:
        """A login that cannot be put on record is none."""
        super().login(request, user)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Never by allauth, which knows no reauthentication by mail: the pages ask themselves (views.confirming)."""
        return False

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Not allauth's: operations.methods tells her, in the transaction that changes it."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A notice in the request's transaction, in the language of her who gets it, or of the page for a stranger."""
        person = queries.person_by_email(email)
        to = queries.addressee(person) if person else Addressee(address=email, language=get_language() or "sv")
        name = template_prefix.rpartition("/")[2]
        notices.send(
            template=f"accounts/notices/{name}.html",
            to=to,
            context={
                "code": context.get("code", ""),
                "minutes": app_settings.LOGIN_BY_CODE_TIMEOUT // 60,
                "address": reverse("account_signup"),
            },
            at=timezone.now(),
            good_for=timedelta(seconds=app_settings.LOGIN_BY_CODE_TIMEOUT),
            forget_after=ADDRESS_KEPT,
        )
