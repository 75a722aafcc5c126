"""Examples of forms."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ExampleForm(forms.Form):
    """A field of each sort."""

    name = forms.CharField(label=_("Name of the round"), help_text=_("It is seen by the public."), max_length=100)
    pupils = forms.IntegerField(label=_("Least number of pupils"), min_value=0)
    mail = forms.EmailField(label=_("Address for questions"), required=False)
    on = forms.DateField(
        label=_("Day of publication"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    county = forms.ChoiceField(
        label=_("County"), choices=[("25", "Norrbotten"), ("24", "Västerbotten")], required=False
    )
    choice = forms.ChoiceField(
        label=_("How the choice is made"),
        choices=[("lot", _("Pairs drawn by lot")), ("need", _("Those of greatest need"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    file = forms.FileField(label=_("File"), help_text=_("CSV, XLSX or a zip of them."), required=False)
    confirmed = forms.BooleanField(label=_("I have read the rules"))


class ExampleFilter(forms.Form):
    """A filter above a table."""

    q = forms.CharField(label=_("Name contains"), required=False)
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All")), ("active", _("Active")), ("dormant", _("Dormant"))], required=False
    )
