"""What is typed at the treasury's desk and by shops. Rules are not repeated here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell.forms import KeyedForm


class CheckForm(forms.Form):
    """The payee sheet that the checker has seen."""

    sheet = forms.CharField(max_length=64, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why something stops."""

    reason = forms.CharField(max_length=200, label=_("Reason"))


class NumbersForm(forms.Form):
    """What the treasury's system gave the payment."""

    document = forms.CharField(max_length=80, label=_("Document number"))
    payment_number = forms.CharField(max_length=80, label=_("Payment number"))


class LinesForm(forms.Form):
    """One line, or none for all that are open."""

    line = forms.UUIDField(required=False, widget=forms.HiddenInput)


class BounceForm(ReasonForm):
    """One line that came back."""

    line = forms.UUIDField(widget=forms.HiddenInput)


class PlaceReasonForm(ReasonForm):
    """One shop and why."""

    place = forms.UUIDField(label=_("Shop"))


class ConfirmForm(forms.Form):
    """A bank account and where the copy of its bank book lies."""

    account = forms.UUIDField(widget=forms.HiddenInput)
    document = forms.CharField(max_length=80, label=_("Where the copy of the bank book is filed"))


class OverrideForm(forms.Form):
    """The override that the second officer agrees to."""

    override = forms.UUIDField(widget=forms.HiddenInput)


class FacilityForm(KeyedForm):
    """A facility to close."""

    place = forms.UUIDField(widget=forms.HiddenInput)
    document = forms.CharField(max_length=80, label=_("Document number"))


class AccountForm(forms.Form):
    """Where a shop's money goes."""

    bank = forms.CharField(max_length=30, label=_("Bank"))
    number = forms.CharField(max_length=30, label=_("Account number"))
    holder = forms.CharField(max_length=30, label=_("Name of the holder"))


class CustodyForm(forms.Form):
    """Which shop, custody or request, why, and by which document."""

    which = forms.UUIDField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(max_length=200, required=False)
    document = forms.CharField(max_length=80, required=False)
