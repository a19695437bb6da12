"""The issuer's programs: what is left and until when, stops, the Monday list, paid hours elsewhere."""

from pumasi.civic.api.routes import MOMENT, read, write
from pumasi.civic.shell import roles
from pumasi.coin import operations
from pumasi.coin.operations.monday import close_finding
from pumasi.coin.queries.forecast import forecast, gauge

OFFICES = (roles.ISSUER, roles.BUDGET_OFFICER, roles.TREASURY, roles.AUDITOR)

ROUTES = (
    read("/gauge", gauge, roles=OFFICES, at=MOMENT),
    read("/forecast", forecast, roles=OFFICES, at=MOMENT),
    write("/freezes", operations.ask_freeze, answer="freeze_id"),
    write("/freezes/{freeze_id}/confirmation", operations.confirm_freeze),
    write("/freezes/{freeze_id}/refusal", operations.refuse_freeze),
    write("/freezes/{freeze_id}/lifting", operations.ask_lifting),
    write("/freezes/{freeze_id}/lifting/confirmation", operations.confirm_lifting),
    write("/findings/{finding_id}/closing", close_finding),
    write("/rosters", operations.load_roster),
    write("/rosters/{key}/withdrawal", operations.withdraw_roster),
)
