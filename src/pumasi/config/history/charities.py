"""Campaigns of a made-up district: one that reaches its target, one that does not, and now and then a cancelled one."""

from datetime import date, datetime, timedelta
from uuid import UUID

from pumasi.civic.people.models import RoleName
from pumasi.config.history.acts import spending
from pumasi.config.history.attempts import must_refuse
from pumasi.config.history.town import Town, by, moment
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.services.giving import operations as giving
from pumasi.services.giving.errors import TargetReached

EVERY = 20  # days from one pair of campaigns to the next
LASTS = 15
TOO_MUCH = 1_000_000
CANCELLED = 3  # one pair in so many: its second campaign is cancelled half-way


class Charity:
    """A verified charity with its open campaigns; `target` whole coins can be reached in some days."""

    def __init__(self, town: Town, treasury: UUID, target: int) -> None:
        self._town, self._payer, self._target = town, treasury, target
        self._open: list[UUID] = []
        self._full: list[UUID] = []
        self._second: UUID | None = None
        self._pairs = 0

    def found(self, at: datetime) -> None:
        """Its manager enters it, an officer has seen its papers."""
        self._manager = self._town.person(at, 1960)
        self._town.grant(at, self._manager, RoleName.CHARITY_MANAGER)
        self._id = giving.register_charity(
            _desk(self._manager, at), name_ko="본보기 나눔회", name_en="Sample Sharing", number="SAMPLE-300"
        )
        giving.verify_charity(_desk(self._town.issuer, at), charity_id=self._id, document="SAMPLE-PAPERS")

    def morning(self, number: int, day: date) -> None:
        """A new pair of campaigns every twenty days; the old ones have ended by then."""
        if number % EVERY == 0:
            self._pairs += 1
            self._open = [self._proposed(day, target) for target in (self._target, TOO_MUCH)]
            self._second = self._open[1]
        if number % EVERY == LASTS // 2 and self._pairs % CANCELLED == 0 and self._second in self._open:
            giving.cancel(
                _desk(self._town.issuer, moment(day, 8)), campaign_id=self._second, reason="행사가 취소되었어요"
            )
            self._open.remove(self._second)
            self._town.done["campaign cancelled"] += 1
        if number % EVERY == LASTS:
            self._open = []

    def gives(self, town: Town, at: datetime) -> bool:
        """Ten coins for one of the open campaigns; one donation in twenty is taken back at once."""
        who = town.purse.pick(town.chance)
        if who is None or not self._open:
            return False
        campaign, key = town.chance.pick(self._open), new_id(at)
        try:
            with spending(town, who):
                giving.give(by(who, at), campaign_id=campaign, coins=10, key=key)
        except TargetReached:
            self._open.remove(campaign)
            self._full.append(campaign)
            raise
        town.purse.add(who, -10)
        if town.chance.below(20) == 0:
            giving.take_back(by(who, at + timedelta(minutes=2)), campaign_id=campaign, donation_id=key)
            town.purse.add(who, 10)
            town.done["donation taken back"] += 1
        return True

    def evening(self, day: date) -> None:
        """Full campaigns go to the charity: two officers, the treasury, evidence."""
        at = moment(day, 21)
        for campaign in self._full:
            first, second = _desk(self._town.issuer, at), _desk(self._town.officers[0], at)
            giving.agree_to_release(first, campaign_id=campaign, document="결재-모금")

            def again(campaign: UUID = campaign, first: Acting = first) -> object:
                return giving.agree_to_release(first, campaign_id=campaign)

            must_refuse(self._town, "giving.needs_another_officer", again)
            giving.agree_to_release(second, campaign_id=campaign)
            giving.enter_payment(_desk(self._payer, at), campaign_id=campaign, payment_number=f"기부-{day}")
            giving.give_evidence(
                _desk(self._manager, at), campaign_id=campaign, used_won=1, used_for="겨울 이불", document="SAMPLE-USE"
            )
            self._town.done["campaign released"] += 1
        self._full = []

    def _proposed(self, day: date, target: int) -> UUID:
        at = moment(day, 8)
        campaign = giving.propose(
            _desk(self._manager, at),
            charity_id=self._id,
            title_ko=f"본보기 모금 {self._pairs}",
            title_en=f"Sample campaign {self._pairs}",
            text_ko="어르신 겨울 이불을 마련해요.",
            text_en="Winter blankets for elders.",
            target=target,
            deadline=seoul_date(at) + timedelta(days=LASTS - 1),
        )
        giving.approve(
            _desk(self._town.issuer, at), campaign_id=campaign, clause="SAMPLE clause 10", document="SAMPLE-20"
        )
        giving.approve(_desk(self._town.officers[1], at), campaign_id=campaign)
        self._town.done["campaign"] += 1
        return campaign


def _desk(who: UUID, at: datetime) -> Acting:
    return by(who, at, Channel.DESK)
