"""Hearings for programs: one's own cases with opinion and objection, clawbacks from notice to decision."""

from pumasi.civic.api.routes import write
from pumasi.coin import operations
from pumasi.coin.hearings import operations as cases

ROUTES = (
    write("/cases/{case_id}/opinion", cases.give_opinion),
    write("/cases/{case_id}/objection", cases.object_to),
    write("/clawbacks", operations.propose_clawback, answer="cases"),
    write("/clawbacks/{case_id}/decision", operations.decide_clawback),
    write("/clawbacks/{case_id}/objection/decision", operations.decide_clawback_objection),
)
