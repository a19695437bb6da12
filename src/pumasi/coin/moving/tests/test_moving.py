"""From proposal to loaded members and back: two officers, the budget, kills, the way back, what a refusal leaves."""

from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.people.models import Person, Role, RoleName
from pumasi.civic.people.moving import cards_of
from pumasi.civic.people.operations import join
from pumasi.civic.places.models import Place
from pumasi.coin import operations as coin
from pumasi.coin.errors import NotAllowed
from pumasi.coin.moving import operations
from pumasi.coin.moving.errors import (
    DigestDiffers,
    ImportChanged,
    ImportDecided,
    ImportNotApproved,
    ImportNotCovered,
    ImportOpenAlready,
    ImportReasonMissing,
    ImportSecondOfficerNeeded,
    ImportTouched,
    OwnImport,
)
from pumasi.coin.moving.looking import elsewhere
from pumasi.coin.moving.models import MovedMember, MovedShop, MovedTaking, Proposal, Step
from pumasi.coin.moving.operations.loading import Progress
from pumasi.coin.moving.queries import find_old_id, proposal, reconciliation
from pumasi.coin.moving.report import rows_of
from pumasi.coin.moving.states import State
from pumasi.coin.moving.tests.books import made
from pumasi.coin.moving.tests.district import District
from pumasi.coin.tests.world import DATABASES, MORNING, a_key, acts, books
from pumasi.ledger import reads
from pumasi.ledger.verify import verify

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=DATABASES)]


def everything() -> dict[str, object]:
    """What a refusal must leave as it was."""
    counted = (Person, Role, Place, Proposal, Step, MovedMember, MovedShop, MovedTaking, AuditRow)
    return {**books(), **{model.__name__: model.objects.count() for model in counted}}


class Stopped(Exception):
    """The process ends here."""


class TestLoading:
    def test_brings_every_member_lot_and_shop_to_the_minor_unit(self, moving: District, tmp_path: Path) -> None:
        files = made(100)
        moving.covers()
        people, places = Person.objects.count(), Place.objects.count()

        loaded = moving.moves_in(files.write(tmp_path))

        found = reconciliation(loaded)
        assert found.is_equal
        assert (found.members, found.shops, found.new_coins) == (100, 3, files.coins("lots", "takings"))
        assert (Person.objects.count() - people, Place.objects.count() - places) == (100, 3)
        trial = {line.row.code: line.balance for line in reads.trial_balance()}
        assert (trial["2100"], trial["2200"]) == (files.coins("lots"), files.coins("takings"))
        assert verify().ok
        assert {row[-1] for row in rows_of(found)} == {"yes"}

    def test_keeps_each_lot_s_fund_expiry_won_value_and_day(self, moving: District, tmp_path: Path) -> None:
        files = made(4)
        moving.covers()
        moving.moves_in(files.write(tmp_path))

        card = find_old_id(acts(moving.issuer), "A-00003")

        assert card is not None
        assert (card.name, card.phone, card.birth_year) == ("시연 회원 3", "+821000000003", 1934)
        held = [born for born in reads.lots_in("2100", "SC") if born.owner == card.facts.wallet.hex]
        assert [(b.lot.fund, b.lot.expires, b.lot.rate, b.lot.amount, b.memo[-10:]) for b in held] == [
            ("good-deed/2024", None, 2, 1313, "2024-06-13"),
            ("good-deed/2025", None, 1, 1212, "2025-05-13"),
            ("good-deed/2026", None, 1, 1111, "2026-04-13"),
        ]

    def test_tags_every_opening_with_its_import(self, moving: District, tmp_path: Path) -> None:
        moving.covers()
        loaded = moving.moves_in(made(10).write(tmp_path))

        row = Proposal.objects.get(id=loaded)

        assert len(reads.openings(f"import {row.digest[:16]} {row.id.hex[-12:]} ")) == 19
        assert reads.openings("import 0000") == []

    def test_keeps_no_old_id_and_no_name_outside_people(self, moving: District, tmp_path: Path) -> None:
        moving.covers()
        moving.moves_in(made(5).write(tmp_path))

        stored = [row for model in (MovedMember, MovedShop, Proposal, Step) for row in model.objects.values_list()]

        assert "A-0000" not in repr(stored)
        assert "시연 회원" not in repr(stored)

    def test_members_may_earn_and_pay_at_once(self, moving: District, tmp_path: Path) -> None:
        moving.covers()
        moving.moves_in(made(4).write(tmp_path))
        card = find_old_id(acts(moving.issuer), "A-00003")
        assert card is not None

        moving.earns(card.facts.id, 20)
        paid = coin.spend(
            acts(card.facts.id), payer_id=card.facts.id, place_id=moving.laundry, coins=30, price_won=None, key=a_key()
        )

        assert reads.receipt(paid.key) == {f"2200:SC:{Place.objects.get(id=moving.laundry).till.hex}": 3000}

    @pytest.mark.parametrize("after", [1, 2, 3, 4, 5, 6])
    def test_goes_on_where_it_was_killed(
        self, moving: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
    ) -> None:
        files = made(35)
        moving.covers()
        book = moving.book(files.write(tmp_path))
        moving.approves(moving.proposes(book))
        with pytest.raises(Stopped):
            operations.load(moving.box(), book, step=10, progress=_stop(after))
        half = MovedMember.objects.count(), MovedShop.objects.count()

        loaded = operations.load(moving.box(), book, step=10)

        assert half == ((min(after * 10, 35)), max(0, after - 4))
        assert reconciliation(loaded).is_equal
        assert (MovedMember.objects.count(), MovedShop.objects.count()) == (35, 3)
        assert reconciliation(loaded).new_coins == files.coins("lots", "takings")
        assert operations.load(moving.box(), book, step=10) == loaded  # once more: nothing happens
        assert verify().ok

    def test_a_step_that_fails_inside_leaves_nothing_of_itself(
        self, moving: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        moving.covers()
        book = moving.book(made(20).write(tmp_path))
        moving.approves(moving.proposes(book))
        with monkeypatch.context() as patched:
            patched.setattr(MovedMember.objects, "bulk_create", _fail)
            before = everything()
            with pytest.raises(Stopped):
                operations.load(moving.box(), book)

        after = everything()
        assert {name for name in before if before[name] != after[name]} == {"Step", "AuditRow"}  # that it has started
        assert reconciliation(operations.load(moving.box(), book)).is_equal

    def test_other_files_than_the_approved_ones_are_refused(self, moving: District, tmp_path: Path) -> None:
        moving.covers()
        moving.approves(moving.proposes(moving.book(made(5).write(tmp_path / "a"))))
        other = moving.book(made(6).write(tmp_path / "b"))
        before = everything()

        with pytest.raises(ImportChanged):
            operations.load(moving.box(), other)

        assert everything() == before

    def test_a_member_here_already_gets_the_coins_and_stays_one_person(self, moving: District, tmp_path: Path) -> None:
        known = join(acts(None), "시연 회원 3", "010 0000 0003").id
        moving.covers()
        people = Person.objects.count()

        moving.moves_in(made(4).write(tmp_path))

        card = find_old_id(acts(moving.issuer), "A-00003")
        assert card is not None
        assert card.facts.id == known
        assert Person.objects.count() == people + 3
        assert reads.balance(f"2100:SC:{card.facts.wallet.hex}") == 3636

    def test_a_phone_that_belongs_to_another_name_here_is_named(self, moving: District, tmp_path: Path) -> None:
        join(acts(None), "다른 역할", "010 0000 0003")
        book = moving.book(made(4).write(tmp_path))

        known, findings = elsewhere(acts(None), book)

        assert (known, [(each.where(), each.rule) for each in findings]) == (
            {}, [("members.csv:5: phone", "phone_elsewhere")]
        )  # fmt: skip

    def test_who_has_moved_away_from_here_is_named(self, moving: District, tmp_path: Path) -> None:
        gone = join(acts(None), "시연 회원 3", "010 0000 0003").id
        Person.objects.filter(id=gone).update(left_on=date(2026, 10, 1))
        book = moving.book(made(4).write(tmp_path))

        known, findings = elsewhere(acts(None), book)

        assert (known, [(each.where(), each.rule) for each in findings]) == (
            {}, [("members.csv:5: phone", "moved_away")]
        )  # fmt: skip

    def test_nobody_s_coins_come_twice(self, moving: District, tmp_path: Path) -> None:
        moving.covers()
        book = moving.book(made(4).write(tmp_path))
        moving.moves_in(tmp_path)

        _, findings = elsewhere(acts(None), book)

        assert [each.rule for each in findings if each.file == "members.csv"] == ["moved_before"] * 4
        assert [each.rule for each in findings if each.file == "shops.csv"] == ["business_number_taken"] * 3

    def test_a_relation_that_has_ended_lets_spend_for_six_months(self, moving: District, tmp_path: Path) -> None:
        files = made(4)
        files.rows["members"][3]["valid_until"] = "2026-08-31"
        moving.covers()
        moving.moves_in(files.write(tmp_path))
        card = find_old_id(acts(moving.issuer), "A-00003")
        assert card is not None

        role = Role.objects.get(person_id=card.facts.id)

        assert (card.facts.relation_until, role.ends) == (date(2026, 8, 31), date(2027, 2, 28))


class TestApproving:
    def test_two_officers_approve_with_the_digest(self, moving: District, tmp_path: Path) -> None:
        moving.covers()
        asked = moving.proposes(moving.book(made(5).write(tmp_path)))

        moving.approves(asked, moving.issuer, moving.officers[0])

        view = proposal(asked)
        assert view is not None
        assert (view.state, [step for step, _, _ in view.steps]) == (State.APPROVED, ["FIRST", "SECOND"])

    def test_one_person_never_does_both(self, moving: District, tmp_path: Path) -> None:
        moving.covers()
        asked = moving.proposes(moving.book(made(5).write(tmp_path)))
        moving.approves(asked, moving.issuer)
        before = everything()

        with pytest.raises(ImportSecondOfficerNeeded):
            moving.approves(asked, moving.issuer)

        assert everything() == before

    def test_nobody_else_approves(self, moving: District, tmp_path: Path) -> None:
        asked = moving.proposes(moving.book(made(5).write(tmp_path)))

        for person in (moving.resident, moving.keeper, moving.official, moving.reviewer):
            with pytest.raises(NotAllowed):
                moving.approves(asked, person)

        assert Step.objects.count() == 0

    def test_a_beneficiary_never_does(self, moving: District, tmp_path: Path) -> None:
        officer = join(acts(None), "시연 회원 3", "010 0000 0003").id
        moving.grants(officer, RoleName.ISSUER)
        asked = moving.proposes(moving.book(made(5).write(tmp_path)))

        with pytest.raises(OwnImport):
            moving.approves(asked, officer)

        assert Step.objects.count() == 0

    @pytest.mark.parametrize("typed", ["", "0000000", "zzzzzzzz"])
    def test_another_digest_is_refused(self, moving: District, tmp_path: Path, typed: str) -> None:
        asked = moving.proposes(moving.book(made(5).write(tmp_path)))

        with pytest.raises(DigestDiffers):
            operations.approve(acts(moving.issuer), proposal_id=asked, typed=typed)

        assert Step.objects.count() == 0

    def test_the_budget_comes_first_and_the_gap_is_named(self, moving: District, tmp_path: Path) -> None:
        moving.covers(coins=20)
        asked = moving.proposes(moving.book(made(40).write(tmp_path)))
        moving.approves(asked, moving.issuer)
        before = everything()

        with pytest.raises(ImportNotCovered) as refused:
            moving.approves(asked, moving.officers[0])

        assert refused.value.facts == {
            "fund": "good-deed/2024", "needed": "197.9", "needed_won": 39580, "gap": "177.9", "gap_won": 35580,
        }  # fmt: skip
        assert everything() == before

    def test_without_two_approvals_nothing_is_loaded(self, moving: District, tmp_path: Path) -> None:
        moving.covers()
        book = moving.book(made(5).write(tmp_path))
        moving.approves(moving.proposes(book), moving.issuer)
        before = everything()

        with pytest.raises(ImportNotApproved) as refused:
            operations.load(moving.box(), book)

        assert refused.value.facts == {"count": 1}
        assert everything() == before

    def test_a_rejected_one_is_over(self, moving: District, tmp_path: Path) -> None:
        book = moving.book(made(5).write(tmp_path))
        asked = moving.proposes(book)
        with pytest.raises(ImportReasonMissing):
            operations.reject(acts(moving.issuer), proposal_id=asked, reason=" ")
        operations.reject(acts(moving.issuer), proposal_id=asked, reason="자료가 낡았어요")

        with pytest.raises(ImportDecided):
            moving.approves(asked, moving.issuer)
        assert moving.proposes(book) != asked

    def test_one_proposal_is_open_at_a_time(self, moving: District, tmp_path: Path) -> None:
        book = moving.book(made(5).write(tmp_path / "a"))
        asked = moving.proposes(book)

        assert moving.proposes(book) == asked
        with pytest.raises(ImportOpenAlready):
            moving.proposes(moving.book(made(6).write(tmp_path / "b")))

    def test_no_row_is_ever_changed(self, moving: District, tmp_path: Path) -> None:
        moving.approves(moving.proposes(moving.book(made(5).write(tmp_path))), moving.issuer)

        for model in (Proposal, Step):
            with pytest.raises(IntegrityError), transaction.atomic():
                model.objects.update(at=MORNING + timedelta(days=1))


class TestTheWayBack:
    def test_returns_every_coin_and_closes_every_member_and_shop(self, moving: District, tmp_path: Path) -> None:
        files = made(50)
        moving.covers()
        before = {line.row.code: line.balance for line in reads.trial_balance()}
        loaded = moving.moves_in(files.write(tmp_path))
        brought = files.coins("lots", "takings")

        moving.goes_back(loaded)

        after = {line.row.code: line.balance for line in reads.trial_balance() if line.unit == "SC"}
        assert after == {"1100": -brought, "2100": 0, "2200": 0, "3200": brought}
        assert before["B100"] == sum(
            line.balance for line in reads.trial_balance() if line.row.code in ("B100", "B110", "B400")
        )
        moved = MovedMember.objects.filter(proposal_id=loaded).values("person_id")
        assert Person.objects.filter(id__in=moved, closed_at=None).count() == 0
        assert Place.objects.filter(id__in=MovedShop.objects.values("place_id"), closed_on=None).count() == 0
        assert cards_of(acts(None)).keys() == set(Person.objects.filter(closed_at=None).values_list("id", flat=True))
        assert verify().ok

    def test_lets_the_same_set_come_again(self, moving: District, tmp_path: Path) -> None:
        files = made(30)
        moving.covers()
        moving.goes_back(moving.moves_in(files.write(tmp_path)))

        again = moving.moves_in(tmp_path)

        assert reconciliation(again).is_equal
        assert verify().ok

    def test_needs_two_persons(self, moving: District, tmp_path: Path) -> None:
        moving.covers()
        loaded = moving.moves_in(made(5).write(tmp_path))
        operations.ask_back(acts(moving.issuer), proposal_id=loaded, reason="되돌려요")
        before = everything()

        with pytest.raises(ImportSecondOfficerNeeded):
            operations.agree_back(acts(moving.issuer), proposal_id=loaded)
        with pytest.raises(ImportNotApproved):
            operations.undo(moving.box())

        assert everything() == before

    def test_ends_with_the_first_use_of_what_it_brought(self, moving: District, tmp_path: Path) -> None:
        moving.covers()
        loaded = moving.moves_in(made(5).write(tmp_path))
        card = find_old_id(acts(moving.issuer), "A-00003")
        assert card is not None
        moving.earns(card.facts.id, 10)
        before = everything()

        with pytest.raises(ImportTouched) as refused:
            operations.ask_back(acts(moving.issuer), proposal_id=loaded, reason="되돌려요")

        assert refused.value.facts == {"count": 1}
        assert everything() == before

    def test_is_closed_by_a_payment_between_agreement_and_undoing(self, moving: District, tmp_path: Path) -> None:
        moving.covers()
        loaded = moving.moves_in(made(5).write(tmp_path))
        card = find_old_id(acts(moving.issuer), "A-00003")
        assert card is not None
        operations.ask_back(acts(moving.issuer), proposal_id=loaded, reason="되돌려요")
        operations.agree_back(acts(moving.officers[0]), proposal_id=loaded)
        coin.spend(
            acts(card.facts.id), payer_id=card.facts.id, place_id=moving.laundry, coins=10, price_won=None, key=a_key()
        )
        before = everything()

        with pytest.raises(ImportTouched):
            operations.undo(moving.box())

        after = everything()
        assert {name for name in before if before[name] != after[name]} == {"Step", "AuditRow"}
        view = proposal(loaded)
        assert view is not None
        assert (view.state, view.steps[-1][0]) == (State.DONE, "BACK_CLOSED")
        with pytest.raises(ImportNotApproved):
            operations.undo(moving.box())

    def test_leaves_who_was_a_member_before(self, moving: District, tmp_path: Path) -> None:
        known = join(acts(None), "시연 회원 3", "010 0000 0003").id
        moving.covers()
        moving.earns(known, 10)

        moving.goes_back(moving.moves_in(made(5).write(tmp_path)))

        person = Person.objects.get(id=known)
        assert person.closed_at is None
        assert reads.balance(f"2100:SC:{person.wallet.hex}") == 1000

    def test_works_from_the_middle_of_loading(self, moving: District, tmp_path: Path) -> None:
        moving.covers()
        book = moving.book(made(30).write(tmp_path))
        asked = moving.proposes(book)
        moving.approves(asked)
        with pytest.raises(Stopped):
            operations.load(moving.box(), book, step=10, progress=_stop(2))

        moving.goes_back(asked)

        assert {line.balance for line in reads.trial_balance() if line.row.code == "2100"} == {0}
        with pytest.raises(ImportNotApproved):
            operations.load(moving.box(), book)
        assert verify().ok


class TestTwelveThousand:
    """The proof of the step: 12,450 members to the minor unit. Figures: bench/moving.py."""

    @pytest.mark.full
    def test_reconcile_to_the_minor_unit_and_go_back(self, moving: District, tmp_path: Path) -> None:
        files = made(12_450, shops=40)
        moving.covers(3_000_000)

        loaded = moving.moves_in(files.write(tmp_path))

        found = reconciliation(loaded)
        assert found.is_equal
        assert (found.members, found.shops) == (12_450, 40)
        assert found.new_coins == files.coins("lots", "takings")
        assert verify().ok
        moving.goes_back(loaded)
        assert {line.balance for line in reads.trial_balance() if line.row.code in ("2100", "2200")} == {0}


def _stop(after: int) -> Progress:
    """The process dies behind its nth step."""
    calls = count(1)

    def progress(done: int, whole: int) -> None:
        if next(calls) == after:
            raise Stopped

    return progress


def _fail(*args: object, **words: object) -> None:
    raise Stopped
