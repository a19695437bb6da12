"""What officers write for a role. The rules are those of `operations`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell.forms import KeyedForm

_PHONE = _("Telephone number of the member")
_DAY = {"invalid": _("Write the date like 2026-12-31.")}


class ReasonForm(KeyedForm):
    """Why."""

    reason = forms.CharField(max_length=200, label=_("Reason"))


class DeputyForm(ReasonForm):
    """Who stands in, from when to when."""

    phone = forms.CharField(max_length=20, label=_PHONE)
    starts = forms.DateField(label=_("First day"), error_messages=_DAY)
    ends = forms.DateField(label=_("Last day"), error_messages=_DAY)


class AppointForm(DeputyForm):
    """Which role, and where."""

    role = forms.ChoiceField(label=_("Role"))
    place = forms.UUIDField(required=False, label=_("Facility"))

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        if isinstance(field, forms.ChoiceField):
            field.choices = roles


class DecisionForm(forms.Form):
    """Give or refuse."""

    decision = forms.ChoiceField(choices=[("give", ""), ("refuse", "")])
    reason = forms.CharField(max_length=200, required=False, label=_("Reason"))
