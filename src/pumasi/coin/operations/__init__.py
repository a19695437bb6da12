"""The operations of the coin: each opens one transaction and refuses with a Refusal or does all of it."""

from pumasi.coin.operations.award import award
from pumasi.coin.operations.award_many import award_many, foresee_many
from pumasi.coin.operations.budget import book_budget_order, book_cut, end_officer_key, register_officer_key
from pumasi.coin.operations.carry_over import carry_over, check_carry_over
from pumasi.coin.operations.clawback import (
    decide_clawback,
    decide_clawback_objection,
    finish_clawbacks,
    propose_clawback,
)
from pumasi.coin.operations.death import (
    approve_estate_back,
    approve_undo_death,
    ask_estate_back,
    ask_undo_death,
    give_estate,
    pass_on_estate,
    report_death,
)
from pumasi.coin.operations.dispute import (
    accept_dispute,
    answer_overdue_disputes,
    decide_dispute,
    dispute,
    explain_dispute,
)
from pumasi.coin.operations.ending import wind_down
from pumasi.coin.operations.expiry_notices import write_expiry_notices
from pumasi.coin.operations.followers import follow_all
from pumasi.coin.operations.freeze import ask_freeze, ask_lifting, confirm_freeze, confirm_lifting, refuse_freeze
from pumasi.coin.operations.give import give
from pumasi.coin.operations.leaving import come_back, move_on, take_leaving_back, tell_leaving
from pumasi.coin.operations.life import change_rate, convert_due, open_balance
from pumasi.coin.operations.merging import approve_merge, ask_merge
from pumasi.coin.operations.outcome import award_outcome, free_outcome, reserve_outcome, share_pool
from pumasi.coin.operations.refund import refund, undo
from pumasi.coin.operations.rosters import answer_paid, load_roster, withdraw_roster
from pumasi.coin.operations.spend import spend
from pumasi.coin.operations.sweep import sweep
from pumasi.coin.operations.tariff import (
    approve_change,
    ask_withdrawal,
    confirm_withdrawal,
    draft_change,
    reject_change,
    try_out,
)
from pumasi.coin.operations.waiting import issue_waiting

__all__ = [
    "accept_dispute",
    "answer_overdue_disputes",
    "answer_paid",
    "approve_change",
    "approve_estate_back",
    "approve_merge",
    "approve_undo_death",
    "ask_estate_back",
    "ask_freeze",
    "ask_lifting",
    "ask_merge",
    "ask_undo_death",
    "ask_withdrawal",
    "award",
    "award_many",
    "award_outcome",
    "book_budget_order",
    "book_cut",
    "carry_over",
    "change_rate",
    "check_carry_over",
    "come_back",
    "confirm_freeze",
    "confirm_lifting",
    "confirm_withdrawal",
    "convert_due",
    "decide_clawback",
    "decide_clawback_objection",
    "decide_dispute",
    "dispute",
    "draft_change",
    "end_officer_key",
    "explain_dispute",
    "finish_clawbacks",
    "follow_all",
    "foresee_many",
    "free_outcome",
    "give",
    "give_estate",
    "issue_waiting",
    "load_roster",
    "move_on",
    "open_balance",
    "pass_on_estate",
    "propose_clawback",
    "refund",
    "refuse_freeze",
    "register_officer_key",
    "reject_change",
    "report_death",
    "reserve_outcome",
    "share_pool",
    "spend",
    "sweep",
    "take_leaving_back",
    "tell_leaving",
    "try_out",
    "undo",
    "wind_down",
    "withdraw_roster",
    "write_expiry_notices",
]
