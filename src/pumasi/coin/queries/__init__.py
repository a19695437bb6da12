"""What people may see of the coin: frozen views, read only."""

from pumasi.coin.queries.authority import order_authorities
from pumasi.coin.queries.budget import BudgetView, budget_view, rank_if_claimed
from pumasi.coin.queries.dispute import (
    DisputeView,
    dispute_of,
    dispute_view,
    disputes_to_answer,
    disputes_to_decide,
)
from pumasi.coin.queries.handed import HandLine, handed_at, saved_at, saved_by
from pumasi.coin.queries.payment import PaymentView, payment_view
from pumasi.coin.queries.proof import proof_of
from pumasi.coin.queries.till import TillLine, TillView, till_view
from pumasi.coin.queries.wallet import Movement, WalletView, wallet_view

__all__ = [
    "BudgetView",
    "DisputeView",
    "HandLine",
    "Movement",
    "PaymentView",
    "TillLine",
    "TillView",
    "WalletView",
    "budget_view",
    "dispute_of",
    "dispute_view",
    "disputes_to_answer",
    "disputes_to_decide",
    "handed_at",
    "order_authorities",
    "payment_view",
    "proof_of",
    "rank_if_claimed",
    "saved_at",
    "saved_by",
    "till_view",
    "wallet_view",
]
