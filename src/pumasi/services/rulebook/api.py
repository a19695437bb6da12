"""The tariff for programs: what holds, who changed it when, and a change by two officers."""

from pumasi.civic.api.routes import LANGUAGE, MOMENT, read, write
from pumasi.coin import operations
from pumasi.coin.queries import rulebook

ROUTES = (
    read("/rules", rulebook.rule_book, at=MOMENT, language=LANGUAGE),
    read("/rules/{code}", rulebook.rule_kind, at=MOMENT, language=LANGUAGE),
    read("/changes", rulebook.changes, answer="changes", at=MOMENT, language=LANGUAGE),
    read("/changes/{change_id}", rulebook.change, at=MOMENT, language=LANGUAGE),
    write("/changes/{change_id}/approval", operations.approve_change),
    write("/changes/{change_id}/rejection", operations.reject_change),
    write("/changes/{change_id}/withdrawal", operations.ask_withdrawal),
    write("/changes/{change_id}/withdrawal/confirmation", operations.confirm_withdrawal),
)
