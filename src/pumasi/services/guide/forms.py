"""What a visitor looks for, and where somebody says that a place stands."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pumasi.services.guide.queries.places import Choices, Wish

_UNKNOWN = {"invalid_choice": _("This choice does not exist (any more). Choose another one.")}


class WishForm(forms.Form):
    """The filter of the list; everything may stay empty."""

    kind = forms.ChoiceField(required=False, label=_("Kind of place"), error_messages=_UNKNOWN)
    do = forms.ChoiceField(required=False, label=_("What you want to do there"), error_messages=_UNKNOWN)
    dong = forms.ChoiceField(required=False, label=_("Dong"), error_messages=_UNKNOWN)
    q = forms.CharField(required=False, max_length=40, label=_("Name of the place"))
    open = forms.BooleanField(required=False, label=_("Without places that are closed now"))

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        does = [(group.name, list(group.choices)) for group in choices.does]
        offered: Sequence[tuple[str, Sequence[Any]]] = (
            ("kind", [("", _("every kind")), *choices.kinds]),
            ("do", [("", _("anything")), *does]),
            ("dong", [("", _("every dong")), *((each, each) for each in choices.dongs)]),
        )
        for name, offer in offered:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offer
            field.widget.attrs["class"] = "krds-input"
        self.fields["q"].widget.attrs["class"] = "krds-input"

    def wish(self) -> Wish:
        """What a valid form asks for."""
        data = self.cleaned_data
        return Wish(data["kind"], data["do"], data["dong"], data["q"], data["open"])


class PositionForm(forms.Form):
    """Two numbers of degrees; whether they lie in Korea is judged by `civic.places`."""

    latitude = forms.CharField(max_length=30, label=_("Latitude"))
    longitude = forms.CharField(max_length=30, label=_("Longitude"))
