"""What residents and staff type when they claim or confirm a deed. The rules are the coin's, not these forms'."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell.forms import KeyedForm
from pumasi.services.deeds.queries.kinds import MOST


class CodeForm(forms.Form):
    """The code of a place, typed or scanned, and perhaps the kind that was chosen before."""

    code = forms.CharField(max_length=80, label=_("Code of the place"))
    kind = forms.SlugField(max_length=40, required=False)


class ClaimForm(KeyedForm):
    """What was done and how much, in people's units."""

    kind = forms.SlugField(max_length=40)
    quantity = forms.IntegerField(
        min_value=1,
        max_value=MOST,
        label=_("Quantity"),
        error_messages={
            "required": _("Enter a number from 1."),
            "invalid": _("Enter a whole number."),
            "min_value": _("Enter a number from 1."),
        },
    )
    paid = forms.ChoiceField(
        choices=[("no", "no"), ("yes", "yes")], required=False, label=_("Were you already paid for this?")
    )


class ConfirmForm(ClaimForm):
    """What staff enter for the person in front of them."""

    place = forms.UUIDField(label=_("Place"))
    kind = forms.SlugField(max_length=40, label=_("Deed"))
    code = forms.CharField(max_length=80, label=_("Code of the resident"))
