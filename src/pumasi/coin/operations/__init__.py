"""The operations of the coin: each opens one transaction and refuses with a Refusal or does all of it."""

from pumasi.coin.operations.award import award
from pumasi.coin.operations.award_many import award_many, foresee_many
from pumasi.coin.operations.budget import book_budget_order, book_cut, end_officer_key, register_officer_key
from pumasi.coin.operations.give import give
from pumasi.coin.operations.life import change_rate, open_balance, pass_on_estate, report_death
from pumasi.coin.operations.outcome import award_outcome, free_outcome, reserve_outcome, share_pool
from pumasi.coin.operations.refund import refund, undo
from pumasi.coin.operations.spend import spend
from pumasi.coin.operations.sweep import sweep
from pumasi.coin.operations.waiting import issue_waiting

__all__ = [
    "award",
    "award_many",
    "award_outcome",
    "book_budget_order",
    "book_cut",
    "change_rate",
    "end_officer_key",
    "foresee_many",
    "free_outcome",
    "give",
    "issue_waiting",
    "open_balance",
    "pass_on_estate",
    "refund",
    "register_officer_key",
    "report_death",
    "reserve_outcome",
    "share_pool",
    "spend",
    "sweep",
    "undo",
]
