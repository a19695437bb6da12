"""The audit pack: from a payment number to the deeds without a name, and a sample that the public record repeats."""

import io
import json
import re
import zipfile
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from pumasi.civic.printing.tests.test_sheets import read
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin import operations as coin
from pumasi.coin.models import Payment
from pumasi.coin.settlement.models import Batch, Line
from pumasi.coin.settlement.tests.street import publish
from pumasi.coin.tests.world import DATABASES, a_key, acts
from pumasi.kernel.clock import FixedClock
from pumasi.kernel.result import Refusal
from pumasi.seal.cadence import AT_ONCE
from pumasi.seal.models import Block, Entry
from pumasi.seal.sealer import SealerAtWork
from pumasi.services.yearend.errors import NothingPublished, SampleAlreadyDrawn, SeedTooShort, YearNotOver
from pumasi.services.yearend.models import Sample
from pumasi.services.yearend.operations import draw_sample
from pumasi.services.yearend.queries.draw import draw, rank
from pumasi.services.yearend.queries.samples import sample_sheets, sample_view
from pumasi.services.yearend.queries.trail import batch_trail, line_trail, payment_trail, search
from pumasi.services.yearend.tests.turn import AFTER, BEFORE, DECEMBER, JANUARY, Turn

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=DATABASES)]
SEED = "3 1 4 1 5 9"


@pytest.fixture
def settled(turn: Turn) -> Turn:
    """A payment of December that was settled in January."""
    turn.pays(30, at=DECEMBER)
    publish()
    turn.settles(JANUARY)
    return turn


def sampled(turn: Turn, *, seed: str = SEED, count: int = 3, at: datetime = JANUARY) -> Sample:
    made = draw_sample(acts(turn.auditor, at), year=2026, seed=seed, count=count, key=a_key())
    return Sample.objects.get(id=made)


class TestTrail:
    def test_from_payment_number_to_the_deed(self, settled: Turn) -> None:
        batch = Batch.objects.get()

        (found,) = search(f" 지급-{batch.number} ")
        (shop,) = batch_trail(batch.id).lines  # type: ignore[union-attr]  # it is there
        lines = line_trail(shop.id)
        assert lines is not None
        trail = payment_trail(lines.receipts[0].transfer or 0)

        assert found.url == f"/audit/settlements/{batch.id}/"
        assert (shop.shop, shop.receipts, shop.payout, shop.state) == ("표본 세탁소", 1, "3,000", "지급함")
        assert trail is not None
        assert (trail.coins, trail.place, trail.settled) == (
            "30",
            "표본 세탁소",
            ("정산 1호 · 지급-1", f"/audit/lines/{shop.id}/"),
        )
        assert [(deed.coins, deed.won) for deed in trail.deeds] == [("20", "2,000"), ("10", "1,000")]
        deed = trail.deeds[0]
        assert (deed.what, str(deed.day), deed.place) == ("투명 페트병 모으기", "2026-12-20", "표본 주민센터")
        assert (deed.evidence, deed.approved) == ("장소 코드", "장소 코드로 직접")
        assert deed.clause.startswith("SAMPLE clause")
        assert (deed.fund, deed.orders) == ("good-deed/2026", "SAMPLE-2026-10")
        assert deed.entry.url.startswith("/chain/blocks/")

    def test_who_approved_is_told_by_role(self, turn: Turn) -> None:
        turn.is_approved(BEFORE, AFTER)
        trail = payment_trail(turn.pays(110, at=JANUARY).transfer)

        assert trail is not None
        assert trail.deeds[-1].approved == "그날 역할 없음"  # the official's role had ended with the year

    def test_coins_that_were_given_lead_to_the_giver_s_deed(self, turn: Turn) -> None:
        coin.give(acts(turn.resident, DECEMBER), to_id=turn.neighbour, coins=20, key=a_key())
        paid = coin.spend(
            acts(turn.neighbour, DECEMBER), payer_id=turn.neighbour, place_id=turn.laundry, coins=20, key=a_key()
        )

        trail = payment_trail(paid.transfer)

        assert trail is not None
        assert [(deed.what, deed.coins) for deed in trail.deeds] == [("투명 페트병 모으기", "20")]

    def test_a_receipt_s_number_is_found_and_another_s_day_is_not(self, settled: Turn) -> None:
        payment = Payment.objects.get()

        assert [each.url for each in search(f"1220-{payment.transfer}")] == [f"/audit/payments/{payment.transfer}/"]
        assert search(f"1221-{payment.transfer}") == search("") == search("999") == search("1220-x") == []

    def test_drafts_are_the_treasury_s_own_business(self, turn: Turn) -> None:
        turn.pays(30, at=DECEMBER)
        publish()
        batch = turn.drafts(JANUARY)

        assert batch_trail(batch.id) is None
        assert line_trail(Line.objects.get().id) is None
        assert payment_trail(Payment.objects.get().transfer).settled is None  # type: ignore[union-attr]  # it is there

    def test_the_pages_lead_on_by_links_and_name_nobody(self, settled: Turn) -> None:
        client = visitor(settled.auditor, "en")
        url, names = "/audit/?q=지급-1", ("주민 역할", "가게 주인 역할", "동 담당 역할")
        for pattern in (r"/audit/settlements/[0-9a-f-]+/", r"/audit/lines/[0-9a-f-]+/", r"/audit/payments/\d+/"):
            page = client.get(url).content.decode()
            assert not [name for name in names if name in page]
            found = re.search(f'href="({pattern})"', page)
            assert found is not None
            url = found[1]
        page = client.get(url).content.decode()

        assert "Clear PET bottles" in page
        assert "SAMPLE-2026-10" in page
        assert re.search(r'href="/chain/blocks/\d+/">entry \d+', page)
        assert not [name for name in names if name in page]
        assert str(settled.resident) not in page

    def test_the_number_of_queries_grows_with_lots_alone(self, settled: Turn) -> None:
        client, payment = visitor(settled.auditor), Payment.objects.get()
        counts = []
        for url in (f"/audit/payments/{payment.transfer}/", f"/audit/settlements/{Batch.objects.get().id}/"):
            client.get(url)
            with CaptureQueriesContext(connection) as seen:
                client.get(url)
            counts.append(len(seen))

        assert counts == [14, 7]


class TestDraw:
    def test_the_hash_is_the_one_that_the_docs_say(self) -> None:
        root = bytes(range(32))
        assert (
            rank(root, "가나다라마바", 7)
            == sha256(b"pumasi/audit-sample/v1\n" + root + "가나다라마바".encode() + b"\n7").digest()
        )

    def test_the_smallest_hashes_in_their_order(self) -> None:
        drawn = draw(b"r" * 32, SEED, range(100), 5)

        ranks = [rank(b"r" * 32, SEED, index) for index in drawn]
        assert ranks == sorted(rank(b"r" * 32, SEED, index) for index in range(100))[:5]
        assert draw(b"r" * 32, SEED, reversed(range(100)), 5) == drawn
        assert draw(b"r" * 32, SEED + "2", range(100), 5) != drawn

    def test_the_public_record_alone_repeats_it(self, turn: Turn, clock: FixedClock) -> None:
        for _ in range(4):
            turn.pays(10, at=DECEMBER)
        turn.pays(10, at=AFTER)
        with SealerAtWork(AT_ONCE, clock) as sealer:
            assert sealer.turn() is None
        sample = sampled(turn, at=clock.now() + timedelta(seconds=1))

        block = Block.objects.get(number=sample.block)
        entries = [json.loads(bytes(leaf)) for leaf in Entry.objects.order_by("index").values_list("leaf", flat=True)]
        head = b"pumasi/audit-sample/v1\n" + bytes(block.root) + SEED.encode() + b"\n"
        spends = [n for n, e in enumerate(entries) if e["t"] == "spend" and e["day"].startswith("2026")]
        repeated = sorted(spends, key=lambda n: sha256(head + str(n).encode()).digest())[:3]
        view = sample_view(sample.id)
        assert view is not None
        assert [row.index for row in view.rows] == repeated
        assert view.population == len(spends) == 4


class TestSample:
    def test_it_stays_the_same_whatever_is_published_later(self, settled: Turn) -> None:
        settled.pays(10, at=DECEMBER)
        publish()
        sample = sampled(settled)
        before = sample_view(sample.id)
        settled.pays(10, at=BEFORE)
        publish()

        after = sample_view(sample.id)

        assert before is not None
        assert after is not None
        assert [row.index for row in after.rows] == [row.index for row in before.rows]
        assert after.population == before.population == 2

    def test_people_are_labels_of_this_sample(self, settled: Turn) -> None:
        coin.give(
            acts(settled.resident, DECEMBER), to_id=settled.neighbour, coins=20, key=a_key(),
        )  # fmt: skip
        coin.spend(
            acts(settled.neighbour, DECEMBER),
            payer_id=settled.neighbour,
            place_id=settled.bakery,
            coins=20,
            key=a_key(),
        )
        settled.pays(10, at=DECEMBER)
        publish()

        view = sample_view(sampled(settled).id)

        assert view is not None
        payers = [row.payer for row in view.rows]
        assert sorted(payers.count(each) for each in set(payers)) == [1, 2]
        assert set(payers) == {"P1", "P2"}
        assert view.rows[0].payer == "P1"

    def test_page_and_spreadsheet(self, settled: Turn) -> None:
        client = visitor(settled.auditor, "en")

        page = client.post("/audit/draw/", {"key": a_key(), "year": 2026, "seed": SEED, "count": 3}, follow=True)
        sample = Sample.objects.get()
        made = client.get(f"/audit/samples/{sample.id}.xlsx")

        assert page.redirect_chain == [(f"/audit/samples/{sample.id}/", 302)]
        rows = read(made.content)
        assert rows[0][:4] == ["No.", "Entry", "Person", "Payment"]
        assert [row[8] for row in rows[1:]] == ["Clear PET bottles"] * 2
        assert [row[16] for row in rows[1:]] == ["20", "10"]
        with zipfile.ZipFile(io.BytesIO(made.content)) as bundle:
            how = bundle.read("xl/worksheets/sheet2.xml").decode()
        assert sample.root in how
        assert SEED in how
        view = sample_view(sample.id)
        assert view is not None
        assert len(sample_sheets(view)) == 2

    @pytest.mark.parametrize(
        ("year", "seed", "refusal"),
        [(2027, SEED, YearNotOver), (2026, " 1 2 ", SeedTooShort), (2025, SEED, NothingPublished)],
    )
    def test_refusals_keep_nothing(self, settled: Turn, year: int, seed: str, refusal: type[Refusal]) -> None:
        with pytest.raises(refusal):
            draw_sample(acts(settled.auditor, JANUARY), year=year, seed=seed, count=3, key=a_key())
        assert Sample.objects.count() == 0

    def test_the_same_seed_draws_once(self, settled: Turn) -> None:
        sampled(settled)
        with pytest.raises(SampleAlreadyDrawn):
            sampled(settled, seed=f"  {SEED} ", count=9)
        assert Sample.objects.count() == 1

    def test_a_sample_stays(self, settled: Turn) -> None:
        sampled(settled)
        with pytest.raises(IntegrityError), transaction.atomic():
            Sample.objects.update(seed="another")

    def test_only_auditors_draw(self, settled: Turn) -> None:
        answer = visitor(settled.issuer).post("/audit/draw/", {"key": a_key(), "year": 2026, "seed": SEED, "count": 3})

        assert answer.status_code == 403
        assert Sample.objects.count() == 0
