"""Sales with a part in won, for cash registers."""

from pumasi.civic.api.routes import write
from pumasi.services.pos.operations import take_sale

ROUTES = (write("/sales", take_sale),)
