"""Forms of a document that is registered, and of what may be done to it afterwards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.accounts.queries import person_by_email
from samspel.casefiles.forms.casefiles import ReasonForm
from samspel.casefiles.forms.fields import OrganizerField, day, lines
from samspel.casefiles.models import Channel, Direction, DocumentKind
from samspel.casefiles.operations.documents import Upload
from samspel.casefiles.rules import registering
from samspel.registry.models import University

WARNINGS: dict[str, Any] = {
    registering.PERSONAL_NUMBER: _("It seems to hold a personal identity number."),
    registering.MAIL_ADDRESS: _("It holds a mail address."),
    registering.TELEPHONE: _("It seems to hold a telephone number."),
    registering.NAMED_PERSON: _("It names a person whom the document is from, to or about."),
}


class TitleWarning(forms.Form):
    """A title for the public diary; what it should not hold is pointed out once, and she decides."""

    title = forms.CharField(
        label=_("What it concerns, in short"),
        max_length=300,
        help_text=_("The diary is public: name no private person."),
        error_messages={"required": _("Say in short what the document concerns.")},
    )
    title_is_right = forms.BooleanField(label=_("The title may stand in the public diary"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        # Asked for only where there is something to ask about.
        self.may_be_asked = self.fields.pop("title_is_right")
        if self.is_bound and self._found():
            self.fields = self._with_question()

    def clean(self) -> dict[str, Any]:
        """With a warning the first time."""
        given = super().clean() or {}
        found = self._found()
        if found and not given.get("title_is_right"):
            said = " ".join(str(WARNINGS[code]) for code in found)
            self.add_error("title", _("%(found)s Write it otherwise, or tick that it may stand.") % {"found": said})
        return given

    def names(self) -> tuple[str, ...]:
        """People whom it is about, as written."""
        return ()

    def _found(self) -> list[str]:
        return registering.warnings(str(self.data.get(self.add_prefix("title"), "")), names=self.names())

    def _with_question(self) -> dict[str, forms.Field]:
        fields = {}
        for name, field in self.fields.items():
            fields[name] = field
            if name == "title":
                fields["title_is_right"] = self.may_be_asked
        return fields


class DocumentForm(TitleWarning):
    """A document in, out or drawn up."""

    direction = forms.ChoiceField(
        label=_("Direction"),
        choices=Direction.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it came in, went out or was drawn up.")},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)
    channel = forms.ChoiceField(
        label=_("Way"),
        choices=Channel.choices,
        initial=Channel.MAIL,
        help_text=_("For what came by telephone, at a visit or on paper you say below who said or sent it, and when."),
    )
    on = day(_("Day it came in, went out or was drawn up"))
    organizer = OrganizerField(label=_("Sender or receiver: organizer"), required=False)
    university = forms.ModelChoiceField(
        label=_("Sender or receiver: university"),
        queryset=University.objects.all(),
        required=False,
        empty_label=_("None"),
    )
    counterpart = forms.CharField(label=_("Sender or receiver: name"), max_length=300, required=False)
    email = forms.EmailField(
        label=_("Mail address of a person who is registered here"),
        required=False,
        help_text=_(
            "If the sender or receiver has an account, so that the document is found among what is kept of her."
        ),
        error_messages={"invalid": _("This is not one mail address. Write it as name@organization.se.")},
    )
    words = forms.CharField(
        label=_("What it says, or where the paper lies"), widget=lines(6), max_length=20_000, required=False
    )
    said_by = forms.CharField(label=_("Who said or sent it"), max_length=200, required=False)
    said_on = day(_("Day it was said or sent"), required=False)
    proof = forms.CharField(
        label=_("What shows it"),
        max_length=300,
        required=False,
        help_text=_("For instance: called back on the number of the switchboard; scanned letter with signature."),
    )
    is_secret = forms.BooleanField(
        label=_("Secrecy mark"),
        required=False,
        help_text=_("A warning to those who handle it. Whether it is secret is decided when somebody asks for it."),
    )
    secrecy_ground = forms.CharField(
        label=_("Ground of the secrecy mark"),
        max_length=300,
        required=False,
        help_text=_("Chapter and section, such as 23 kap. 2 § OSL."),
    )

    # Marks this opening of the form, so that a double click registers once.
    once = forms.UUIDField(required=False, widget=forms.HiddenInput)

    # Last: where a file is too large to be read, what was typed before it still comes through.
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        max_length=None,
        help_text=_("The original as it came, at most 20 MB: PDF, PNG, JPEG, DOCX, XLSX, mail or plain text."),
    )

    field_order = ("direction", "kind", "channel", "on", "title")

    def names(self) -> tuple[str, ...]:
        """The sender, the receiver and who said it; an organization's name may stand."""
        return (str(self.data.get("said_by", "")),)

    def clean_email(self) -> Any:
        """The person who has the address."""
        email = self.cleaned_data["email"]
        if not email:
            return None
        person = person_by_email(email)
        if person is None:
            raise forms.ValidationError(_("Nobody here has that address. Leave it out, and write the name above."))
        return person

    def clean_file(self) -> Upload | None:
        """The file's name and bytes."""
        given = self.cleaned_data["file"]
        return Upload(given.name or "", given.read()) if given else None

    def document(self) -> dict[str, Any]:
        """What `documents.register` takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "title_is_right"}
        once = given.pop("once")
        origin = f"casefiles.form:{once}" if once else ""
        return given | {"person": given.pop("email"), "upload": given.pop("file"), "origin": origin}


class SecrecyForm(ReasonForm):
    """A secrecy mark, and why."""

    ground = forms.CharField(
        label=_("Ground of the secrecy mark"),
        max_length=300,
        help_text=_("Chapter and section, such as 23 kap. 2 § OSL."),
        error_messages={
            "required": _("Say on what ground it is secret, such as chapter and section of the secrecy act.")
        },
    )
    field_order = ("ground", "because")


class RetitleForm(ReasonForm):
    """Another title, and why."""

    title = forms.CharField(
        label=_("What it concerns, in short"),
        max_length=300,
        help_text=_("The diary is public: name no private person."),
        error_messages={"required": _("Say in short what the document concerns.")},
    )
    field_order = ("title", "because")
