"""The pasted order file."""

from django import forms
from django.utils.translation import gettext_lazy as _


class OrderForm(forms.Form):
    """The text of a signed order; its own id is its idempotency key."""

    order = forms.CharField(max_length=8192, label=_("The signed order file"))
