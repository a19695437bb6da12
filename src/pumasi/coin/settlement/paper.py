"""The files of one batch, from its rows: what `sheet` needs, in the order of the shops' names."""

from django.db.models.functions import Coalesce

from pumasi.coin.district import district_tariff
from pumasi.coin.settlement.bank import opened
from pumasi.coin.settlement.candidates import payments_of
from pumasi.coin.settlement.models import Batch, Line, LineReceipt
from pumasi.coin.settlement.rules import rule
from pumasi.coin.settlement.sheet import Evidence, Files, Payout, Totals, files
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.seal.queries import published_entries


def files_of(batch: Batch) -> Files:
    """The treasury's files: the same batch gives the same bytes."""
    unit = district_tariff().unit
    lines = list(Line.objects.filter(batch=batch).select_related("account").order_by("shop", "id"))
    totals = Totals(
        number=batch.number,
        cutoff=batch.cutoff,
        made_at=batch.made_at,
        clause=rule(seoul_date(batch.made_at)).clause,
        coins=Amount(unit, sum(line.coins for line in lines)).text(),
    )
    payouts = [
        Payout(line.shop, opened(line.account), Amount(unit, line.coins).text(), line.won, line.set_off)
        for line in lines
    ]
    return files(totals, payouts, _evidence(batch))


def receipt_number(day_text: str, transfer: int) -> str:
    """What people read out: month and day, and the running number; no id."""
    return f"{day_text[5:7]}{day_text[8:10]}-{transfer}"


def _evidence(batch: Batch) -> list[Evidence]:
    unit = district_tariff().unit
    receipts = list(
        LineReceipt.objects.filter(line__batch=batch)
        .select_related("line", "override")
        .order_by("line__shop", "line_id", Coalesce("payment__transfer", "moved__transfer"))
    )
    payments = payments_of([each.key for each in receipts])
    # What was overridden stays so in the file, also when the record shows it later: the file is for ever the same.
    entries = published_entries([payments[each.key].transfer for each in receipts if each.override_id is None])
    return [
        Evidence(
            shop=each.line.shop,
            receipt=receipt_number(payments[each.key].day.isoformat(), payments[each.key].transfer),
            day=payments[each.key].day,
            coins=Amount(unit, each.coins).text(),
            won=each.won,
            entry=entries.get(payments[each.key].transfer),
            override="" if each.override is None else f"{each.override.at.isoformat()} {each.override.reason}",
        )
        for each in receipts
    ]
