"""A selection round: its rules, its road from draft to accepted, and its seed, kept apart."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samspel.selection.models.guards import never_emptied


class RoundState(models.TextChoices):
    """The road of a round. Voided is an end of its own: said in public, with a reason, and kept."""

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Confirmed")
    FROZEN = "frozen", _("Frozen")
    DRAWN = "drawn", pgettext_lazy("state of a round", "Drawn")
    ACCEPTED = "accepted", pgettext_lazy("state of a round", "Accepted")
    VOIDED = "voided", _("Voided")


class Round(models.Model):
    """One selection round of a scheme."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    edition = models.ForeignKey("schemes.Edition", models.PROTECT, related_name="rounds")
    # An exercise uses real published figures and gives nobody an offer; said wherever it is shown.
    is_exercise = models.BooleanField(default=False)
    # A round of the demo's invented programme: it considers invented organizers, and no others.
    is_invented = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.DRAFT)
    # The rules as rules.settings.RoundRules writes them, without the exclusions, which are rows of their own.
    rules = models.JSONField(default=dict)
    # Who last changed the rules or the exclusions: somebody else confirms them.
    rules_changed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    rules_changed_at = models.DateTimeField(null=True)
    # Until this day ranking, pairs, seed and comparison group are not public.
    evaluation_closes_on = models.DateField()
    # The day everybody is to see it, by which its steps are to be taken.
    publish_by = models.DateField(null=True)
    made_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="rounds_made")
    made_at = models.DateTimeField()
    proposed_by = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="rounds_proposed")
    proposed_at = models.DateTimeField(null=True)
    returned_because = models.TextField(blank=True)
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
    # The result (canonical JSON) and its SHA-256; verify recomputes both from the snapshot and the seed.
    result = models.BinaryField(null=True)
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
        constraints = [
            # Four eyes, also against whoever writes past the operations.
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")), name="confirmed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | ~Q(voided_because=""), name="voided_with_a_reason"
            ),
        ]
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
                    | pgtrigger.Q(old__edition__df=pgtrigger.F("new__edition"))
                    | pgtrigger.Q(old__frozen_at__df=pgtrigger.F("new__frozen_at"))
                ),
            ),
            pgtrigger.Protect(
                name="round_drawn_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__drawn_at__isnull=False)
                & (
                    pgtrigger.Q(old__drawn_at__df=pgtrigger.F("new__drawn_at"))
                    | pgtrigger.Q(old__result__df=pgtrigger.F("new__result"))
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

    class Meta:
        triggers = [
            never_emptied("seeds_never_emptied"),
            pgtrigger.Protect(name="seed_never_changed", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="seed_kept_once_frozen",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func=(
                    "IF EXISTS (SELECT 1 FROM selection_round WHERE id = OLD.round_id AND frozen_at IS NOT NULL) THEN"
                    " RAISE EXCEPTION 'the seed of a frozen round is kept'; END IF; RETURN OLD;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"seed of {self.round_id}"


class ExclusionKind(models.TextChoices):
    """Why an organizer is taken out of the frame by hand: the kinds that rules.settings knows."""

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
        triggers = [
            pgtrigger.Trigger(
                name="exclusions_of_drafts_only",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=(
                    "IF EXISTS (SELECT 1 FROM selection_round"
                    " WHERE id = COALESCE(NEW.round_id, OLD.round_id) AND state <> 'draft') THEN"
                    " RAISE EXCEPTION 'exclusions are changed in a draft only'; END IF;"
                    " RETURN COALESCE(NEW, OLD);"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.organizer_id}"
