"""The treasury of a made-up district: twice a month a batch from draft to bank, on two days and by two persons."""

from datetime import date, datetime, timedelta
from uuid import UUID

from pumasi.civic.people.models import RoleName
from pumasi.coin import operations as coin
from pumasi.coin.settlement import operations as settlement
from pumasi.coin.settlement.errors import TooEarlyToOverride
from pumasi.coin.settlement.models import Batch, Line, LineReceipt
from pumasi.coin.settlement.paper import files_of
from pumasi.config.history.attempts import must_refuse
from pumasi.config.history.town import Town, by, moment
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal

FIXED_DAYS = (10, 25)
# One draft in so many is given up, and drawn up again on the same day.
GIVEN_UP = 3


class Treasury:
    """Maker, checker, and a member of the treasury who keeps a shop and may therefore touch no batch that pays it."""

    def __init__(self, town: Town, *, is_published: bool) -> None:
        self._town, self._is_published = town, is_published
        self._checked: UUID | None = None
        self._drafts = 0

    def found(self, at: datetime) -> None:
        """After the first shops have opened."""
        town = self._town
        self.maker, self.checker = town.person(at, 1978), town.person(at, 1979)
        self._keeper = town.shops[0].keeper
        for who in (self.maker, self.checker, self._keeper):
            town.grant(at, who, RoleName.TREASURY)

    def account(self, place: UUID, keeper: UUID, at: datetime) -> None:
        """Where a place's money goes, entered by its keeper or cashier and seen by the treasury."""
        number = f"{int(place.hex[-12:], 16):015d}"
        account = settlement.enter_account(
            _desk(keeper, at), place_id=place, bank="본보기은행", number=number, holder="본보기 예금주"
        )
        settlement.confirm_account(_desk(self.checker, at), account_id=account, document="SAMPLE-BANKBOOK")

    def evening(self, day: date) -> None:
        """What this day asks for."""
        at = moment(day, 21)
        checked, self._checked = self._checked, None
        if checked is not None:
            self._pay(checked, at)
        if day.day in FIXED_DAYS:
            draft = self._draft(at)
            self._checked = draft and self._check(draft, at + timedelta(minutes=30))
        if day.day == 1:
            self._close_facilities(at)

    def _draft(self, at: datetime) -> UUID | None:
        town, maker = self._town, _desk(self.maker, at)
        if not self._is_published:
            self._override(at)
        try:
            batch = settlement.draft_batch(maker, key=new_id(at))
        except Refusal as refusal:
            town.done[f"refused: {refusal.code}"] += 1
            return None
        self._drafts += 1
        if self._drafts % GIVEN_UP == 0:
            settlement.give_up_batch(maker, batch_id=batch, reason="다시 만들어요")
            batch = settlement.draft_batch(maker, key=new_id(at))
            town.done["draft given up"] += 1
        return batch

    def _override(self, at: datetime) -> None:
        """Two officers pay out what the record does not show yet, where anything has waited so long."""
        town, first = self._town, _desk(self._town.issuer, at)
        try:
            asked = settlement.ask_to_override(first, reason="기록 공개가 늦어요")
        except TooEarlyToOverride:
            return

        def agree(who: UUID) -> None:
            settlement.agree_to_override(_desk(who, at), override_id=asked)

        must_refuse(town, "settlement.override_needs_another", lambda: agree(town.issuer))
        agree(town.officers[0])

    def _check(self, batch: UUID, at: datetime) -> UUID:
        town, sheet = self._town, files_of(Batch.objects.get(id=batch)).sheet_hash

        def check(who: UUID) -> None:
            settlement.check_batch(_desk(who, at), batch_id=batch, sheet_hash=sheet)

        must_refuse(town, "settlement.maker_cannot_check", lambda: check(self.maker))
        if Line.objects.filter(batch_id=batch, place_id=town.shops[0].place).exists():
            must_refuse(town, "settlement.beneficiary_cannot_settle", lambda: check(self._keeper))
        check(self.checker)
        settlement.export_batch(_desk(self.maker, at), batch_id=batch)
        keepers = {each.place: each.keeper for each in town.shops}
        inside = LineReceipt.objects.filter(line__batch_id=batch, line__place__in=keepers).order_by("id")[0].payment
        assert inside is not None
        keeper = _desk(keepers[inside.place_id], at)
        must_refuse(
            town,
            "coin.receipt_in_settlement",
            lambda: coin.refund(keeper, payment_id=inside.key, coins=1, key=new_id(at)),
        )
        return batch

    def _pay(self, batch: UUID, at: datetime) -> None:
        """The bank sends one shop's money back; everybody else has theirs."""
        town, maker = self._town, _desk(self.maker, at)
        number = f"지급-{at:%Y%m%d}"
        settlement.enter_numbers(maker, batch_id=batch, document="결재-본보기", payment_number=number)
        lines = list(Line.objects.filter(batch_id=batch).order_by("shop", "id"))
        settlement.bounce_line(maker, line_id=town.chance.pick(lines).id, reason="계좌 확인이 필요해요")
        settlement.pay_open_lines(_desk(self.checker, at), batch_id=batch)
        town.done["batch"] += 1
        town.done["line"] += len(lines)

    def _close_facilities(self, at: datetime) -> None:
        for place in self._town.facilities:
            try:
                settlement.close_facility(
                    _desk(self.maker, at), place_id=place, document=f"수입결의-{at:%Y%m}", key=new_id(at)
                )
                self._town.done["facility closed"] += 1
            except Refusal as refusal:
                self._town.done[f"refused: {refusal.code}"] += 1


def _desk(who: UUID, at: datetime) -> Acting:
    return by(who, at, Channel.DESK)
