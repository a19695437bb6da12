"""Addresses of giving: the public list and pages, the donor's own, the charity's desk, the officers' desk."""

from django.urls import path

from pumasi.services.giving.views import desks, estate, person, public

app_name = "giving"
urlpatterns = [
    path("giving/", public.campaigns, name="campaigns"),
    path("giving/person/", person.person, name="person"),
    path("giving/person/<uuid:scan_id>/", person.gift, name="gift"),
    path("giving/gifts/<uuid:key>/", person.receipt, name="gift_receipt"),
    path("giving/mine/", public.mine, name="mine"),
    path("giving/receipts/<uuid:donation_id>/", public.receipt, name="receipt"),
    path("giving/receipts/<uuid:donation_id>/take-back/", public.take_back, name="take_back"),
    path("giving/receipts/<uuid:donation_id>/slip.pdf", public.slip, name="slip"),
    path("giving/estate/", estate.estate, name="estate"),
    path("giving/desk/", desks.desk, name="desk"),
    path("giving/desk/charity/<uuid:charity_id>/verify/", desks.verify, name="verify"),
    path("giving/desk/<uuid:campaign_id>/", desks.campaign, name="desk_campaign"),
    path("giving/desk/<uuid:campaign_id>/<str:what>/", desks.act, name="desk_act"),
    path("giving/<uuid:campaign_id>/", public.campaign, name="campaign"),
    path("giving/<uuid:campaign_id>/give/", public.give, name="give"),
    path("giving/<uuid:campaign_id>/confirm/", public.confirm, name="confirm"),
    path("charity/", desks.charity, name="charity"),
    path("charity/<uuid:charity_id>/campaign/", desks.propose, name="propose"),
    path("charity/campaign/<uuid:campaign_id>/evidence/", desks.evidence, name="evidence"),
]
