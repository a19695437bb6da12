"""The operations of moving: each opens its own transactions and refuses with a Refusal or does all of its step."""

from pumasi.coin.moving.operations.deciding import agree_back, approve, ask_back, propose, reject
from pumasi.coin.moving.operations.exporting import agree_export, ask_export, written
from pumasi.coin.moving.operations.loading import load
from pumasi.coin.moving.operations.undoing import undo

__all__ = [
    "agree_back",
    "agree_export",
    "approve",
    "ask_back",
    "ask_export",
    "load",
    "propose",
    "reject",
    "undo",
    "written",
]
