"""A person who can log in. What she may do comes from her appointments, in higher apps."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspel.kernel.values.sorting import search_key, sort_key


class PersonManager(BaseUserManager):
    """Finds people by their mail address, whatever its capitals."""

    def get_by_natural_key(self, email: str) -> "Person":
        return self.get(email=email.strip().lower())


class Person(AbstractBaseUser):
    """One person, one mail address. No password, not even an unusable one: a code sent to the address lets her in."""

    password = None

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=5, default="sv")
    is_active = models.BooleanField(default=True)
    # An invented person of the demo: the only kind that /konto/demo/ lets in.
    is_invented = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    # Protected identity (skyddade personuppgifter): in no list, export or search, and never looked at as.
    is_protected = models.BooleanField(default=False)
    # When the row was emptied; the audit keeps the key alone.
    anonymized_at = models.DateTimeField(null=True)
    # The row that this one turned out to be the same person as.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    # When she was told that her data will be removed, as her last role ended long ago.
    emptying_told_at = models.DateTimeField(null=True)
    # Swedish order, and folded for search: both of the name, kept when the row is saved.
    sort_key = models.CharField(max_length=420, blank=True, db_collation="C", editable=False)
    search_key = models.CharField(max_length=420, blank=True, editable=False)
    # Part of what sessions are bound to: one more ends all she has.
    session_round = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = PersonManager()

    class Meta:
        indexes = [
            models.Index(fields=["sort_key", "id"], name="person_order"),
            models.Index(fields=["search_key"], name="person_same_name"),
        ]

    # How sure the login of this request is of who she is (kernel.permissions.level_of); None without a session.
    session_level: int | None = None

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """What others call her: never the name of somebody with protected identity, nor of one who was emptied."""
        if self.is_protected:
            return gettext("Protected identity")
        if self.anonymized_at:
            return gettext("Person whose data have been removed")
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name, as allauth and Django ask for it."""
        return self.name

    def save(self, *args, **kwargs) -> None:
        """Addresses are one whatever their capitals; the keys follow the name."""
        self.email = self.email.strip().lower()
        self.sort_key, self.search_key = sort_key(self.name)[:420], search_key(self.name)[:420]
        if (fields := kwargs.get("update_fields")) and "name" in fields:
            kwargs["update_fields"] = {*fields, "sort_key", "search_key"}
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is bound to, in place of a password: a new mail address, or a new round, ends all sessions."""
        salt = "samspel.accounts.models.Person.session"
        bound_to = f"{self.key}:{self.email}:{self.session_round}"
        return salted_hmac(salt, bound_to, secret=secret, algorithm="sha256").hexdigest()
