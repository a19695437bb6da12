"""What is typed at the desk and on one's own phone. Rules are not repeated here."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pumasi.civic.guardians.models import Basis
from pumasi.civic.people.models import Relation
from pumasi.civic.shell.forms import KeyedForm
from pumasi.services.members.operations.joining import Evidence

RELATIONS = ((Relation.RESIDENT.value, _("I live here")), (Relation.WORKER.value, _("I work here")))
DATE = {"invalid": _("Write the date like 2026-12-31.")}
YEAR = {"invalid": _("Write the year with four digits."), "required": _("Please tell the year of birth.")}


class NameForm(forms.Form):
    """Name, phone and year of birth, as the person tells them."""

    name = forms.CharField(max_length=60, label=_("Name"), error_messages={"required": _("Please tell the name.")})
    phone = forms.CharField(max_length=40, required=False, label=_("Telephone number, if there is one"))
    birth_year = forms.IntegerField(label=_("Year of birth"), error_messages=YEAR)


class RelationForm(forms.Form):
    """Home or work, and until when the proof holds."""

    relation = forms.ChoiceField(choices=RELATIONS, label=_("Relation to the district"), initial="RESIDENT")
    until = forms.DateField(required=False, label=_("Until when the proof holds, if it ends"), error_messages=DATE)


class JoinForm(KeyedForm, NameForm, RelationForm):
    """The four questions, and the consent."""

    consents = forms.BooleanField(
        label=_("I agree"), error_messages={"required": _("Without consent nobody can join.")}
    )

    field_order = ("key", "name", "phone", "birth_year", "relation", "until", "consents")


class DeskJoinForm(JoinForm):
    """The same at a desk: was a card looked at, and are the members of the same name somebody else."""

    card = forms.ChoiceField(
        choices=(("seen", _("I have looked at the identity card")), ("none", _("There is no card: smaller limits"))),
        label=_("Identity card"),
        error_messages={"required": _("Choose whether you have looked at an identity card.")},
    )
    guardian = forms.CharField(max_length=60, required=False, label=_("Code or card of a child's guardian"))
    voucher = forms.CharField(max_length=60, required=False, label=_("Code or card of who vouches for them"))
    signed_on = forms.DateField(required=False, label=_("Day on the signed paper form"), error_messages=DATE)
    is_another = forms.BooleanField(required=False, label=_("It is another person"))

    def evidence(self) -> Evidence:
        """What the officer has before them."""
        data = self.cleaned_data
        return Evidence(data["card"] == "seen", data["signed_on"], data["guardian"], data["voucher"])


class RaiseForm(NameForm):
    """What an identity card says, and who agrees for a child."""

    guardian = forms.CharField(max_length=60, required=False, label=_("Code or card of a child's guardian"))


class FindForm(forms.Form):
    """A telephone number, or name and year of birth."""

    phone = forms.CharField(max_length=40, required=False, label=_("Telephone number"))
    name = forms.CharField(max_length=60, required=False, label=_("Name"))
    birth_year = forms.IntegerField(required=False, label=_("Year of birth"), error_messages=YEAR)

    def clean(self) -> dict[str, Any]:
        """One of the two ways."""
        data = super().clean() or self.cleaned_data
        if not data.get("phone") and not (data.get("name") and data.get("birth_year")) and not self.errors:
            self.add_error("phone", _("Type a telephone number, or a name with the year of birth."))
        return data


class GuardianForm(forms.Form):
    """Who looks after somebody from now on, why, and until when."""

    code = forms.CharField(
        max_length=60, label=_("Code or card of the guardian"), error_messages={"required": _("Please type the code.")}
    )
    basis = forms.ChoiceField(choices=Basis.choices)
    ends = forms.DateField(label=_("Last day"), error_messages={"required": _("Please choose a day."), **DATE})


class RowForm(forms.Form):
    """Which line of a list is meant."""

    row = forms.UUIDField(widget=forms.HiddenInput)


class LanguageForm(forms.Form):
    """In which language papers are printed."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)


class DayForm(KeyedForm):
    """The last day here."""

    day = forms.DateField(label=_("Last day here"), error_messages={"required": _("Please choose a day."), **DATE})


class DeathForm(KeyedForm):
    """What a report of a death says."""

    died_on = forms.DateField(label=_("Day of death"), error_messages={"required": _("Please choose a day."), **DATE})
    document = forms.CharField(
        max_length=80,
        label=_("Number of the report of death"),
        error_messages={"required": _("Please type the number of the paper.")},
    )


class ReasonForm(KeyedForm):
    """Why an officer asks for something."""

    reason = forms.CharField(
        max_length=200, label=_("Reason"), error_messages={"required": _("Please write one sentence.")}
    )
    document = forms.CharField(max_length=80, required=False, label=_("Document number"))


class MergeForm(ReasonForm):
    """Which other membership becomes part of this one: its visit."""

    other = forms.UUIDField(widget=forms.HiddenInput)


class HeirForm(KeyedForm):
    """Whom the family has named."""

    phone = forms.CharField(
        max_length=40,
        label=_("Telephone number of the member who receives the coins"),
        error_messages={"required": _("Please type the number.")},
    )


class WordsForm(forms.Form):
    """What the person at the desk says about a claim or a case."""

    service = forms.SlugField(max_length=20)
    line = forms.UUIDField()
    note = forms.CharField(max_length=500, label=_("In the person's own words"))
