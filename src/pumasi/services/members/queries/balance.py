"""A member's coins on paper, in large type, for whoever has no screen."""

from uuid import UUID

from django.utils.translation import gettext as _

from pumasi.civic.audit.operations import record_look
from pumasi.civic.people.queries import role_of_looker
from pumasi.civic.printing import papers
from pumasi.civic.shell.downloads import district_name
from pumasi.civic.shell.language import page_language
from pumasi.coin.queries import wallet_view
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import KST

LAST = 6


def balance_sheet(acting: Acting, person_id: UUID) -> papers.Balance:
    """What this member has now and what happened last; a noted look. Raises PersonUnknown, PersonClosed."""
    record_look(acting, "members.balance_sheet", person_id, role=role_of_looker(acting, person_id))
    wallet = wallet_view(person_id, acting.at, limit=LAST)
    facts = []
    if wallet.vesting.minor:
        facts.append((_("On their way"), _coins(wallet.vesting.text())))
    if wallet.next_expiry is not None:
        facts.append((_("Use by %(day)s") % {"day": wallet.next_expiry}, _coins(wallet.next_expiry_coins.text())))
    facts.append((_("Printed"), papers.moment(acting.at)))
    return papers.Balance(
        district=district_name(),
        title=_("My coins"),
        coins=_coins(wallet.balance.text()),
        facts=tuple(facts),
        lines_title=_("What happened last"),
        lines=tuple(
            (
                each.at.astimezone(KST).strftime("%m-%d"),
                each.text(page_language()),
                each.coins.signed(),
            )
            for each in wallet.movements
        ),
        closing=_(
            "Every community centre prints this again, at any time. Is something wrong? Tell them within 30 days."
        ),
    )


def _coins(amount: str) -> str:
    return _("%(coins)s coins") % {"coins": amount}
