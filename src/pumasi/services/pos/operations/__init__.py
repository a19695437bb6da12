"""Sales with a part in won: both parts or neither."""

from pumasi.services.pos.operations.selling import Sold, take_sale
from pumasi.services.pos.operations.settling import settle_open, settle_sale

__all__ = ["Sold", "settle_open", "settle_sale", "take_sale"]
