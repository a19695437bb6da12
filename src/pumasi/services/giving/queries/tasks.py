"""What waits for officers: charities to verify, campaigns to open, to release or to pay."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.inbox import Task, Worker
from pumasi.civic.shell.language import page_language
from pumasi.services.giving.models import Campaign, CampaignState, Charity, CharityState

OFFICERS = (roles.ISSUER, roles.BUDGET_OFFICER, roles.TREASURY)
_WAITING = (CampaignState.DRAFT, CampaignState.REACHED, CampaignState.CLOSED)


def tasks(worker: Worker) -> Iterator[Task]:
    """In no order; two queries."""
    if not worker.has(*OFFICERS):
        return
    korean = page_language() == "ko"
    for charity in Charity.objects.filter(state=CharityState.REGISTERED).order_by("registered_at")[:50]:
        name = charity.name_ko if korean else charity.name_en
        yield Task(_("Charity to verify: %(name)s") % {"name": name}, "", reverse("giving:desk"), charity.registered_at)
    for campaign in Campaign.objects.filter(state__in=_WAITING).order_by("drafted_at")[:50]:
        title = campaign.title_ko if korean else campaign.title_en
        words = (
            _("Campaign to open: %(title)s")
            if campaign.state == CampaignState.DRAFT
            else _("Campaign to release: %(title)s")
        )
        url = reverse("giving:desk_campaign", args=[campaign.id])
        yield Task(words % {"title": title}, "", url, campaign.drafted_at)
