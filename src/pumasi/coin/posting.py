"""Posting what takes coins out of a wallet: the ledger's refusal in the words of whoever pays or gives."""

from pumasi.coin.errors import NotEnoughCoins
from pumasi.kernel.amount import Amount
from pumasi.ledger.commands import Command
from pumasi.ledger.errors import InsufficientBalance
from pumasi.ledger.posting import post_one


def post_out(command: Command, amount: Amount) -> int:
    """Post a command that takes `amount` out of one wallet; the transfer. Raises NotEnoughCoins with what is there."""
    try:
        return post_one(command)
    except InsufficientBalance as refusal:
        available = Amount(amount.unit, int(refusal.facts["available"]))
        raise NotEnoughCoins(available=available.text(), needed=amount.text()) from None
