"""Which provider this district has: one that is plugged in, in a demo else the simulated one, or none."""

from django.conf import settings

from pumasi.services.pos.errors import NoProvider
from pumasi.services.pos.operations.provider import PaymentProvider
from pumasi.services.pos.operations.simulated import SimulatedProvider

_PLUGGED: list[PaymentProvider] = []


def plug(*providers: PaymentProvider) -> None:
    """The district's provider; none: take it out."""
    _PLUGGED[:] = providers


def provider() -> PaymentProvider:
    """The provider of this district. Raises NoProvider."""
    if _PLUGGED:
        return _PLUGGED[0]
    if settings.DEMO:
        return SimulatedProvider()
    raise NoProvider()
