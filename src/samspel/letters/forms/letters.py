"""A letter is begun, and what is said of it beside its text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspel.casefiles.models import CaseFile
from samspel.letters.models import Letter, LetterKind
from samspel.letters.queries.letters import title_of
from samspel.post.models import Sender
from samspel.schemes.models import Scheme


class _LetterChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return title_of(obj, get_language() or "sv")


class _SchemeChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str((obj.name_en if get_language() == "en" else "") or obj.name_sv)


class _CaseFileChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.diary_number} {'' if obj.secrecy_ground else obj.title}".strip()


class BeginForm(forms.Form):
    """Why it is sent, about what, and whether it begins as a copy of another."""

    kind = forms.ChoiceField(
        label=_("Why it is sent"),
        choices=LetterKind.choices,
        initial=LetterKind.DUTY,
        widget=forms.RadioSelect,
        help_text=_("Who does not want news can unsubscribe. What comes with a task cannot be unsubscribed from."),
    )
    scheme = _SchemeChoice(
        label=_("Programme"), queryset=Scheme.objects.order_by("pk"), required=False, empty_label=_("None")
    )
    like = _LetterChoice(
        label=_("Begin with the words of"),
        queryset=Letter.objects.none(),
        required=False,
        empty_label=_("An empty letter"),
        help_text=_("Words and pictures are copied. Who gets it is chosen anew."),
    )

    def __init__(self, *args: Any, letters: QuerySet[Letter], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["like"].queryset = letters


class AboutForm(forms.Form):
    """What is said of a letter beside its text; only what was changed on the page is changed in the letter."""

    kind = forms.ChoiceField(
        label=_("Why it is sent"),
        choices=LetterKind.choices,
        widget=forms.RadioSelect,
        help_text=_("Who does not want news can unsubscribe. What comes with a task cannot be unsubscribed from."),
        show_hidden_initial=True,
    )
    scheme = _SchemeChoice(
        label=_("Programme"),
        queryset=Scheme.objects.order_by("pk"),
        required=False,
        empty_label=_("None"),
        show_hidden_initial=True,
    )
    case_file = _CaseFileChoice(
        label=_("Case file"),
        queryset=CaseFile.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("The letter is registered here when it is sent."),
        show_hidden_initial=True,
    )
    sender = forms.ModelChoiceField(
        label=_("Sender"),
        queryset=Sender.objects.order_by("name"),
        required=False,
        empty_label=_("The agency"),
        show_hidden_initial=True,
    )
    is_public = forms.BooleanField(
        label=_("Everybody may read it in the archive once it is sent"), required=False, show_hidden_initial=True
    )

    def __init__(self, *args: Any, case_files: QuerySet[CaseFile], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["case_file"].queryset = case_files

    @property
    def changed(self) -> dict[str, Any]:
        """What was changed: field to value."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}


class WithdrawForm(forms.Form):
    """Why it is not to be sent."""

    reason = forms.CharField(label=_("Why"), max_length=300, error_messages={"required": _("Write why.")})


class PictureForm(forms.Form):
    """A picture from one's own machine."""

    picture = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        help_text=_(
            "JPEG, PNG, WebP or GIF, at most 15 MB. It is made small enough for a mail, and no longer says where and "
            "when it was taken."
        ),
        error_messages={"required": _("Choose a picture."), "empty": _("Choose a picture: the file is empty.")},
    )
