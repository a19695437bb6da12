"""What a writer types. The rules are those of `operations`."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell.forms import KeyedForm

_DAY = {"invalid": _("Write the date like 2026-12-31.")}
_LONG = forms.Textarea(attrs={"rows": 5})


class TextForm(KeyedForm):
    """Title and text in both languages, easy words, days, and whether it is shown. `after`: the version it changes."""

    after = forms.IntegerField(min_value=0, max_value=100_000, widget=forms.HiddenInput)
    title_ko = forms.CharField(max_length=80, label=_("Title in Korean"))
    title_en = forms.CharField(max_length=80, label=_("Title in English"))
    body_ko = forms.CharField(max_length=1500, label=_("Text in Korean"), widget=_LONG)
    body_en = forms.CharField(max_length=1500, label=_("Text in English"), widget=_LONG)
    easy = forms.CharField(max_length=800, label=_("In easy Korean words"), widget=_LONG, required=False)
    starts = forms.DateField(label=_("First day"), required=False, error_messages=_DAY)
    ends = forms.DateField(label=_("Last day"), required=False, error_messages=_DAY)
    is_shown = forms.BooleanField(label=_("Show it"), required=False)
