"""Book what two officers have signed. The order's own id makes a second press harmless.

Not here: signatures, officers' keys and money (`coin.operations.budget`).
"""

from pumasi.coin.answers import Booked
from pumasi.coin.operations import book_budget_order, book_cut
from pumasi.coin.orders import OrderKind, SignedOrder
from pumasi.kernel.acting import Acting


def book(acting: Acting, signed: SignedOrder) -> Booked:
    """Book an order or a cut; raises what `coin` raises, then nothing has changed."""
    return book_cut(acting, signed) if signed.order.kind is OrderKind.CUT else book_budget_order(acting, signed)
