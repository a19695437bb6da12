"""The operations of the coin: each opens one transaction and refuses with a Refusal or does all of it."""

from pumasi.coin.operations.award import award
from pumasi.coin.operations.budget import book_budget_order, book_cut, end_officer_key, register_officer_key
from pumasi.coin.operations.dispute import (
    accept_dispute,
    answer_overdue_disputes,
    decide_dispute,
    dispute,
    explain_dispute,
)
from pumasi.coin.operations.give import give
from pumasi.coin.operations.life import change_rate, open_balance, pass_on_estate, report_death
from pumasi.coin.operations.refund import refund, undo
from pumasi.coin.operations.spend import spend
from pumasi.coin.operations.sweep import sweep
from pumasi.coin.operations.waiting import issue_waiting

__all__ = [
    "accept_dispute",
    "answer_overdue_disputes",
    "award",
    "book_budget_order",
    "book_cut",
    "change_rate",
    "decide_dispute",
    "dispute",
    "end_officer_key",
    "explain_dispute",
    "give",
    "issue_waiting",
    "open_balance",
    "pass_on_estate",
    "refund",
    "register_officer_key",
    "report_death",
    "spend",
    "sweep",
    "undo",
]
