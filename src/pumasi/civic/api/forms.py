"""What is asked for a new token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class TokenForm(forms.Form):
    """Which program, what it may do, until when."""

    name = forms.CharField(max_length=60, label=_("Which program uses it"))
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    ends = forms.DateField(label=_("Its last day"), error_messages={"invalid": _("Write the date like 2026-12-31.")})

    def __init__(self, *args: Any, scopes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scopes"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = scopes
