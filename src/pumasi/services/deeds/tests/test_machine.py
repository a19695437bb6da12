"""Signed receipts of collecting machines: each counts once, for one person, while it is fresh."""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from pumasi.civic.codes.queries import personal_code
from pumasi.civic.places.models import Place, PlaceKind
from pumasi.civic.places.operations import close_place
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.errors import EvidenceNotAccepted, NotAllowed
from pumasi.coin.tests.world import DATABASES, MORNING, World, acts
from pumasi.kernel import canonical
from pumasi.kernel.clock import FixedClock
from pumasi.services.deeds import operations
from pumasi.services.deeds.errors import (
    MachineClockWrong,
    MachineCounterWrong,
    MachineKeyUnusable,
    MachineUnknown,
    ReceiptForged,
    ReceiptTooOld,
    ReceiptUnreadable,
    ReceiptUsed,
)
from pumasi.services.deeds.models import MachineKey, MachineReceipt, State
from pumasi.services.deeds.queries.receipt import read_receipt, write_receipt
from pumasi.services.deeds.tests.scene import coins, everything, path

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]


class Machine:
    """A machine at a place of its own, with a key that the issuer has registered."""

    def __init__(self, world: World) -> None:
        self.place = world.opens(PlaceKind.MACHINE, "표본 수거기")
        self.number = Place.objects.get(id=self.place).number
        self.key = Ed25519PrivateKey.generate()
        self.key_id = operations.register_machine_key(
            acts(world.issuer), place_id=self.place, public_key=self.key.public_key().public_bytes_raw()
        )

    def receipt(
        self, counter: int = 1, items: int = 50, at: datetime = MORNING, kind: str = "CLEAR_PET", grams: bool = False
    ) -> str:
        return write_receipt(
            self.key,
            kind=kind,
            machine=self.number,
            counter=counter,
            quantity=items,
            at=at,
            nonce=f"nonce-{counter}-{items}",
            grams=grams,
        )


@pytest.fixture
def machine(world: World) -> Machine:
    return Machine(world)


def turned_in(person: UUID, text: str, at: datetime = MORNING) -> State:
    return operations.claim_by_receipt(acts(person, at), person_id=person, text=text)


class TestReceipt:
    def test_becomes_coins_once(self, world: World, machine: Machine) -> None:
        text = machine.receipt()

        state = turned_in(world.resident, text)
        again = turned_in(world.resident, text)

        assert (state, again) == (State.ISSUED, State.ISSUED)
        assert coins(world.resident) == 10
        assert path(operations.claim_id_of(text)) == ["SUBMITTED", "AUTO_OK", "ISSUED"]

    def test_grams_go_by_the_kilogram(self, world: World, machine: Machine) -> None:
        turned_in(world.resident, machine.receipt(items=2400, kind="PAPER_PACK", grams=True))

        assert coins(world.resident) == 10

    def test_an_unusual_amount_is_held_for_a_reviewer(self, world: World, machine: Machine) -> None:
        text = machine.receipt(items=5000, kind="PAPER_PACK", grams=True)

        state = turned_in(world.resident, text)
        operations.decide(acts(world.reviewer), claim_id=operations.claim_id_of(text), is_right=True)

        assert state is State.RISK_HOLD
        assert coins(world.resident) == 25

    def test_people_may_come_in_another_order_than_the_machine_counted(self, world: World, machine: Machine) -> None:
        first, second = machine.receipt(1), machine.receipt(2, at=MORNING + timedelta(minutes=1))
        later = MORNING + timedelta(minutes=5)

        turned_in(world.neighbour, second, later)
        turned_in(world.resident, first, later)

        assert (coins(world.resident, later), coins(world.neighbour, later)) == (10, 10)


class TestRefusals:
    def refuses(self, world: World, text: str, refusal: type[Exception], at: datetime = MORNING) -> None:
        before = everything()

        with pytest.raises(refusal) as refused:
            turned_in(world.resident, text, at)

        assert everything() == before
        said = refused.value
        assert said.text("ko") != said.text("en")  # type: ignore[attr-defined]  # every refusal has both

    def test_a_receipt_of_somebody_else(self, world: World, machine: Machine) -> None:
        text = machine.receipt()
        turned_in(world.neighbour, text)

        self.refuses(world, text, ReceiptUsed)

    def test_the_same_counter_with_other_content(self, world: World, machine: Machine) -> None:
        turned_in(world.resident, machine.receipt(1, 50))

        self.refuses(world, machine.receipt(1, 40), ReceiptUsed)

    def test_the_same_nonce_again(self, world: World, machine: Machine) -> None:
        told = {"kind": "CLEAR_PET", "machine": machine.number, "quantity": 10, "at": MORNING, "nonce": "the-same"}
        turned_in(world.resident, write_receipt(machine.key, counter=1, **told))  # type: ignore[arg-type]  # one dict

        self.refuses(world, write_receipt(machine.key, counter=2, **told), ReceiptUsed)  # type: ignore[arg-type]  # as above

    def test_a_counter_that_went_back(self, world: World, machine: Machine) -> None:
        turned_in(world.resident, machine.receipt(7))

        self.refuses(
            world,
            machine.receipt(6, at=MORNING + timedelta(minutes=1)),
            MachineCounterWrong,
            MORNING + timedelta(minutes=2),
        )

    def test_an_old_receipt(self, world: World, machine: Machine) -> None:
        self.refuses(world, machine.receipt(), ReceiptTooOld, MORNING + timedelta(minutes=61))

    def test_a_clock_that_is_ahead(self, world: World, machine: Machine) -> None:
        self.refuses(world, machine.receipt(at=MORNING + timedelta(seconds=121)), MachineClockWrong)

    def test_a_key_that_nobody_registered(self, world: World, machine: Machine) -> None:
        machine.key = Ed25519PrivateKey.generate()

        self.refuses(world, machine.receipt(), ReceiptForged)

    def test_a_key_that_has_ended(self, world: World, machine: Machine) -> None:
        operations.end_machine_key(acts(world.issuer), key_id=machine.key_id)
        operations.end_machine_key(acts(world.issuer), key_id=machine.key_id)

        self.refuses(world, machine.receipt(), MachineUnknown)

    def test_an_unknown_machine(self, world: World, machine: Machine) -> None:
        machine.number = next(n for n in range(1, 99) if not Place.objects.filter(number=n).exists())

        self.refuses(world, machine.receipt(), MachineUnknown)

    def test_grams_for_a_deed_that_counts_pieces(self, world: World, machine: Machine) -> None:
        self.refuses(world, machine.receipt(grams=True), EvidenceNotAccepted)

    def test_a_deed_that_no_machine_sees(self, world: World, machine: Machine) -> None:
        self.refuses(world, machine.receipt(kind="TUMBLER"), EvidenceNotAccepted)

    def test_a_machine_that_was_taken_away(self, world: World, machine: Machine) -> None:
        close_place(acts(None), machine.place)
        before = everything()

        with pytest.raises(Exception, match="place_closed"):
            turned_in(world.resident, machine.receipt())

        assert everything() == before


class TestForm:
    KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

    def text(self) -> str:
        return write_receipt(
            self.KEY, kind="CLEAR_PET", machine=7, counter=9, quantity=20, at=MORNING, nonce="abcdefgh"
        )

    def test_reads_what_was_written(self) -> None:
        receipt = read_receipt(self.text())

        assert (receipt.kind, receipt.machine, receipt.counter, receipt.quantity) == ("CLEAR_PET", 7, 9, 20)
        assert receipt.made_at == MORNING
        assert receipt.is_signed_by(self.KEY.public_key().public_bytes_raw())
        assert len(self.text()) < 300

    @given(st.data())
    def test_any_changed_character_is_refused(self, data: st.DataObject) -> None:
        text = self.text()
        place = data.draw(st.integers(0, len(text) - 1))
        other = data.draw(st.sampled_from([c for c in "ABCxyz019-_. é" if c != text[place]]))
        changed = text[:place] + other + text[place + 1 :]

        try:
            receipt = read_receipt(changed)
        except ReceiptUnreadable:
            return
        assert not receipt.is_signed_by(self.KEY.public_key().public_bytes_raw())

    @pytest.mark.parametrize(
        "told",
        [
            {},
            {"type": "CLEAR_PET", "machine": 7, "counter": 9, "items": 20, "at": 1, "nonce": "abcdefgh", "more": 1},
            {"type": "CLEAR_PET", "machine": 7, "counter": 9, "items": 20, "grams": 20, "at": 1, "nonce": "abcdefgh"},
            {"type": "CLEAR_PET", "machine": 7, "counter": 0, "items": 20, "at": 1, "nonce": "abcdefgh"},
            {"type": "CLEAR_PET", "machine": 7, "counter": 9, "items": -1, "at": 1, "nonce": "abcdefgh"},
            {"type": "CLEAR_PET", "machine": 7, "counter": 9, "items": True, "at": 1, "nonce": "abcdefgh"},
            {"type": "CLEAR_PET", "machine": "7", "counter": 9, "items": 2, "at": 1, "nonce": "abcdefgh"},
            {"type": "CLEAR_PET", "machine": 7, "counter": 9, "items": 2, "at": 1, "nonce": ""},
        ],
    )
    def test_other_bodies_are_refused(self, told: dict[str, object]) -> None:
        body = urlsafe_b64encode(canonical.dumps(told)).rstrip(b"=").decode()

        with pytest.raises(ReceiptUnreadable):
            read_receipt(f"{body}.{self.text().partition('.')[2]}")


class TestKeys:
    def test_only_the_issuer_registers_and_only_machines(self, world: World) -> None:
        place = world.opens(PlaceKind.MACHINE, "표본 수거기")
        public = Ed25519PrivateKey.generate().public_key().public_bytes_raw()

        with pytest.raises(NotAllowed):
            operations.register_machine_key(acts(world.official), place_id=place, public_key=public)
        with pytest.raises(MachineKeyUnusable):
            operations.register_machine_key(acts(world.issuer), place_id=world.gym, public_key=public)
        with pytest.raises(MachineKeyUnusable):
            operations.register_machine_key(acts(world.issuer), place_id=place, public_key=b"short")
        operations.register_machine_key(acts(world.issuer), place_id=place, public_key=public)
        with pytest.raises(MachineKeyUnusable):
            operations.register_machine_key(acts(world.issuer), place_id=place, public_key=public)

        assert MachineKey.objects.count() == 1


class TestPages:
    def test_a_scanned_receipt_shows_what_was_counted_and_one_press_pays(
        self, world: World, machine: Machine, clock: FixedClock
    ) -> None:
        client, address = visitor(world.resident), f"/deeds/machine/{machine.receipt()}/"

        page = client.get(address).content.decode()
        nothing_yet = MachineReceipt.objects.count()
        slip = client.post(address, follow=True).content.decode()

        assert "50개" in page
        assert "표본 수거기" in page
        assert nothing_yet == 0
        assert "10코인이 적립되었어요" in slip

    def test_a_broken_receipt_says_how_to_go_on(self, world: World, clock: FixedClock) -> None:
        answer = visitor(world.resident).get("/deeds/machine/nonsense/")

        assert answer.status_code == 409
        assert "QR을 다시 찍어" in answer.content.decode()

    def test_a_machine_sends_the_receipt_with_the_code_that_it_was_shown(
        self, world: World, machine: Machine, clock: FixedClock
    ) -> None:
        told = {"receipt": machine.receipt(), "code": personal_code(world.resident, MORNING).text}

        answer = Client().post("/deeds/machine-receipts/", told)
        clock.advance(timedelta(minutes=30))
        again = Client().post("/deeds/machine-receipts/", told)
        other = Client().post("/deeds/machine-receipts/", {**told, "receipt": machine.receipt(2)})

        assert (answer.status_code, answer.json()) == (200, {"state": "ISSUED"})
        assert (again.status_code, again.json()) == (200, {"state": "ISSUED"})
        assert (other.status_code, other.json()["refused"]["code"]) == (409, "code_unknown")
        assert coins(world.resident) == 10

    def test_a_stranger_with_a_code_but_no_key_gets_nothing(
        self, world: World, machine: Machine, clock: FixedClock
    ) -> None:
        machine.key = Ed25519PrivateKey.generate()
        before = everything()

        answer = Client().post(
            "/deeds/machine-receipts/",
            {"receipt": machine.receipt(), "code": personal_code(world.resident, MORNING).text},
        )

        assert answer.status_code == 409
        assert answer.json()["refused"]["code"] == "deeds.receipt_forged"
        assert everything() == before
