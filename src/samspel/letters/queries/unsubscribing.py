"""The address by which a recipient says no to more news: a signed token, which holds neither name nor address."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from samspel.kernel.ui.links import absolute, in_language
from samspel.letters.models import LetterKind, Recipient
from samspel.post.rules import headers

# A dot stands in no signature, and needs no quoting in an address.
_SIGNER = Signer(salt="letters.unsubscribe", sep=".")


def address_of(recipient: Recipient, language: str) -> str:
    """The whole address, as it stands in her mail."""
    return in_language(absolute(reverse("letters:unsubscribe", args=[token_of(recipient)])), language)


def token_of(recipient: Recipient) -> str:
    """Her token. It does not grow old: a mail of last year unsubscribes as well as today's."""
    return _SIGNER.sign(str(recipient.pk))


def recipient_of(token: str) -> Recipient | None:
    """Whose token it is; None for one that we did not make, or of a letter that is no news."""
    try:
        number = _SIGNER.unsign(token)
    except BadSignature:
        return None
    found = Recipient.objects.select_related("letter__scheme", "person", "organizer")
    return found.filter(pk=int(number), letter__kind=LetterKind.NEWS).first()


def address_meant(recipient: Recipient) -> str:
    """The address that gets no more: the one the mail went to; where that is forgotten, hers or its of today. May be
    empty."""
    if recipient.address:
        return headers.folded(recipient.address)
    if recipient.person:
        return headers.folded(recipient.person.email if recipient.person.is_active else "")
    return headers.folded(recipient.organizer.official_email if recipient.organizer else "")
