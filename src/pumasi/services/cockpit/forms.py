"""What officers type: order files, cuts, changes of the tariff, freezes, notes. The rules are the coin's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell.forms import KeyedForm
from pumasi.coin.freezes import Cause, FreezeWhat
from pumasi.coin.queries.rule_words import cap_text, kind_name, row_text
from pumasi.coin.tariff import Cap, CapScope, EvidenceKind, Group, Kind, Measure, Part, Tariff, on_day
from pumasi.coin.tariff_edit import AddKind, Edit, EndCap, EndKind, SetAmount, SetCap

MOST_COINS = 100_000
MOST_CAP = 100_000_000
_NEW = ("code", "name_ko", "name_en", "per", "coins", "evidence", "places")


class OrderForm(forms.Form):
    """The text of a signed order; its own id is its idempotency key."""

    order = forms.CharField(max_length=8192, label=_("The signed order file"))


class AmountForm(forms.Form):
    """By how many whole coins the budget goes up or down, and by which document."""

    coins = forms.IntegerField(min_value=1, max_value=10**10, label=_("Coins"))
    document = forms.CharField(max_length=80, label=_("Document number"))


class KeyForm(forms.Form):
    """The public half of an officer's signing key, in hex."""

    officer = forms.UUIDField(label=_("Budget officer"))
    public_key = forms.RegexField(r"^[0-9a-f]{64}$", label=_("The 64 characters of the key"))
    ends = forms.DateField(label=_("Good until"))

    def __init__(self, *args: Any, officers: Sequence[UUID] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = officers

    def clean_officer(self) -> UUID:
        """One of those who hold the role today."""
        found: UUID = self.cleaned_data["officer"]
        if found not in self.known:
            raise forms.ValidationError(_("Please choose a budget officer of today."))
        return found

    def clean_public_key(self) -> bytes:
        """The 32 bytes."""
        return bytes.fromhex(self.cleaned_data["public_key"])


class ReasonForm(forms.Form):
    """One sentence why; whether it is needed is the coin's rule."""

    reason = forms.CharField(max_length=200, required=False, label=_("Reason"))


class SpanForm(forms.Form):
    """First and last day of a replay."""

    first = forms.DateField(label=_("First day"))
    last = forms.DateField(label=_("Last day"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("first") and found.get("last") and found["last"] < found["first"]:
            self.add_error("last", _("The last day lies before the first."))
        return found


class FreezeForm(KeyedForm):
    """What is to be stopped, why, by which clause and until when."""

    what = forms.ChoiceField(choices=[(each.value, each.value) for each in FreezeWhat])
    kind = forms.CharField(max_length=40, required=False)
    place = forms.UUIDField(required=False)
    cause = forms.ChoiceField(choices=[(each.value, each.value) for each in Cause])
    reason = forms.CharField(max_length=200, label=_("Reason"))
    clause = forms.CharField(max_length=80, label=_("Clause"))
    starts = forms.DateField(label=_("First day"))
    until = forms.DateField(label=_("Until"))
    is_emergency = forms.BooleanField(required=False)


class ProgrammeForm(KeyedForm):
    """By which decision something about the whole programme changes, and from which day."""

    clause = forms.CharField(max_length=80, label=_("Ordinance clause"))
    document = forms.CharField(max_length=80, label=_("Approval document number"))


class ValueForm(ProgrammeForm):
    """A new won value of the coin."""

    won = forms.IntegerField(min_value=1, max_value=100_000, label=_("Won for one coin"))
    convert = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    effective_on = forms.DateField(label=_("First day"))


class EndingForm(ProgrammeForm):
    """The last days of the programme."""

    last_earn = forms.DateField(label=_("Last day to earn"))
    last_spend = forms.DateField(label=_("Last day to spend or give"))
    last_settle = forms.DateField(label=_("Last day to settle with shops"))
    archive = forms.DateField(label=_("The books close after"))


class LookForm(forms.Form):
    """Why somebody looks at the person behind a finding."""

    purpose = forms.CharField(max_length=100, label=_("Purpose"))


class CloseForm(forms.Form):
    """What came out of a finding."""

    outcome = forms.CharField(max_length=10)
    note = forms.CharField(max_length=400, label=_("Note"))


class RosterForm(KeyedForm):
    """A list of hours paid elsewhere: pasted or as a file."""

    source = forms.CharField(max_length=80, label=_("Who has paid"))
    text = forms.CharField(max_length=400_000, required=False, label=_("The list"))
    file = forms.FileField(required=False, label=_("Or a CSV file"))


@dataclass(frozen=True)
class EditRow:
    """One line of the draft page: a kind or a cap, how it is now, and the fields for what it becomes."""

    name: str
    now: str
    coins: forms.BoundField
    shop: forms.BoundField | None
    end: forms.BoundField | None


class DraftForm(KeyedForm):
    """A change of the tariff: what stays is left blank. The fields of kinds and caps come from the tariff in force."""

    name_ko = forms.CharField(max_length=60, label=_("Title in Korean"))
    name_en = forms.CharField(max_length=60, label=_("Title in English"))
    clause = forms.CharField(max_length=80, label=_("Ordinance clause"))
    document = forms.CharField(max_length=80, label=_("Approval document number"))
    effective_on = forms.DateField(label=_("First day"))
    newcap_scope = forms.ChoiceField(
        required=False, choices=[("", "-"), *((each.value, each.value) for each in CapScope)]
    )
    newcap_kind = forms.CharField(required=False, max_length=40)
    newcap_coins = forms.IntegerField(required=False, min_value=1, max_value=MOST_CAP)
    new_code = forms.RegexField(r"^[A-Z][A-Z0-9_]{0,39}$", required=False, label=_("Code"))
    new_name_ko = forms.CharField(required=False, max_length=60, label=_("Name in Korean"))
    new_name_en = forms.CharField(required=False, max_length=60, label=_("Name in English"))
    new_group = forms.ChoiceField(required=False, choices=[(each.value, each.value) for each in Group])
    new_measure = forms.ChoiceField(required=False, choices=[(each.value, each.value) for each in Measure])
    new_per = forms.IntegerField(required=False, min_value=1, max_value=1_000_000, label=_("Counted by"))
    new_coins = forms.IntegerField(required=False, min_value=1, max_value=MOST_COINS, label=_("Coins"))
    new_shop_coins = forms.IntegerField(
        required=False, min_value=1, max_value=MOST_COINS, label=_("Coins for the shop")
    )
    new_min_age = forms.IntegerField(required=False, min_value=1, max_value=120, label=_("From age"))
    new_evidence = forms.MultipleChoiceField(required=False, choices=[(e.value, e.value) for e in EvidenceKind])
    new_places = forms.MultipleChoiceField(
        required=False, choices=[(each, each) for each in ("SHOP", "FACILITY", "CENTRE", "MACHINE")]
    )
    new_discreet = forms.BooleanField(required=False)
    new_promotion = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, tariff: Tariff, day: date, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.tariff, self.day = tariff, day
        for kind in tariff.kinds.values():
            self.fields[f"coins_{kind.code}"] = _coins()
            if Part.SHOP in kind.payees:
                self.fields[f"shop_{kind.code}"] = _coins()
            self.fields[f"end_{kind.code}"] = forms.BooleanField(required=False)
        for cap in self._caps():
            self.fields[f"cap_{cap.scope}_{cap.kind}"] = forms.IntegerField(
                required=False, min_value=1, max_value=MOST_CAP
            )
            self.fields[f"capend_{cap.scope}_{cap.kind}"] = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("new_code"):
            for name in _NEW:
                if not found.get(f"new_{name}") and f"new_{name}" not in self.errors:
                    self.add_error(f"new_{name}", _("This is needed for a new deed."))
        return found

    def kind_rows(self, language: str) -> list[EditRow]:
        """One line for each kind."""
        return [self._kind_row(kind, language) for kind in self.tariff.kinds.values()]

    def cap_rows(self, language: str) -> list[EditRow]:
        """One line for each cap in force."""
        return [
            EditRow(
                cap_text(self.tariff, cap.scope, cap.kind, language),
                f"{cap.coins:,}",
                self[f"cap_{cap.scope}_{cap.kind}"],
                None,
                self[f"capend_{cap.scope}_{cap.kind}"],
            )
            for cap in self._caps()
        ]

    def edits(self) -> tuple[Edit, ...]:
        """What a valid form asks for."""
        return (*self._kind_edits(), *self._cap_edits(), *self._new_kind())

    def _kind_row(self, kind: Kind, language: str) -> EditRow:
        row = on_day(kind.rows, self.day)
        return EditRow(
            kind_name(self.tariff, kind.code, language),
            row_text(kind, row, language) if row else "",
            self[f"coins_{kind.code}"],
            self[f"shop_{kind.code}"] if Part.SHOP in kind.payees else None,
            self[f"end_{kind.code}"] if row else None,
        )

    def _caps(self) -> list[Cap]:
        return [cap for cap in self.tariff.caps if on_day((cap,), self.day)]

    def _kind_edits(self) -> Iterator[Edit]:
        data = self.cleaned_data
        for kind in self.tariff.kinds.values():
            coins, shop = data.get(f"coins_{kind.code}"), data.get(f"shop_{kind.code}")
            row = on_day(kind.rows, self.day)
            if data.get(f"end_{kind.code}"):
                yield EndKind(kind.code)
            elif coins or shop:
                yield SetAmount(kind.code, coins or (row.coins if row else 0), shop or (row.shop_coins if row else 0))

    def _cap_edits(self) -> Iterator[Edit]:
        data = self.cleaned_data
        for cap in self._caps():
            if data.get(f"capend_{cap.scope}_{cap.kind}"):
                yield EndCap(cap.scope, cap.kind)
            elif data.get(f"cap_{cap.scope}_{cap.kind}"):
                yield SetCap(cap.scope, cap.kind, data[f"cap_{cap.scope}_{cap.kind}"])
        if data.get("newcap_scope") and data.get("newcap_coins"):
            yield SetCap(data["newcap_scope"], data.get("newcap_kind") or "*", data["newcap_coins"])

    def _new_kind(self) -> Iterator[Edit]:
        data = self.cleaned_data
        if data.get("new_code"):
            shop = data["new_shop_coins"] or 0
            yield AddKind(
                code=data["new_code"],
                name_ko=data["new_name_ko"],
                name_en=data["new_name_en"],
                group=data["new_group"] or Group.ENVIRONMENT.value,
                measure=data["new_measure"] or Measure.TIME.value,
                per=data["new_per"],
                payees=("RESIDENT", "SHOP") if shop else ("RESIDENT",),
                evidence=tuple(data["new_evidence"]),
                places=tuple(data["new_places"]),
                coins=data["new_coins"],
                shop_coins=shop,
                min_age=data["new_min_age"] or 0,
                discreet=data["new_discreet"],
                promotion=data["new_promotion"],
            )


def _coins() -> forms.IntegerField:
    return forms.IntegerField(required=False, min_value=1, max_value=MOST_COINS)
