"""Plugs upper floors into the sockets of lower ones, once all models are there."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from pumasi.civic.shell import sockets
from pumasi.coin import undecided
from pumasi.coin.moving import enrolment
from pumasi.seal import authority

ORDERS = "pumasi.coin.queries.authority.order_authorities"
SHOPS = "pumasi.services.shops.operations.moving.ShopRegister"
UNDECIDED = "pumasi.services.deeds.queries.waiting.undecided_before"


class NodeConfig(AppConfig):
    name = "pumasi.config"
    label = "node"

    def ready(self) -> None:
        authority.plug(import_string(ORDERS))
        sockets.plug(import_string)
        enrolment.plug(import_string(SHOPS)())
        undecided.plug(import_string(UNDECIDED))
