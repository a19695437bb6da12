"""Forms that carry the key under which their one effect is known, so that a second press gives the first result."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _


class KeyedForm(forms.Form):
    """A form whose `key` was made when it was rendered (decisions 3); double click and retry send the same one."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": _("Please open this page again.")})

    def the_key(self) -> UUID:
        """The idempotency key of a valid form."""
        key = self.cleaned_data["key"]
        if not isinstance(key, UUID):
            raise TypeError("the form was not validated")
        return key


class PhoneForm(forms.Form):
    """A telephone number; its spelling is judged by `civic.people`."""

    phone = forms.CharField(max_length=40, label=_("Telephone number"))


class SignInForm(PhoneForm):
    """Telephone number and the digits that the officer read out."""

    code = forms.CharField(max_length=12, label=_("Six digits from the desk"))
