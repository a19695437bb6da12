"""What officers type: the beginning of a digest, a reason, a purpose, an old id. The rules are the coin's."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell.forms import KeyedForm


class DigestForm(forms.Form):
    """The first characters of the digest, from the sheet of the dry run."""

    digest = forms.CharField(max_length=64, label=_("First 8 characters of the digest"))


class ReasonForm(forms.Form):
    """One sentence why."""

    reason = forms.CharField(max_length=200, label=_("Reason"))


class FindForm(forms.Form):
    """An old id, and why somebody looks."""

    old_id = forms.CharField(max_length=60, label=_("Id in the old system"))
    purpose = forms.CharField(max_length=100, label=_("Purpose"))


class ExportForm(KeyedForm):
    """What the exit export is for."""

    purpose = forms.CharField(max_length=100, label=_("What the export is for"))
