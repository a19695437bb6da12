"""Receipts and promises: checked as a stranger would, and given to the owner of an account alone."""

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from pumasi.civic.people.operations import close_person, shred_person
from pumasi.civic.people.queries import person
from pumasi.coin.queries import proof_of
from pumasi.coin.tests.world import DATABASES, MORNING, World, acts
from pumasi.kernel.clock import KST, FixedClock
from pumasi.seal.cadence import AT_ONCE
from pumasi.seal.keys import promise_signer
from pumasi.seal.models import Block
from pumasi.seal.receipts import Promise, Receipt, in_hand
from pumasi.seal.sealer import SealerAtWork
from pumasi.seal.tests.record import NOW, checkpoint, leaves, policy
from pumasi.tlog.errors import BadLog
from pumasi.verify.promise import parse_promise
from pumasi.verify.receipt import check_receipt, from_fragment

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=DATABASES)]


@pytest.fixture
def world() -> World:
    district = World()
    district.funds()
    district.earns(district.resident, 40)
    return district


def seal() -> None:
    with SealerAtWork(AT_ONCE, FixedClock(NOW)) as sealer:
        assert sealer.turn() is None


def receipt_of(key: UUID, owner: UUID, *places: UUID) -> Receipt:
    found = proof_of(key, owner, places)
    assert isinstance(found, Receipt)
    return found


class TestReceipt:
    def test_of_a_payment_says_what_when_and_how_much_to_anyone_with_the_policy(self, world: World) -> None:
        paid = world.pays(20, price=12_340)
        seal()

        checked = check_receipt(receipt_of(paid.key, world.resident).proof, policy())

        assert (checked.posting.pool, dict(checked.posting.amounts)) == ("wallets", {"none": -2000})
        assert (checked.payload.kind, checked.payload.won) == ("PAY", 10_340)
        assert datetime.fromtimestamp(checked.payload.seconds, KST) == MORNING.astimezone(KST)
        assert checked.leaf.type == "spend"
        assert checked.checkpoint == checkpoint().checkpoint

    def test_the_shop_opens_its_own_side_of_the_same_entry(self, world: World) -> None:
        paid = world.pays(20)
        seal()

        mine = check_receipt(receipt_of(paid.key, world.resident).proof, policy())
        theirs = check_receipt(receipt_of(paid.key, world.keeper, world.laundry).proof, policy())

        assert mine.leaf == theirs.leaf
        assert (theirs.posting.pool, dict(theirs.posting.amounts)) == ("takings", {"none": 2000})
        assert mine.payload.account != theirs.payload.account

    def test_lasts_while_the_record_grows(self, world: World) -> None:
        paid = world.pays(10)
        seal()
        first = receipt_of(paid.key, world.resident)
        world.pays(10)
        seal()

        second = receipt_of(paid.key, world.resident)

        assert (first.index, first.size < second.size) == (second.index, True)
        assert check_receipt(first.proof, policy()).leaf == check_receipt(second.proof, policy()).leaf

    def test_travels_in_an_address(self, world: World) -> None:
        paid = world.pays(10)
        seal()
        found = receipt_of(paid.key, world.resident)

        assert from_fragment(found.fragment) == found.proof
        assert len(found.fragment) < 2000

    def test_names_nobody(self, world: World) -> None:
        paid = world.pays(10)
        seal()
        facts = person(world.resident)

        text = receipt_of(paid.key, world.resident).proof + b"".join(map(base64.b64decode, _extras(paid.key, world)))

        for secret in (facts.id, facts.wallet):
            assert secret.hex.encode() not in text
            assert str(secret).encode() not in text

    def test_is_not_given_for_an_account_of_somebody_else(self, world: World) -> None:
        paid = world.pays(10)
        seal()

        assert proof_of(paid.key, world.neighbour, []) is None
        assert proof_of(paid.key, world.cashier, [world.gym]) is None
        assert proof_of(UUID(int=1), world.resident, []) is None

    def test_is_refused_when_the_published_tree_says_something_else(self, world: World) -> None:
        paid = world.pays(10)
        seal()
        path = Path(settings.LOG_DIR) / "tile" / "0" / f"000.p/{Block.objects.latest('number').size}"
        path.write_bytes(bytes(len(path.read_bytes())))

        with pytest.raises(Exception, match="seal_record_unreadable"):
            proof_of(paid.key, world.resident, [])


class TestPromise:
    def test_is_kept_by_the_entry_that_comes(self, world: World) -> None:
        paid = world.pays(10)

        promise = proof_of(paid.key, world.resident, [])

        assert isinstance(promise, Promise)
        said = parse_promise(promise.note, promise_signer().verifier)
        assert said.before == promise.before == MORNING + timedelta(hours=25)
        seal()
        committed = {posting.commitment for leaf in leaves() for posting in leaf.postings}
        assert said.commitment in committed

    def test_is_signed_by_a_key_of_its_own(self, world: World) -> None:
        paid = world.pays(10)
        promise = proof_of(paid.key, world.resident, [])
        assert isinstance(promise, Promise)
        seal()

        with pytest.raises(BadLog):
            parse_promise(promise.note, checkpoint().log)

    def test_stands_until_the_block_is_published(self, world: World) -> None:
        paid = world.pays(10)
        seal()

        assert isinstance(proof_of(paid.key, world.resident, []), Receipt)


class TestShredding:
    def test_ends_what_can_be_opened_and_the_record_stays(self, world: World) -> None:
        world.funds()
        paid = world.pays(10)
        seal()
        before = receipt_of(paid.key, world.resident).proof
        owner = person(world.resident).wallet.hex
        close_person(acts(world.official), world.resident)

        shred_person(acts(world.official, datetime(2032, 1, 2, tzinfo=UTC)), world.resident)

        assert in_hand(paid.key, [owner]) is None
        assert check_receipt(before, policy()).payload.kind == "PAY"


def _extras(key: UUID, world: World) -> list[bytes]:
    lines = receipt_of(key, world.resident).proof.split(b"\n")
    return [line.removeprefix(b"extra ") for line in lines if line.startswith(b"extra ")]
