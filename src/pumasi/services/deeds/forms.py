"""What people type when they claim, confirm, decide or send in. The rules are the coin's, not these forms'."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell.forms import KeyedForm
from pumasi.kernel.clock import KST
from pumasi.services.deeds.queries.kinds import MOST

_QUANTITY_ERRORS = {
    "required": _("Enter a number from 1."),
    "invalid": _("Enter a whole number."),
    "min_value": _("Enter a number from 1."),
}


class CodeForm(forms.Form):
    """The code of a place, typed or scanned, and perhaps the kind that was chosen before."""

    code = forms.CharField(max_length=80, label=_("Code of the place"))
    kind = forms.SlugField(max_length=40, required=False)


class ClaimForm(KeyedForm):
    """What was done and how much, in people's units."""

    kind = forms.SlugField(max_length=40)
    quantity = forms.IntegerField(min_value=1, max_value=MOST, label=_("Quantity"), error_messages=_QUANTITY_ERRORS)
    paid = forms.ChoiceField(
        choices=[("no", "no"), ("yes", "yes")], required=False, label=_("Were you already paid for this?")
    )


class ConfirmForm(ClaimForm):
    """What staff enter for the person in front of them."""

    place = forms.UUIDField(label=_("Place"))
    kind = forms.SlugField(max_length=40, label=_("Deed"))
    code = forms.CharField(max_length=80, label=_("Code of the resident"))


class KindForm(KeyedForm):
    """Beginning to measure hours of a kind."""

    kind = forms.SlugField(max_length=40, label=_("Deed"))


class LeaveForm(KeyedForm):
    """Ending the measuring."""

    paid = forms.ChoiceField(
        choices=[("no", "no"), ("yes", "yes")],
        label=_("Were you already paid for this?"),
        error_messages={"required": _("Please answer whether you were paid for it.")},
    )


class NoteForm(KeyedForm):
    """An objection, or the answer to a question."""

    note = forms.CharField(max_length=500, label=_("What happened?"), widget=forms.Textarea)


class PhotoPlaceForm(KeyedForm):
    """Where the photo will be taken."""

    place = forms.UUIDField(label=_("Place"))


class PhotoForm(forms.Form):
    """The photo itself."""

    quantity = forms.IntegerField(min_value=1, max_value=MOST, label=_("Quantity"), error_messages=_QUANTITY_ERRORS)
    photo = forms.FileField(label=_("Photo"), error_messages={"required": _("Choose a photo.")})


class DecisionForm(forms.Form):
    """What a reviewer decides."""

    decision = forms.ChoiceField(choices=[("approve", ""), ("reject", ""), ("ask", "")])
    reason = forms.CharField(max_length=20, required=False)
    question = forms.CharField(max_length=20, required=False)
    quantity = forms.IntegerField(min_value=1, max_value=MOST, required=False)
    note = forms.CharField(max_length=500, required=False)


class FindForm(KeyedForm):
    """Which centre a resident has told."""

    place = forms.UUIDField(label=_("Community centre"))


class OrganisationForm(KeyedForm):
    """A new organisation."""

    name_ko = forms.CharField(max_length=60, label=_("Name in Korean"))
    name_en = forms.CharField(max_length=60, label=_("Name in English"))


class BindingForm(forms.Form):
    """From when to when an organisation earns, where, and who sends its lists in."""

    organisation = forms.UUIDField()
    centre = forms.UUIDField(label=_("Coin centre"))
    phone = forms.CharField(max_length=40, label=_("Telephone number of the admin"))
    starts = forms.DateField(label=_("From"))
    ends = forms.DateField(label=_("Until"))


class ListForm(forms.Form):
    """An organisation's file."""

    file = forms.FileField(label=_("File (CSV)"), error_messages={"required": _("Choose a file.")})


class RollForm(KeyedForm):
    """A session whose roll will be called; times are Seoul's."""

    place = forms.UUIDField(label=_("Place"))
    kind = forms.SlugField(max_length=40, label=_("Deed"))
    title = forms.CharField(max_length=60, label=_("Name of the session"))
    day = forms.DateField(label=_("Day"))
    starts = forms.TimeField(label=_("From"))
    ends = forms.TimeField(label=_("Until"))

    def span(self) -> tuple[datetime, datetime]:
        """From when to when, of a valid form."""
        data = self.cleaned_data
        return (
            datetime.combine(data["day"], data["starts"], KST),
            datetime.combine(data["day"], data["ends"], KST),
        )


class CallForm(forms.Form):
    """One call: a personal code, or a telephone number (whole or its tail with the year of birth)."""

    code = forms.CharField(max_length=80, required=False, label=_("Code of the resident"))
    phone = forms.CharField(max_length=40, required=False, label=_("Telephone number or its last 4 digits"))
    birth_year = forms.IntegerField(min_value=1900, max_value=2100, required=False, label=_("Year of birth"))


class PaperForm(forms.Form):
    """A paper list: one person a line."""

    lines = forms.CharField(max_length=20_000, label=_("One person a line"), widget=forms.Textarea)
