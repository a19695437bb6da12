"""What is typed on the pages of the year end. Rules are not repeated here."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DayForm(forms.Form):
    """A day to look at."""

    on = forms.DateField(label=_("Up to this day"))
