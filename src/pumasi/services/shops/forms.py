"""Amounts that people type when they pay, take or give back. Rules of the coin are not repeated here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell.forms import KeyedForm
from pumasi.services.shops.queries.pay import ASK_TWICE_ABOVE

_WHOLE = {"invalid": _("Enter a whole number."), "min_value": _("Enter a number from 1.")}


class AmountForm(KeyedForm):
    """Coins from the keypad or typed (typed wins), and perhaps a whole price in won."""

    coins = forms.IntegerField(
        min_value=1, max_value=1_000_000, required=False, label=_("Coins"), error_messages=_WHOLE
    )
    other = forms.IntegerField(
        min_value=0, max_value=1_000_000, required=False, label=_("Another number of coins"), error_messages=_WHOLE
    )
    price = forms.IntegerField(
        min_value=0, max_value=1_000_000_000, required=False, label=_("Price in won"), error_messages=_WHOLE
    )

    def clean(self) -> dict[str, Any]:
        """One amount: `coins`; `price` None when the coins are the whole price."""
        data = super().clean() or self.cleaned_data
        data["coins"] = data.get("other") or data.get("coins")
        data["price"] = data.get("price") or None
        if not data["coins"] and not self.errors:
            self.add_error("coins", _("Choose how many coins."))
        return data


class SureForm(AmountForm):
    """The payer's last tap; above 30 coins with one more."""

    sure = forms.CharField(required=False, label=_("Confirmation"))

    def clean(self) -> dict[str, Any]:
        """Ask for the extra tap."""
        data = super().clean()
        if (data.get("coins") or 0) > ASK_TWICE_ABOVE and data.get("sure") != "yes":
            self.add_error("sure", _("Tick the box to say that the amount is right."))
        return data


class CounterForm(AmountForm):
    """What the person behind the counter types first."""

    place = forms.UUIDField(label=_("Place"))
    code = forms.CharField(max_length=80, label=_("Code of the visitor"))


class CounterSureForm(SureForm):
    """What the visitor confirms on the turned screen."""

    place = forms.UUIDField(widget=forms.HiddenInput)


class RefundForm(KeyedForm):
    """How many coins go back."""

    coins = forms.IntegerField(min_value=1, max_value=1_000_000, label=_("Coins"), error_messages=_WHOLE)
