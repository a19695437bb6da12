"""What the demo has ready of giving and settlement: a shop with a bank account, a charity, an open campaign."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import grant_role, join
from pumasi.coin.settlement.operations import confirm_account, enter_account
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.clock import seoul_date
from pumasi.services.giving import operations as giving


def prepare_money(acting: Acting, people: Mapping[str, UUID], shop: UUID, ends: date) -> None:
    """Through the same operations as real ones; `acting.at` is some days before the demo begins."""

    def by(person: UUID) -> Acting:
        return replace(acting, actor=person, subject=person, channel=Channel.DESK)

    account = enter_account(
        by(people["shop"]), place_id=shop, bank="본보기은행", number="123-456-789012", holder="본보기 예금주"
    )
    confirm_account(by(people["checker"]), account_id=account, document="SAMPLE-BANKBOOK-1")
    second = join(acting, "시연 모금 담당").id
    grant_role(acting, second, RoleName.BUDGET_OFFICER, ends=ends)
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
        deadline=seoul_date(acting.at) + timedelta(days=30),
    )
    giving.approve(by(people["issuer"]), campaign_id=campaign, clause="SAMPLE clause 10", document="SAMPLE-2026-20")
    giving.approve(by(second), campaign_id=campaign)
