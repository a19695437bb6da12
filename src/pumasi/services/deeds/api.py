"""Deeds for programs: one's own wallet and claims, machines, organisations' lists and rolls, decisions and outcomes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pumasi.civic.api.routes import MOMENT, OWN, TODAY, read, write
from pumasi.civic.codes.grammar import Kind
from pumasi.civic.shell.scanning import take
from pumasi.civic.visits.operations import add_leader
from pumasi.coin.queries.wallet import wallet_view
from pumasi.kernel.acting import Acting
from pumasi.services.deeds import operations
from pumasi.services.deeds.operations.outcome import share_quarter
from pumasi.services.deeds.queries.month import month_of


@dataclass(frozen=True)
class Scanned:
    """A place's code that was used: `scan_id` stays good for one deed until `expires_at`."""

    scan_id: UUID
    expires_at: datetime


def scan_place(acting: Acting, *, text: str) -> Scanned:
    """Use the code on the screen of a place, as scanned or typed.

    Raises CodeUnknown, CodeMistyped, CodeAlreadyUsed, AddressIsNoProof and TooManyMisses.
    """
    scan = take(acting, text, Kind.PLACE)
    return Scanned(scan.id, scan.expires_at)


ROUTES = (
    read("/wallet", wallet_view, person_id=OWN, at=MOMENT),
    read("/month", month_of, person_id=OWN, day=TODAY),
    write("/scans", scan_place),
    write("/claims", operations.claim_by_code, answer="state", person_id=OWN),
    write("/claims/in-person", operations.confirm_in_person, answer="state"),
    write("/claims/receipts", operations.claim_by_receipt, answer="state", person_id=OWN),
    write("/claims/finds", operations.report_find, answer="state", person_id=OWN),
    write("/claims/{claim_id}/decision", operations.decide, answer="state"),
    write("/claims/{claim_id}/question", operations.ask, answer="state"),
    write("/claims/{claim_id}/answer", operations.answer, answer="state"),
    write("/claims/{claim_id}/hold", operations.hold, answer="state"),
    write("/claims/{claim_id}/objection", operations.object_to, answer="state"),
    write("/claims/{claim_id}/link", operations.link, answer="state"),
    write("/claims/{claim_id}/grant", operations.record_grant),
    write("/visits", operations.arrive, person_id=OWN),
    write("/visits/end", operations.leave, answer="state", person_id=OWN),
    write("/thanks", operations.thank, answer="is_new", person_id=OWN),
    write("/machines/receipts", operations.post_receipt, answer="state"),
    write("/machines/keys", operations.register_machine_key, answer="key_id"),
    write("/machines/keys/{key_id}/end", operations.end_machine_key),
    write("/lists/preview", operations.preview_list),
    write("/lists", operations.confirm_list, answer="list_id"),
    write("/rolls", operations.open_roll),
    write("/rolls/{session_id}/leaders", add_leader),
    write("/rolls/{session_id}/codes", operations.call_by_code),
    write("/rolls/{session_id}/numbers", operations.call_by_number),
    write("/rolls/{session_id}/close", operations.close_roll),
    write("/rolls/{session_id}/approval", operations.approve_roll, answer="states"),
    write("/quarters/{year}/{quarter}/shares", share_quarter, answer="minor"),
    write("/organisations", operations.register_organisation, answer="organisation_id"),
    write("/organisations/{organisation_id}/bindings", operations.bind_organisation, answer="binding_id"),
    write("/organisations/bindings/{binding_id}/end", operations.end_binding),
)
