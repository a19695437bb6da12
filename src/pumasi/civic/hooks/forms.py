"""What is asked for a new webhook."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pumasi.civic.hooks.addresses import URL_LIMIT
from pumasi.civic.hooks.queries import PAID, REFUNDED, SETTLED, UNDONE

LABELS = {
    PAID: _("Coins were paid"),
    UNDONE: _("A payment was undone"),
    REFUNDED: _("Coins were given back"),
    SETTLED: _("The district paid out won"),
}


class EndpointForm(forms.Form):
    """Of which place, to which address, which events."""

    place_id = forms.TypedChoiceField(label=_("Which place"))
    url = forms.CharField(max_length=URL_LIMIT, label=_("Address of the program"))
    events = forms.MultipleChoiceField(
        label=_("What it hears"),
        widget=forms.CheckboxSelectMultiple,
        choices=list(LABELS.items()),
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(places)
