"""Load an approved import in steps: each step is one transaction with its people, their coins and its own rows.

Killed at any point it is run again and goes on behind the last step that committed. Keys of the ledger come from the
proposal and the blind index of the old id, so that nothing is posted twice.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from pumasi.civic.people.models import Person
from pumasi.civic.people.moving import Newcomer, take_in
from pumasi.civic.places.queries import place
from pumasi.coin.district import district_tariff
from pumasi.coin.moving.book import Book
from pumasi.coin.moving.cells import months_after
from pumasi.coin.moving.enrolment import Enrolment, register
from pumasi.coin.moving.errors import (
    ImportChanged,
    ImportNotApproved,
    ImportNotReconciled,
    ImportRowsBad,
    OwnImport,
)
from pumasi.coin.moving.looking import known_here, member_index, must_be_covered, shop_index, taken_numbers
from pumasi.coin.moving.models import MovedMember, MovedShop, MovedTaking, Proposal, Step, StepName
from pumasi.coin.moving.operations.deciding import locked, needs_of, note, steps_of
from pumasi.coin.moving.queries import SHOWN, memo, reconciled
from pumasi.coin.moving.rows import Lot, Member, Shop
from pumasi.coin.moving.states import State, state_of
from pumasi.kernel.acting import Acting
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds
from pumasi.ledger.commands import Command, Terms
from pumasi.ledger.posting import BATCH_LIMIT, open_account, post
from pumasi.ledger.verify import verify

STEP = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Work:
    """One run: who acts, for which proposal, with which book, and the two officers behind it."""

    acting: Acting
    proposal: Proposal
    book: Book
    officers: tuple[UUID, UUID]
    unit: str


def load(acting: Acting, book: Book, *, step: int = STEP, progress: Progress = lambda done, whole: None) -> UUID:
    """Load the approved import set, or go on where a run was killed; returns the proposal.

    Raises ImportNotApproved, ImportChanged, ImportNotCovered, ImportRowsBad (a row that this node refuses by now),
    OwnImport, and ImportNotReconciled when the sums are not those of the proposal.
    """
    work = _begin(acting, book)
    if StepName.DONE in steps_of(work.proposal):
        return work.proposal.id
    lots, takings = book.lots_of(), book.takings_of()
    whole = len(book.members) + len(book.shops)
    for start in range(0, len(book.members), step):
        _load_members(work, book.members[start : start + step], lots)
        progress(min(start + step, len(book.members)), whole)
    for number, shop in enumerate(book.shops, 1):
        _load_shop(work, shop, takings.get(shop.old_id, []))
        progress(len(book.members) + number, whole)
    _finish(work)
    return work.proposal.id


def _begin(acting: Acting, book: Book) -> _Work:
    """The proposal of this very set, with both approvals; the first time its budget is asked for once more."""
    digest = book.digest()
    with transaction.atomic():
        proposal = Proposal.objects.filter(digest=digest).order_by("-id").first()
        if proposal is None:
            latest = Proposal.objects.order_by("-id").first()
            raise ImportChanged(approved=latest.digest[:SHOWN] if latest else "-", found=digest[:SHOWN])
        proposal, steps = locked(proposal.id)
        state = state_of(steps)
        if state not in (State.APPROVED, State.LOADING, State.DONE, State.BACK_ASKED):
            raise ImportNotApproved(count=int(state is State.FIRST))
        if state is State.APPROVED:
            must_be_covered(needs_of(proposal), district_tariff().unit.code)
            note(acting, proposal, StepName.STARTED)
    officers = _by(steps, StepName.FIRST), _by(steps, StepName.SECOND)
    return _Work(acting, proposal, book, officers, district_tariff().unit.code)


def _load_members(work: _Work, members: Sequence[Member], lots: Mapping[str, Sequence[Lot]]) -> None:
    """One step: those who are not there yet, whole."""
    with transaction.atomic():
        _must_go_on(work)
        indexes = {each.old_id: member_index(each.old_id) for each in members}
        rows = MovedMember.objects.filter(proposal=work.proposal, old_index__in=indexes.values())
        there = {bytes(each) for each in rows.values_list("old_index", flat=True)}
        waiting = [each for each in members if indexes[each.old_id] not in there]
        if not waiting:
            return
        people = _people(work, waiting)
        moved, commands = [], []
        for member in waiting:
            person, wallet, is_new = people[member.old_id]
            at = open_account("2100", work.unit, wallet.hex, at=work.acting.at)
            index, mine = indexes[member.old_id], lots.get(member.old_id, [])
            commands += [_opening(work, at, index, number, lot) for number, lot in enumerate(mine)]
            moved.append(
                MovedMember(
                    proposal=work.proposal,
                    old_index=index,
                    person_id=person,
                    owner=wallet.hex,
                    lots=len(mine),
                    coins=sum(lot.coins for lot in mine),
                    is_new=is_new,
                )
            )
        for _ in _posted(commands):
            pass
        MovedMember.objects.bulk_create(moved, batch_size=STEP)


def _must_go_on(work: _Work) -> None:
    """Lock the proposal for this step: nobody has agreed to the way back in between."""
    _, steps = locked(work.proposal.id)
    if state_of(steps) in (State.UNDOING, State.UNDONE):
        raise ImportNotApproved(count=0)


def _people(work: _Work, members: Sequence[Member]) -> dict[str, tuple[UUID, UUID, bool]]:
    """Old id -> (person, wallet, whether they joined just now)."""
    known, findings = known_here(work.acting, members)
    if findings:
        raise ImportRowsBad(count=len(findings))
    if set(known.values()) & set(work.officers):
        raise OwnImport()
    wallets = dict(Person.objects.filter(id__in=known.values()).values_list("id", "wallet"))
    found = {old_id: (person, wallets[person], False) for old_id, person in known.items()}
    new = [each for each in members if each.old_id not in known]
    joined = take_in(work.acting, [_newcomer(each, work) for each in new], work.book.words.level)
    found |= {each.old_id: (*ids, True) for each, ids in zip(new, joined, strict=True)}
    return found


def _newcomer(member: Member, work: _Work) -> Newcomer:
    until, today = member.valid_until, seoul_date(work.acting.at)
    role_until = months_after(until) if until is not None and until < today else until
    return Newcomer(member.name, member.phone, member.birth_year, member.relation, until, role_until)


def _load_shop(work: _Work, shop: Shop, takings: Sequence[Lot]) -> None:
    """One shop with its place, its owner's role and its takings, whole."""
    index = shop_index(shop.old_id)
    with transaction.atomic():
        _must_go_on(work)
        if MovedShop.objects.filter(proposal=work.proposal, old_index=index).exists():
            return
        if taken_numbers([shop]):
            raise ImportRowsBad(count=1)
        owner = MovedMember.objects.get(proposal=work.proposal, old_index=member_index(shop.owner))
        place_id = register().take_over(work.acting, _enrolment(work, shop, index, owner.person_id))
        till = place(place_id).till.hex
        moved = MovedShop.objects.create(
            proposal=work.proposal,
            old_index=index,
            place_id=place_id,
            owner=till,
            lots=len(takings),
            coins=sum(each.coins for each in takings),
        )
        at = open_account("2200", work.unit, till, at=work.acting.at)
        commands = [_opening(work, at, index, number, lot) for number, lot in enumerate(takings)]
        MovedTaking.objects.bulk_create(
            MovedTaking(
                key=command.key,
                shop=moved,
                till=at,
                transfer=transfer,
                coins=lot.coins,
                day=lot.earned_on,
                at=work.acting.at,
            )
            for command, transfer, lot in zip(commands, _posted(commands), takings, strict=True)
        )


def _enrolment(work: _Work, shop: Shop, index: bytes, owner_id: UUID) -> Enrolment:
    return Enrolment(
        key=derived_id("coin.moving.shop", work.proposal.id.hex, index.hex()),
        owner_id=owner_id,
        name_ko=shop.name_ko,
        name_en=shop.name_en,
        dong=shop.dong,
        business_number=shop.business_number,
        items=shop.items,
        entered_by=work.officers[0],
        verified_by=work.officers[1],
    )


def _opening(work: _Work, target: str, index: bytes, number: int, lot: Lot) -> Command:
    return kinds.opening(
        key=derived_id("coin.moving.opening", work.proposal.id.hex, index.hex(), target[:4], number),
        at=work.acting.at,
        target=target,
        amount=lot.coins,
        terms=Terms(lot.fund, lot.expires, lot.rate),
        memo=f"{memo(work.proposal)}{lot.earned_on.isoformat()}",
    )


def _posted(commands: Sequence[Command]) -> Iterator[int]:
    """The transfers of all commands, in order; the first refusal is raised and takes the whole step with it."""
    for start in range(0, len(commands), BATCH_LIMIT):
        for verdict in post(commands[start : start + BATCH_LIMIT]):
            if verdict.refusal is not None:
                raise verdict.refusal
            assert verdict.transfer is not None
            yield verdict.transfer


def _finish(work: _Work) -> None:
    """Everything is there: compare with the proposal to the minor unit, verify the books, and say so."""
    found = reconciled(work.proposal)
    books = verify()
    if not found.is_equal or not books.ok:
        unit = district_tariff().unit
        raise ImportNotReconciled(
            found=Amount(unit, found.new_coins).text(), wanted=Amount(unit, work.proposal.coins).text()
        )
    with transaction.atomic():
        proposal, steps = locked(work.proposal.id)
        if StepName.DONE not in steps:
            at = replace(work.acting, purpose=f"IMPORT {proposal.digest[:SHOWN]}")
            note(
                at,
                proposal,
                StepName.DONE,
                f"장부 검증 / verify: {books.check_count} checks, {books.difference_count} differences",
            )


def _by(steps: Mapping[str, Step], step: StepName) -> UUID:
    found = steps[step].by
    assert found is not None
    return found
