"""What post refuses, in words."""

from __future__ import annotations

from samspel.kernel.refusals import Refusal


class AddressRefused(Refusal):
    """An address, a name or a subject that cannot stand in a mail; `code` says which."""

    code = "address-refused"


class MailingRefused(Refusal):
    """A mailing that was not written, none of it."""

    code = "mailing-refused"


class NotSettled(Refusal):
    """A message or job that does not stand where the decision asks it to."""

    code = "not-settled"
