"""Giving for programs: campaigns from the proposal to the evidence, and gifts."""

from pumasi.civic.api.routes import OWN, write
from pumasi.services.giving import operations

ROUTES = (
    write("/charities", operations.register_charity, answer="charity_id"),
    write("/charities/{charity_id}/verification", operations.verify_charity),
    write("/campaigns", operations.propose, answer="campaign_id"),
    write("/campaigns/{campaign_id}/approval", operations.approve, answer="is_open"),
    write("/campaigns/{campaign_id}/donations", operations.give),
    write("/campaigns/{campaign_id}/donations/{donation_id}/back", operations.take_back),
    write("/campaigns/{campaign_id}/release", operations.agree_to_release, answer="is_released"),
    write("/campaigns/{campaign_id}/payment", operations.enter_payment),
    write("/campaigns/{campaign_id}/evidence", operations.give_evidence),
    write("/campaigns/{campaign_id}/end", operations.cancel, answer="donations_returned"),
    write("/gifts", operations.give_to_person, giver_id=OWN),
)
