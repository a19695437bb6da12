"""The operations of good deeds: `steps` is the engine, the others bring proofs, decide, and deal with many at once."""

from pumasi.services.deeds.operations.claim import arrive, claim_by_code, confirm_in_person, leave
from pumasi.services.deeds.operations.decide import answer, ask, decide, hold, object_to
from pumasi.services.deeds.operations.lists import confirm_list, preview_list
from pumasi.services.deeds.operations.machine import (
    claim_by_receipt,
    claim_id_of,
    end_machine_key,
    post_receipt,
    register_machine_key,
)
from pumasi.services.deeds.operations.organisation import bind_organisation, end_binding, register_organisation
from pumasi.services.deeds.operations.outcome import link, record_grant, report_find, share_quarter
from pumasi.services.deeds.operations.photo import claim_by_photo, forget_photos, issue_photo_code, look_at_photo
from pumasi.services.deeds.operations.reversal import take_back_what_is_final
from pumasi.services.deeds.operations.roll import (
    approve_roll,
    call_by_code,
    call_by_number,
    call_list,
    close_roll,
    open_roll,
)
from pumasi.services.deeds.operations.thanks import thank

__all__ = [
    "answer",
    "approve_roll",
    "arrive",
    "ask",
    "bind_organisation",
    "call_by_code",
    "call_by_number",
    "call_list",
    "claim_by_code",
    "claim_by_photo",
    "claim_by_receipt",
    "claim_id_of",
    "close_roll",
    "confirm_in_person",
    "confirm_list",
    "decide",
    "end_binding",
    "end_machine_key",
    "forget_photos",
    "hold",
    "issue_photo_code",
    "leave",
    "link",
    "look_at_photo",
    "object_to",
    "open_roll",
    "post_receipt",
    "preview_list",
    "record_grant",
    "register_machine_key",
    "register_organisation",
    "report_find",
    "share_quarter",
    "take_back_what_is_final",
    "thank",
]
