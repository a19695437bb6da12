"""What people write in a case. The rules are those of `coin.hearings`."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell.forms import KeyedForm


class NoteForm(forms.Form):
    """An opinion or an objection."""

    note = forms.CharField(
        max_length=500, label=_("What do you say to it?"), error_messages={"required": _("Please write a few words.")}
    )


class FindForm(forms.Form):
    """Where and when the deed was."""

    place = forms.UUIDField(label=_("Place"))
    day = forms.DateField(label=_("Day"))


class ProposeForm(KeyedForm):
    """Why coins shall go back; `keep` is what was right, in people's units."""

    keep = forms.IntegerField(min_value=0, max_value=1_000_000, label=_("The right quantity"))
    why = forms.CharField(max_length=300, label=_("Reason: the person reads it"))
    clause = forms.CharField(max_length=80, label=_("Clause"))


class DecisionForm(forms.Form):
    """What an officer decides, and why; `urgent`: why it cannot wait for the person's opinion."""

    decision = forms.ChoiceField(choices=[("stands", ""), ("drop", "")])
    why = forms.CharField(max_length=300, label=_("Reason: the person reads it"))
    urgent = forms.CharField(max_length=120, required=False, label=_("Why it cannot wait"))
