"""A selection round: its rules, its road from draft to accepted, and its seed, kept apart."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    """The road of a round. Voided is an end of its own: said in public, with a reason, and kept."""

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Confirmed")
    FROZEN = "frozen", _("Frozen")
    DRAWN = "drawn", _("Drawn")
    ACCEPTED = "accepted", _("Accepted")
    VOIDED = "voided", _("Voided")


class Round(models.Model):
    """One selection round of a scheme."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    edition = models.ForeignKey("schemes.Edition", models.PROTECT, related_name="rounds")
    # An exercise uses real published figures and gives nobody an offer; said wherever it is shown.
    is_exercise = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.DRAFT)
    # The rules as rules.settings.RoundRules writes them.
    rules = models.JSONField(default=dict)
    # Until this day ranking, pairs, seed and comparison group are not public.
    evaluation_closes_on = models.DateField()
    made_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="rounds_made")
    made_at = models.DateTimeField()
    proposed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="rounds_proposed")
    proposed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="rounds_confirmed")
    confirmed_at = models.DateTimeField(null=True)
    frozen_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="rounds_frozen")
    frozen_at = models.DateTimeField(null=True)
    # SHA-256 of the draw seed, public from the proposal; empty where nothing is drawn by lot.
    commitment = models.CharField(max_length=64, blank=True)
    # The frozen document (rules and data, canonical JSON) and its SHA-256, public from the freeze.
    snapshot = models.BinaryField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    drawn_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="rounds_drawn")
    drawn_at = models.DateTimeField(null=True)
    # SHA-256 of the result document, for a quick look; verify recomputes it all.
    result_digest = models.CharField(max_length=64, blank=True)
    accepted_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="rounds_accepted")
    accepted_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="rounds_published")
    published_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="rounds_voided")
    voided_at = models.DateTimeField(null=True)
    voided_because = models.TextField(blank=True)

    class Meta:
        ordering = ["-made_at", "slug"]
        triggers = [
            # What was frozen stays as it was, and a round is drawn once.
            pgtrigger.Protect(
                name="round_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__frozen_at__isnull=False)
                & (
                    pgtrigger.Q(old__rules__df=pgtrigger.F("new__rules"))
                    | pgtrigger.Q(old__snapshot__df=pgtrigger.F("new__snapshot"))
                    | pgtrigger.Q(old__digest__df=pgtrigger.F("new__digest"))
                    | pgtrigger.Q(old__commitment__df=pgtrigger.F("new__commitment"))
                ),
            ),
            pgtrigger.Protect(
                name="round_drawn_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__drawn_at__isnull=False)
                & (
                    pgtrigger.Q(old__drawn_at__df=pgtrigger.F("new__drawn_at"))
                    | pgtrigger.Q(old__result_digest__df=pgtrigger.F("new__result_digest"))
                ),
            ),
            pgtrigger.Protect(
                name="round_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__proposed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DrawSeed(models.Model):
    """The seed of a round's draw. Made by the system when the round is proposed; no role reads it before the freeze."""

    round = models.OneToOneField("selection.Round", models.CASCADE, related_name="draw_seed", primary_key=True)
    seed = models.BinaryField()

    def __str__(self) -> str:
        return f"seed of {self.round_id}"


class ExclusionKind(models.TextChoices):
    """Why an organizer is taken out of the frame by hand."""

    SUPPORTED_ALREADY = "supported_already", _("Already has support in the scheme")
    SUPPORTED_BEFORE = "supported_before", _("Has had support in the scheme")
    REORGANIZED = "reorganized", _("Is being reorganized")
    OTHER = "other", _("Other reason")


class Exclusion(models.Model):
    """One organizer taken out of one round, with a reason."""

    round = models.ForeignKey("selection.Round", models.CASCADE, related_name="exclusions")
    organizer = models.ForeignKey("registry.Organizer", models.PROTECT, related_name="exclusions")
    kind = models.CharField(max_length=20, choices=ExclusionKind)
    reason = models.TextField()
    made_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["organizer__sort_key", "organizer_id"]
        constraints = [models.UniqueConstraint(fields=["round", "organizer"], name="exclusion_once")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.organizer_id}"
