"""What to look for among permissions: a role, a part of the programme."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspel.accounts.queries.allowances import OTHERS, titles
from samspel.kernel.permissions import names_of_roles


class AllowancesForm(forms.Form):
    """A role and a part; nothing chosen shows all."""

    role = forms.ChoiceField(label=_("Role"), required=False)
    app = forms.ChoiceField(label=_("Part"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("All"))]
        self.fields["role"].choices = [*everything, *names_of_roles().items(), *OTHERS.items()]
        self.fields["app"].choices = [*everything, *titles().items()]
