"""What a refused delivery means."""

import smtplib

import pytest

from samspel.post.rules import failures
from samspel.post.rules.failures import Failure

ADDRESS = "astrid@kommunen.example"


def _refused(code: int, said: bytes) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({ADDRESS: (code, said)})


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (
            _refused(550, b"5.1.1 <astrid@kommunen.example> unknown"),
            Failure("smtp-550-5.1.1", is_final=True, is_address_gone=True),
        ),
        (_refused(550, b"No such user here"), Failure("smtp-550", is_final=True, is_address_gone=True)),
        (_refused(550, b"5.7.1 your server is blocked"), Failure("smtp-550-5.7.1", is_final=True)),
        (_refused(552, b"5.2.2 mailbox full"), Failure("smtp-552-5.2.2", is_final=True)),
        (_refused(450, b"4.2.0 greylisted, astrid@kommunen.example"), Failure("smtp-450-4.2.0", is_final=False)),
        (_refused(421, b"come back later"), Failure("smtp-421", is_final=False)),
        (smtplib.SMTPDataError(554, b"5.7.1 looks like junk"), Failure("smtp-554-5.7.1", is_final=True)),
        (smtplib.SMTPDataError(452, "4.3.1 disk full"), Failure("smtp-452-4.3.1", is_final=False)),
        (smtplib.SMTPAuthenticationError(535, b"5.7.8 no"), Failure("smtp-535-5.7.8", is_final=False)),
        (
            smtplib.SMTPSenderRefused(550, b"5.7.1 no relay for you", "a@b.example"),
            Failure("smtp-550-5.7.1", is_final=False),
        ),
        (smtplib.SMTPServerDisconnected("Connection closed"), Failure("SMTPServerDisconnected", is_final=False)),
        (ConnectionRefusedError(111, "Connection refused"), Failure("ConnectionRefusedError", is_final=False)),
        (TimeoutError("timed out"), Failure("timeout", is_final=False)),
        (ValueError("whatever astrid@kommunen.example"), Failure("ValueError", is_final=False)),
    ],
)
def test_failure_has_a_code_that_names_nobody_and_knows_whether_to_try_again(error, failure):
    assert failures.of(error) == failure
