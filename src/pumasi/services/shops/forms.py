"""Amounts that people type when they pay, take or give back. Rules of the coin are not repeated here."""

from typing import Any

from django import forms
from django.conf import settings
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
    strip = forms.CharField(max_length=20, required=False, label=_("Number from the strip"))

    def clean(self) -> dict[str, Any]:
        """Ask for the extra tap."""
        data = super().clean()
        if (data.get("coins") or 0) > ASK_TWICE_ABOVE and data.get("sure") != "yes":
            self.add_error("sure", _("Tick the box to say that the amount is right."))
        return data


class PricedForm(AmountForm):
    """An amount with, at a facility, a line of its price list (`item` is the price in won); a typed price wins."""

    item = forms.IntegerField(min_value=0, max_value=1_000_000, required=False)

    def clean(self) -> dict[str, Any]:
        """One price."""
        data = super().clean()
        data["price"] = data.get("price") or data.get("item") or None
        return data


class CounterForm(PricedForm):
    """What the person behind the counter types first."""

    place = forms.UUIDField(label=_("Place"))
    code = forms.CharField(max_length=80, label=_("Code of the visitor"))


class CounterSureForm(SureForm):
    """What the visitor confirms on the turned screen."""

    place = forms.UUIDField(widget=forms.HiddenInput)


class RefundForm(KeyedForm):
    """How many coins go back."""

    coins = forms.IntegerField(min_value=1, max_value=1_000_000, label=_("Coins"), error_messages=_WHOLE)


class DisputeForm(KeyedForm):
    """What is wrong with the amount, and how many coins are meant."""

    reason = forms.CharField(max_length=10, label=_("What is wrong?"))
    coins = forms.IntegerField(
        min_value=1, max_value=1_000_000, required=False, label=_("How many coins?"), error_messages=_WHOLE
    )


class WhyForm(forms.Form):
    """Words that the other side reads."""

    why = forms.CharField(max_length=300, label=_("Reason"))


class DecisionForm(WhyForm):
    """An officer's decision about a dispute."""

    payer_right = forms.ChoiceField(choices=(("yes", "yes"), ("no", "no")), label=_("Decision"))


class ShopForm(KeyedForm):
    """The application, as on paper. Numbers and items are judged by the operation."""

    name_ko = forms.CharField(max_length=60, label=_("Name of the shop in Korean"))
    name_en = forms.CharField(max_length=60, label=_("Name of the shop in English"))
    dong = forms.ChoiceField(choices=(), label=_("Dong"))
    number = forms.CharField(max_length=20, label=_("Business number"))
    items = forms.MultipleChoiceField(choices=(), label=_("Items that the shop takes"))

    def __init__(self, *args: Any, codes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items, dong = self.fields["items"], self.fields["dong"]
        assert isinstance(items, forms.MultipleChoiceField)
        assert isinstance(dong, forms.ChoiceField)
        items.choices = codes
        dong.choices = [(name, name) for name in settings.DISTRICT_DONGS]


class DeskShopForm(ShopForm):
    """The same form typed at a desk, for the owner of this telephone number."""

    phone = forms.CharField(max_length=40, label=_("Owner's telephone number"))


class NumberForm(forms.Form):
    """The number on the certificate."""

    number = forms.CharField(max_length=20, label=_("Business number on the certificate"))


class UrgentForm(forms.Form):
    """Why a suspension cannot wait for the owner's opinion; empty when it can."""

    urgent = forms.CharField(max_length=120, required=False, label=_("Why it cannot wait"))


class SuspendForm(WhyForm):
    """Why a shop is suspended, by which clause, how the owner was told, until when."""

    cause = forms.ChoiceField(choices=(("TERMS", "TERMS"), ("FRAUD", "FRAUD")), label=_("Cause"))
    clause = forms.CharField(max_length=80, label=_("Clause"))
    notice = forms.CharField(max_length=120, label=_("How and when the owner was told"))
    until = forms.DateField(required=False, label=_("Last day"))


class BindForm(forms.Form):
    """The number from the owner's phone, and what to call this device."""

    code = forms.CharField(max_length=20, label=_("Number from the owner's phone"))
    name = forms.CharField(max_length=40, label=_("Name of this device"))


class TillForm(PricedForm):
    """What is typed at a bound counter."""

    code = forms.CharField(max_length=80, label=_("Code of the visitor"))


class PriceForm(forms.Form):
    """One line of a price list."""

    name_ko = forms.CharField(max_length=40, label=_("Name in Korean"))
    name_en = forms.CharField(max_length=40, label=_("Name in English"))
    won = forms.IntegerField(min_value=1, max_value=1_000_000, label=_("Price in won"), error_messages=_WHOLE)


class NeedForm(forms.Form):
    """One tap on the board."""

    item = forms.CharField(max_length=40)
    need = forms.ChoiceField(choices=(("NEEDED", "NEEDED"), ("ENOUGH", "ENOUGH"), ("FULL", "FULL")))


class ClosureForm(forms.Form):
    """Days off."""

    starts = forms.DateField(label=_("From"))
    ends = forms.DateField(label=_("Until"))
    reason = forms.CharField(max_length=60, required=False, label=_("Reason"))
