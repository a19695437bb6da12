"""Merging two memberships of one person: one officer asks, a second one approves, and both letters tell it.

Lots keep year, rate and last day; what waits keeps waiting; used caps are added up, so that nobody earns twice by
joining twice. There is no way back. Not here: roles and contacts (`civic.people.membership`).
"""

from uuid import UUID

from django.db import transaction

from pumasi.civic.notices.operations import Words, write_notice
from pumasi.civic.people.errors import NotTheSameDistrict, SamePerson
from pumasi.civic.people.membership import merge_people
from pumasi.civic.people.queries import PersonFacts, person
from pumasi.coin.accounts import balance_or_zero
from pumasi.coin.district import district_tariff
from pumasi.coin.models import CapCounter, Proposal, ProposalKind
from pumasi.coin.operations.proposals import DESK, Way, Wish, ask, begin_decision
from pumasi.kernel.acting import Acting
from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds
from pumasi.ledger.chart import address
from pumasi.ledger.posting import open_account, post_one


def ask_merge(acting: Acting, *, kept_id: UUID, gone_id: UUID, reason: str, key: UUID) -> UUID:
    """An officer asks that `gone` becomes part of `kept`; both get a letter. Once per `key`, the request's id.

    Raises NotAllowed, ReasonMissing, ConcernsYourself, ProposalOpen, SamePerson, PersonUnknown, PersonClosed and
    NotTheSameDistrict.
    """
    with transaction.atomic():
        made = ask(acting, WAY, Wish(reason, person_id=kept_id, other_id=gone_id), key=key)
        for each in (kept_id, gone_id):
            _write(acting, each, made.id, "asked", _ASKED)
    return made.id


def approve_merge(acting: Acting, *, proposal_id: UUID) -> None:
    """A second officer approves: coins, roles and history are one at once. Approving twice is approving once.

    Raises what `ask_merge` raises, SecondPersonNeeded, ProposalUnknown and ProposalDecided.
    """
    with transaction.atomic():
        found = begin_decision(acting, WAY, proposal_id)
        if found is None:
            return
        kept, gone = _both(found)
        _move_coins(acting, kept, gone, found.id)
        _add_up_caps(kept.id, gone.id)
        merge_people(acting, kept_id=kept.id, gone_id=gone.id)
        _write(acting, kept.id, found.id, "done", _DONE)


def _check(acting: Acting, made: Proposal) -> None:
    for each in _both(made):
        each.must_be_open()
        if each.left_on is not None:
            raise NotTheSameDistrict(left=each.left_on.isoformat())


def _both(made: Proposal) -> tuple[PersonFacts, PersonFacts]:
    assert made.person_id is not None
    assert made.other_id is not None
    if made.person_id == made.other_id:
        raise SamePerson()
    return person(made.person_id), person(made.other_id)


WAY = Way(ProposalKind.MERGE, DESK, DESK, _check)


def _move_coins(acting: Acting, kept: PersonFacts, gone: PersonFacts, proposal: UUID) -> None:
    unit = district_tariff().unit.code
    if not any(balance_or_zero(address(code, unit, gone.wallet.hex)) for code in ("2100", "2110", "2120")):
        return
    for each in (kept, gone):
        open_account("2100", unit, each.wallet.hex, at=acting.at)
    post_one(
        kinds.merge(
            key=derived_id("coin.merge", proposal.hex),
            at=acting.at,
            unit=unit,
            source_owner=gone.wallet.hex,
            target_owner=kept.wallet.hex,
        )
    )


def _add_up_caps(kept: UUID, gone: UUID) -> None:
    """What either has used of a cap in a period counts for the one who is left."""
    for row in CapCounter.objects.select_for_update().filter(key__contains=gone.hex).order_by("key"):
        twin, _ = CapCounter.objects.select_for_update().get_or_create(key=row.key.replace(gone.hex, kept.hex))
        twin.used += row.used
        twin.save(update_fields=["used"])


def _write(acting: Acting, person_id: UUID, proposal: UUID, stage: str, words: Words) -> None:
    key = derived_id("coin.merge_letter", proposal.hex, stage, person_id.hex)
    write_notice(acting, person_id=person_id, kind="MERGE", words=words, key=key)


_ASKED = Words(
    "두 회원 기록을 하나로 합치려고 해요",
    "Two memberships are to become one",
    "이름과 태어난 해가 같은 두 회원 기록을 하나로 합쳐 달라는 요청이 있어요. 다른 담당자가 확인한 뒤에 합쳐요."
    " 코인, 기록, 역할은 그대로 남아요. 합친 뒤에는 나눌 수 없어요. 본인이 아니면 주민센터에 바로 알려 주세요.",
    "An officer has asked to make one membership out of two with the same name and year of birth. A second officer"
    " checks it first. Coins, history and roles stay. It cannot be taken apart again."
    " If this is not you, tell your community centre at once.",
)
_DONE = Words(
    "두 회원 기록이 하나가 되었어요",
    "Two memberships are one now",
    "두 담당자의 확인을 거쳐 두 회원 기록이 하나가 되었어요. 코인은 기한 그대로 한 지갑에 있고,"
    " 예전 기록과 영수증도 모두 볼 수 있어요. 잘못되었으면 30일 안에 주민센터에 이의를 말해 주세요.",
    "Two officers have agreed and two memberships are one now. All coins are in one wallet with the same last days,"
    " and all earlier movements and receipts can be read. If this is wrong, object at a community centre"
    " within 30 days.",
)
