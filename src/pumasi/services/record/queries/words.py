"""Plain words for what the record calls by short names: classes of coins, types of entries, profiles, stops."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

CLASSES: "dict[str, _StrOrPromise]" = {
    "issued": _("Issued"),
    "wallets": _("In residents' wallets"),
    "takings": _("With shops and public places"),
    "campaigns": _("In donation campaigns"),
    "dispute": _("Held while a dispute is settled"),
    "due": _("Due to other districts"),
    "guarantee": _("Guarantee for offline payments"),
    "redeemed": _("Settled"),
    "donated": _("Donated"),
    "expired": _("Expired"),
    "clawed-back": _("Taken back"),
    "written-off": _("Written off"),
    "conversion": _("In passing between two rates"),
    "rounding": _("Rounding"),
    "appropriated": _("Authorised by the council"),
    "free": _("Not yet used"),
    "encumbered": _("Promised for coins in circulation"),
    "reserved": _("Reserved"),
    "executed": _("Paid out"),
    "returned": _("Returned to the budget"),
    "cash": _("Cash control"),
    "deposit": _("Deposit"),
    "payable": _("To be paid"),
    "receivable": _("To be received"),
}
"""In the order in which a table shows them."""

TYPES: "dict[str, _StrOrPromise]" = {
    "rules": _("The record's rules"),
    "issue": _("Budget order"),
    "budget": _("Budget moved"),
    "earn": _("Coins earned"),
    "hold": _("Held or confirmed"),
    "give": _("Gift"),
    "spend": _("Paid with coins"),
    "reverse": _("Given back"),
    "donate": _("Donation"),
    "expire": _("Expired coins"),
    "clear": _("Settlement"),
    "close": _("Closing"),
}

STOPPED: "dict[str, _StrOrPromise]" = {
    "seal_signed_another_root": _("The database says something else than what was signed before."),
    "seal_signed_more": _("The database holds fewer entries than were signed, as after restoring a backup."),
    "seal_journal_ahead": _("The database was rolled back: transfers that were already journalled are missing."),
    "seal_guard_lost": _("The guard against signing two histories is missing or older than what was signed."),
    "seal_entries_changed": _("Entries of a published block are no longer what was sealed."),
    "seal_tile_conflict": _("A published file says something else than the database."),
    "seal_files_unusable": _("The sealer cannot read or write one of its files."),
    "seal_record_lost": _("The published files are gone or not the newest; they are made again from the database."),
    "seal_rules_broken": _("The next block would break one of the public rules."),
}
"""Why sealing stopped, by the code of the refusal in `seal.errors`."""
