"""What the treasury does: each opens one transaction and refuses with a Refusal or does all of it."""

from pumasi.coin.settlement.operations.batch import check_batch, draft_batch, enter_numbers, export_batch, give_up_batch
from pumasi.coin.settlement.operations.custody import (
    approve_write_off,
    ask_write_off,
    end_custody,
    take_into_custody,
    write_to_unreachable,
)
from pumasi.coin.settlement.operations.facility import close_facility
from pumasi.coin.settlement.operations.outcome import bounce_line, pay_line, pay_open_lines
from pumasi.coin.settlement.operations.payout import (
    agree_to_override,
    ask_to_override,
    confirm_account,
    end_hold,
    end_hold_of_hearing,
    enter_account,
    hold_while_heard,
    place_hold,
)

__all__ = [
    "agree_to_override",
    "approve_write_off",
    "ask_to_override",
    "ask_write_off",
    "bounce_line",
    "check_batch",
    "close_facility",
    "confirm_account",
    "draft_batch",
    "end_custody",
    "end_hold",
    "end_hold_of_hearing",
    "enter_account",
    "enter_numbers",
    "export_batch",
    "give_up_batch",
    "hold_while_heard",
    "pay_line",
    "pay_open_lines",
    "place_hold",
    "take_into_custody",
    "write_to_unreachable",
]
