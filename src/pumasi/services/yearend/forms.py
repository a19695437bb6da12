"""What is typed on the pages of the year end. Rules are not repeated here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell.forms import KeyedForm
from pumasi.services.yearend.operations import Decision


class DocumentForm(KeyedForm):
    """The approval document of the division."""

    document = forms.CharField(max_length=80, label=_("Document number"))


class SampleForm(KeyedForm):
    """The seed as it was drawn in public, the year, and how many payments."""

    year = forms.IntegerField(min_value=2022, max_value=2100, label=_("Year"))
    seed = forms.CharField(max_length=80, label=_("Seed"))
    count = forms.IntegerField(min_value=1, max_value=200, label=_("How many payments"))


class NamesForm(KeyedForm):
    """Why an auditor has to see names."""

    order_number = forms.CharField(max_length=80, label=_("Order number"))
    reason = forms.CharField(max_length=200, label=_("Reason"))


class ReviewForm(forms.Form):
    """Keep a role or leave it to end."""

    decision = forms.TypedChoiceField(coerce=Decision, choices=Decision.choices)


class DayForm(forms.Form):
    """A day to look at."""

    on = forms.DateField(label=_("Up to this day"))
