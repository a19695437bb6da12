"""A large book, to measure with: `PUMASI_HOME=… python -m pumasi.ledger.tests.large_book 1000000` makes one.

Deeds, payments, gifts, refunds and settlements of 20,000 wallets and 400 shops, by the batch path, always the same.
Then `./pumasi ledger verify` on the same PUMASI_HOME prints rows and seconds.
"""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import django
from django.core.management import call_command
from django.db import transaction

from pumasi.ledger import kinds
from pumasi.ledger.commands import Command, Terms
from pumasi.ledger.posting import open_account, post, post_one

FUND, PROGRAMME = "good-deed/2026", "good-deed"
TERMS = Terms(FUND, date(2029, 1, 1), 1)
START = datetime(2026, 1, 2, tzinfo=UTC)
_BATCH, _PRICE, _SETTLED = 4000, 1000, 60


class District:
    """Knows who has what, so that no command is refused."""

    def __init__(self, wallets: int, shops: int) -> None:
        self._has = [0] * wallets
        self._unsettled: dict[int, list[tuple[UUID, int]]] = {shop: [] for shop in range(shops)}
        self._number = 1
        self._state = 12_345

    def open(self) -> None:
        """Open the accounts and order a budget."""
        with transaction.atomic():
            for wallet in range(len(self._has)):
                open_account("2100", "SC", f"w{wallet}", at=START)
            for shop in self._unsettled:
                open_account("2200", "SC", f"s{shop}", at=START)
            post_one(kinds.budget_order(key=UUID(int=1), at=START, unit="SC", fund=FUND, coins=10**13, won=10**13))

    def commands(self, transfers: int) -> Iterator[Command]:
        """`transfers` - 1 commands."""
        while self._number < transfers:
            choice, wallet = self._below(100), self._below(len(self._has))
            if choice < 45 or self._has[wallet] < _PRICE:
                yield self._earned(wallet)
            elif choice < 85:
                yield self._paid(wallet)
            elif choice < 93:
                yield self._given(wallet)
            else:
                yield from self._settled_or_refunded(choice)

    def _below(self, bound: int) -> int:
        # Knuth's MMIX generator: the same book on every machine.
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self._state >> 33) % bound

    def _next(self) -> tuple[UUID, datetime]:
        self._number += 1
        return UUID(int=self._number), START + timedelta(seconds=20 * self._number)

    def _earned(self, wallet: int) -> Command:
        key, at = self._next()
        amount = (1 + self._below(5)) * _PRICE
        self._has[wallet] += amount
        return kinds.earn(key=key, at=at, wallet=f"2100:SC:w{wallet}", amount=amount, terms=TERMS)

    def _paid(self, wallet: int) -> Command:
        key, at = self._next()
        shop = self._below(len(self._unsettled))
        self._has[wallet] -= _PRICE
        self._unsettled[shop].append((key, wallet))
        return kinds.pay(key=key, at=at, wallet=f"2100:SC:w{wallet}", till=f"2200:SC:s{shop}", amount=_PRICE)

    def _given(self, wallet: int) -> Command:
        key, at = self._next()
        other = (wallet + 1 + self._below(len(self._has) - 1)) % len(self._has)
        self._has[wallet] -= _PRICE
        self._has[other] += _PRICE
        return kinds.gift(key=key, at=at, wallet=f"2100:SC:w{wallet}", to=f"2100:SC:w{other}", amount=_PRICE)

    def _settled_or_refunded(self, choice: int) -> Iterator[Command]:
        shop = self._below(len(self._unsettled))
        waiting = self._unsettled[shop]
        till = f"2200:SC:s{shop}"
        if waiting and choice < 97:
            payment, wallet = waiting.pop()
            self._has[wallet] += _PRICE
            key, at = self._next()
            yield kinds.refund(key=key, at=at, till=till, wallet=f"2100:SC:w{wallet}", amount=_PRICE, payment=payment)
        elif len(waiting) >= _SETTLED:
            receipts = [(payment, _PRICE) for payment, _ in waiting[:_SETTLED]]
            del waiting[:_SETTLED]
            key, at = self._next()
            name = f"b{self._number}"
            yield kinds.batch(key=key, at=at, till=till, batch=name, receipts=receipts, programme=PROGRAMME)
            key, at = self._next()
            yield kinds.paid(key=key, at=at, batch=f"2700:SC:{name}", till_owner=f"s{shop}", programme=PROGRAMME)


def write(transfers: int, wallets: int = 20_000, shops: int = 400) -> int:
    """Write the book into an empty database; how many transfers were posted."""
    district = District(wallets, shops)
    district.open()
    count, batch = 1, list[Command]()
    for command in district.commands(transfers):
        batch.append(command)
        if len(batch) == _BATCH:
            count += _post(batch)
            batch = []
    return count + (_post(batch) if batch else 0)


def _post(batch: list[Command]) -> int:
    with transaction.atomic():
        verdicts = post(batch)
    for command, verdict in zip(batch, verdicts, strict=True):
        if verdict.refusal is not None:
            raise RuntimeError(f"{command.kind} {command.key}: {verdict.refusal}")
    return len(batch)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pumasi.config.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    print(f"{write(int(sys.argv[1])):,} transfers")
