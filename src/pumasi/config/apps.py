"""Plugs upper floors into the sockets of lower ones, once all models are there."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from pumasi.coin import undecided
from pumasi.seal.authority import plug

ORDERS = "pumasi.coin.queries.authority.order_authorities"
UNDECIDED = "pumasi.services.deeds.queries.waiting.undecided_before"


class NodeConfig(AppConfig):
    name = "pumasi.config"
    label = "node"

    def ready(self) -> None:
        plug(import_string(ORDERS))
        undecided.plug(import_string(UNDECIDED))
