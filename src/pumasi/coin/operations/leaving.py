"""Moving away and coming back: from then on spend and give only; after the time of grace the rest goes back.

A relation that has ended is the same as having moved. Deeds that wait still vest. Not here: pages, and what the person
chooses meanwhile.
"""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from pumasi.civic.audit.operations import record
from pumasi.civic.notices.operations import Words, write_notice
from pumasi.civic.people.errors import HasLeftAlready
from pumasi.civic.people.membership import note_back, note_left, relations_ending, relations_over
from pumasi.civic.people.models import Relation, RoleName
from pumasi.civic.people.operations import close_person
from pumasi.civic.people.queries import PersonFacts, person
from pumasi.coin.accounts import balance_or_zero
from pumasi.coin.district import district_tariff
from pumasi.coin.life_errors import LeavingKnown, LeavingTooFar, NotLeaving
from pumasi.coin.life_rules import life_rule
from pumasi.coin.models import Leaving, LeavingEnd
from pumasi.coin.operations.followers import follow, follow_all
from pumasi.coin.parties import check_actor, check_role
from pumasi.coin.requests import is_first
from pumasi.kernel.acting import Acting
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds
from pumasi.ledger.chart import address
from pumasi.ledger.posting import open_account, post_one

MOVED, RELATION_OVER = "MOVED", "RELATION_OVER"
WITHDRAWN, RETURNED, ENDED = "WITHDRAWN", "RETURNED", "ENDED"
AHEAD, BACK = timedelta(days=90), timedelta(days=90)
DESK = (RoleName.DONG_OFFICIAL, RoleName.ISSUER)


def tell_leaving(acting: Acting, *, person_id: UUID, day: date, key: UUID) -> UUID:
    """The person, or a desk for them, says that `day` is the last day here; once per `key`, the leaving's id.

    From the day after on deeds earn nothing, and coins are for spending and giving.

    Raises NotAllowed, LeavingTooFar, LeavingKnown, PersonUnknown, PersonClosed and KeyReused.
    """
    if check_actor(acting) != person_id:
        check_role(acting, *DESK)
    today = seoul_date(acting.at)
    if not today - BACK <= day <= today + AHEAD:
        raise LeavingTooFar(earliest=(today - BACK).isoformat(), latest=(today + AHEAD).isoformat())
    with transaction.atomic():
        if is_first(key, "LEAVING", {"person": str(person_id), "day": day.isoformat()}, acting.at):
            _begin(acting, person_id, day, MOVED, key)
    return key


def take_leaving_back(acting: Acting, *, person_id: UUID) -> None:
    """The move that was announced does not happen. Raises NotAllowed, NotLeaving, and HasLeftAlready once it began."""
    if check_actor(acting) != person_id:
        check_role(acting, *DESK)
    with transaction.atomic():
        found, who = _open_leaving(person_id), person(person_id)
        if who.left_on is not None:
            raise HasLeftAlready(left=who.left_on.isoformat())
        _end(acting, found, WITHDRAWN)


def come_back(acting: Acting, *, person_id: UUID, relation: Relation, until: date | None) -> None:
    """The person lives or works here again and shows it at a desk: the coins are in the usual wallet at once.

    Raises NotAllowed (no DONG_OFFICIAL or ISSUER), ConcernsYourself, PersonClosed, HasNotLeft and RelationOver.
    """
    check_role(acting, *DESK)
    unit = district_tariff().unit.code
    with transaction.atomic():
        note_back(acting, person_id, relation=relation, until=until)
        who = person(person_id)
        away = address("2150", unit, who.wallet.hex)
        if balance_or_zero(away):
            found = _open_leaving(person_id)
            wallet = open_account("2100", unit, who.wallet.hex, at=acting.at)
            post_one(
                kinds.come_back(
                    key=derived_id("coin.come_back", found.id.hex), at=acting.at, source=away, wallet=wallet
                )
            )
        for leaving in _open_leavings().filter(person=person_id):
            _end(acting, leaving, RETURNED)


def move_on(acting: Acting) -> int:
    """The night's work: begin what falls due, remind, and end what is over. Returns how many things were done."""
    steps = (_remind_relations, _end_of_relations, _begin_due, _remind, follow_all, _end_due)
    return sum(step(acting) for step in steps)


def open_leaving(person_id: UUID) -> Leaving | None:
    """The person's leaving that has neither ended nor been taken back."""
    return _open_leavings().filter(person=person_id).order_by("told_at").last()


def _begin(acting: Acting, person_id: UUID, day: date, cause: str, key: UUID) -> None:
    who = person(person_id)
    who.must_be_open()
    known = open_leaving(person_id)
    if known is not None:
        raise LeavingKnown(day=known.day.isoformat())
    found = Leaving.objects.create(
        id=key, person_id=person_id, day=day, cause=cause, told_by=acting.actor, told_at=acting.at
    )
    record(acting, "coin.tell_leaving", person_id)
    if day <= seoul_date(acting.at):
        _leave(acting, found)
    else:
        _write(acting, found, "announced", _announced(found))


def _leave(acting: Acting, found: Leaving) -> None:
    note_left(acting, found.person_id, found.day)
    follow(acting, person(found.person_id))
    _write(acting, found, "left", _left(found))


def _begin_due(acting: Acting) -> int:
    today, done = seoul_date(acting.at), 0
    due = _open_leavings().filter(day__lt=today, person__left_on=None, person__closed_at=None)
    for leaving_id in list(due.order_by("day", "id").values_list("id", flat=True)):
        with transaction.atomic():
            found = Leaving.objects.select_for_update().get(id=leaving_id)
            if person(found.person_id).left_on is None:
                _leave(acting, found)
                done += 1
    return done


def _remind_relations(acting: Acting) -> int:
    """Who works here, or lives here for a time, shows a new proof before the old one ends."""
    today, done = seoul_date(acting.at), 0
    rule = life_rule(today)
    for person_id, until in relations_ending(today, today + timedelta(days=max(rule.reminder_days, default=0))):
        stage = rule.stage((until - today).days)
        key = derived_id("coin.relation_letter", person_id.hex, until.isoformat(), stage)
        done += int(write_notice(acting, person_id=person_id, kind="RELATION", words=_relation(until), key=key))
    return done


def _end_of_relations(acting: Acting) -> int:
    """Whose relation was over before today counts as moved away, with the same time of grace."""
    done = 0
    for person_id in relations_over(seoul_date(acting.at)):
        with transaction.atomic():
            who = person(person_id)
            if who.relation_until is None or open_leaving(person_id) is not None:
                continue
            key = derived_id("coin.relation_over", person_id.hex, who.relation_until.isoformat(), acting.at.isoformat())
            _begin(acting, person_id, who.relation_until, RELATION_OVER, key)
            done += 1
    return done


def _remind(acting: Acting) -> int:
    today, done = seoul_date(acting.at), 0
    rule = life_rule(today)
    for found in _open_leavings().filter(person__left_on__isnull=False, person__closed_at=None).order_by("id"):
        stage = rule.stage((rule.grace_until(found.day) - today).days)
        if stage and _left_over(person(found.person_id)):
            done += _write(acting, found, f"reminder-{stage}", _reminder(found))
    return done


def _end_due(acting: Acting) -> int:
    today, done = seoul_date(acting.at), 0
    gone = _open_leavings().filter(person__left_on__isnull=False, person__closed_at=None).order_by("id")
    for leaving_id, day in list(gone.values_list("id", "day")):
        if life_rule(today).grace_until(day) < today:
            with transaction.atomic():
                done += _ended(acting, leaving_id)
    return done


def _ended(acting: Acting, leaving_id: UUID) -> int:
    """The rest goes back to the programme and the membership is closed; while deeds still vest it waits a night."""
    found = Leaving.objects.select_for_update().get(id=leaving_id)
    who, unit = person(found.person_id), district_tariff().unit.code
    waiting = balance_or_zero(address("2120", unit, who.wallet.hex)) + balance_or_zero(
        address("2110", unit, who.wallet.hex)
    )
    if waiting or LeavingEnd.objects.filter(leaving=found).exists():
        return 0
    follow(acting, who)
    away = address("2150", unit, who.wallet.hex)
    coins = balance_or_zero(away)
    if coins:
        key = derived_id("coin.grace_over", leaving_id.hex)
        post_one(kinds.write_off(key=key, at=acting.at, source=away, memo="GRACE_OVER"))
    close_person(acting, who.id)
    _end(acting, found, ENDED, coins)
    return 1


def _left_over(who: PersonFacts) -> int:
    return balance_or_zero(address("2150", district_tariff().unit.code, who.wallet.hex))


def _open_leavings() -> QuerySet[Leaving]:
    return Leaving.objects.exclude(id__in=LeavingEnd.objects.values("leaving_id"))


def _open_leaving(person_id: UUID) -> Leaving:
    found = open_leaving(person_id)
    if found is None:
        raise NotLeaving()
    return found


def _end(acting: Acting, found: Leaving, how: str, coins: int = 0) -> None:
    LeavingEnd.objects.create(leaving=found, how=how, coins=coins, by=acting.actor, at=acting.at)


def _write(acting: Acting, found: Leaving, stage: str, words: Words) -> int:
    key = derived_id("coin.leaving_letter", found.id.hex, stage)
    return int(write_notice(acting, person_id=found.person_id, kind="LEAVING", words=words, key=key))


def _until(found: Leaving) -> date:
    return life_rule(found.day).grace_until(found.day)


def _relation(until: date) -> Words:
    day, grace = until.isoformat(), life_rule(until).grace_until(until).isoformat()
    return Words(
        f"{day}까지 거주·근무 증빙을 새로 보여 주세요",
        f"Show your proof of home or work by {day}",
        f"구와의 관계(거주·근무)가 {day}까지로 적혀 있어요. 계속 살거나 일하면 그 전에 주민센터에 증빙을 가져와 주세요."
        f" 그러지 않으면 그다음 날부터 적립은 멈추고, 가진 코인은 {grace}까지 쓰거나 줄 수 있어요.",
        f"Your relation to the district (home or work) is noted until {day}. If it goes on, bring a proof to a"
        f" community centre before that. Otherwise deeds earn no more from the day after, and coins can be"
        f" spent or given until {grace}.",
    )


def _announced(found: Leaving) -> Words:
    until = _until(found)
    return Words(
        f"{found.day.isoformat()}에 이사하는 것으로 적었어요",
        f"Moving away on {found.day.isoformat()} is noted",
        f"{found.day.isoformat()}까지는 평소처럼 적립하고 쓸 수 있어요."
        f" 그 뒤에는 {until.isoformat()}까지 쓰거나 기부하거나 선물할 수 있어요."
        " 이사하지 않게 되면 ‘내 회원 정보’에서 거둘 수 있어요.",
        f"Until {found.day.isoformat()} everything is as usual. After that coins can be spent or given until"
        f" {until.isoformat()}. If you stay after all, take it back under “My membership”.",
    )


def _left(found: Leaving) -> Words:
    until = _until(found)
    return Words(
        f"이제 {until.isoformat()}까지 코인을 쓰거나 줄 수 있어요",
        f"You can spend and give coins until {until.isoformat()}",
        f"구와의 관계가 {found.day.isoformat()}에 끝나서 더 적립되지는 않아요."
        f" 이미 한 활동의 코인은 그대로 들어와요. 가진 코인은 {until.isoformat()}까지 쓰거나 기부하거나 선물할 수 있고,"
        " 그 뒤에 남은 코인은 사업으로 돌아가요. 다시 살거나 일하게 되면 주민센터에 와 주세요."
        " 이의는 30일 안에 주민센터에서 말할 수 있어요.",
        f"Your relation to the district ended on {found.day.isoformat()}, so deeds earn no more."
        f" Coins of deeds already done still come. Spend or give what you have until {until.isoformat()};"
        " what is left then goes back to the programme. If you live or work here again, come to a community centre."
        " You can object there within 30 days.",
    )


def _reminder(found: Leaving) -> Words:
    coins = Amount(district_tariff().unit, _left_over(person(found.person_id))).text()
    until = _until(found)
    return Words(
        f"{coins}코인을 {until.isoformat()}까지 쓸 수 있어요",
        f"Use {coins} coins by {until.isoformat()}",
        f"이사한 뒤에 남은 {coins}코인은 {until.isoformat()}까지 쓰거나 기부하거나 선물할 수 있어요."
        " 그 뒤에는 사업으로 돌아가고 회원 기록이 닫혀요. 다시 살거나 일하게 되었으면 그 전에 주민센터에 와 주세요.",
        f"The {coins} coins left after your move can be spent or given until {until.isoformat()}."
        " Then they go back to the programme and the membership is closed."
        " If you live or work here again, come to a community centre before that.",
    )
