"""Settlement for programs of the treasury: the desk, a batch from the draft to the paid lines, accounts and holds."""

from pumasi.civic.api.routes import MOMENT, OWN, read, write
from pumasi.civic.shell import roles
from pumasi.coin.settlement import operations, queries

DESK = (roles.TREASURY, roles.AUDITOR)

ROUTES = (
    read("/desk", queries.desk_view, roles=DESK, at=MOMENT),
    read("/batches", queries.batches, answer="batches", roles=DESK),
    read("/batches/{batch_id}", queries.batch_view, roles=DESK, viewer=OWN),
    write("/batches", operations.draft_batch, answer="batch_id"),
    write("/batches/{batch_id}/check", operations.check_batch),
    write("/batches/{batch_id}/end", operations.give_up_batch),
    write("/batches/{batch_id}/export", operations.export_batch),
    write("/batches/{batch_id}/numbers", operations.enter_numbers),
    write("/batches/{batch_id}/paid", operations.pay_open_lines, answer="lines"),
    write("/lines/{line_id}/paid", operations.pay_line),
    write("/lines/{line_id}/bounced", operations.bounce_line),
    write("/places/{place_id}/account", operations.enter_account, answer="account_id"),
    write("/accounts/{account_id}/confirmation", operations.confirm_account),
    write("/places/{place_id}/hold", operations.place_hold, answer="hold_id"),
    write("/places/{place_id}/hold/end", operations.end_hold),
    write("/places/{place_id}/closing", operations.close_facility),
    write("/places/{place_id}/custody", operations.take_into_custody, answer="custody_id"),
    write("/custody/{custody_id}/end", operations.end_custody),
    write("/places/{place_id}/write-off", operations.ask_write_off, answer="proposal_id"),
    write("/write-offs/{proposal_id}/approval", operations.approve_write_off),
    write("/overrides", operations.ask_to_override, answer="override_id"),
    write("/overrides/{override_id}/agreement", operations.agree_to_override),
)
