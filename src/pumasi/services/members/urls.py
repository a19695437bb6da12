"""Addresses of members: joining, one's own membership, the desk."""

from django.urls import path

from pumasi.services.members.views import desk, estates, family, joining, mine, requests

app_name = "members"
urlpatterns = [
    path("join/", joining.join, name="join"),
    path("join/form.pdf", joining.paper, name="join_paper"),
    path("membership/", mine.mine, name="mine"),
    path("membership/family/", family.mine, name="family"),
    path("membership/family/<uuid:guardianship_id>/<str:what>/", family.act, name="family_act"),
    path("membership/moving/", mine.moving, name="moving"),
    path("membership/card/", mine.stop_card, name="stop_card"),
    path("membership/sign-out/", mine.sign_out, name="sign_out"),
    path("membership/slip.pdf", mine.slip, name="my_slip"),
    path("desk/", desk.desk, name="desk"),
    path("desk/join/", joining.join_at_desk, name="desk_join"),
    path("desk/requests/", requests.requests, name="requests"),
    path("desk/requests/<uuid:request_id>/", requests.request, name="request"),
    path("desk/estates/", estates.estates, name="estates"),
    path("desk/estates/<int:number>/", estates.estate, name="estate"),
    path("desk/estates/<int:number>/<str:what>/", estates.act, name="estate_act"),
    path("desk/<uuid:visit_id>/", desk.member, name="member"),
    path("desk/<uuid:visit_id>/slip.pdf", desk.slip, name="slip"),
    path("desk/<uuid:visit_id>/balance.pdf", desk.balance, name="balance"),
    path("desk/<uuid:visit_id>/card.pdf", desk.card, name="card"),
    path("desk/<uuid:visit_id>/strip.pdf", desk.strip, name="strip"),
    path("desk/<uuid:visit_id>/letters.pdf", desk.letters, name="letters"),
    path("desk/<uuid:visit_id>/words/", desk.words, name="words"),
    path("desk/<uuid:visit_id>/<str:what>/", desk.act, name="act"),
]
