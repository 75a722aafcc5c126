"""Accounts: people who log in, and what each has to do."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, login, sessions, Att göra."""

    name = "samspel.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from samspel.accounts import extensions

        extensions.hand_down()
