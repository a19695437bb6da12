"""What the demo has ready of giving and settlement: shops with a bank account, a charity, an open campaign."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.queries import roles_of
from pumasi.coin.settlement.operations import confirm_account, enter_account
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.clock import seoul_date
from pumasi.services.giving import operations as giving


def prepare_money(acting: Acting, people: Mapping[str, UUID], shop: UUID, keepers: Iterable[UUID]) -> None:
    """Through the same operations as real ones; `acting.at` is some days before the demo begins.

    shop: the one of the persona; keepers: owners of further shops that can be paid.
    """

    def by(person: UUID) -> Acting:
        return replace(acting, actor=person, subject=person, channel=Channel.DESK)

    owners = {shop: people["shop"]} | {place: keeper for keeper in keepers for place in _shops_of(keeper, acting)}
    for number, (place, owner) in enumerate(owners.items(), start=1):
        account = enter_account(
            by(owner), place_id=place, bank="본보기은행", number=f"123-456-78901{number}", holder="본보기 예금주"
        )
        confirm_account(by(people["checker"]), account_id=account, document=f"SAMPLE-BANKBOOK-{number}")
    charity = giving.register_charity(
        by(people["charity"]), name_ko="본보기 나눔회", name_en="Sample Sharing", number="SAMPLE-100"
    )
    giving.verify_charity(by(people["issuer"]), charity_id=charity, document="SAMPLE-PAPERS-1")
    campaign = giving.propose(
        by(people["charity"]),
        charity_id=charity,
        title_ko="어르신 겨울 이불",
        title_en="Winter blankets for elders",
        text_ko="혼자 지내시는 어르신 열 분께 겨울 이불을 드려요.\n이불 한 채는 50코인이에요.",
        text_en="Winter blankets for ten elders who live alone.\nOne blanket is 50 coins.",
        target=500,
        deadline=seoul_date(acting.at) + timedelta(days=90),
    )
    giving.approve(by(people["issuer"]), campaign_id=campaign, clause="SAMPLE clause 10", document="SAMPLE-2026-20")
    giving.approve(by(people["officer"]), campaign_id=campaign)


def _shops_of(keeper: UUID, acting: Acting) -> list[UUID]:
    held = roles_of(keeper, seoul_date(acting.at))
    return [each.place_id for each in held if each.role is RoleName.SHOP_KEEPER and each.place_id is not None]
