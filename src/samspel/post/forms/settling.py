"""The form in which a person decides what becomes of a message that stopped."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.post.models import Message, MessageState

AGAIN = "again"
SENT = "sent"
CLOSED = "closed"

_LABELS = {
    AGAIN: _("Send it once more"),
    SENT: _("Count it as sent"),
    CLOSED: _("It is not to be sent: I have seen it"),
}
_OPEN = {
    MessageState.IN_DOUBT: (SENT, AGAIN),
    MessageState.FAILED: (AGAIN, CLOSED),
    MessageState.BOUNCED: (AGAIN,),
}


class DecisionForm(forms.Form):
    """What may be decided of a message as it stands; nothing is chosen beforehand."""

    decision = forms.ChoiceField(label=_("What is to become of it?"), widget=forms.RadioSelect)

    def __init__(self, *given: object, message: Message, **more: object) -> None:
        super().__init__(*given, **more)
        self.fields["decision"].choices = [(one, _LABELS[one]) for one in decisions(message)]


def decisions(message: Message) -> tuple[str, ...]:
    """The decisions that are open for a message."""
    return _OPEN.get(MessageState(message.state), ())
