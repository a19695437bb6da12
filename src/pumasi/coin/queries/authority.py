"""Which order stands behind a transfer of the budget: what the public record shows beside it (decisions 4)."""

from collections.abc import Mapping, Sequence

from pumasi.coin.models import BudgetOrder
from pumasi.kernel import canonical
from pumasi.verify.leaf import Authority


def order_authorities(transfers: Sequence[int]) -> Mapping[int, Authority]:
    """Transfer -> the signed order with both officers' public keys and signatures, for those that an order booked."""
    rows = BudgetOrder.objects.filter(transfer__in=list(transfers)).select_related("first_key", "second_key")
    return {row.transfer: _authority(row) for row in rows}


def _authority(row: BudgetOrder) -> Authority:
    order = canonical.loads(bytes(row.signed_bytes))
    assert isinstance(order, dict)
    said = {name: value for name, value in order.items() if isinstance(value, str | int)}
    return Authority(
        keys=(bytes(row.first_key.public_key), bytes(row.second_key.public_key)),
        signatures=(bytes(row.first_signature), bytes(row.second_signature)),
        order=said,
    )
