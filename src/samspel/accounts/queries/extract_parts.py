"""What accounts, the post and the audit keep of a person, for her extract. Secrets are told of, never shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from samspel.accounts.models import Person
from samspel.accounts.queries.extracts import ExtractPart, Field
from samspel.accounts.queries.people import keys_of
from samspel.kernel.audit import label_of
from samspel.kernel.audit.models import AuditEntry
from samspel.post.queries import receivers

YEAR: Final = timedelta(days=365)


def account(person: Person, at: datetime) -> Iterator[ExtractPart]:
    """Her row, those merged into it, ways to log in, and sessions."""
    merged = person.merged.order_by("pk")
    rows = tuple(_row(one) for one in [person, *merged])
    yield ExtractPart(_("Account"), rows, "account")
    yield ExtractPart(
        _("Ways to log in"), tuple(_ways(person)), "ways_to_log_in", _("Secret keys are never taken out.")
    )
    yield ExtractPart(_("Sessions"), tuple(_sessions(person)), "sessions")


def messages(person: Person, at: datetime) -> ExtractPart:
    """What was sent to her: kind, when, how it went. The words of a message are deleted when it has left."""
    rows = tuple(
        (
            Field("kind", _("Kind"), one.kind),
            Field("written_at", _("Written"), one.written_at),
            Field("sent_at", _("Sent"), one.sent_at),
            Field("state", _("How it went"), one.state, _states().get(one.state)),
        )
        for one in receivers.messages_to(keys_of(person), person.email)
    )
    return ExtractPart(_("Mail to you"), rows, "messages", _("The words of a mail are deleted when it has left."))


def deeds(person: Person, at: datetime) -> Iterator[ExtractPart]:
    """What she has done: how often each thing, ever; and each time, the last year."""
    hers = AuditEntry.objects.filter(by_key__in=keys_of(person))
    counted = Counter(hers.values_list("action", flat=True))
    rows = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    yield ExtractPart(
        _("What you have done, counted"),
        tuple((_action(action), Field("count", _("Number of times"), count)) for action, count in rows),
        "deeds_counted",
        _("Since the beginning. The record cannot be changed, and holds a key instead of your name."),
    )
    latest = hers.filter(at__gte=at - YEAR).order_by("-at", "-id")
    yield ExtractPart(
        _("What you have done the last twelve months"),
        tuple((_action(one.action), Field("at", _("When"), one.at)) for one in latest),
        "deeds",
    )


def done_to(person: Person, at: datetime) -> ExtractPart:
    """What was done to her row, and whether by herself, by another or by the system; never by whom."""
    rows = [person, *person.merged.order_by("pk")]
    own = set(keys_of(person))
    about = Q(subject_type=Person._meta.label_lower, subject_key__in=[str(row.pk) for row in rows])
    entries = AuditEntry.objects.filter(about).order_by("-at", "-id")
    return ExtractPart(
        _("What has happened with your account"),
        tuple((_action(one.action), Field("at", _("When"), one.at), _by(one.by_key, own)) for one in entries),
        "account_history",
    )


def _row(one: Person) -> tuple[Field, ...]:
    return (
        Field("key", _("Key"), one.key),
        Field("name", _("Name"), one.name),
        Field("email", _("Mail address"), one.email),
        Field("phone", _("Telephone"), one.phone),
        Field("language", _("Language"), one.language, dict(settings.LANGUAGES).get(one.language)),
        Field("joined_at", _("Account since"), one.joined_at),
        Field("last_login", _("Last login"), one.last_login),
        Field("is_active", _("Can log in"), one.is_active),
        Field("is_protected", _("Protected identity"), one.is_protected),
        Field("is_merged", _("Merged into your row"), one.merged_into_id is not None),
        Field("address_change_asked_at", _("New address asked for"), getattr(_change(one), "asked_at", None)),
        Field("new_email", _("The new address"), getattr(_change(one), "new_email", "")),
        Field("emptying_told_at", _("Told that the data will be removed"), one.emptying_told_at),
    )


def _change(one: Person) -> Any:
    return getattr(one, "address_change", None)


def _ways(person: Person) -> Iterator[tuple[Field, ...]]:
    yield _way("code", "", person.joined_at, None)
    for one in Authenticator.objects.filter(user=person).order_by("created_at", "pk"):
        name = one.data.get("name", "") if one.type == Authenticator.Type.WEBAUTHN else ""
        yield _way(one.type, name, one.created_at, one.last_used_at)
    for other in SocialAccount.objects.filter(user=person).order_by("date_joined", "pk"):
        yield _way("federation", f"{other.provider} {other.uid}", other.date_joined, other.last_login)


def _way(kind: str, name: str, since: datetime, used_at: datetime | None) -> tuple[Field, ...]:
    words = {
        "code": _("a code by mail"),
        Authenticator.Type.WEBAUTHN: _("passkey"),
        Authenticator.Type.TOTP: _("an app with codes"),
        Authenticator.Type.RECOVERY_CODES: _("codes kept in reserve"),
        "federation": _("her organization's own login"),
    }
    return (
        Field("kind", _("Kind"), str(kind), words.get(kind)),
        Field("name", _("Name"), name),
        Field("since", _("Since"), since),
        Field("last_used_at", _("Last used"), used_at),
    )


def _sessions(person: Person) -> Iterator[tuple[Field, ...]]:
    for one in UserSession.objects.filter(user=person).order_by("-last_seen_at"):
        yield (
            Field("created_at", _("Since"), one.created_at),
            Field("last_seen_at", _("Last seen"), one.last_seen_at),
            Field("browser", _("Browser"), one.user_agent.replace("|", " ").strip()),
        )


def _action(action: str) -> Field:
    return Field("action", _("What"), action, label_of(action))


def _by(key: Any, own: set[Any]) -> Field:
    who = "system" if key is None else "self" if key in own else "another"
    words = {"system": _("the system"), "self": _("yourself"), "another": _("somebody else, in her task")}
    return Field("by", _("By"), who, words[who])


def _states() -> dict[str, str]:
    return {
        "waiting": _("waits to be sent"),
        "sending": _("is being sent"),
        "sent": _("sent"),
        "in_doubt": _("in doubt"),
        "failed": _("not sent"),
        "bounced": _("came back"),
        "paper": _("on paper"),
    }
