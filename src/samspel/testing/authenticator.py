"""What people hold in their hand, for tests: Chromium's virtual authenticator, and an app that shows codes."""

from __future__ import annotations

import time
from typing import Any


def give_authenticator(page: Any) -> Any:
    """A passkey's home for a page of Chromium: it always knows its owner and answers at once. Gives the session."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def code_of(secret: str, *, later: int = 0) -> str:
    """What an app with that secret (blanks do not matter) shows now, or so many half minutes later."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret.replace(" ", ""), int(time.time()) // 30 + later))
