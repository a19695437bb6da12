"""The reconciliation as CSV: a row for each kind of coin, each member and each shop, and the sums. No names."""

import csv
import io
from collections.abc import Iterable, Iterator

from pumasi.coin.district import district_tariff
from pumasi.coin.moving.queries import Reconciled
from pumasi.kernel.amount import Unit
from pumasi.ledger.tables import decimal

HEAD = ("part", "name", "fund", "expires", "won", "old_lots", "new_lots", "old_coins", "new_coins", "equal")


def rows_of(found: Reconciled) -> Iterator[tuple[str, ...]]:
    """The rows below HEAD; coins as exact decimals, `won` is the value of one coin."""
    unit = district_tariff().unit
    for line in found.sums:
        terms = (line.where, "", line.fund, line.expires, str(line.rate * unit.minor_per_whole))
        yield (*terms, *_compared(unit, line.old_lots, line.new_lots, line.old_coins, line.new_coins))
    for owner in found.owners:
        yield (
            owner.where, owner.pseudonym, "", "", "",
            *_compared(unit, owner.old_lots, owner.new_lots, owner.old_coins, owner.new_coins),
        )  # fmt: skip
    lots = sum(line.old_lots for line in found.sums), sum(line.new_lots for line in found.sums)
    yield ("sum", "", "", "", "", *_compared(unit, *lots, found.old_coins, found.new_coins))


def written(rows: Iterable[tuple[str, ...]]) -> str:
    """The CSV text, with its head."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows(rows)
    return text.getvalue()


def _compared(unit: Unit, old_lots: int, new_lots: int, old: int, new: int) -> tuple[str, ...]:
    is_equal = (old_lots, old) == (new_lots, new)
    return str(old_lots), str(new_lots), decimal(old, unit.scale), decimal(new, unit.scale), "yes" if is_equal else "no"
