"""allauth's second factors in our house: what they are called, and secrets that a reader of the database cannot use."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspel.accounts.models import Person


class MethodsAdapter(DefaultMFAAdapter):
    """What allauth asks us about passkeys, apps with codes and recovery codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("That was not right. Try again, with a new code if it came from an app."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The QR code as an SVG element to stand in a page: no declaration, no size of its own, no style."""
        import qrcode

        code = qrcode.QRCode(border=2)
        code.add_data(url)
        size = len(code.get_matrix())
        dark = "".join(
            f"M{x},{y}h1v1h-1z" for y, row in enumerate(code.get_matrix()) for x, is_dark in enumerate(row) if is_dark
        )
        return (
            f'<svg class="qr-code" viewBox="0 0 {size} {size}" aria-hidden="true" focusable="false">'
            f'<rect class="qr-code__light" width="{size}" height="{size}"/>'
            f'<path class="qr-code__dark" d="{dark}"/></svg>'
        )

    def encrypt(self, text: str) -> str:
        """The secret of an app or of recovery codes, encrypted with a key made of the site's own."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; one that no key of ours made gives a secret that nobody knows, so that no code is right."""
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:
        """What a passkey is called until its owner says otherwise."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey") if number == 1 else _("Passkey %(number)d") % {"number": number}

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Not allauth's: operations.methods tells her, in the transaction that changes it."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site as a browser shows it."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Samspel"}


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(f"samspel.accounts.methods:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
