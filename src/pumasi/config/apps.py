"""Plugs upper floors into the sockets of lower ones, once all models are there."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from pumasi.coin import undecided
from pumasi.coin.moving import enrolment
from pumasi.seal import authority

INBOX = "pumasi.civic.shell.inbox.plug"
ORDERS = "pumasi.coin.queries.authority.order_authorities"
SHOPS = "pumasi.services.shops.operations.moving.ShopRegister"
UNDECIDED = "pumasi.services.deeds.queries.waiting.undecided_before"


class NodeConfig(AppConfig):
    name = "pumasi.config"
    label = "node"

    def ready(self) -> None:
        authority.plug(import_string(ORDERS))
        import_string(INBOX)(import_string)
        enrolment.plug(import_string(SHOPS)())
        undecided.plug(import_string(UNDECIDED))
