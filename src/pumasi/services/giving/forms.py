"""What is typed to give and around it. Rules are not repeated here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell.forms import KeyedForm

_WHOLE = {"invalid": _("Enter a whole number."), "min_value": _("Enter a number from 1.")}


class CodeForm(forms.Form):
    """The code that a person shows."""

    code = forms.CharField(max_length=80, label=_("Code of the person"))


class GiftForm(KeyedForm):
    """Any whole number of coins, for a person."""

    coins = forms.IntegerField(min_value=1, max_value=1_000_000, label=_("Coins"), error_messages=_WHOLE)


class GiveForm(KeyedForm):
    """Coins from the keypad or typed (typed wins)."""

    coins = forms.IntegerField(
        min_value=1, max_value=1_000_000, required=False, label=_("Coins"), error_messages=_WHOLE
    )
    other = forms.IntegerField(
        min_value=0, max_value=1_000_000, required=False, label=_("Another number of coins"), error_messages=_WHOLE
    )

    def clean(self) -> dict[str, Any]:
        """One amount: `coins`."""
        data = super().clean() or self.cleaned_data
        data["coins"] = data.get("other") or data.get("coins")
        if not data["coins"] and not self.errors:
            self.add_error("coins", _("Choose how many coins."))
        return data


class CharityForm(forms.Form):
    """A charity enters itself."""

    name_ko = forms.CharField(max_length=60, label=_("Name in Korean"))
    name_en = forms.CharField(max_length=60, label=_("Name in English"))
    number = forms.CharField(max_length=30, label=_("Registration number"))


class CampaignForm(forms.Form):
    """What coins are asked for."""

    title_ko = forms.CharField(max_length=60, label=_("Title in Korean"))
    title_en = forms.CharField(max_length=60, label=_("Title in English"))
    text_ko = forms.CharField(max_length=2000, label=_("What it is for, in Korean"), widget=forms.Textarea)
    text_en = forms.CharField(max_length=2000, label=_("What it is for, in English"), widget=forms.Textarea)
    target = forms.IntegerField(min_value=1, max_value=1_000_000, label=_("Target in coins"), error_messages=_WHOLE)
    deadline = forms.DateField(label=_("Last day"))


class EvidenceForm(forms.Form):
    """What the money was used for."""

    used_won = forms.IntegerField(min_value=1, label=_("Won used"), error_messages=_WHOLE)
    used_for = forms.CharField(max_length=2000, label=_("What it was used for"), widget=forms.Textarea)
    document = forms.CharField(max_length=80, label=_("Number of the receipt or document"))


class EstateForm(KeyedForm):
    """The number of the report of a death, and the campaign that the family has chosen."""

    number = forms.IntegerField(min_value=1, label=_("Number of the report at the desk"), error_messages=_WHOLE)
    campaign = forms.UUIDField(label=_("Campaign"), error_messages={"required": _("Choose a campaign.")})


class TextForm(forms.Form):
    """One line that an officer has to give: a document number, a payment number, a reason."""

    text = forms.CharField(max_length=200, required=False)
    clause = forms.CharField(max_length=200, required=False)
